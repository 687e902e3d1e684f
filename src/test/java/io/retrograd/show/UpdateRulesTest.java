package io.retrograd.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.Evaluator;
import io.retrograd.lang.tree.Source;
import io.retrograd.testing.ScriptRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule that is shown with numbers in it is computed here from what is shown, and has to give what is shown. */
class UpdateRulesTest {
    private static final String SCRIPT = """
            import tensorflow as tf
            import numpy as np
            X = np.random.RandomState(3).rand(8, 3)
            Y = np.random.RandomState(4).rand(8, 2)
            x = tf.placeholder(tf.float32, [None, 3])
            y_ = tf.placeholder(tf.float32, [None, 2])
            w = tf.Variable(tf.random_normal([3, 2], seed=1))
            b = tf.Variable([0.1, -0.2])
            y = tf.sigmoid(tf.matmul(x, w) + b)
            loss = tf.reduce_mean(tf.square(y - y_))
            rows = tf.reduce_sum(tf.square(tf.nn.embedding_lookup(w, [0, 2, 2]) - 1.0))
            step = tf.Variable(0, trainable=False)
            lr = tf.train.exponential_decay(0.1, step, 2, 0.96)
            def by_hand():
                g = tf.gradients(loss, [w, b])
                return [tf.assign_sub(w, 0.5 * g[0]), tf.assign(b, b - 0.5 * g[1])]
            def clipped(o):
                return o.apply_gradients([(tf.clip_by_value(g, -0.005, 0.005), v) for g, v in o.compute_gradients(loss)])
            t = tf.train
            train = %s
            s = tf.Session()
            s.run(tf.global_variables_initializer())
            for i in range(4):
                s.run(train, {x: X, y_: Y})
            """;

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            t.GradientDescentOptimizer(0.5).minimize(loss)                        ; w ← w − α·g
            t.GradientDescentOptimizer(lr).minimize(loss, global_step=step)       ; w ← w − α·g
            t.MomentumOptimizer(0.1, 0.9).minimize(loss)                          ; a ← μ·a + g
            t.MomentumOptimizer(0.1, 0.9, use_nesterov=True).minimize(loss)       ; α·(g + μ·a)
            t.AdamOptimizer(0.01).minimize(loss)                                  ; αₜ·m/(√v + ε)
            t.AdamOptimizer(lr).minimize(loss, global_step=step)                  ; αₜ·m/(√v + ε)
            t.AdagradOptimizer(0.1).minimize(loss)                                ; α·g/√a
            t.AdadeltaOptimizer(1.0).minimize(loss)                               ; √(u+ε)/√(a+ε)
            t.RMSPropOptimizer(0.01, momentum=0.5).minimize(loss)                 ; √(s+ε)
            t.RMSPropOptimizer(0.01, momentum=0.5, centered=True).minimize(loss)  ; √(s−e²+ε)
            t.FtrlOptimizer(0.1, l1_regularization_strength=0.01, l2_regularization_strength=0.02).minimize(loss) ; |z| > λ1
            t.FtrlOptimizer(0.1, learning_rate_power=-0.7).minimize(loss)         ; n^(−p)
            t.FtrlOptimizer(0.1, l2_shrinkage_regularization_strength=0.02).minimize(loss) ; 2·λ·w
            t.ProximalGradientDescentOptimizer(0.1, l1_regularization_strength=0.01, l2_regularization_strength=0.02).minimize(loss) ; max(|p| − α·λ1, 0)
            t.ProximalAdagradOptimizer(0.1, l1_regularization_strength=0.01).minimize(loss) ; r = α/√a
            minimize(loss, rprop())                                               ; g·g₀ > 0
            clipped(t.MomentumOptimizer(0.5, 0.9))                                ; a ← μ·a + g
            by_hand()                                                             ; w ← w − 0.5·g
            t.GradientDescentOptimizer(0.1).minimize(rows)                        ; w ← w − g·0.1
            t.AdagradOptimizer(0.1).minimize(rows)                                ; α·g/√a
            t.MomentumOptimizer(0.1, 0.9).minimize(rows)                          ; a ← μ·a + g
            t.AdamOptimizer(0.1).minimize(rows)                                   ; αₜ·m/(√v + ε)
            """)
    void givesWhatItShows(String train, String formula) {
        for (int step = 1; step <= 3; step += 2) {
            Evaluator interpreter = Evaluator.of(new ScriptRun().machine().world());
            Explanation e = StepExplanation.of(
                            interpreter, "test.nn", () -> interpreter.run(new Source("test.nn", SCRIPT.formatted(train))), step, "")
                    .explanation();
            Explanation.Parameter w = e.parameters().get(0);
            assertTrue(w.ruleFormula().contains(formula), w.ruleFormula());
            for (Explanation.Parameter p : e.parameters()) {
                assertFalse(p.equations().isEmpty());
                p.equations().forEach(UpdateRulesTest::holds);
                p.checks().forEach(c -> assertTrue(c.agrees(), c.toString()));
            }
        }
    }

    private static void holds(String equation) {
        int colon = equation.indexOf(":  ");
        String shown = colon < 0 ? equation : equation.substring(colon + 3);
        int from = Math.max(shown.indexOf(" ← ") + 3, shown.startsWith("d = ") || shown.contains(" ← ") ? 0 : shown.indexOf(" = ") + 3);
        int to = shown.lastIndexOf(" = ");
        if (to < from) {
            // A number that is only told.
            return;
        }
        String right = shown.substring(shown.contains(" ← ") ? shown.indexOf(" ← ") + 3 : shown.indexOf(" = ") + 3, to);
        double value = Double.parseDouble(shown.substring(to + 3).replace("(", "").replace(")", ""));
        // In float32 the difference of numbers that are nearly equal loses digits: 1−β2ᵗ, and Ftrl's σ.
        boolean cancels = shown.startsWith("αₜ") || shown.startsWith("σ") || right.contains("(1−0.999)");
        double tolerance = cancels ? 3e-3 : 3e-6;
        assertEquals(value, new Calculator(right).value(), tolerance * Math.abs(value) + 1e-7, equation);
    }

    /** Computes what is written in the signs of the explanations: · − √ ² ^ |x| sign max min. */
    private static final class Calculator {
        private final String text;
        private int at;

        Calculator(String text) {
            this.text = text.replace(" ", "").replace('−', '-');
        }

        double value() {
            double v = sum();
            assertEquals(text.length(), at, text);
            return v;
        }

        private boolean eat(String sign) {
            boolean there = text.startsWith(sign, at);
            at += there ? sign.length() : 0;
            return there;
        }

        private double sum() {
            double v = product();
            while (true) {
                if (eat("+")) {
                    v += product();
                } else if (eat("-")) {
                    v -= product();
                } else {
                    return v;
                }
            }
        }

        private double product() {
            double v = power();
            while (true) {
                if (eat("·")) {
                    v *= power();
                } else if (eat("/")) {
                    v /= power();
                } else {
                    return v;
                }
            }
        }

        private double power() {
            double v = atom();
            return eat("²") ? v * v : eat("^") ? Math.pow(v, atom()) : v;
        }

        private double atom() {
            if (eat("-")) {
                return -atom();
            }
            if (eat("√")) {
                return Math.sqrt(atom());
            }
            if (eat("(")) {
                double v = sum();
                assertTrue(eat(")"), text);
                return v;
            }
            if (eat("|")) {
                double v = sum();
                assertTrue(eat("|"), text);
                return Math.abs(v);
            }
            if (eat("sign(")) {
                double v = sum();
                assertTrue(eat(")"), text);
                return Math.signum(v);
            }
            boolean max = eat("max(");
            if (max || eat("min(")) {
                double a = sum();
                assertTrue(eat(","), text);
                double b = sum();
                assertTrue(eat(")"), text);
                return max ? Math.max(a, b) : Math.min(a, b);
            }
            int from = at;
            while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.' || text.charAt(at) == 'e'
                    || text.charAt(at) == '-' && at > from && text.charAt(at - 1) == 'e')) {
                at++;
            }
            assertTrue(at > from, () -> "no number at " + from + " of " + text);
            return Double.parseDouble(text.substring(from, at));
        }
    }
}
