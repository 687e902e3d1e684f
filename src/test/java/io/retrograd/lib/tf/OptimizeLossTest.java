package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.retrograd.error.NnError;
import io.retrograd.testing.ScriptRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tf.contrib.layers.optimize_loss}: one step of each way to ask for it, what it creates, what it refuses. */
class OptimizeLossTest {
    private static final String START = """
            import tensorflow as tf, numpy as np
            w = tf.get_variable('w', [2], initializer=tf.ones_initializer())
            loss = tf.reduce_sum(w * [1., 3.])
            step = tf.train.get_or_create_global_step()
            optimize = tf.contrib.layers.optimize_loss
            GD = tf.train.GradientDescentOptimizer
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "step, 0.5, 'SGD'                                          | [.5, -.5]        | 1",
        "step, 0.5, GD                                             | [.5, -.5]        | 1",
        "step, 0.5, GD, increment_global_step=False                | [.5, -.5]        | 0",
        "None, None, lambda: GD(0.1)                               | [.9, .7]         | 1",
        "step, tf.constant(0.1), lambda r: GD(r)                   | [.9, .7]         | 1",
        "step, None, GD(0.1)                                       | [.9, .7]         | 1",
        "step, 0.5, 'SGD', gradient_multipliers={w: 0.5}           | [.75, .25]       | 1",
        "step, 0.5, 'SGD', gradient_multipliers={'w:0': 0.5}       | [.75, .25]       | 1",
        "step, 0.5, 'SGD', gradient_noise_scale=0.                 | [.5, -.5]        | 1",
        "step, 1., 'SGD', clip_gradients=1.                        | 1 - np.array([1, 3]) / 10 ** .5 | 1",
        "step, 0.5, 'SGD', clip_gradients=lambda p: [(g * 2, v) for g, v in p]  | [0, -2] | 1",
        "step, 0.5, 'SGD', learning_rate_decay_fn=lambda r, s: r / 5  | [.9, .7]      | 1",
        "step, 0.5, 'SGD', update_ops=[w.assign([5., 5.])]         | [4.5, 3.5]       | 1",
        "step, 0.5, 'SGD', variables=[w], summaries=[]             | [.5, -.5]        | 1",
    })
    void takesAStep(String arguments, String weights, String steps) {
        ScriptRun script = new ScriptRun();
        script.run(START + "train = optimize(loss, " + arguments + ")\n"
                + "with tf.Session() as s:\n"
                + "    s.run(tf.global_variables_initializer())\n"
                + "    s.run(train)\n"
                + "    result = bool(np.allclose(s.run(w), " + weights + ")) and s.run(step) == " + steps + "\n"
                + "result = bool(result)\n");
        assertEquals(true, script.variable("result"));
    }

    @Test
    void writesTheSummariesAskedFor() {
        ScriptRun script = new ScriptRun();
        script.run(START + "optimize(loss, step, .5, 'Momentum', clip_gradients=1., summaries=['gradients', 'gradient_norm', 'loss'])\n"
                + "result = ' '.join(o.name for o in tf.get_default_graph().get_operations() if 'Summary' in o.type)\n"
                + "rate = [v.name for v in tf.global_variables() if 'rate' in v.name and v not in tf.trainable_variables()]\n");
        assertEquals("OptimizeLoss/global_norm/gradient_norm OptimizeLoss/loss OptimizeLoss/gradients/w_0 "
                + "OptimizeLoss/gradient_norm/w_0 OptimizeLoss/global_norm/clipped_gradient_norm", script.variable("result"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "step, 1, 'SGD'            | Learning rate should be 0d Tensor or float. Got 1 of type <class 'int'>",
        "step, -1., 'SGD'          | ('Invalid learning_rate %s.', -1.0)",
        "step, None, 'SGD'         | Learning rate is None, but should be specified if optimizer is string (SGD).",
        "step, .5, 'Sgd'           | Optimizer name should be one of [Adagrad, Adam, Ftrl, Momentum, RMSProp, SGD], you provided Sgd.",
        "step, .5, lambda r: 3     | Unrecognized optimizer: function should return subclass of Optimizer. Got 3.",
        "step, .5, 'SGD', clip_gradients=1 | Unknown type <class 'int'> for clip_gradients",
        "step, .5, 'SGD', summaries=['x']  | Summaries should be one of [learning_rate, loss, gradients, gradient_norm, global_gradient_norm], you provided x.",
    })
    void saysWhatIsWrong(String arguments, String message) {
        ScriptRun script = new ScriptRun();
        script.run(START);
        assertEquals(message,
                assertThrows(NnError.class, () -> script.run("optimize(loss, " + arguments + ")\n")).getMessage());
    }
}
