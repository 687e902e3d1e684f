package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.build.RandomOps;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;

/** tf.random: tensors of random numbers, bit for bit TensorFlow's where they are seeded. */
final class RandomFunctions {
    private RandomFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static DType type(Machine m, Object dtype) {
        return dtype == None.NONE ? DType.FLOAT32 : DTypeValue.convert(m, dtype);
    }

    private static Long seed(Machine m, Object seed) {
        return seed == None.NONE ? null : (Long) Semantics.index(m, seed);
    }

    private static Operand optional(Machine m, Object value) {
        return value == None.NONE ? null : Operands.of(m, value);
    }

    @Builtin(
            value = {"random_normal", "random.normal"},
            signature = "shape, mean=0.0, stddev=1.0, dtype=None, seed=None, name=None",
            doc = "Random numbers from a normal distribution.",
            example = "w = tf.Variable(tf.random_normal([2, 3], stddev=1, seed=1))")
    static Object normal(Machine m, Object shape, Object mean, Object stddev, Object dtype, Object seed, String name) {
        return Tensors.wrap(RandomOps.normal(graph(m), Operands.of(m, shape), Operands.of(m, mean), Operands.of(m, stddev),
                type(m, dtype), seed(m, seed), name));
    }

    @Builtin(
            value = {"truncated_normal", "random.truncated_normal"},
            signature = "shape, mean=0.0, stddev=1.0, dtype=None, seed=None, name=None",
            doc = "Random numbers from a normal distribution, those beyond two deviations drawn again.",
            example = "w = tf.Variable(tf.truncated_normal([784, 10], stddev=0.1))")
    static Object truncatedNormal(
            Machine m, Object shape, Object mean, Object stddev, Object dtype, Object seed, String name) {
        return Tensors.wrap(RandomOps.truncatedNormal(graph(m), Operands.of(m, shape), Operands.of(m, mean),
                Operands.of(m, stddev), type(m, dtype), seed(m, seed), name));
    }

    @Builtin(
            value = {"random_uniform", "random.uniform"},
            signature = "shape, minval=0, maxval=None, dtype=None, seed=None, name=None",
            doc = "Random numbers spread evenly from minval to below maxval; maxval must be given for integers.",
            example = "tf.random_uniform([100], -1.0, 1.0)")
    static Object uniform(Machine m, Object shape, Object min, Object max, Object dtype, Object seed, String name) {
        return Tensors.wrap(RandomOps.uniform(graph(m), Operands.of(m, shape), Operands.of(m, min), optional(m, max),
                type(m, dtype), seed(m, seed), name));
    }

    @Builtin(
            value = {"random_shuffle", "random.shuffle"},
            signature = "value, seed=None, name=None",
            doc = "The rows of a tensor in random order.",
            gradient = "none")
    static Object shuffle(Machine m, Object value, Object seed, String name) {
        return Tensors.wrap(RandomOps.shuffle(graph(m), Operands.of(m, value), seed(m, seed), name));
    }
}
