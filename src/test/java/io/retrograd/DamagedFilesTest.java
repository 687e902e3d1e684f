package io.retrograd;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.limit.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with bytes lost, changed or cut off are read, or refused in the words of the library, but never a fault of ours. */
class DamagedFilesTest {
    private static final int TRIES = 60;

    private static final String WRITE = """
            import tensorflow as tf
            import numpy as np
            x = tf.placeholder(tf.float32, [None, 3], name='x')
            w = tf.Variable(tf.ones([3, 2]), name='w')
            y = tf.identity(tf.nn.relu(tf.matmul(x, w)), name='y')
            i, a = tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a * 2.0), [0, y])
            train = tf.train.AdamOptimizer(0.1).minimize(tf.reduce_mean(tf.square(a)))
            s = tf.Session()
            s.run(tf.global_variables_initializer())
            tf.train.Saver().save(s, './c')
            tf.saved_model.simple_save(s, 'model', {'x': x}, {'y': y})
            tf.train.write_graph(tf.get_default_graph(), '.', 'g.pb', as_text=False)
            tf.train.write_graph(tf.get_default_graph(), '.', 'g.pbtxt')
            np.save('a.npy', np.arange(12.0).reshape(3, 4))
            np.savez('a.npz', a=np.arange(3), b=np.eye(2))
            with tf.python_io.TFRecordWriter('r.tfrecord') as r:
                r.write(tf.train.Example(features=tf.train.Features(
                    feature={'v': tf.train.Feature(int64_list=tf.train.Int64List(value=[1, 2]))})).SerializeToString())
            """;

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() {
        try (Interpreter nn = interpreter()) {
            nn.run(WRITE);
        }
    }

    private static Interpreter interpreter() {
        return Interpreter.builder().out(new StringBuilder()).err(new StringBuilder()).files(FilePolicy.readWrite(folder))
                .limits(Limits.none().wallTime(Duration.ofSeconds(30)).memory(256 << 20)).build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            g.pb          | g = tf.GraphDef(); g.ParseFromString(open('g.pb', 'rb').read()); tf.import_graph_def(g, name=''); s.run([o.outputs for o in tf.get_default_graph().get_operations()], {'x:0': [[1, 2, 3]]})
            g.pbtxt       | from google.protobuf import text_format; g = tf.GraphDef(); text_format.Merge(open('g.pbtxt').read(), g); tf.import_graph_def(g)
            c.meta        | tf.train.import_meta_graph('c.meta'); s.run(tf.global_variables_initializer())
            c.index       | r = tf.train.NewCheckpointReader('./c'); [r.get_tensor(k) for k in r.get_variable_to_shape_map()]
            c.data-00000-of-00001 | tf.train.Saver([tf.Variable(tf.ones([3, 2]), name='w')]).restore(s, './c')
            model/saved_model.pb  | tf.saved_model.loader.load(s, ['serve'], 'model'); s.run('y:0', {'x:0': [[1, 2, 3]]})
            a.npy         | np.load('a.npy')
            a.npz         | z = np.load('a.npz'); [z[k] for k in z.files]
            r.tfrecord    | [tf.train.Example.FromString(r) for r in tf.python_io.tf_record_iterator('r.tfrecord')]
            """)
    void areErrorsOfTheScript(String file, String reading) throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve(file));
        Random random = new Random(7);
        try {
            for (int i = 0; i < TRIES; i++) {
                Files.write(folder.resolve(file), damaged(whole, random));
                String place = file + ", try " + i;
                try (Interpreter nn = interpreter()) {
                    nn.run("import tensorflow as tf\nimport numpy as np\ns = tf.Session()\n" + reading);
                } catch (ScriptError error) {
                    assertFalse(error.kind().equals("SystemError"), () -> place + ": " + error.rendered());
                    assertTrue(!(error instanceof LimitError limit) || limit.limit() == Limit.MEMORY, place);
                }
            }
        } finally {
            Files.write(folder.resolve(file), whole);
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int kind = random.nextInt(4);
        if (kind == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        for (int n = kind == 1 ? 1 : 6; n > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) (kind == 2 ? 0x7f | random.nextInt() : random.nextInt());
        }
        return bytes;
    }
}
