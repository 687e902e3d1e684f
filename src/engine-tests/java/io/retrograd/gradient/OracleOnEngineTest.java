package io.retrograd.gradient;

import io.retrograd.cli.AddOn;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The graphs that we build for the oracle's operations and gradients compute the same on TensorFlow's own runtime. */
final class OracleOnEngineTest {
    private static final String RECORDS = "io.retrograd.gradient.OracleCase#records";

    @ParameterizedTest(name = "{0} {1}, known shapes")
    @MethodSource(RECORDS)
    void knownShapes(int line, String op, Map<String, Object> record) {
        OracleCase.check(record, false, AddOn::session);
    }

    @ParameterizedTest(name = "{0} {1}, unknown shapes")
    @MethodSource(RECORDS)
    void unknownShapes(int line, String op, Map<String, Object> record) {
        OracleCase.check(record, true, AddOn::session);
    }
}
