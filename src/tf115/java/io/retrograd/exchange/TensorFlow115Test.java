package io.retrograd.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lib.tf.TfState;
import io.retrograd.session.SessionOptions;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.testing.TestWorld;
import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.SavedModel;

/**
 * What is written here TensorFlow 1.15 itself reads and runs, and what it writes is read here. Runs only in the Maven
 * profile {@code tf115}, which fetches TensorFlow 1.15 for Java.
 */
final class TensorFlow115Test {
    @TempDir
    Path folder;

    /** Runs a script below the folder; answers the interpreter. */
    private Evaluator run(String script) {
        TestWorld world = new TestWorld(folder).seeded(1);
        Evaluator interpreter = Evaluator.of(world);
        interpreter.scriptAt("", "test.nn");
        try {
            interpreter.run(new Source("test.nn", script));
        } catch (NnError error) {
            throw new AssertionError(interpreter.render(error, false), error);
        }
        return interpreter;
    }

    private static float[] floats(Tensor<?> t) {
        java.nio.FloatBuffer buffer = java.nio.FloatBuffer.allocate(t.numElements());
        t.writeTo(buffer);
        return buffer.array();
    }

    private static Tensor<?> matrix(float[][] values) {
        return Tensor.create(values);
    }

    private static Tensor<?> text(String s) {
        return Tensor.create(s.getBytes(StandardCharsets.UTF_8));
    }

    private static final String NETWORK = String.join(
            "\n",
            "import tensorflow as tf",
            "import numpy as np",
            "x = tf.placeholder(tf.float32, [None, 2], name='x')",
            "t = tf.placeholder(tf.float32, [None, 1], name='t')",
            "w1 = tf.Variable(tf.random_normal([2, 3], seed=1), name='w1')",
            "w2 = tf.Variable(tf.random_normal([3, 1], seed=1), name='w2')",
            "y = tf.matmul(tf.nn.relu(tf.matmul(x, w1)), w2, name='y')",
            "loss = tf.reduce_mean(tf.square(y - t), name='loss')",
            "OPTIMIZER.minimize(loss, name='train')",
            "init = tf.global_variables_initializer()",
            "saver = tf.train.Saver()",
            "X = np.random.RandomState(23455).rand(8, 2).astype(np.float32)",
            "T = (X[:, :1] + X[:, 1:] < 1).astype(np.float32)",
            "sess = tf.Session()",
            "sess.run(init)",
            "");

    private static float[][] inputs(Evaluator interpreter, String name) {
        NdArray a = ((io.retrograd.lang.value.ArrayLike) interpreter.variables().get(name)).array();
        float[][] rows = new float[a.dim(0)][a.dim(1)];
        for (int i = 0; i < a.size(); i++) {
            rows[i / a.dim(1)][i % a.dim(1)] = a.getFloat(i);
        }
        return rows;
    }

    static Stream<String> optimizers() {
        return Stream.of(
                "tf.train.GradientDescentOptimizer(0.01)", "tf.train.MomentumOptimizer(0.01, 0.9)", "tf.train.AdamOptimizer(0.01)",
                "tf.train.AdagradOptimizer(0.01)", "tf.train.RMSPropOptimizer(0.01)", "tf.train.FtrlOptimizer(0.01)",
                "tf.train.AdadeltaOptimizer(0.01)");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimizers")
    void trainsOurGraphToTheSameDigits(String optimizer) {
        Evaluator interpreter = run(NETWORK.replace("OPTIMIZER", optimizer) + String.join(
                "\n",
                "for i in range(20): sess.run('train', {x: X, t: T})",
                "after = [sess.run(v).ravel() for v in (w1, w2)]",
                "tf.train.write_graph(tf.get_default_graph(), '.', 'net.pb', as_text=False)"));
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            graph.importGraphDef(bytes("net.pb"));
            session.runner().addTarget("init").run();
            for (int i = 0; i < 20; i++) {
                session.runner()
                        .feed("x", matrix(inputs(interpreter, "X")))
                        .feed("t", matrix(inputs(interpreter, "T")))
                        .addTarget("train")
                        .run();
            }
            List<?> after = ((io.retrograd.lang.value.ListValue) interpreter.variables().get("after")).asList();
            List<Tensor<?>> theirs = session.runner().fetch("w1").fetch("w2").run();
            for (int i = 0; i < 2; i++) {
                float[] ours = ((io.retrograd.lang.value.ArrayLike) after.get(i)).array().toFloats();
                assertArrayEquals(floats(theirs.get(i)), ours, 2e-6f);
            }
        }
    }

