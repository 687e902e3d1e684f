package io.retrograd.session;

import io.retrograd.cli.AddOn;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our random operations draw the oracle's numbers on TensorFlow's own runtime, too. */
final class RandomOnEngineTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.retrograd.session.RandomOracleTest#records")
    void drawsTheSame(String op, Map<String, Object> record) {
        RandomOracleTest.check(op, record, AddOn::session);
    }
}
