package io.retrograd.gradient;
import io.retrograd.graph.Graph;
import io.retrograd.kernel.Kernels;
import io.retrograd.session.Session;
import io.retrograd.session.SessionOptions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation gives the values and gradients that TensorFlow 1.15 gave, with static shapes known and unknown, and on
 * every path of the kernels.
 */
final class OracleTest {
    private static final String RECORDS = "io.retrograd.gradient.OracleCase#records";

    private static Session plain(Graph g) {
        return new Session(g, SessionOptions.plain());
    }

    @ParameterizedTest(name = "{0} {1}, known shapes")
    @MethodSource(RECORDS)
    void knownShapes(int line, String op, Map<String, Object> record) {
        OracleCase.check(record, false, OracleTest::plain);
    }

    static Stream<Arguments> recordsOnPaths() {
        return Stream.of(Kernels.Path.PLAIN, Kernels.Path.EJML, Kernels.Path.OPENBLAS).flatMap(path -> OracleCase.records().map(record -> {
            Object[] all = record.get();
            return Arguments.of(all[0], all[1], all[2], path, path == Kernels.Path.EJML ? 1 : 2);
        }));
    }

    @ParameterizedTest(name = "{0} {1}, {3} with {4} threads")
    @MethodSource("recordsOnPaths")
    void everyPath(int line, String op, Map<String, Object> record, Kernels.Path path, int threads) {
        SessionOptions plain = SessionOptions.plain();
        SessionOptions options = new SessionOptions(
                threads, new Kernels(path, text -> {}), plain.interruptCheck(), plain.files(), plain.log());
        OracleCase.check(record, false, g -> new Session(g, options));
    }

    @ParameterizedTest(name = "{0} {1}, unknown shapes")
    @MethodSource(RECORDS)
    void unknownShapes(int line, String op, Map<String, Object> record) {
        OracleCase.check(record, true, OracleTest::plain);
    }
}
