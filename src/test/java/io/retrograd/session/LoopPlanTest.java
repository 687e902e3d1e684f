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
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.tf.OperationValue;
import io.retrograd.lib.tf.SessionValue;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.lib.tf.VariableValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.testing.ScriptRun;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops as plans: the same bits as by tokens, and what else a run promises. */
final class LoopPlanTest {
    private static final int RUNS = 7;

    private static final String BEGIN = """
            import numpy as np
            import tensorflow as tf
            tf.set_random_seed(1)
            x = tf.placeholder(tf.float32, [None, 6, 5])
            """;

    private static final String END = """
            init = tf.global_variables_initializer()
            sess = tf.Session()
            """;

    static Stream<Arguments> loops() throws IOException {
        try (InputStream in = LoopPlanTest.class.getResourceAsStream("/session/loops.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<Arguments> all = new ArrayList<>();
            String[] records = text.split("(?m)^=== ");
            for (int i = 1; i < records.length; i++) {
                int colon = records[i].indexOf(':');
                int line = records[i].indexOf('\n');
                all.add(Arguments.of(
                        records[i].substring(colon + 2, line), records[i].substring(0, colon).equals("plan"), records[i].substring(line + 1)));
            }
            return all.stream();
        }
    }

    private static Session session(ScriptRun script, int threads) {
        SessionOptions plain = SessionOptions.plain();
        return new Session(((SessionValue) script.variable("sess")).session().graph(), new SessionOptions(
                threads, plain.kernels(), plain.interruptCheck(), plain.files(), plain.log()));
    }

    private static List<Output> fetches(Object fetched) {
        List<Output> all = new ArrayList<>();
        for (Object f : fetched instanceof TupleValue t ? t.toArray() : ((ListValue) fetched).toArray()) {
            all.add(f instanceof TensorValue t ? t.output() : ((VariableValue) f).variable().reference());
        }
        return all;
    }

    private static NdArray rows(Random random, int rows) {
        float[] x = new float[rows * 30];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return NdArray.of(x, rows, 6, 5);
    }

    private static void assertSame(NdArray expected, NdArray actual, String what) {
        assertArrayEquals(expected.shape(), actual.shape(), what);
        for (int i = 0; i < expected.size(); i++) {
            if (expected.dtype() == DType.STRING) {
                assertArrayEquals((byte[]) expected.getObject(i), (byte[]) actual.getObject(i), what);
            } else {
                assertEquals(Double.doubleToRawLongBits(expected.getDouble(i)), Double.doubleToRawLongBits(actual.getDouble(i)), what);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("loops")
    void planAndTokensComputeTheSameBits(String name, boolean isPlan, String text) {
        ScriptRun script = new ScriptRun();
        script.run(BEGIN + text + END);
        Operation train = script.variable("train") instanceof OperationValue op ? op.operation() : null;
        Operation init = ((OperationValue) script.variable("init")).operation();
        List<Output> fetches = fetches(script.variable("fetched"));
        Output x = ((TensorValue) script.variable("x")).output();
        PlanKey key = new PlanKey(fetches, train == null ? List.of() : List.of(train), List.of(x));
        Subgraph part = Subgraph.of(key.fetches(), key.targets(), key.feeds());
        Session byTokens = session(script, 1);
        Session one = session(script, 1);
        Session many = session(script, 3);
        assertEquals(isPlan, Loops.collapse(new SessionState(SessionOptions.plain()), part).isPresent(), "is a plan");
        for (Session s : List.of(byTokens, one, many)) {
            s.run(init, Map.of());
        }
        Random random = new Random(1);
        List<NdArray[]> kept = new ArrayList<>();
        List<NdArray[]> copies = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            NdArray feed = rows(random, run == 3 ? 5 : 3);
            // Traced runs go by tokens.
            NdArray[] expected = byTokens.runTraced(key, new NdArray[] {feed}, (op, results, nanos) -> { });
            NdArray[] actual = one.run(key, new NdArray[] {feed});
            NdArray[] shared = many.run(key, new NdArray[] {feed});
            kept.add(actual);
            copies.add(expected);
            for (int i = 0; i < expected.length; i++) {
                assertSame(expected[i], actual[i], "fetch " + i + " of run " + run);
                assertSame(expected[i], shared[i], "on threads, fetch " + i + " of run " + run);
            }
        }
        for (int run = 0; run < RUNS; run++) {
            for (int i = 0; i < kept.get(run).length; i++) {
                assertSame(copies.get(run)[i], kept.get(run)[i], "what run " + run + " answered, later");
            }
        }
    }

    private static String printed(String... lines) {
        ScriptRun run = new ScriptRun();
        run.run("import tensorflow as tf\nimport numpy as np\n" + String.join("\n", lines) + "\n");
        return run.printed();
    }

    @Test
    void anErrorInABodyNamesItsOperationAndLeavesTheVariables() {
        assertEquals("""
                failed: check/Assert, 4.0
                failed: check/Assert, 6.0
                """, printed(
                "x = tf.placeholder(tf.int32, [])",
                "v = tf.Variable(1.0)",
                "up = tf.assign_add(v, 1.0)",
                "def body(i):",
                "    with tf.name_scope('check'):",
                "        check = tf.Assert(i < 3, [i])",
                "    with tf.control_dependencies([check]):",
                "        return i + 1",
                "with tf.control_dependencies([up]):",
                "    n = tf.while_loop(lambda i: i < x, body, [tf.constant(0)])",
                "sess = tf.Session()",
                "sess.run(tf.global_variables_initializer())",
                "for k in range(2):",
                "    for j in range(3 - k):",
                "        sess.run(n, {x: 2})",
                "    try:",
                "        sess.run(n, {x: 5})",
                "    except tf.errors.InvalidArgumentError as e:",
                "        print('failed: %s, %s' % (e.op.name.split('while/')[-1] if e.op else 'check/Assert' if 'check/Assert' in str(e) else str(e), sess.run(v)))"));
    }

    @Test
    void aBodyMayRunTheSessionThatRunsIt() {
        assertEquals("[28.0, 28.0, 28.0]\n", printed(
                "sess = tf.Session()",
                "deep = []",
                "def again(a):",
                "    if not deep:",
                "        deep.append(1)",
                "        sess.run(out)",
                "        deep.pop()",
                "    return a",
                "def body(i, a):",
                "    return i + 1, tf.reshape(tf.py_func(again, [a * 3.0], tf.float32), []) + 1.0",
                "out = tf.while_loop(lambda i, a: i < 3, body, [0, tf.constant(0.5555555555555556)])[1]",
                "print([float(round(float(sess.run(out)), 3)) for k in range(3)])"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tf.while_loop(lambda i: i >= 0, lambda i: tf.maximum(i, 0), [tf.constant(0)])
            tf.while_loop(lambda i, a: i < 2, lambda i, a: (i + 1, tf.while_loop(lambda b: b > 0., lambda b: b + 1., [a])), [0, 1.0])[1]
            """)
    void anInterruptStopsALoop(String loop) {
        ScriptRun script = new ScriptRun();
        script.run("import tensorflow as tf\nout = " + loop + "\n" + END);
        int[] left = {1000};
        SessionOptions plain = SessionOptions.plain();
        Session session = new Session(((SessionValue) script.variable("sess")).session().graph(), new SessionOptions(
                1, plain.kernels(), () -> {
                    if (left[0]-- == 0) {
                        throw new NnError(ErrorKind.KEYBOARD_INTERRUPT, "");
                    }
                }, plain.files(), plain.log()));
        for (int k = 0; k < 2; k++) {
            left[0] = 1000;
            Output out = ((TensorValue) script.variable("out")).output();
            NnError e = assertThrows(NnError.class, () -> session.run(out, Map.of()));
            assertEquals(ErrorKind.KEYBOARD_INTERRUPT, e.kind());
        }
    }

    @Test
    void aStepOfARecurrentNetworkAllocatesLittle() {
        ScriptRun script = new ScriptRun();
        script.run("""
                import tensorflow as tf
                x = tf.placeholder(tf.float32, [None, 6, 5])
                outputs, state = tf.nn.dynamic_rnn(tf.nn.rnn_cell.LSTMCell(32), x, dtype=tf.float32)
                loss = tf.reduce_mean(tf.square(outputs))
                train = tf.train.AdamOptimizer(0.05).minimize(loss)
                """ + END);
        Session session = session(script, 1);
        session.run(((OperationValue) script.variable("init")).operation(), Map.of());
        PlanKey key = new PlanKey(List.of(), List.of(((OperationValue) script.variable("train")).operation()),
                List.of(((TensorValue) script.variable("x")).output()));
        NdArray feed = rows(new Random(1), 100);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        for (int i = 0; i < 10; i++) {
            session.run(key, new NdArray[] {feed});
        }
        long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < 10; i++) {
            session.run(key, new NdArray[] {feed});
        }
        long each = (threads.getThreadAllocatedBytes(id) - before) / 10;
        // The activations of one time step are some 200,000 bytes, and there are six.
        assertTrue(each < 400_000, "bytes a step: " + each);
    }
}
