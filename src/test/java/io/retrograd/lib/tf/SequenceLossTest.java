package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Semantics;
import io.retrograd.testing.ScriptRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tf.contrib.seq2seq.sequence_loss} against the sums written out in numpy, and its errors. */
class SequenceLossTest {
    private static final String START = """
            import tensorflow as tf, numpy as np
            r = np.random.RandomState(0)
            l = r.randn(2, 3, 4).astype('f')
            t = np.array([[1, 2, 0], [3, 3, 1]])
            w = np.array([[1, 1, 0], [1, .5, 1]], 'f')
            e = np.log(np.exp(l).sum(2)) - l[np.arange(2)[:, None], np.arange(3), t]
            loss = tf.contrib.seq2seq.sequence_loss
            L, T, W = tf.constant(l), tf.constant(t), tf.constant(w)
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "                                    | (e*w).sum() / w.sum()",
        "average_across_timesteps=False      | (e*w).sum(0) / w.sum(0)",
        "average_across_batch=False          | (e*w).sum(1) / w.sum(1)",
        "average_across_timesteps=False, average_across_batch=False | e*w",
        "False, False, True, True            | (e*w).sum() / 5",
        "False, False, True                  | (e*w).sum(1) / (w != 0).sum(1)",
        "False, False, False, True           | (e*w).sum(0) / (w != 0).sum(0)",
        "softmax_loss_function=lambda labels, logits: tf.reduce_sum(logits, 1) | (l.sum(2)*w).sum() / w.sum()",
    })
    void isTheSumWrittenOut(String options, String numpy) {
        ScriptRun script = new ScriptRun();
        script.run(START + "y = loss(L, T, W" + (options == null ? "" : ", " + options) + ")\n"
                + "with tf.Session() as s: result = bool(np.allclose(s.run(y), " + numpy + ", atol=1e-6))\n");
        assertEquals(true, script.variable("result"));
    }

    @Test
    void createsTensorFlowsOperations() {
        ScriptRun script = new ScriptRun();
        script.run(START + "loss(L, T, W)\n"
                + "result = ' '.join(o.name[14:] for o in tf.get_default_graph().get_operations() if o.type != 'Const')\n");
        assertEquals("strided_slice Reshape/shape Reshape Reshape_1 "
                        + "SparseSoftmaxCrossEntropyWithLogits/SparseSoftmaxCrossEntropyWithLogits Reshape_2 mul Sum Sum_1 div_no_nan",
                ((String) script.variable("result")).trim());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "L[0], T, W             | Logits must be a [batch_size x sequence_length x logits] tensor",
        "L, T[0], W             | Targets must be a [batch_size x sequence_length] tensor",
        "L, T, W[0]             | Weights must be a [batch_size x sequence_length] tensor",
        "L, T, W, sum_over_timesteps=True | average_across_timesteps and sum_over_timesteps cannot be set to True at same time.",
        "L, T, W, sum_over_batch=True     | average_across_batch and sum_over_batch cannot be set to True at same time.",
        "L, T, w                | 'numpy.ndarray' object has no attribute 'get_shape'",
    })
    void saysWhatIsWrong(String arguments, String message) {
        ScriptRun script = new ScriptRun();
        script.run(START);
        assertEquals(message, assertThrows(NnError.class, () -> script.run("loss(" + arguments + ")\n")).getMessage());
    }

    @Test
    void cellsStandInTheOldModuleToo() {
        ScriptRun script = new ScriptRun();
        script.run("from tensorflow.python.ops import rnn, rnn_cell\nresult = rnn_cell.BasicLSTMCell(3).state_size\n");
        assertEquals("LSTMStateTuple(c=3, h=3)", Semantics.repr(script.machine(), script.variable("result")));
    }
}
