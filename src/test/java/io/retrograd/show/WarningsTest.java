package io.retrograd.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.Evaluator;
import io.retrograd.lang.tree.Source;
import io.retrograd.testing.ScriptRun;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a step is warned of, by the loss and the rate; an ordinary step of nothing. */
class WarningsTest {
    private static final String SCRIPT = """
            import tensorflow as tf
            x = tf.constant([[1.0, 2.0], [2.0, 1.0]])
            w = tf.Variable([[0.5, -0.4], [0.3, 0.2]])
            v = tf.Variable([[0.5], [0.5]])
            loss = %s
            train = tf.train.GradientDescentOptimizer(%s).minimize(loss)
            s = tf.Session()
            s.run(tf.global_variables_initializer())
            s.run(train)
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tf.reduce_mean(tf.square(tf.matmul(tf.matmul(x, w), v)))                         | 0.01 | ''           | ''
            tf.reduce_mean(tf.matmul(tf.nn.relu(tf.matmul(x, w) - [0.0, 9.0]), v))           | 0.01 | dead         | dead ReLU: 1 of 2 units of Relu are 0
            tf.reduce_mean(tf.matmul(tf.sigmoid(tf.matmul(x, w) * 100.0), v))                | 0.01 | saturated    | saturated sigmoid: 75 %
            tf.reduce_mean(tf.square(tf.matmul(tf.matmul(x, w), v) * 1e4))                   | 1e-12 | exploding   | the gradient of w has norm
            tf.reduce_mean(tf.matmul(tf.matmul(x, w) * 1e-9, v))                             | 0.01 | vanishing    | the gradient of w has norm
            tf.reduce_mean(tf.square(tf.matmul(tf.matmul(x, w), v)))                         | 1.5  | edge         | it falls only for rates below about
            tf.reduce_mean(tf.square(w))                                                     | 0.01 | independent  | loss does not depend on v
            tf.reduce_mean(tf.log(tf.matmul(tf.matmul(x, w) * 0.0, v)))                      | 0.01 | nan          | first appears in Log = log(MatMul_1) (test.nn:5)
            tf.reduce_sum(tf.nn.softmax_cross_entropy_with_logits(logits=tf.matmul(x, w) + tf.matmul(x, v), labels=x)) | 0.001 | labels | row 0 sums to 3
            """)
    void areOfThatKind(String loss, String rate, String kind, String text) {
        Evaluator interpreter = Evaluator.of(new ScriptRun().machine().world());
        Explanation e = StepExplanation.of(
                        interpreter, "test.nn", () -> interpreter.run(new Source("test.nn", SCRIPT.formatted(loss, rate))), 1, "")
                .explanation();
        List<String> kinds = e.warnings().stream().map(Explanation.Warning::key).toList();
        String all = String.join("\n", e.warnings().stream().map(w -> Messages.of(Locale.ENGLISH).warning(w)).toList());
        if (kind.isEmpty()) {
            assertEquals(List.of(), kinds, all);
        } else {
            assertTrue(kinds.contains(kind) && all.contains(text), () -> kinds + " " + all);
        }
    }
}
