package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.lang.value.Semantics;
import io.retrograd.testing.ScriptRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recurrent network written out and as a loop: the same values, the same gradients, zeros past a sequence's end. */
class RnnTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "tf.nn.rnn_cell.BasicRNNCell(4)",
        "tf.nn.rnn_cell.BasicLSTMCell(4)",
        "tf.nn.rnn_cell.LSTMCell(4, forget_bias=0.5)",
        "tf.nn.rnn_cell.GRUCell(4)",
        "tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.GRUCell(3), tf.nn.rnn_cell.BasicLSTMCell(4)])"
    })
    void theLoopIsTheListWrittenOut(String cell) {
        ScriptRun script = new ScriptRun();
        script.run("""
                import tensorflow as tf, numpy as np
                X = np.random.RandomState(0).rand(3, 5, 2).astype(np.float32)
                x = tf.placeholder(tf.float32, [None, 5, 2])
                n = tf.placeholder(tf.int32, [None])
                with tf.variable_scope('a'):
                    whole, state = tf.nn.dynamic_rnn(CELL, x, dtype=tf.float32)
                with tf.variable_scope('a', reuse=True):
                    parts, last = tf.nn.static_rnn(CELL, tf.unstack(x, 5, 1), dtype=tf.float32)
                with tf.variable_scope('a', reuse=True):
                    short, end = tf.nn.dynamic_rnn(CELL, x, sequence_length=n, dtype=tf.float32)
                with tf.variable_scope('a', reuse=True):
                    cut, stop = tf.nn.static_rnn(CELL, tf.unstack(x, 5, 1), sequence_length=n, dtype=tf.float32)
                v = tf.trainable_variables()
                loop = tf.gradients(tf.reduce_sum(whole * whole), v)
                list = tf.gradients(tf.reduce_sum([p * p for p in parts]), v)
                def close(a, b):
                    a = a if isinstance(a, (tuple, type([]))) else [a]
                    b = b if isinstance(b, (tuple, type([]))) else [b]
                    return all(close(p, q) if isinstance(p, tuple) else np.allclose(p, q, atol=1e-6) for p, q in zip(a, b))
                result = []
                with tf.Session() as s:
                    s.run(tf.global_variables_initializer())
                    a, b = s.run([whole, tf.stack(parts, 1)], {x: X})
                    result.append(close(a, b) and np.abs(a).max() > 0)
                    result.append(close(*s.run([state, last], {x: X})))
                    result.append(close(*s.run([loop, list], {x: X})))
                    feed = {x: X, n: [5, 3, 1]}
                    a, b = s.run([short, tf.stack(cut, 1)], feed)
                    result.append(close(a, b))
                    result.append(np.abs(a[1, 3:]).max() == 0 and np.abs(a[1, :3]).min() > 0)
                    result.append(close(*s.run([end, stop], feed)))
                result = [bool(r) for r in result]
                """.replace("CELL", cell));
        assertEquals("[True, True, True, True, True, True]",
                Semantics.repr(script.machine(), script.variable("result")));
    }

    @Test
    void stepsThatNoSequenceReachesAreZeros() {
        ScriptRun script = new ScriptRun();
        script.run("""
                import tensorflow as tf, numpy as np
                x, n = tf.placeholder(tf.float32, [None, 5, 2]), tf.placeholder(tf.int32, [None])
                y, state = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(3), x, sequence_length=n, dtype=tf.float32)
                slope, = tf.gradients(y, x)
                with tf.Session() as s:
                    s.run(tf.global_variables_initializer())
                    a, d = s.run([y, slope], {x: np.ones([2, 5, 2]), n: [2, 1]})
                result = a.shape == (2, 5, 3), a[:, 2:].any(), d[:, 2:].any(), a[0, 1].all(), d[0, 1].all()
                """);
        assertEquals("(True, False, False, True, True)", Semantics.repr(script.machine(), script.variable("result"))
                .replace("np.", ""));
    }
}
