package io.retrograd.train;

import io.retrograd.cli.AddOn;
import io.retrograd.lib.tf.TfState;
import io.retrograd.testing.ScriptRun;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimizer and the two-layer network of the oracle, trained by scripts on TensorFlow's own runtime. */
final class TrainingOnEngineTest {
    private static ScriptRun onEngine() {
        ScriptRun run = new ScriptRun();
        TfState.of(run.machine()).engines(AddOn.runtime());
        return run;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.retrograd.train.TrainingOracleTest#optimizers")
    void stepsLikeTensorFlow(Map<String, Object> record) {
        TrainingOracleTest.step(record, onEngine());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.retrograd.train.TrainingOracleTest#networks")
    void trainsLikeTensorFlow(Map<String, Object> record) {
        TrainingOracleTest.train(record, onEngine());
    }
}
