package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Optional;

/**
 * What {@code tf.random} creates. A seed is what the script gives, null for none; the two attributes that it
 * becomes depend on the graph's seed and on how many operations were made before.
 */
public final class RandomOps {
    /** Stands for the graph's seed where only the operation has one. */
    private static final long DEFAULT_GRAPH_SEED = 87654321;

    private static final long MAX_INT = Integer.MAX_VALUE;

    /** The attributes {@code seed} and {@code seed2}; both 0 means a different sequence each time. */
    public record Seeds(long graph, long operation) {}

    private RandomOps() {}

    /** {@code tf.get_seed}: to be asked where the random operation is about to be made. */
    public static Seeds seeds(Graph g, Long seed) {
        Optional<Long> graphSeed = g.seed();
        if (graphSeed.isEmpty() && seed == null) {
            graphSeed = g.fallbackSeed();
            if (graphSeed.isEmpty()) {
                return new Seeds(0, 0);
            }
        }
        long first = graphSeed.isPresent() ? Math.floorMod(graphSeed.get(), MAX_INT) : DEFAULT_GRAPH_SEED;
        long second = Math.floorMod(seed != null ? seed : (long) g.lastId(), MAX_INT);
        return first == 0 && second == 0 ? new Seeds(0, MAX_INT) : new Seeds(first, second);
    }

    private static Output draw(Graph g, String type, Output shape, DType dtype, Long seed) {
        Seeds s = seeds(g, seed);
        return g.op(type)
                .input(shape)
                .attr("dtype", dtype)
                .attr("seed", s.graph())
                .attr("seed2", s.operation())
                .output();
    }

    private static Output shapeTensor(Graph g, Operand shape) {
        if (shape instanceof Output o) {
            return o;
        }
        // A list of numbers alone is int32 whatever they are; an empty one too.
        return shape.toOutput(g, null, DType.INT32, "shape");
    }

    /** {@code tf.random_normal}. */
    public static Output normal(
            Graph g, Operand shape, Operand mean, Operand stddev, DType type, Long seed, String name) {
        return scaled(g, "RandomStandardNormal", name == null ? "random_normal" : name, shape, mean, stddev, type, seed);
    }

    /** {@code tf.truncated_normal}. */
    public static Output truncatedNormal(
            Graph g, Operand shape, Operand mean, Operand stddev, DType type, Long seed, String name) {
        return scaled(g, "TruncatedNormal", name == null ? "truncated_normal" : name, shape, mean, stddev, type, seed);
    }

    private static Output scaled(
            Graph g, String type, String name, Operand shape, Operand mean, Operand stddev, DType dtype, Long seed) {
        try (NameScope scope = g.nameScope(name)) {
            Output dims = shapeTensor(g, shape);
            Output m = mean.toOutput(g, dtype, null, "mean");
            Output s = stddev.toOutput(g, dtype, null, "stddev");
            Output drawn = draw(g, type, dims, dtype, seed);
            return MathOps.binary(g, "Add", MathOps.times(g, drawn, s), m, scope.operationName());
        }
    }

    /** {@code tf.random_uniform}; max null is 1. */
    public static Output uniform(Graph g, Operand shape, Operand min, Operand max, DType type, Long seed, String name) {
        boolean allowed = switch (type) {
            case FLOAT16, FLOAT32, FLOAT64, INT32, INT64 -> true;
            default -> false;
        };
        if (!allowed) {
            throw NnError.value("Invalid dtype tf." + type.tfName());
        }
        if (max == null && type.isInteger()) {
            throw NnError.value("Must specify maxval for integer dtype tf." + type.tfName());
        }
        try (NameScope scope = g.nameScope(name == null ? "random_uniform" : name)) {
            Output dims = shapeTensor(g, shape);
            Output low = min.toOutput(g, type, null, "min");
            Output high = (max == null ? Literal.of(1) : max).toOutput(g, type, null, "max");
            if (type.isInteger()) {
                Seeds s = seeds(g, seed);
                return g.op("RandomUniformInt")
                        .name(scope.operationName())
                        .input(dims)
                        .input(low)
                        .input(high)
                        .attr("seed", s.graph())
                        .attr("seed2", s.operation())
                        .output();
            }
            Output drawn = draw(g, "RandomUniform", dims, type, seed);
            Output scaled = MathOps.times(g, drawn, MathOps.minus(g, high, low));
            return MathOps.binary(g, "Add", scaled, low, scope.operationName());
        }
    }

    /** {@code tf.random_shuffle}. */
    public static Output shuffle(Graph g, Operand value, Long seed, String name) {
        Seeds s = seeds(g, seed);
        return g.op("RandomShuffle")
                .name(name)
                .input(value)
                .attr("seed", s.graph())
                .attr("seed2", s.operation())
                .output();
    }

    /** {@code tf.multinomial} and {@code tf.random.categorical}, which differ in the scope's name. */
    public static Output multinomial(Graph g, Operand logits, Operand samples, DType type, Long seed, String scopeName) {
        try (NameScope scope = g.nameScope(scopeName)) {
            Output x = logits.toOutput(g, null, null, "logits");
            Seeds s = seeds(g, seed);
            return g.op("Multinomial")
                    .input(x)
                    .input(samples)
                    .attr("output_dtype", type)
                    .attr("seed", s.graph())
                    .attr("seed2", s.operation())
                    .output();
        }
    }

    /** {@code tf.random_gamma}; beta null is 1. */
    public static Output gamma(Graph g, Operand shape, Operand alpha, Operand beta, DType type, Long seed, String name) {
        try (NameScope scope = g.nameScope(name == null ? "random_gamma" : name)) {
            Output dims = shape.toOutput(g, DType.INT32, null, "shape");
            Output a = alpha.toOutput(g, type, null, "alpha");
            Output b = (beta == null ? Literal.of(1) : beta).toOutput(g, type, null, "beta");
            Output both = MathOps.plus(g, a, Shapes.zerosLike(g, b, null));
            Seeds s = seeds(g, seed);
            Output drawn = g.op("RandomGamma").input(dims).input(both).attr("seed", s.graph())
                    .attr("seed2", s.operation()).output();
            double tiny = type == DType.FLOAT64 ? Double.MIN_NORMAL : type == DType.FLOAT32 ? Float.MIN_NORMAL : 0x1p-14;
            Operand least = Literal.of(NdArray.full(type, tiny));
            return MathOps.binary(g, "Maximum", least, MathOps.over(g, drawn, b), null);
        }
    }

    /** {@code tf.random_poisson}. */
    public static Output poisson(Graph g, Operand rate, Operand shape, DType type, Long seed, String name) {
        try (NameScope scope = g.nameScope(name == null ? "random_poisson" : name)) {
            Output dims = shape.toOutput(g, DType.INT32, null, "shape");
            Seeds s = seeds(g, seed);
            return g.op("RandomPoissonV2").input(dims).input(rate).attr("dtype", type).attr("seed", s.graph())
                    .attr("seed2", s.operation()).output();
        }
    }
}
