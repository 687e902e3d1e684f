package io.retrograd.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lib.tf.OperationValue;
import io.retrograd.lib.tf.SessionValue;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.lib.tf.VariableValue;
import io.retrograd.tensor.NdArray;
import io.retrograd.testing.ScriptRun;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans for shapes: the same bits as operation by operation, whatever is fused, folded, shared or run on threads. */
final class ShapedPlanTest {
    private static final int TRIES = 40;

    /** A network of random operations that ends in a step of training, and what it computes on the way. */
    private static final class RandomNetwork {
        final ScriptRun script = new ScriptRun();
        final Random random;
        final int rows;
        final int columns;
        private final StringBuilder text = new StringBuilder("import tensorflow as tf\n");
        /** Names of tensors of shape [rows, columns], which make one of that shape again. */
        private final List<String> wholes = new ArrayList<>(List.of("x"));

        RandomNetwork(long seed, boolean large) {
            random = new Random(seed);
            rows = large ? 500 + random.nextInt(300) : 1 + random.nextInt(40);
            columns = large ? 300 : 1 + random.nextInt(70);
            line("x = tf.placeholder(tf.float32, [None, %d])", columns);
            line("s = tf.placeholder(tf.float32, [])");
            line("w = tf.Variable(tf.random_normal([%d, %d], stddev=0.3, seed=1))", columns, columns);
            line("b = tf.Variable(tf.random_normal([%d], seed=2))", columns);
            line("side = tf.reduce_mean(x, 1, keepdims=True)");
            line("t = tf.matmul(x, w) * 0.2 + b");
            wholes.add("t");
            int n = 3 + random.nextInt(20);
            for (int i = 0; i < n; i++) {
                line("t%d = %s", i, expression());
                wholes.add("t" + i);
            }
            line("last = %s", whole());
            line("loss = tf.reduce_mean(tf.square(tf.tanh(last) + 0.1 * tf.tanh(%s) + t))", whole());
            line("train = %s.minimize(loss)", random.nextBoolean()
                    ? "tf.train.MomentumOptimizer(0.01, 0.9)" : "tf.train.AdamOptimizer(0.01)");
            line("fetched = [%s, loss, last, w, tf.shape(last), side]", whole());
            line("init = tf.global_variables_initializer()");
            line("sess = tf.Session()");
            script.run(text.toString());
        }

        private void line(String format, Object... arguments) {
            text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
        }

        private String whole() {
            // Later ones more often, so that there are chains.
            int n = wholes.size();
            return wholes.get(random.nextInt(3) == 0 ? random.nextInt(n) : n - 1);
        }

        private String operand() {
            return switch (random.nextInt(8)) {
                case 0 -> "b";
                case 1 -> "side";
                case 2 -> "s";
                case 3 -> "0.5";
                default -> whole();
            };
        }

        private String expression() {
            String a = whole();
            return switch (random.nextInt(16)) {
                case 0 -> a + " + " + operand();
                case 1 -> operand() + " - " + a;
                case 2, 3 -> a + " * " + operand();
                case 4 -> a + " / (1.5 + tf.abs(" + operand() + "))";
                case 5 -> "tf.maximum(" + a + ", " + operand() + ")";
                case 6 -> "tf.sigmoid(" + a + ")";
                case 7 -> "tf.nn.relu(" + a + ")";
                case 8 -> "tf.nn.bias_add(" + a + ", b)";
                case 9 -> "tf.tanh(tf.matmul(" + a + ", w))";
                case 10 -> "tf.reshape(tf.reshape(" + a + ", [-1]), tf.shape(x))";
                case 11 -> "tf.squared_difference(" + a + ", " + operand() + ") * 0.1";
                case 12 -> "tf.transpose(tf.transpose(" + a + "))";
                case 13 -> a + " - tf.reduce_max(" + a + ", 0)";
                case 14 -> "tf.identity(" + a + ") + tf.reduce_sum(" + a + ") * 0.001";
                default -> "tf.sqrt(tf.abs(" + a + ") + 1.0) - tf.exp(-tf.abs(" + a + "))";
            };
        }

