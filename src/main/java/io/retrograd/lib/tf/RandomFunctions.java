package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.build.RandomOps;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;

/** {@code tf.random}: numbers that come out as TensorFlow's for the same seeds. */
final class RandomFunctions {
    private RandomFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Operand of(Machine m, Object value) {
        return Operands.of(m, value);
    }

    @Builtin(
            value = {"random_normal", "random.normal"},
            signature = "shape, mean=0.0, stddev=1.0, dtype=None, seed=None, name=None",
            doc = "Normally distributed numbers, new ones at each run.",
            shapes = "-> shape",
            gradient = "dmean = sum(dy), dstddev = sum(dy * the standard normal numbers)",
            example = "tf.random_normal([2, 3], stddev=0.1, seed=1)")
    static Object normal(Machine m, Object shape, Object mean, Object stddev, Object dtype, Object seed, String name) {
        return Tensors.wrap(RandomOps.normal(graph(m), of(m, shape), of(m, mean), of(m, stddev),
                Dims.type(m, dtype, DType.FLOAT32), Dims.seed(m, seed), name));
    }

    @Builtin(
            value = {"truncated_normal", "random.truncated_normal"},
            signature = "shape, mean=0.0, stddev=1.0, dtype=None, seed=None, name=None",
            doc = "Normally distributed numbers, drawn again where they are more than two deviations off.",
            shapes = "-> shape",
            gradient = "dmean = sum(dy), dstddev = sum(dy * the standard numbers)")
    static Object truncatedNormal(
            Machine m, Object shape, Object mean, Object stddev, Object dtype, Object seed, String name) {
        return Tensors.wrap(RandomOps.truncatedNormal(graph(m), of(m, shape), of(m, mean), of(m, stddev),
                Dims.type(m, dtype, DType.FLOAT32), Dims.seed(m, seed), name));
    }

    @Builtin(
            value = {"random_uniform", "random.uniform"},
            signature = "shape, minval=0, maxval=None, dtype=None, seed=None, name=None",
            doc = "Numbers spread evenly over [minval, maxval).",
            shapes = "-> shape",
            gradient = "dminval, dmaxval: through minval + u * (maxval - minval)")
    static Object uniform(Machine m, Object shape, Object min, Object max, Object dtype, Object seed, String name) {
        return Tensors.wrap(RandomOps.uniform(graph(m), of(m, shape), of(m, min), Dims.optional(m, max),
                Dims.type(m, dtype, DType.FLOAT32), Dims.seed(m, seed), name));
    }

    @Builtin(
            value = {"random_shuffle", "random.shuffle"},
            signature = "value, seed=None, name=None",
            doc = "The rows in a random order.")
    static Object shuffle(Machine m, Object value, Object seed, String name) {
        return Tensors.wrap(RandomOps.shuffle(graph(m), of(m, value), Dims.seed(m, seed), name));
    }

    @Builtin(
            value = {"multinomial", "random.multinomial"},
            signature = "logits, num_samples, seed=None, name=None, output_dtype=None",
            doc = "Class numbers drawn by their log-probabilities.",
            shapes = "(n, classes) -> (n, num_samples)")
    static Object multinomial(Machine m, Object logits, Object samples, Object seed, String name, Object dtype) {
        return Tensors.wrap(RandomOps.multinomial(graph(m), of(m, logits), of(m, samples),
                Dims.type(m, dtype, DType.INT64), Dims.seed(m, seed), name == null ? "multinomial" : name));
    }

    @Builtin(
            value = "random.categorical",
            signature = "logits, num_samples, dtype=None, seed=None, name=None",
            doc = "Class numbers drawn by their log-probabilities.",
            shapes = "(n, classes) -> (n, num_samples)")
    static Object categorical(Machine m, Object logits, Object samples, Object dtype, Object seed, String name) {
        return Tensors.wrap(RandomOps.multinomial(graph(m), of(m, logits), of(m, samples),
                Dims.type(m, dtype, DType.INT64), Dims.seed(m, seed), name == null ? "categorical" : name));
    }

    @Builtin(
            value = {"random_gamma", "random.gamma"},
            signature = "shape, alpha, beta=None, dtype=None, seed=None, name=None",
            doc = "Gamma-distributed numbers.")
    static Object gamma(Machine m, Object shape, Object alpha, Object beta, Object dtype, Object seed, String name) {
        return Tensors.wrap(RandomOps.gamma(graph(m), of(m, shape), of(m, alpha), Dims.optional(m, beta),
                Dims.type(m, dtype, DType.FLOAT32), Dims.seed(m, seed), name));
    }

    @Builtin(
            value = {"random_poisson", "random.poisson"},
            signature = "lam, shape, dtype=None, seed=None, name=None",
            doc = "Poisson-distributed numbers.")
    static Object poisson(Machine m, Object rate, Object shape, Object dtype, Object seed, String name) {
        return Tensors.wrap(RandomOps.poisson(graph(m), of(m, rate), of(m, shape), Dims.type(m, dtype, DType.FLOAT32),
                Dims.seed(m, seed), name));
    }

    @Builtin(
            value = {"get_seed", "random.get_seed"},
            signature = "op_seed",
            doc = "The two seeds that a random operation made now would get.")
    static Object getSeed(Machine m, Object seed) {
        Graph g = graph(m);
        if (g.seed().isEmpty() && seed == None.NONE) {
            return TupleValue.of(None.NONE, None.NONE);
        }
        RandomOps.Seeds s = RandomOps.seeds(g, Dims.seed(m, seed));
        return TupleValue.of(s.graph(), s.operation());
    }
}
