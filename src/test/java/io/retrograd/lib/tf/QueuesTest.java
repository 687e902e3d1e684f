package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Semantics;
import io.retrograd.testing.ScriptRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queues, what fills them, and the record files that they are filled from. */
final class QueuesTest {
    private static final String ALL = "result = []\n"
            + "coord = tf.train.Coordinator()\n"
            + "with tf.Session() as s:\n"
            + "    s.run([tf.global_variables_initializer(), tf.local_variables_initializer()])\n"
            + "    threads = tf.train.start_queue_runners(s, coord)\n"
            + "    try:\n"
            + "        while len(result) < 6:\n"
            + "            result.append(s.run(x))\n"
            + "    except tf.errors.OutOfRangeError:\n"
            + "        result.append('end')\n"
            + "    coord.request_stop()\n"
            + "    coord.join(threads)\n";

    private static String run(String script) {
        ScriptRun run = new ScriptRun();
        run.run("import tensorflow as tf\n" + script);
        return Semantics.str(run.machine(), run.variable("result"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tf.train.range_input_producer(2, num_epochs=2, shuffle=False).dequeue() | [0, 1, 0, 1, 'end']",
                "tf.train.string_input_producer(['a', 'b'], 1, shuffle=False).dequeue() | [b'a', b'b', 'end']",
                "tf.train.slice_input_producer([[1, 2], [3, 4]], 1, shuffle=False) | [[1, 3], [2, 4], 'end']",
                "tf.train.limit_epochs(tf.constant(7), 2) | [7, 7, 'end']",
                "tf.train.batch([tf.train.range_input_producer(5, 1, shuffle=False).dequeue()], 2) "
                        + "| [array([0, 1]), array([2, 3]), 'end']",
                "tf.train.batch([tf.train.range_input_producer(3, 1, shuffle=False).dequeue()], 2, "
                        + "allow_smaller_final_batch=True) | [array([0, 1]), array([2]), 'end']",
                "tf.train.batch([[1, 2, 3]], 2, enqueue_many=True)[0] | [1, 3, 2, 1, 3, 2]",
                "tf.train.batch({'a': tf.train.range_input_producer(2, 1, shuffle=False).dequeue()}, 2)['a'] | [array([0, 1]), 'end']",
            })
    void gives(String tensor, String expected) {
        assertEquals(expected.replace("array([0, 1])", "array([0, 1], dtype=int32)")
                        .replace("array([2, 3])", "array([2, 3], dtype=int32)")
                        .replace("array([2])", "array([2], dtype=int32)"),
                run("x = " + tensor + "\n" + ALL));
    }

    @Test
    void shufflesWholeEpochs() {
        assertEquals("[True, True]", run("tf.set_random_seed(1)\n"
                + "x = tf.train.range_input_producer(3, num_epochs=2, seed=4).dequeue()\n" + ALL
                + "result = [sorted(result[:3]) == [0, 1, 2], sorted(result[3:]) == [0, 1, 2]]\n"));
        assertEquals("[0, 1, 2, 3, 4, 5]", run("tf.set_random_seed(1)\n"
                + "x = tf.train.shuffle_batch([tf.train.range_input_producer(6, 1, shuffle=False).dequeue()], 1, 6, 2)\n" + ALL
                + "result = sorted(int(r[0]) for r in result[:6])\n"));
    }

    @Test
    void padsToTheLongest() {
        assertEquals("[[1, 2], [3, 0]]", run("q = tf.PaddingFIFOQueue(5, tf.int32, [[None]])\n"
                + "a, b, x = q.enqueue([[1, 2]]), q.enqueue([[3]]), q.dequeue_many(2)\n"
                + "s = tf.Session()\n"
                + "s.run(a); s.run(b)\n"
                + "result = s.run(x).tolist()\n"));
    }

    @Test
    void keepsOrder() {
        assertEquals("[0, 10, 1, 11, 2]", run("q = tf.FIFOQueue(2, 'int32')\n"
                + "init = q.enqueue_many(([0, 10],))\n"
                + "x = q.dequeue()\n"
                + "again = q.enqueue([x + 1])\n"
                + "result = []\n"
                + "with tf.Session() as s:\n"
                + "    init.run()\n"
                + "    for _ in range(5): result.append(s.run([x, again])[0])\n"));
        assertEquals("[3, 7, 9]", run("q = tf.PriorityQueue(5, [], [])\n"
                + "put, x = q.enqueue_many([[7, 3, 9]]), q.dequeue()\n"
                + "s = tf.Session()\n"
                + "s.run(put)\n"
                + "result = [s.run(x) for _ in range(3)]\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s.run(q.dequeue()) | DEADLINE_EXCEEDED_ERROR | and nothing fills it",
                "s.run(q.enqueue_many([[1, 2, 3, 4]])) | DEADLINE_EXCEEDED_ERROR | is full (3 elements)",
                "s.run(q.close()); s.run(q.enqueue(1)) | CANCELLED_ERROR | FIFOQueue '_0_fifo_queue' is closed.",
                "s.run(q.close()); s.run(q.dequeue()) | OUT_OF_RANGE_ERROR | FIFOQueue '_0_fifo_queue' is closed and has "
                        + "insufficient elements (requested 1, current size 0)",
                "s.run(q.dequeue_many(2)) | INVALID_ARGUMENT_ERROR | FIFOQueue's DequeueMany and DequeueUpTo require the "
                        + "components to have specified shapes.",
                "tf.train.start_queue_runners() | VALUE_ERROR | Cannot start queue runners: No default session is registered.",
                "tf.train.string_input_producer([]) | VALUE_ERROR | string_input_producer requires a non-null input tensor",
                "tf.train.shuffle_batch([q.dequeue()], 2, 3, 3, shapes=[[]]) | VALUE_ERROR | capacity 3 must be bigger than "
                        + "min_after_dequeue 3.",
            })
    void says(String statement, String kind, String message) {
        NnError error = assertThrows(NnError.class, () -> run("q = tf.FIFOQueue(3, tf.int32)\ns = tf.Session()\n" + statement));
        assertEquals(kind, error.kind().name());
        assertEquals(message, error.getMessage().contains(message) ? message : error.getMessage());
    }

    private static final String WRITE = "w = tf.python_io.TFRecordWriter('%s')\n"
            + "for i in range(3):\n"
            + "    w.write(tf.train.Example(features=tf.train.Features(feature={\n"
            + "        'n': tf.train.Feature(int64_list=tf.train.Int64List(value=[i])),\n"
            + "        'x': tf.train.Feature(float_list=tf.train.FloatList(value=[i / 2, 1])),\n"
            + "        'b': tf.train.Feature(bytes_list=tf.train.BytesList(value=[b'\\x01\\x02'] * i))})).SerializeToString())\n"
            + "w.close()\n";

    @Test
    void readsTheRecordsThatItWrote(@TempDir Path folder) {
        String file = folder.resolve("a.tfrecords").toString().replace('\\', '/');
        String write = WRITE.formatted(file);
        assertEquals("[(0, [0.0, 1.0], 0), (1, [0.5, 1.0], 1), (2, [1.0, 1.0], 2)]", run(write + "result = []\n"
                + "for r in tf.python_io.tf_record_iterator('" + file + "'):\n"
                + "    e = tf.train.Example()\n"
                + "    e.ParseFromString(r)\n"
                + "    f = e.features.feature\n"
                + "    result.append((f['n'].int64_list.value[0], list(f['x'].float_list.value), len(f['b'].bytes_list.value)))\n"));
        String parse = "_, r = tf.TFRecordReader().read(tf.train.string_input_producer(['" + file + "'], 1))\n"
                + "f = tf.parse_single_example(r, {'n': tf.FixedLenFeature([], tf.int64), 'x': tf.FixedLenFeature([2], tf.float32), "
                + "'b': tf.VarLenFeature(tf.string), 'z': tf.FixedLenFeature([], tf.int64, 5)})\n";
        assertEquals("[array([0., 1.], dtype=float32), array([0.5, 1. ], dtype=float32), array([1., 1.], dtype=float32), 'end']",
                run(parse + "x = f['x']\n" + ALL));
        assertEquals("[(0, 0, 5), (1, 1, 5), (2, 2, 5)]",
                run(parse + "x = (f['n'], tf.shape(f['b'])[0], f['z'])\n" + ALL + "result = result[:-1]\n"));
        assertEquals("[[0.0, 1.0, 2.0], (3, 2)]", run("rows = list(tf.python_io.tf_record_iterator('" + file + "'))\n"
                + "p = tf.parse_example(rows, {'n': tf.FixedLenFeature([], tf.int64), 'b': tf.VarLenFeature(tf.string)})\n"
                + "s = tf.Session()\n"
                + "result = [[float(n) for n in s.run(p['n'])], tuple(int(d) for d in s.run(p['b'].dense_shape))]\n"));
    }

    @ParameterizedTest
    @CsvSource({"GZIP", "ZLIB"})
    void readsCompressedRecords(String how, @TempDir Path folder) {
        String file = folder.resolve("a.tfrecords").toString().replace('\\', '/');
        String options = "o = tf.python_io.TFRecordOptions(tf.python_io.TFRecordCompressionType." + how + ")\n";
        assertEquals("[b'one', b'two']", run(options + "w = tf.python_io.TFRecordWriter('" + file + "', options=o)\n"
                + "w.write(b'one'); w.write(b'two'); w.close()\n"
                + "x = tf.TFRecordReader(options=o).read(tf.train.string_input_producer(['" + file + "'], 1))[1]\n"
                + ALL + "result = result[:-1]\n"));
    }

    @Test
    void tellsWhyTheFillerStopped() {
        NnError error = assertThrows(NnError.class, () -> run(
                "x = tf.WholeFileReader().read(tf.train.string_input_producer(['no such file']))[1]\n"
                        + "b = tf.train.batch([x], 2)\n"
                        + "s = tf.Session()\n"
                        + "coord = tf.train.Coordinator()\n"
                        + "tf.train.start_queue_runners(s, coord)\n"
                        + "try:\n"
                        + "    s.run(b)\n"
                        + "except tf.errors.OutOfRangeError:\n"
                        + "    coord.join()\n"));
        assertEquals("NOT_FOUND_ERROR", error.kind().name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Int64List(value=[1.5]) | 1.5 has type float, but expected one of: int, long",
                "BytesList(value=['abc']) | 'abc' has type str, but expected one of: bytes",
                "Feature(int_list=3) | Protocol message Feature has no \"int_list\" field.",
            })
    void refusesWhatAMessageCannotHold(String message, String expected) {
        NnError error = assertThrows(NnError.class, () -> run("tf.train." + message));
        assertEquals(expected, error.getMessage());
    }
}