        Output tensor(String name) {
            return ((TensorValue) script.variable(name)).output();
        }

        List<Output> fetches() {
            List<Output> all = new ArrayList<>();
            for (Object f : ((ListValue) script.variable("fetched")).toArray()) {
                all.add(f instanceof TensorValue t ? t.output()
                        : ((VariableValue) f).variable().reference());
            }
            return all;
        }

        Operation operation(String name) {
            return ((OperationValue) script.variable(name)).operation();
        }

        NdArray[] feeds(int rows) {
            float[] x = new float[rows * columns];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) random.nextGaussian();
            }
            return new NdArray[] {NdArray.of(x, rows, columns), NdArray.scalar(random.nextFloat())};
        }

        Session session(int threads) {
            Session own = ((SessionValue) script.variable("sess")).session();
            SessionOptions plain = SessionOptions.plain();
            return new Session(own.graph(), new SessionOptions(
                    threads, plain.kernels(), plain.interruptCheck(), plain.files(), plain.log()));
        }
    }

    private static void assertSameBits(NdArray expected, NdArray actual, String what) {
        assertArrayEquals(expected.shape(), actual.shape(), what);
        for (int i = 0; i < expected.size(); i++) {
            long a = Double.doubleToRawLongBits(expected.getDouble(i));
            long b = Double.doubleToRawLongBits(actual.getDouble(i));
            assertEquals(a, b, () -> what);
        }
    }

    private static void compare(RandomNetwork net, int steps) {
        Session plain = net.session(1);
        Session one = net.session(1);
        Session many = net.session(3);
        Operation init = net.operation("init");
        for (Session s : List.of(plain, one, many)) {
            s.run(init, Map.of());
        }
        PlanKey key = new PlanKey(net.fetches(), List.of(net.operation("train")), List.of(net.tensor("x"), net.tensor("s")));
        NdArray[] odd = net.feeds(Math.max(1, net.rows / 3));
        for (int step = 0; step < steps; step++) {
            NdArray[] feeds = step % 4 == 3 ? odd : net.feeds(net.rows);
            NdArray[] expected = plain.runTraced(key, feeds.clone(), (op, results, nanos) -> { });
            NdArray[] fused = one.run(key, feeds.clone());
            NdArray[] shared = many.run(key, feeds.clone());
            for (int i = 0; i < expected.length; i++) {
                String what = "fetch " + i + " in step " + step + " of\n" + net.text;
                assertSameBits(expected[i], fused[i], what);
                assertSameBits(expected[i], shared[i], "on threads: " + what);
            }
        }
    }

    @Test
    void randomNetworksTrainToTheSameBits() {
        for (int seed = 0; seed < TRIES; seed++) {
            compare(new RandomNetwork(seed, false), 9);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void largeRandomNetworksTrainToTheSameBits(long seed) {
        compare(new RandomNetwork(seed, true), 4);
    }

    private static ScriptRun script(String... lines) {
        ScriptRun run = new ScriptRun();
        run.run("import tensorflow as tf\nimport numpy as np\n" + String.join("\n", lines) + "\n");
        return run;
    }

    @Test
    void resultsStayTheCallers() {
        ScriptRun run = script(
                "x = tf.placeholder(tf.float32, [None])",
                "y = x * 2 + 1",
                "z = tf.reshape(y, [-1, 1])",
                "sess = tf.Session()",
                "kept = [sess.run([y, z, x, y], {x: [i, i + 1.0]}) for i in range(5)]",
                "print([[a.ravel().tolist() for a in k] for k in kept])");
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            String y = "[" + (2 * i + 1) + ".0, " + (2 * i + 3) + ".0]";
            expected.append(i == 0 ? "[" : ", ").append("[").append(y).append(", ").append(y).append(", [")
                    .append(i).append(".0, ").append(i + 1).append(".0], ").append(y).append("]");
        }
        assertEquals(expected + "]\n", run.printed());
    }

    @Test
    void computedTensorsShowTheValueBeforeTheUpdateInEveryRun() {
        ScriptRun run = script(
                "w = tf.Variable([1.0, 2.0])",
                "flat = tf.reshape(w, [2, 1])",
                "twice = w * 2",
                "up = tf.assign_add(w, [1.0, 1.0])",
                "sess = tf.Session()",
                "sess.run(tf.global_variables_initializer())",
                "for i in range(4):",
                "    r = sess.run([flat, twice, w, up])",
                "    print([a.ravel().tolist() for a in r])");
        assertEquals("""
                [[1.0, 2.0], [2.0, 4.0], [2.0, 3.0], [2.0, 3.0]]
                [[2.0, 3.0], [4.0, 6.0], [3.0, 4.0], [3.0, 4.0]]
                [[3.0, 4.0], [6.0, 8.0], [4.0, 5.0], [4.0, 5.0]]
                [[4.0, 5.0], [8.0, 10.0], [5.0, 6.0], [5.0, 6.0]]
                """, run.printed());
    }

    @Test
    void aVariableMayChangeItsShapeBetweenRuns() {
        ScriptRun run = script(
                "w = tf.Variable([1.0, 2.0], validate_shape=False)",
                "y = tf.reduce_sum(w * 2) + tf.cast(tf.size(w), tf.float32)",
                "longer = tf.assign(w, [1.0, 2.0, 3.0], validate_shape=False)",
                "sess = tf.Session()",
                "sess.run(tf.global_variables_initializer())",
                "print([float(sess.run(y)) for i in range(4)])",
                "sess.run(longer)",
                "print([float(sess.run(y)) for i in range(4)])");
        assertEquals("[8.0, 8.0, 8.0, 8.0]\n[15.0, 15.0, 15.0, 15.0]\n", run.printed());
    }

    @Test
    void whatDependsOnValuesIsNotTakenForAShape() {
        ScriptRun run = script(
                "x = tf.placeholder(tf.float32, [4])",
                "some = tf.boolean_mask(x, x > 1)",
                "y = tf.reduce_sum(some * 2) / tf.cast(tf.size(some), tf.float32)",
                "sess = tf.Session()",
                "print([float(sess.run(y, {x: [1.0, 2.0, 3.0 * (i % 2), 4.0]})) for i in range(6)])");
        assertEquals("[6.0, 6.0, 6.0, 6.0, 6.0, 6.0]\n", run.printed());
    }

    @Test
    void aFailedRunLeavesEveryVariableAsItWas() {
        ScriptRun run = script(
                "w = tf.Variable([1.0, 2.0])",
                "x = tf.placeholder(tf.float32, [2])",
                "first = tf.assign_add(w, x)",
                "with tf.control_dependencies([first]):",
                "    check = tf.Assert(tf.reduce_all(x > 0), [x])",
                "sess = tf.Session()",
                "sess.run(tf.global_variables_initializer())",
                "for i in range(4):",
                "    sess.run(check, {x: [1.0, 1.0]})",
                "try:",
                "    sess.run(check, {x: [1.0, -1.0]})",
                "except tf.errors.InvalidArgumentError:",
                "    print('refused')",
                "print(sess.run(w).tolist())");
        assertEquals("refused\n[5.0, 6.0]\n", run.printed());
    }

    @Test
    void aRunInsideARunLeavesTheOuterOneAlone() {
        ScriptRun run = script(
                "sess = tf.Session()",
                "v = tf.placeholder(tf.float32, [70000])",
                "inner = tf.reduce_sum(tf.tanh(v * 3) * v)",
                "ones = np.ones(70000, dtype=np.float32)",
                "def outside(a):",
                "    sess.run(inner, {v: ones * 5})",
                "    return a",
                "x = tf.placeholder(tf.float32, [70000])",
                "y = x * 2",
                "z = tf.reduce_sum(y) + tf.reduce_sum(tf.py_func(outside, [tf.reduce_sum(y * 0)], tf.float32)) + tf.reduce_sum(tf.sqrt(y) * 0 + y)",
                "for i in range(4):",
                "    sess.run(inner, {v: ones})",
                "    print(float(sess.run(z, {x: ones})))");
        assertEquals("280000.0\n".repeat(4), run.printed());
    }

    @Test
    void anInterruptComesThroughAndLeavesTheVariables() {
        ScriptRun run = script(
                "w = tf.Variable(tf.zeros([100]))",
                "g = tf.Variable(tf.ones([100]))",
                "train = tf.train.MomentumOptimizer(0.1, 0.9).minimize(tf.reduce_sum(w * g), var_list=[w])",
                "init = tf.global_variables_initializer()",
                "sess = tf.Session()");
        boolean[] stop = {false};
        SessionOptions plain = SessionOptions.plain();
        Session session = new Session(((SessionValue) run.variable("sess")).session().graph(), new SessionOptions(
                1, plain.kernels(), () -> {
                    if (stop[0]) {
                        throw new NnError(ErrorKind.KEYBOARD_INTERRUPT, "");
                    }
                }, plain.files(), plain.log()));
        Operation train = ((OperationValue) run.variable("train")).operation();
        session.run(((OperationValue) run.variable("init")).operation(), Map.of());
        for (int i = 0; i < 3; i++) {
            session.run(train, Map.of());
        }
        Output w = ((VariableValue) run.variable("w")).variable().reference();
        float[] before = session.run(w, Map.of()).toFloats();
        stop[0] = true;
        NnError e = assertThrows(NnError.class, () -> session.run(train, Map.of()));
        assertEquals(ErrorKind.KEYBOARD_INTERRUPT, e.kind());
        stop[0] = false;
        assertTrue(Arrays.equals(before, session.run(w, Map.of()).toFloats()));
    }

    @Test
    void aStepOfTrainingAllocatesNothingButWhatItReturns() {
        ScriptRun run = script(
                "x = tf.placeholder(tf.float32, [None, 60])",
                "y_ = tf.placeholder(tf.float32, [None, 10])",
                "w = tf.Variable(tf.random_normal([60, 50], seed=1))",
                "b = tf.Variable(tf.zeros([50]))",
                "v = tf.Variable(tf.random_normal([50, 10], seed=2))",
                "y = tf.matmul(tf.sigmoid(tf.matmul(x, w) + b), v)",
                "loss = tf.reduce_mean(tf.square(y - y_))",
                "train = tf.train.MomentumOptimizer(0.01, 0.9).minimize(loss)",
                "sess = tf.Session()",
                "sess.run(tf.global_variables_initializer())");
        Session session = ((SessionValue) run.variable("sess")).session();
        Output x = ((TensorValue) run.variable("x")).output();
        Output y = ((TensorValue) run.variable("y_")).output();
        PlanKey key = new PlanKey(
                List.of(((TensorValue) run.variable("loss")).output()),
                List.of(((OperationValue) run.variable("train")).operation()),
                List.of(x, y));
        NdArray[] feeds = {NdArray.of(new float[100 * 60], 100, 60), NdArray.of(new float[100 * 10], 100, 10)};
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        for (int i = 0; i < 20; i++) {
            session.run(key, feeds);
        }
        int steps = 50;
        long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < steps; i++) {
            session.run(key, feeds);
        }
        long each = (threads.getThreadAllocatedBytes(id) - before) / steps;
        // One layer's activations alone are 20,000 bytes; what is left are kernels' small objects until they are compiled.
        assertTrue(each < 6000, "bytes a step: " + each);
    }
}
