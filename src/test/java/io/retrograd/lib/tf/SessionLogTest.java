package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.testing.ScriptRun;
import org.junit.jupiter.api.Test;

/** What a session says besides results, as TensorFlow says it. */
final class SessionLogTest {
    @Test
    void tellsWhereOperationsArePlaced() {
        ScriptRun run = new ScriptRun();
        run.run("import tensorflow as tf\n"
                + "a = tf.constant([1., 2.], name='a')\n"
                + "c = a + a\n"
                + "s = tf.Session(config=tf.ConfigProto(log_device_placement=True))\n"
                + "s.run(c)\ns.run(c)\n"
                + "tf.Session(config=tf.ConfigProto(log_device_placement=False)).run(c)\n");
        assertEquals("Device mapping: no known devices.\n"
                + "add: (AddV2): /job:localhost/replica:0/task:0/device:CPU:0\n"
                + "a: (Const): /job:localhost/replica:0/task:0/device:CPU:0\n", run.printed());
    }

    @Test
    void takesVariablesFromADict() {
        ScriptRun run = new ScriptRun();
        run.run("import tensorflow as tf\n"
                + "v = {'a': tf.Variable(1.), 'b': tf.Variable(2.)}\n"
                + "tf.train.GradientDescentOptimizer(0.1).minimize(v['a'] * v['b'], var_list=v.values())\n"
                + "print(len([o for o in tf.get_default_graph().get_operations() if o.type == 'ApplyGradientDescent']))");
        assertEquals("2\n", run.printed());
    }
}
