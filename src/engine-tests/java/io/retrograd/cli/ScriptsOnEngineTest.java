package io.retrograd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Source;
import io.retrograd.lib.tf.TfState;
import io.retrograd.session.Engines;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts print the same on TensorFlow's runtime as on ours, and what a session remembers outlives a graph that grows. */
final class ScriptsOnEngineTest {
    @TempDir
    private Path folder;

    private String run(String script, Engines engines) {
        TestWorld world = new TestWorld(folder).seeded(1);
        Evaluator interpreter = Evaluator.of(world);
        if (engines != null) {
            TfState.of(interpreter.machine()).engines(engines);
        }
        interpreter.scriptAt("", "test.nn");
        try {
            interpreter.run(new Source("test.nn", script));
        } catch (NnError error) {
            world.err().write(interpreter.render(error, false));
        }
        return world.written();
    }

    private void same(String expected, String script) {
        assertEquals(Optional.empty(), Printed.firstDifference(expected, run(script, AddOn.runtime())));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "backprop", "backprop_lowercase", "backprop_short", "forward", "learning_rate", "loss_cross_entropy", "loss_custom",
        "loss_mse", "moving_average", "neuron", "optimizers", "regularization", "seed_note", "tensors"
    })
    void printsWhatTheSamplePrints(String sample) throws IOException {
        same(Files.readString(Path.of("samples", sample + ".out")), Files.readString(Path.of("samples", sample + ".nn")));
    }

    @Test
    void runsWithATraceThatStaysEmpty() {
        same("3.0 0\n", String.join("\n",
                "import tensorflow as tf",
                "told = tf.RunMetadata()",
                "options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)",
                "with tf.Session() as s:",
                "    three = s.run(tf.constant(1.0) + 2.0, options=options, run_metadata=told)",
                "    print(three, len(told.step_stats.dev_stats))"));
    }

    @Test
    void callsFunctionsOfTheScript() {
        String script = String.join("\n",
                "import tensorflow as tf",
                "import numpy as np",
                "def f(a, b):",
                "    print('called', a.shape, a.dtype, b)",
                "    return np.sort(a) + b",
                "x = tf.placeholder(tf.float32, [None])",
                "v = tf.Variable(1.0)",
                "y = tf.py_func(f, [x, v], tf.float32)",
                "s, n = tf.py_func(lambda q: (b'x' + q, np.int64(len(q))), [tf.constant('hello')], [tf.string, tf.int64])",
                "total = lambda: tf.py_func(lambda a: np.float32(a.sum()), [x], tf.float32)",
                "c = tf.cond(x[0] > 0, total, lambda: tf.constant(-1.0))",
                "double = lambda a: tf.reshape(tf.py_func(lambda t: t * np.float32(2), [a], tf.float32), [])",
                "_, w = tf.while_loop(lambda i, a: i < 5, lambda i, a: (i + 1, double(a)), [0, 1.0])",
                "squares = tf.data.Dataset.range(3).map(lambda k: tf.py_func(lambda j: j * j, [k], tf.int64)).prefetch(2)",
                "square = squares.make_one_shot_iterator().get_next()",
                "def words():",
                "    for k in range(3):",
                "        yield k, 'w%d' % k",
                "pairs = tf.data.Dataset.from_generator(words, (tf.int32, tf.string)).repeat(2).batch(4).make_initializable_iterator()",
                "pair = pairs.get_next()",
                "nothing = tf.py_func(lambda a: print('seen', a), [v], [])",
                "with tf.Session() as sess:",
                "    sess.run(tf.global_variables_initializer())",
                "    print(sess.run([y, s, n, c, w], {x: [3, 1, 2]}))",
                "    print(sess.run([c], {x: [-3, 1, 2]}))",
                "    sess.run(nothing)",
                "    for _ in range(2):",
                "        sess.run(pairs.initializer)",
                "        for tensor in [square, square, pair, pair, pair]:",
                "            try:",
                "                print(sess.run(tensor))",
                "            except tf.errors.OutOfRangeError:",
                "                print('end')",
                "    again = tf.py_func(lambda a: sess.run(y, {x: a}) * np.float32(10), [x], tf.float32)",
                "    print(sess.run(again, {x: [5, 4]}))",
                "    sess.run(tf.py_func(lambda a: {}['no'], [x], tf.float32), {x: [1]})");
        String ours = run(script, null);
        assertEquals(20, ours.lines().limit(20).count());
        same(ours, script);
    }

    @Test
    void knowsNoFunctionOfAFile() {
        String script = String.join("\n",
                "import tensorflow as tf",
                "tf.py_func(lambda a: a, [tf.constant(1.0)], tf.float32, name='call')",
                "graph = tf.get_default_graph().as_graph_def()",
                "tf.reset_default_graph()",
                "tf.import_graph_def(graph, name='')",
                "with tf.Session() as sess:",
                "    sess.run('call:0')");
        same(run(script, null), script);
    }

    @Test
    void remembersWhileTheGraphGrows() {
        String script = String.join("\n",
                "import tensorflow as tf",
                "it = tf.data.Dataset.range(100).make_initializable_iterator()",
                "n = it.get_next()",
                "q = tf.FIFOQueue(10, tf.float32)",
                "enqueue = q.enqueue(3.5)",
                "v = tf.Variable(1.0)",
                "r = tf.random_uniform([], seed=3)",
                "x = tf.constant(2.0)",
                "i, out = tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a * x), [0, v])",
                "with tf.Session() as s:",
                "    s.run([tf.global_variables_initializer(), it.initializer])",
                "    print(s.run([n, out, r]))",
                "    s.run(tf.assign_add(v, 1.0))",
                "    s.run(enqueue)",
                "    # The loop of the gradient changes the loop that ran before.",
                "    print(s.run([tf.gradients(out, x)[0], n, r]))",
                "    print(s.run([out, n, v, q.size(), r]))",
                "    with tf.name_scope('one'):",
                "        print(s.run(n + tf.constant(10, tf.int64)))",
                "    print(s.run([n * 2, q.size() + 0]))");
        String ours = run(script, null);
        assertEquals(5, ours.lines().count());
        same(ours, script);
    }

    @Test
    void namesTheOperationThatFails() {
        String script = String.join("\n",
                "import tensorflow as tf",
                "x = tf.placeholder(tf.float32, [None])",
                "y = tf.check_numerics(tf.log(x), 'not a number')",
                "with tf.Session() as s:",
                "    s.run(y, {x: [-1.0]})");
        String ours = run(script, null);
        String theirs = run(script, AddOn.runtime());
        assertEquals(place(ours), place(theirs));
        assertEquals("InvalidArgumentError", theirs.substring(0, theirs.indexOf(':')));
    }

    private static String place(String error) {
        return error.lines().filter(line -> line.contains("-->")).findFirst().orElse(error);
    }
}
