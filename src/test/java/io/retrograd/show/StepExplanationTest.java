package io.retrograd.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Source;
import io.retrograd.lib.tf.TfState;
import io.retrograd.testing.Json;
import io.retrograd.testing.ScriptRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Explanations hold the numbers of the step: compared with the step computed here, in double precision. */
class StepExplanationTest {
    private static final Messages ENGLISH = Messages.of(Locale.ENGLISH);

    private static StepExplanation.Outcome outcome(String script, long step, String loss) {
        Evaluator interpreter = Evaluator.of(new ScriptRun().machine().world());
        return StepExplanation.of(interpreter, "test.nn", () -> interpreter.run(new Source("test.nn", script)), step, loss);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(String script, long step) {
        return (Map<String, Object>) Json.parse(ExplanationJson.of(outcome(script, step, "").explanation(), ENGLISH));
    }

    private static double[][] matrix(Object value) {
        List<?> rows = (List<?>) ((Map<?, ?>) value).get("values");
        double[][] m = new double[rows.size()][];
        for (int i = 0; i < m.length; i++) {
            m[i] = ((List<?>) rows.get(i)).stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
        }
        return m;
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    private static double[][] transposed(double[][] a) {
        double[][] t = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    private static void close(double[][] expected, double[][] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < expected[i].length; j++) {
                assertEquals(expected[i][j], actual[i][j], 1e-5 * Math.max(1, Math.abs(expected[i][j])));
            }
        }
    }

    @Test
    void theStepOfTheSampleIsTheOneComputedByHand() throws IOException {
        Map<String, Object> e = json(Files.readString(Path.of("samples/backprop.nn")), 2);
        assertEquals(List.of("loss = mean((y_ - x·w1·w2)²)"), e.get("formula"));
        List<?> fed = (List<?>) e.get("fed");
        double[][] x = matrix(fed.get(0));
        double[][] target = matrix(fed.get(1));
        List<?> parameters = (List<?>) e.get("parameters");
        Map<?, ?> p1 = (Map<?, ?>) parameters.get(0);
        Map<?, ?> p2 = (Map<?, ?>) parameters.get(1);
        double[][] w1 = matrix(p1.get("before"));
        double[][] w2 = matrix(p2.get("before"));
        double[][] a = times(x, w1);
        double[][] y = times(a, w2);
        double loss = 0;
        double[][] dy = new double[y.length][1];
        for (int i = 0; i < y.length; i++) {
            double off = target[i][0] - y[i][0];
            loss += off * off / y.length;
            dy[i][0] = -2 * off / y.length;
        }
        assertEquals(loss, ((Number) e.get("loss_before")).doubleValue(), 1e-5);
        double[][] g2 = times(transposed(a), dy);
        double[][] g1 = times(transposed(x), times(dy, transposed(w2)));
        close(g1, matrix(p1.get("gradient")));
        close(g2, matrix(p2.get("gradient")));
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                assertEquals(w1[i][j] - 0.001 * g1[i][j], matrix(p1.get("after"))[i][j], 1e-6);
            }
        }
        for (Object p : parameters) {
            for (Object c : (List<?>) ((Map<?, ?>) p).get("checks")) {
                assertEquals(true, ((Map<?, ?>) c).get("agrees"));
            }
        }
        assertEquals(5, ((List<?>) e.get("forward")).size());
        assertEquals(5, ((List<?>) e.get("backward")).size());
    }

    @Test
    void theScriptPrintsWhatItAlwaysPrints() throws IOException {
        String script = Files.readString(Path.of("samples/backprop.nn"));
        ScriptRun plain = new ScriptRun();
        plain.run(script);
        ScriptRun watched = new ScriptRun();
        Evaluator interpreter = Evaluator.of(watched.machine().world());
        StepExplanation.Whole whole = StepExplanation.whole(
                interpreter, "test.nn", () -> interpreter.run(new Source("test.nn", script)), 1, "");
        assertEquals(plain.printed(), watched.printed());
        assertEquals(3000, whole.outcome().steps());
        String page = ExplanationPage.of(whole, script, ENGLISH);
        assertTrue(page.contains("<svg") && page.contains("\"surface\"") && !page.contains("%DATA%"));
    }

    @Test
    void randomStatesDoNotMoveOn() {
        String script = """
                import tensorflow as tf
                tf.set_random_seed(7)
                w = tf.Variable([1.0, 2.0, 3.0, 4.0])
                loss = tf.reduce_sum(tf.nn.dropout(w, 0.5) ** 2)
                step = tf.train.AdamOptimizer(0.1).minimize(loss)
                s = tf.Session()
                s.run(tf.global_variables_initializer())
                for i in range(5):
                    print(s.run([step, loss, w])[1:])
                """;
        ScriptRun plain = new ScriptRun();
        plain.run(script);
        ScriptRun watched = new ScriptRun();
        Evaluator interpreter = Evaluator.of(watched.machine().world());
        StepExplanation.whole(interpreter, "test.nn", () -> interpreter.run(new Source("test.nn", script)), 3, "");
        assertEquals(plain.printed(), watched.printed());
    }

    private static final String TWO_LOSSES = """
            import tensorflow as tf
            a = tf.Variable(2.0)
            b = tf.Variable(3.0)
            first = a * a
            second = b * b
            one = tf.train.GradientDescentOptimizer(0.1).minimize(first, var_list=[a])
            two = tf.train.MomentumOptimizer(0.1, 0.9).minimize(second, var_list=[b])
            s = tf.Session()
            s.run(tf.global_variables_initializer())
            def train():
                s.run(one)
                s.run(two)
            train()
            """;

    @Test
    void oneOfTwoLossesIsChosenByName() {
        assertEquals("first", outcome(TWO_LOSSES, 1, "").explanation().loss().name());
        assertEquals(List.of("second"), outcome(TWO_LOSSES, 1, "").explanation().otherLosses());
        Explanation e = outcome(TWO_LOSSES, 1, "second").explanation();
        assertEquals("second", e.loss().name());
        assertEquals(List.of("a ← 0.9·0.0 + 6.0 = 6.0", "b ← 3.0 − 0.1·6.0 = 2.4"), e.parameters().get(0).equations());
    }

    @Test
    void aScriptWithoutAStepGetsAReason() {
        assertTrue(why("print(1)", "").contains("never asks for gradients"));
        assertTrue(why(TWO_LOSSES.replace("train()\n", "pass\n").replace("def pass", "def train"), "").length() > 0);
        assertTrue(why(TWO_LOSSES, "third").contains("'third'"));
        StepExplanation.Outcome failed = outcome("import tensorflow as tf\nx = 1 / 0\n", 1, "");
        assertNull(failed.explanation());
        assertTrue(ExplanationText.why(failed, 1, "", List.of(), ENGLISH).get(0).contains("error before"));
    }

    private static String why(String script, String loss) {
        return String.join(" ", ExplanationText.why(outcome(script, 1, loss), 1, loss, List.of("first"), ENGLISH));
    }

    @Test
    void chineseAndEnglishHaveTheSameMessages() {
        var english = ResourceBundle.getBundle("io.retrograd.show.messages", Locale.ROOT);
        var chinese = ResourceBundle.getBundle("io.retrograd.show.messages", Locale.CHINESE);
        for (String key : english.keySet()) {
            assertTrue(!chinese.getString(key).isEmpty(), key);
        }
        assertTrue(ExplanationText.of(outcome(TWO_LOSSES, 1, "").explanation(), Messages.of(Locale.CHINESE), false).contains("反向传播"));
    }

    @Test
    void theFirstNanStopsACheckedScript() {
        Evaluator interpreter = Evaluator.of(new ScriptRun().machine().world());
        TfState.of(interpreter.machine()).runObserver(new NumericsCheck(() -> Messages.of(Locale.ENGLISH), graph -> Names.of(interpreter.variables(), graph)));
        var error = Assertions.assertThrows(NnError.class, () -> interpreter.run(new Source(
                "test.nn", "import tensorflow as tf\nx = tf.log(tf.constant([-1.0]), name='l')\ny = x * 2\ntf.Session().run(y)\n")));
        assertTrue(error.getMessage().contains("l : Tensor had NaN values"), error.getMessage());
        assertTrue(error.help().contains("test.nn:2: x = tf.log"), error.help());
    }
}
