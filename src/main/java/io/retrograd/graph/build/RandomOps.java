package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;

/** {@code tf.random_uniform}, {@code random_normal}, {@code truncated_normal}, and the seeds of random operations. */
public final class RandomOps {
    /** TensorFlow's graph seed where only the operation has one. */
    private static final long DEFAULT_GRAPH_SEED = 87654321;

    private static final long MODULUS = Integer.MAX_VALUE;

    private RandomOps() {}

    /**
     * {@code tf.get_seed}: the attributes seed and seed2 of an operation that is about to be made.
     *
     * @param own the seed that the call gives; null for none
     */
    public static long[] seeds(Graph g, Long own) {
        Long graphSeed = g.seed().orElse(null);
        if (graphSeed == null && own == null) {
            graphSeed = g.fallbackSeed().orElse(null);
        }
        if (graphSeed == null && own == null) {
            return new long[] {0, 0};
        }
        long first = Math.floorMod(graphSeed == null ? DEFAULT_GRAPH_SEED : graphSeed, MODULUS);
        long second = Math.floorMod(own == null ? g.lastId() : own, MODULUS);
        return first == 0 && second == 0 ? new long[] {0, MODULUS} : new long[] {first, second};
    }

    private static Output draw(Graph g, String type, Output shape, DType dtype, Long seed) {
        long[] s = seeds(g, seed);
        return g.op(type).input(shape).attr("dtype", dtype).attr("seed", s[0]).attr("seed2", s[1]).output();
    }

    /** Numbers of the normal distribution. */
    public static Output normal(
            Graph g, Operand shape, Operand mean, Operand deviation, DType dtype, Long seed, String name) {
        return scaled(g, "RandomStandardNormal", shape, mean, deviation, dtype, seed, name == null ? "random_normal" : name);
    }

    /** Numbers of the normal distribution; those beyond two deviations are drawn again. */
    public static Output truncatedNormal(
            Graph g, Operand shape, Operand mean, Operand deviation, DType dtype, Long seed, String name) {
        return scaled(g, "TruncatedNormal", shape, mean, deviation, dtype, seed, name == null ? "truncated_normal" : name);
    }

    private static Output scaled(
            Graph g, String type, Operand shape, Operand mean, Operand deviation, DType dtype, Long seed, String name) {
        try (NameScope scope = g.nameScope(name)) {
            Output dims = shape.toOutput(g, null, null, "shape");
            Output m = mean.toOutput(g, dtype, null, "mean");
            Output d = deviation.toOutput(g, dtype, null, "stddev");
            Output drawn = draw(g, type, dims, dtype, seed);
            return g.op("Add").name(scope.operationName()).input(MathOps.times(g, drawn, d)).input(m).output();
        }
    }

    /**
     * Evenly distributed numbers from {@code low} up to, not including, {@code high}.
     *
     * @param high null for 1, which integers do not allow
     */
    public static Output uniform(Graph g, Operand shape, Operand low, Operand high, DType dtype, Long seed, String name) {
        if (high == null && dtype.isInteger()) {
            throw NnError.value("Must specify maxval for integer dtype tf." + dtype.tfName());
        }
        try (NameScope scope = g.nameScope(name == null ? "random_uniform" : name)) {
            Output dims = shape.toOutput(g, null, null, "shape");
            Output min = low.toOutput(g, dtype, null, "min");
            Output max = (high == null ? Literal.of(1) : high).toOutput(g, dtype, null, "max");
            if (dtype.isInteger()) {
                long[] s = seeds(g, seed);
                return g.op("RandomUniformInt").name(scope.operationName()).input(dims).input(min).input(max)
                        .attr("seed", s[0]).attr("seed2", s[1]).output();
            }
            Output drawn = draw(g, "RandomUniform", dims, dtype, seed);
            Output range = MathOps.times(g, drawn, MathOps.minus(g, max, min));
            return g.op("Add").name(scope.operationName()).input(range).input(min).output();
        }
    }
}
