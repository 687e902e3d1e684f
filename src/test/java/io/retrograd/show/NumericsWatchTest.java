package io.retrograd.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.Evaluator;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.graph.op.StandardOps;
import io.retrograd.lang.tree.Source;
import io.retrograd.lib.tf.TfState;
import io.retrograd.session.Engine;
import io.retrograd.session.PlanKey;
import io.retrograd.session.Session;
import io.retrograd.session.SessionOptions;
import io.retrograd.tensor.NdArray;
import io.retrograd.testing.ScriptRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line says where a nan came from, whether it was fetched at once or long afterwards. */
class NumericsWatchTest {
    private static List<String> lines(String script, ScriptRun world) {
        List<String> lines = new ArrayList<>();
        Evaluator interpreter = Evaluator.of(world.machine().world());
        TfState.of(interpreter.machine()).runObserver(new NumericsWatch(
                null, lines::add, () -> Messages.of(Locale.ENGLISH), g -> Names.of(interpreter.variables(), g)));
        interpreter.run(new Source("test.nn", script));
        return lines;
    }

    private static final String LOOP = """
            import tensorflow as tf
            import numpy as np
            tf.set_random_seed(3)
            x = tf.placeholder(tf.float32, [3])
            w = tf.Variable([1.0, 0.5, 0.2])
            y = %s
            loss = tf.reduce_sum(y)
            train = tf.train.GradientDescentOptimizer(%s).minimize(loss)
            s = tf.Session()
            s.run(tf.global_variables_initializer())
            for i in range(12):
                s.run(train, {x: [1.0, 2.0, 3.0 - i]})
            print(s.run(w))
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -tf.log(tf.nn.relu(x * w))    | 0.1   | inf was first made in training step 4 (run 5 of the session) by Reciprocal 'gradients/Log_grad/Reciprocal', in the backward pass of Log 'Log', test.nn:6: y = -tf.log(tf.nn.relu(x * w))
            w ** 4 * x                    | 10.0  | in training step
            tf.nn.dropout(w, 0.5) ** 4    | 100.0 | in training step
            tf.sqrt(w - w) * x            | 0.1   | by SqrtGrad 'gradients/Sqrt_grad/SqrtGrad', in the backward pass of Sqrt 'Sqrt', test.nn:6
            """)
    void findsTheOperation(String y, String rate, String expected) {
        List<String> lines = lines(LOOP.formatted(y, rate), new ScriptRun());
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).contains(expected), lines.get(0));
    }

    @Test
    void repeatsNothingOnAnotherRuntime() {
        int[] runs = new int[1];
        Engine other = (state, fetches, targets, feeds) -> values -> {
            runs[0]++;
            return new NdArray[] {NdArray.scalar(Float.NaN)};
        };
        Graph g = new Graph(new StandardOps());
        Output x = g.constant(NdArray.scalar(1f), "x");
        List<String> lines = new ArrayList<>();
        try (Session session = new Session(g, SessionOptions.plain(), other)) {
            new NumericsWatch(null, lines::add, () -> Messages.of(Locale.ENGLISH), graph -> Names.none())
                    .run(session, new PlanKey(List.of(x), List.of(), List.of()), new NdArray[0]);
        }
        assertEquals(1, runs[0]);
        assertEquals(List.of("nan or inf first appeared in run 1 of the session; without --engine the operation that made it is named"), lines);
    }

    @Test
    void saysWhatWasFed() {
        String script = """
                import tensorflow as tf
                x = tf.placeholder(tf.float32, [2])
                s = tf.Session()
                s.run(x * 2, {x: [1, 2]})
                s.run(x * 2, {x: [1, float('nan')]})
                """;
        assertEquals(List.of("nan came in with run 2 of the session: in what was fed for x"), lines(script, new ScriptRun()));
    }

    @Test
    void datasetsArePrintedAndReadOnce() {
        String script = """
                import tensorflow as tf
                import numpy as np
                X = np.arange(12, dtype=np.float32).reshape(6, 2)
                ds = tf.data.Dataset.from_tensor_slices(X).shuffle(6, seed=1).repeat().batch(2)
                x = ds.make_one_shot_iterator().get_next()
                w = tf.Variable(tf.ones([2, 1]))
                y = tf.Print(tf.matmul(x, w), [w], 'w ')
                loss = tf.reduce_mean(tf.square(y - 1))
                train = tf.train.GradientDescentOptimizer(30.0).minimize(loss)
                s = tf.Session()
                s.run(tf.global_variables_initializer())
                for i in range(12):
                    print(i, s.run([train, loss])[1])
                """;
        ScriptRun plain = new ScriptRun();
        plain.run(script);
        ScriptRun watched = new ScriptRun();
        List<String> lines = lines(script, watched);
        assertEquals(plain.printed(), watched.printed());
        assertTrue(lines.get(0).contains("by Square 'Square', test.nn:8: loss = tf.reduce_mean(tf.square(y - 1))"), lines.get(0));
    }

    @Test
    void leavesNoTrace() {
        String script = LOOP.formatted("tf.nn.dropout(w, 0.5) ** 4 + tf.random_normal([3])", "0.7")
                + "print(s.run(tf.random_normal([2])), s.run([y, w]))\n";
        ScriptRun plain = new ScriptRun();
        plain.run(script);
        ScriptRun watched = new ScriptRun();
        assertEquals(1, lines(script, watched).size());
        assertEquals(plain.printed(), watched.printed());
    }

    @Test
    void saysNothingWhereAllIsFinite() {
        assertEquals(List.of(), lines(LOOP.formatted("w * w", "0.1"), new ScriptRun()));
    }
}
