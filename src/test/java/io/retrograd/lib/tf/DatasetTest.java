package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.lang.value.Semantics;
import io.retrograd.testing.ScriptRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes in comes out: datasets give the elements that TensorFlow's give, then OutOfRangeError. */
final class DatasetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "range(5) | 0;1;2;3;4",
                "range(2, 9, 3) | 2;5;8",
                "range(5).batch(2) | [0 1];[2 3];[4]",
                "range(5).batch(2, drop_remainder=True) | [0 1];[2 3]",
                "range(2).repeat(2) | 0;1;0;1",
                "range(5).take(2).concatenate(tf.data.Dataset.range(7, 8)) | 0;1;7",
                "range(5).skip(3) | 3;4",
                "range(6).shard(3, 1) | 1;4",
                "range(4).map(lambda x: x * x) | 0;1;4;9",
                "range(4).map(lambda x: x + tf.constant(10, tf.int64)) | 10;11;12;13",
                "range(6).filter(lambda x: tf.equal(x % 2, 0)) | 0;2;4",
                "range(3).flat_map(lambda x: tf.data.Dataset.range(x)) | 0;0;1",
                "range(3).interleave(lambda x: tf.data.Dataset.from_tensors(x).repeat(2), 2, 1) | 0;1;0;1;2;2",
                "from_tensor_slices([[1, 2], [3, 4]]) | [1 2];[3 4]",
                "from_tensors([1, 2]) | [1 2]",
                "from_generator(lambda: iter([4, 5]), tf.int32) | 4;5",
                "range(3).cache().prefetch(1).repeat(2) | 0;1;2;0;1;2",
                "range(4).shuffle(1, seed=3) | 0;1;2;3",
            })
    void gives(String dataset, String expected) {
        ScriptRun script = new ScriptRun();
        script.run("import tensorflow as tf\n"
                + "it = tf.data.Dataset." + dataset + ".make_initializable_iterator()\n"
                + "n = it.get_next()\n"
                + "out = []\n"
                + "with tf.Session() as s:\n"
                + "    s.run(it.initializer)\n"
                + "    try:\n"
                + "        while True:\n"
                + "            out.append(str(s.run(n)))\n"
                + "    except tf.errors.OutOfRangeError:\n"
                + "        pass\n"
                + "result = ';'.join(out)\n");
        assertEquals(expected, Semantics.str(script.machine(), script.variable("result")));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "77"})
    void shufflesEachEpochAnew(int seed) {
        ScriptRun script = new ScriptRun();
        script.run("import tensorflow as tf\n"
                + "it = tf.data.Dataset.range(20).shuffle(20, seed=" + seed + ").batch(20).repeat(2).make_one_shot_iterator()\n"
                + "n = it.get_next()\n"
                + "s = tf.Session()\n"
                + "a = s.run(n)\n"
                + "b = s.run(n)\n"
                + "result = [sorted(a) == list(range(20)), sorted(b) == list(range(20)), list(a) == list(b)]\n");
        assertEquals("[True, True, False]", Semantics.repr(script.machine(), script.variable("result")));
    }
}
