package io.retrograd.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.kernel.Kernels;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.ListValue;
import io.retrograd.tensor.NdArray;
import io.retrograd.testing.Json;
import io.retrograd.testing.ScriptRun;
import io.retrograd.testing.TestWorld;
import io.retrograd.testing.Tensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Training, step by step, against what TensorFlow 1.15 computed: each optimizer alone, and the two-layer network. */
final class TrainingOracleTest {
    private static final double ABSOLUTE = 1e-6;
    private static final double RELATIVE = 1e-5;

    /** After thousands of steps sums in another order have moved the weights a little. */
    private static final double TRAINED = 5e-6;

    /** Losses agree to six digits. */
    private static final double LOSS = 2e-6;

    static Stream<Map<String, Object>> optimizers() {
        // tf.train.AdamOptimizer has no Nesterov form, so no script reaches it.
        return Json.lines("/oracle/optimizers.jsonl").stream().filter(r -> !r.get("label").equals("Adam lr=0.1 nesterov"));
    }

    static Stream<Map<String, Object>> networks() {
        return Json.lines("/oracle/two_layer.jsonl").stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimizers")
    void stepsLikeTensorFlow(Map<String, Object> record) {
        step(record, new ScriptRun());
    }

    static void step(Map<String, Object> record, ScriptRun run) {
        run.run("""
                import tensorflow as tf
                v = tf.Variable(%s)
                loss = tf.reduce_sum(tf.square(v - tf.constant(%s)))
                train = %s.minimize(loss)
                after = []
                sess = tf.Session()
                sess.run(tf.global_variables_initializer())
                for step in range(20):
                    sess.run(train)
                    after.append(sess.run(v))
                """.formatted(list(record.get("var")), list(record.get("target")), optimizer(record)));
        ListValue after = (ListValue) run.variable("after");
        List<?> expected = (List<?>) record.get("var_after_step");
        for (int step = 0; step < expected.size(); step++) {
            NdArray actual = ((ArrayLike) after.get(step)).array();
            assertEquals("", Tensors.difference(actual, tensor(expected.get(step)), ABSOLUTE, RELATIVE),
                    record.get("label") + ", step " + step);
        }
    }

    /** The optimizer of a record as a script makes it. */
    @SuppressWarnings("unchecked")
    private static String optimizer(Map<String, Object> record) {
        Map<String, Object> h = (Map<String, Object>) record.get("hyper");
        Map<String, Object> attrs = (Map<String, Object>) record.get("attrs");
        boolean nesterov = Boolean.TRUE.equals(attrs.get("use_nesterov"));
        String op = (String) record.get("op");
        String lr = "tf.train.%s(" + h.get("lr");
        return switch (op) {
            case "ApplyGradientDescent" -> lr.formatted("GradientDescentOptimizer") + ")";
            case "ApplyMomentum" -> lr.formatted("MomentumOptimizer") + ", " + h.get("momentum")
                    + (nesterov ? ", use_nesterov=True)" : ")");
            case "ApplyAdam" -> lr.formatted("AdamOptimizer") + ")";
            case "ApplyAdagrad" -> lr.formatted("AdagradOptimizer") + ")";
            case "ApplyAdadelta" -> lr.formatted("AdadeltaOptimizer") + ", " + h.get("rho") + ", " + h.get("epsilon") + ")";
            case "ApplyRMSProp", "ApplyCenteredRMSProp" -> lr.formatted("RMSPropOptimizer") + ", " + h.get("rho") + ", "
                    + h.get("momentum") + ", " + h.get("epsilon") + ", centered=" + (op.contains("Centered") ? "True" : "False") + ")";
            case "ApplyFtrl" -> lr.formatted("FtrlOptimizer") + ", l1_regularization_strength=" + h.get("l1")
                    + ", l2_regularization_strength=" + h.get("l2") + ")";
            case "ApplyProximalGradientDescent" -> lr.formatted("ProximalGradientDescentOptimizer") + ", " + h.get("l1") + ", "
                    + h.get("l2") + ")";
            default -> throw new IllegalArgumentException(op);
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void trainsLikeTensorFlow(Map<String, Object> record) {
        train(record, new ScriptRun());
    }

    @ParameterizedTest
    @CsvSource({"PLAIN, 2", "EJML, 1", "OPENBLAS, 2", "BY_SIZE, 2"})
    void everyPathTrains(Kernels.Path path, int threads) {
        networks().forEach(record -> train(record, new ScriptRun(new TestWorld(Path.of("")).computing(path, threads))));
    }

    static void train(Map<String, Object> record, ScriptRun run) {
        String rule = switch ((String) record.get("optimizer")) {
            case "ApplyMomentum" -> "MomentumOptimizer(0.001, 0.9)";
            case "ApplyAdam" -> "AdamOptimizer(0.001)";
            default -> "GradientDescentOptimizer(0.001)";
        };
        List<?> checkpoints = (List<?>) record.get("checkpoints");
        StringBuilder wanted = new StringBuilder();
        for (Object c : checkpoints) {
            wanted.append(((Map<?, ?>) c).get("after_step_index")).append(", ");
        }
        run.run("""
                import tensorflow as tf
                import numpy as np
                X = np.random.RandomState(23455).rand(32, 2)
                Y = [[int(x0 + x1 < 1)] for (x0, x1) in X]
                x = tf.placeholder(tf.float32, shape=(None, 2))
                y_ = tf.placeholder(tf.float32, shape=(None, 1))
                w1 = tf.Variable(tf.random_normal([2, 3], stddev=1, seed=1))
                w2 = tf.Variable(tf.random_normal([3, 1], stddev=1, seed=1))
                loss = tf.reduce_mean(tf.square(tf.matmul(tf.matmul(x, w1), w2) - y_))
                train = tf.train.%s.minimize(loss)
                seen = []
                with tf.Session() as sess:
                    sess.run(tf.global_variables_initializer())
                    for i in range(3000):
                        start = (i * 8) %% 32
                        sess.run(train, {x: X[start:start + 8], y_: Y[start:start + 8]})
                        if i in [%s]:
                            seen.append([sess.run(w1), sess.run(w2), sess.run([loss], {x: X, y_: Y})[0]])
                """.formatted(rule, wanted));
        ListValue seen = (ListValue) run.variable("seen");
        for (int i = 0; i < checkpoints.size(); i++) {
            Map<?, ?> expected = (Map<?, ?>) checkpoints.get(i);
            ListValue actual = (ListValue) seen.get(i);
            String where = rule + " after step " + expected.get("after_step_index");
            assertEquals("", Tensors.difference(array(actual.get(0)), tensor(expected.get("w1")), TRAINED, RELATIVE), where);
            assertEquals("", Tensors.difference(array(actual.get(1)), tensor(expected.get("w2")), TRAINED, RELATIVE), where);
            double loss = ((Number) expected.get("loss_on_all")).doubleValue();
            assertEquals(loss, array(actual.get(2)).getDouble(0), LOSS * loss, where);
        }
    }

    private static NdArray array(Object value) {
        return ((ArrayLike) value).array();
    }

    @SuppressWarnings("unchecked")
    private static NdArray tensor(Object record) {
        return Tensors.of((Map<String, Object>) record);
    }

    /** A tensor as nested Python lists. */
    private static String list(Object record) {
        NdArray a = tensor(record);
        StringBuilder rows = new StringBuilder("[");
        for (int r = 0; r < a.dim(0); r++) {
            rows.append("[");
            for (int c = 0; c < a.dim(1); c++) {
                rows.append(a.getFloat(r * a.dim(1) + c)).append(", ");
            }
            rows.append("], ");
        }
        return rows.append("]").toString();
    }
}