    private byte[] bytes(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    @Test
    void readsOurCheckpointAndWeItsOwn() {
        run(NETWORK.replace("OPTIMIZER", "tf.train.AdamOptimizer(0.01)") + String.join(
                "\n",
                "for i in range(5): sess.run('train', {x: X, t: T})",
                "saver.save(sess, './ours')",
                "np.save('w1.npy', sess.run(w1))",
                "tf.train.write_graph(tf.get_default_graph(), '.', 'net.pb', as_text=False)"));
        float[] expected = io.retrograd.lib.numpy.NpyFormat.read(bytes("w1.npy"), "w1").toFloats();
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            graph.importGraphDef(bytes("net.pb"));
            session.runner().feed("save/Const", text(folder.resolve("ours").toString())).addTarget("save/restore_all").run();
            assertArrayEquals(expected, floats(session.runner().fetch("w1").run().get(0)), 0f);
            session.runner().feed("save/Const", text(folder.resolve("theirs").toString())).fetch("save/control_dependency").run();
        }
        Evaluator again = run(NETWORK.replace("OPTIMIZER", "tf.train.AdamOptimizer(0.01)") + String.join(
                "\n", "saver.restore(sess, './theirs')", "w = sess.run(w1).ravel()"));
        NdArray ours = ((io.retrograd.lang.value.ArrayLike) again.variables().get("w")).array();
        assertArrayEquals(expected, ours.toFloats(), 0f);
    }

    @Test
    void loadsOurSavedModel() {
        run(NETWORK.replace("OPTIMIZER", "tf.train.GradientDescentOptimizer(0.01)") + String.join(
                "\n",
                "tf.saved_model.simple_save(sess, './model', {'x': x}, {'y': y})",
                "np.save('y.npy', sess.run(y, {x: X}))",
                "np.save('x.npy', X)"));
        float[] expected = io.retrograd.lib.numpy.NpyFormat.read(bytes("y.npy"), "y").toFloats();
        NdArray x = io.retrograd.lib.numpy.NpyFormat.read(bytes("x.npy"), "x");
        try (SavedModelBundle model = SavedModelBundle.load(folder.resolve("model").toString(), "serve")) {
            Tensor<?> in = Tensor.create(new long[] {x.dim(0), x.dim(1)}, java.nio.FloatBuffer.wrap(x.toFloats()));
            assertArrayEquals(expected, floats(model.session().runner().feed("x", in).fetch("y").run().get(0)), 1e-6f);
        }
    }

    @Test
    void loadsOurSavedModelOfTextWithItsFile() throws IOException {
        Files.writeString(folder.resolve("words.txt"), "apple\nbanana\n");
        run(String.join(
                "\n",
                "import tensorflow as tf",
                "words = tf.placeholder(tf.string, [None], name='words')",
                "ids = tf.contrib.lookup.index_table_from_file('words.txt', num_oov_buckets=1).lookup(words)",
                "e = tf.Variable([[1., 2.], [3., 4.], [5., 6.]])",
                "rows = tf.identity(tf.nn.embedding_lookup(e, ids), name='rows')",
                "with tf.Session() as s:",
                "    s.run([tf.global_variables_initializer(), tf.tables_initializer()])",
                "    b = tf.saved_model.builder.SavedModelBuilder('model')",
                "    b.add_meta_graph_and_variables(s, ['serve'], {'p': tf.saved_model.predict_signature_def({'w': words}, {'r': rows})},",
                "        assets_collection=tf.get_collection(tf.GraphKeys.ASSET_FILEPATHS), main_op=tf.tables_initializer())",
                "    b.save()"));
        Files.delete(folder.resolve("words.txt"));
        try (SavedModelBundle model = SavedModelBundle.load(folder.resolve("model").toString(), "serve")) {
            Tensor<?> in = Tensor.create(new byte[][] {"banana".getBytes(StandardCharsets.UTF_8), "zoo".getBytes(StandardCharsets.UTF_8)});
            assertArrayEquals(
                    new float[] {3, 4, 5, 6}, floats(model.session().runner().feed("words", in).fetch("rows").run().get(0)), 0f);
        }
    }

