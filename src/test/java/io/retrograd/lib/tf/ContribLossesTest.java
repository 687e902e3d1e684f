package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.testing.ScriptRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tf.contrib.losses} takes what the network computes first; each loss is that of tf.losses with its arguments turned. */
class ContribLossesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "mean_squared_error(p, z)              | losses.mean_squared_error(z, p)",
        "mean_squared_error(p, z, w)           | losses.mean_squared_error(z, p, w)",
        "absolute_difference(p, z)             | losses.absolute_difference(z, p)",
        "log_loss(p, z)                        | losses.log_loss(z, p)",
        "hinge_loss(p, z)                      | maximum(0., 1 - (2 * z - 1) * p)",
        "cosine_distance(p, z, 1)              | losses.cosine_distance(z, p, 1)",
        "cosine_distance(p, z, dim=1)          | losses.cosine_distance(z, p, 1)",
        "sigmoid_cross_entropy(p, z)           | losses.sigmoid_cross_entropy(z, p)",
        "softmax_cross_entropy(p, z, label_smoothing=.1) | losses.softmax_cross_entropy(z, p, label_smoothing=.1)",
        "sparse_softmax_cross_entropy(p, [1, 0]) | losses.sparse_softmax_cross_entropy([1, 0], p)",
        "compute_weighted_loss(p, w)           | losses.compute_weighted_loss(p, w)",
    })
    void isTheLossOfTheCore(String contrib, String core) {
        ScriptRun script = new ScriptRun();
        script.run("""
                import tensorflow as tf, numpy as np
                p, z, w = tf.constant([[.2, .7], [.9, .4]]), tf.constant([[0., 1.], [1., 0.]]), tf.constant([[1.], [0.]])
                a = tf.contrib.losses.%s
                n = len(tf.contrib.losses.get_losses())
                b = tf.%s
                with tf.Session() as s:
                    result = bool(np.allclose(*s.run([a, b]))) and tf.contrib.slim.losses.get_losses()[:n] == ([a] if n else [])
                """.formatted(contrib, core));
        assertEquals(true, script.variable("result"));
        assertEquals(contrib.startsWith("hinge") ? 0L : 1L, script.variable("n"));
    }
}