    /** A variable of three parts in a checkpoint, as TensorFlow writes it, is one variable to a script, and the other way round. */
    @Test
    void readsVariablesInParts() throws IOException {
        org.tensorflow.Tensor<?> rows = Tensor.create(new float[][] {{1, 2}, {3, 4}, {5, 6}});
        org.tensorflow.Tensor<?> more = Tensor.create(new float[][] {{7, 8}, {9, 10}});
        String specs = "5 2 0,3:0,2|5 2 3,2:0,2";
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            org.tensorflow.Output<?> file = constant(graph, "file", text(folder.resolve("theirs").toString()));
            org.tensorflow.Output<?> names = constant(graph, "names", strings("e", "e"));
            org.tensorflow.Output<?> parts = constant(graph, "parts", strings(specs.split("\\|")));
            graph.opBuilder("SaveV2", "save").addInput(file).addInput(names).addInput(parts)
                    .addInputList(new org.tensorflow.Output<?>[] {constant(graph, "a", rows), constant(graph, "b", more)}).build();
            session.runner().addTarget("save").run();
        }
        Evaluator here = run(String.join(
                "\n",
                "import tensorflow as tf",
                "e = tf.get_variable('e', [5, 2])",
                "with tf.Session() as s:",
                "    tf.train.Saver().restore(s, './theirs')",
                "    values = [s.run(tf.reshape(e, [-1])).tolist()]",
                "    tf.train.Saver().save(s, './ours')",
                "print(tf.train.list_variables('./theirs'))"));
        assertEquals("[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]",
                ((io.retrograd.lang.value.ListValue) list(here, "values").get(0)).asList().toString());
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            org.tensorflow.Output<?> file = constant(graph, "file", text(folder.resolve("ours").toString()));
            graph.opBuilder("RestoreV2", "restore").addInput(file).addInput(constant(graph, "names", strings("e", "e")))
                    .addInput(constant(graph, "parts", strings(specs.split("\\|"))))
                    .setAttr("dtypes", new org.tensorflow.DataType[] {org.tensorflow.DataType.FLOAT, org.tensorflow.DataType.FLOAT}).build();
            List<Tensor<?>> read = session.runner().fetch("restore", 0).fetch("restore", 1).run();
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, floats(read.get(0)), 0f);
            assertArrayEquals(new float[] {7, 8, 9, 10}, floats(read.get(1)), 0f);
        }
    }

    private static Tensor<?> strings(String... all) {
        return Tensor.create(Stream.of(all).map(s -> s.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
    }

    /** Scripts whose graphs use one construct each; their last line names what to fetch. */
    static Stream<String> constructs() {
        return Stream.of(
                "y = tf.while_loop(lambda i, a: i < 5, lambda i, a: (i + 1, a * 2. + 1.), [0, tf.constant([1., 2.])])[1]",
                "c = tf.constant(3.)\ny = tf.cond(c > 2., lambda: c * 2., lambda: c - 1.)",
                "i = tf.constant(np.arange(48, dtype=np.float32).reshape(1, 4, 4, 3))\nk = tf.ones([2, 2, 3, 2])\n"
                        + "y = tf.nn.max_pool(tf.nn.conv2d(i, k, [1, 1, 1, 1], 'SAME'), [1, 2, 2, 1], [1, 2, 2, 1], 'VALID')",
                "y = tf.cast(tf.argmax(tf.one_hot([1, 0, 2], 3), 1), tf.float32)",
                "v = tf.Variable([[1., 2.], [3., 4.]])\ny = tf.gradients(tf.reduce_sum(tf.tanh(tf.matmul(v, v))), v)[0]",
                "y = tf.nn.softmax_cross_entropy_with_logits_v2(labels=[[0., 1.], [1., 0.]], logits=[[2., 1.], [0.5, 3.]])",
                "y = tf.layers.dense(tf.ones([2, 3]), 4, kernel_initializer=tf.ones_initializer(), activation=tf.nn.relu)",
                "y = tf.strided_slice(tf.reshape(tf.range(24.), [2, 3, 4]), [0, 1, 0], [2, 3, 4], [1, 1, 2])",
                "y = tf.concat([tf.split(tf.range(6.), 2)[1], tf.pad(tf.ones([2]), [[1, 1]])], 0)",
                "y = tf.nn.embedding_lookup(tf.constant([[1., 2.], [3., 4.]]), [1, 0, 1])",
                "y = tf.scan(lambda a, b: a + b, tf.range(5.))",
                "y = tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicRNNCell(2), tf.ones([1, 3, 2]), dtype=tf.float32)[0] * 0.",
                "y = tf.random_normal([4], seed=7)",
                "y = tf.nn.moments(tf.constant([[1., 2.], [3., 5.]]), [0])[1]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("constructs")
    void runsOurGraphs(String construct) {
        Evaluator interpreter = run(String.join(
                "\n",
                "import tensorflow as tf",
                "import numpy as np",
                construct,
                "y = tf.identity(y, name='fetched')",
                "init = tf.global_variables_initializer()",
                "sess = tf.Session()",
                "sess.run(init)",
                "value = np.ravel(sess.run(y))",
                "tf.train.write_graph(tf.get_default_graph(), '.', 'net.pb', as_text=False)"));
        float[] ours = ((io.retrograd.lang.value.ArrayLike) interpreter.variables().get("value")).array().toFloats();
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            graph.importGraphDef(bytes("net.pb"));
            session.runner().addTarget("init").run();
            assertArrayEquals(floats(session.runner().fetch("fetched").run().get(0)), ours, 2e-6f);
        }
    }

    /** The blocks of a file by their titles. */
    private static Map<String, String> blocks(String resource) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        String text = Files.readString(Path.of("src/test/resources/exchange", resource));
        for (String block : text.substring(text.indexOf("=== ")).split("(?m)^=== ")) {
            if (!block.isEmpty()) {
                all.put(block.substring(0, block.indexOf('\n')), block.substring(block.indexOf('\n') + 1));
            }
        }
        return all;
    }

    static Stream<String> graphs() throws IOException {
        return blocks("graphs.txt").keySet().stream();
    }

    /** Ours, what TensorFlow computes of it, and what is computed here of the graph that TensorFlow writes. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void computesTheSameThereAndBack(String title) throws IOException {
        Evaluator here = run(String.join(
                "\n",
                "import tensorflow as tf",
                "import numpy as np",
                "before = []",
                blocks("graphs.txt").get(title),
                "y = [tf.identity(t, name='fetched_%d' % i) for i, t in enumerate(y)]",
                "init = tf.global_variables_initializer()",
                "tf.train.write_graph(tf.get_default_graph(), '.', 'net.pb', as_text=False)",
                "runs = [init.name] + [op.name for op in before]",
                "sess = tf.Session()",
                "for name in runs: sess.run(tf.get_default_graph().get_operation_by_name(name))",
                "values = [[repr(e) if isinstance(e, bytes) else e for e in np.ravel(v).tolist()] for v in sess.run(y)]"));
        List<?> ours = list(here, "values");
        List<String> runs = list(here, "runs").stream().map(Object::toString).toList();
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            graph.importGraphDef(bytes("net.pb"));
            runs.forEach(name -> session.runner().addTarget(name).run());
            Session.Runner fetching = session.runner();
            for (int i = 0; i < ours.size(); i++) {
                fetching.fetch("fetched_" + i);
            }
            List<Tensor<?>> theirs = fetching.run();
            for (int i = 0; i < ours.size(); i++) {
                same(title + " " + i, elements(theirs.get(i)), ((io.retrograd.lang.value.ListValue) ours.get(i)).asList());
            }
            Files.write(folder.resolve("theirs.pb"), graph.toGraphDef());
        }
        Evaluator back = run(String.join(
                "\n",
                "import tensorflow as tf",
                "import numpy as np",
                "g = tf.GraphDef()",
                "g.ParseFromString(open('theirs.pb', 'rb').read())",
                "tf.import_graph_def(g, name='')",
                "sess = tf.Session()",
                "for name in [" + runs.stream().map(r -> "'" + r + "'").collect(java.util.stream.Collectors.joining(", ")) + "]:",
                "    sess.run(tf.get_default_graph().get_operation_by_name(name))",
                "values = [[repr(e) if isinstance(e, bytes) else e for e in np.ravel(v).tolist()] for v in sess.run(['fetched_%d:0' % i for i in range(" + ours.size() + ")])]"));
        List<?> again = list(back, "values");
        for (int i = 0; i < ours.size(); i++) {
            same(title + " " + i + " back", ((io.retrograd.lang.value.ListValue) ours.get(i)).asList(), ((io.retrograd.lang.value.ListValue) again.get(i)).asList());
        }
    }

    private static List<?> list(Evaluator interpreter, String name) {
        return ((io.retrograd.lang.value.ListValue) interpreter.variables().get(name)).asList();
    }

    private static void same(String what, List<?> expected, List<?> found) {
        assertEquals(expected.size(), found.size(), what);
        for (int i = 0; i < found.size(); i++) {
            if (expected.get(i) instanceof Double e && found.get(i) instanceof Double f) {
                assertEquals(e, f, 1e-6 + Math.abs(e) * 5e-6, what + "[" + i + "] of " + expected + " and " + found);
            } else {
                assertEquals(String.valueOf(expected.get(i)), String.valueOf(found.get(i)), what + "[" + i + "] of " + expected + " and " + found);
            }
        }
    }

    /** Bytes as Python shows them; of those that it spells out, only zero is among the tests'. */
    private static String text(byte[] bytes) {
        return "b'" + new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", "\\x00") + "'";
    }

    /** A tensor's elements as a script has them. */
    private static List<?> elements(Tensor<?> t) {
        List<Object> all = new ArrayList<>();
        int n = t.numElements();
        switch (t.dataType()) {
            case FLOAT -> {
                for (float f : floats(t)) {
                    all.add((double) f);
                }
            }
            case DOUBLE -> {
                java.nio.DoubleBuffer b = java.nio.DoubleBuffer.allocate(n);
                t.writeTo(b);
                for (double d : b.array()) {
                    all.add(d);
                }
            }
            case INT32 -> {
                java.nio.IntBuffer b = java.nio.IntBuffer.allocate(n);
                t.writeTo(b);
                for (int d : b.array()) {
                    all.add((long) d);
                }
            }
            case INT64 -> {
                java.nio.LongBuffer b = java.nio.LongBuffer.allocate(n);
                t.writeTo(b);
                for (long d : b.array()) {
                    all.add(d);
                }
            }
            case UINT8, BOOL -> {
                java.nio.ByteBuffer b = java.nio.ByteBuffer.allocate(n);
                t.writeTo(b);
                for (byte d : b.array()) {
                    all.add(t.dataType() == org.tensorflow.DataType.BOOL ? (Object) (d != 0) : (Object) (long) (d & 0xff));
                }
            }
            default -> {
                if (t.numDimensions() == 0) {
                    all.add(text(t.bytesValue()));
                } else {
                    byte[][] strings = new byte[n][];
                    t.expect(String.class).copyTo(strings);
                    for (byte[] s : strings) {
                        all.add(text(s));
                    }
                }
            }
        }
        return all;
    }

    @Test
    void readsAndRunsTheGraphThatItWrites() {
        byte[] written;
        float[] expected;
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            org.tensorflow.Output<?> a = constant(graph, "a", Tensor.create(new float[][] {{1, 2}, {3, 4}}));
            org.tensorflow.Output<?> b = constant(graph, "b", Tensor.create(new float[][] {{0.1f, -1}, {2, 0.5f}}));
            org.tensorflow.Output<?> product = graph.opBuilder("MatMul", "product").addInput(a).addInput(b).build().output(0);
            graph.opBuilder("Tanh", "y").addInput(product).build();
            written = graph.toGraphDef();
            expected = floats(session.runner().fetch("y").run().get(0));
        }
        io.retrograd.graph.Graph ours = new io.retrograd.graph.Graph(new io.retrograd.graph.op.StandardOps());
        Map<String, Operation> made = GraphImport.into(ours, parse(written), "", Map.of());
        try (io.retrograd.session.Session session = new io.retrograd.session.Session(ours, SessionOptions.plain())) {
            Output y = made.get("y").output(0);
            assertEquals(DType.FLOAT32, y.dtype());
            assertArrayEquals(expected, session.run(y, Map.of()).toFloats(), 1e-6f);
        }
    }

    private static org.tensorflow.Output<?> constant(Graph graph, String name, Tensor<?> value) {
        return graph.opBuilder("Const", name).setAttr("dtype", value.dataType()).setAttr("value", value).build().output(0);
    }

    private static GraphDef parse(byte[] bytes) {
        try {
            return GraphDef.parseFrom(bytes);
        } catch (com.google.protobuf.InvalidProtocolBufferException damaged) {
            throw new AssertionError(damaged);
        }
    }

    @Test
    void everyOperationItHasIsKnownHere() throws Exception {
        ForeignOps foreign = new ForeignOps();
        List<String> missing = new ArrayList<>();
        for (org.tensorflow.framework.OpDef op :
                org.tensorflow.framework.OpList.parseFrom(org.tensorflow.TensorFlow.registeredOpList()).getOpList()) {
            if (!op.getName().startsWith("_") && foreign.find(op.getName()).isEmpty()) {
                missing.add(op.getName());
            }
        }
        assertTrue(missing.isEmpty(), missing.toString());
    }

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("samples"))) {
            return files.filter(f -> f.toString().endsWith(".nn")).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void takesTheGraphOfEverySample(Path sample) throws IOException {
        // Beside it are those that it imports, and the digits.
        try (Stream<Path> all = Files.walk(Path.of("samples"))) {
            for (Path each : (Iterable<Path>) all.filter(f -> f.getNameCount() > 1)::iterator) {
                Files.copy(each, folder.resolve(Path.of("samples").relativize(each)));
            }
        }
        Evaluator interpreter = run(Files.readString(sample));
        byte[] graph = GraphDefs.of(TfState.of(interpreter.machine()).largestGraph(), false).toByteArray();
        try (Graph theirs = new Graph()) {
            theirs.importGraphDef(graph);
        }
    }

    @Test
    void readsOurSavedModelAsText() throws Exception {
        run(NETWORK.replace("OPTIMIZER", "tf.train.GradientDescentOptimizer(0.01)") + String.join(
                "\n",
                "b = tf.saved_model.Builder('./model')",
                "b.add_meta_graph_and_variables(sess, ['serve'])",
                "b.save(as_text=True)"));
        SavedModel ours = SavedModels.read(folder.resolve("model"), "model");
        assertEquals(1, ours.getMetaGraphsCount());
        try (SavedModelBundle model = SavedModelBundle.load(folder.resolve("model").toString(), "serve")) {
            assertEquals(6, model.session().runner().fetch("w1").run().get(0).numElements());
        }
    }
}
