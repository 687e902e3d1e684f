package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;

/** TensorFlow's initializers: zeros, constants, random numbers scaled by the number of inputs and outputs. */
public final class Initializers {
    /** The deviation of a normal distribution that is cut at two deviations. */
    private static final double TRUNCATED_DEVIATION = .87962566103423978;

    private Initializers() {}

    public static Initializer zeros() {
        return (g, shape, dtype) -> Shapes.zeros(g, shape, dtype, null);
    }

    public static Initializer ones() {
        return (g, shape, dtype) -> Shapes.ones(g, shape, dtype, null);
    }

    /** The value in every element. */
    public static Initializer constant(double value) {
        return (g, shape, dtype) -> g.constant(NdArray.full(dtype, value, shape.toInts()), "Const");
    }

    public static Initializer uniform(Operand low, Operand high, Long seed) {
        return (g, shape, dtype) -> RandomOps.uniform(g, dims(shape), low, high, dtype, seed, null);
    }

    public static Initializer normal(Operand mean, Operand deviation, Long seed) {
        return (g, shape, dtype) -> RandomOps.normal(g, dims(shape), mean, deviation, dtype, seed, null);
    }

    public static Initializer truncatedNormal(Operand mean, Operand deviation, Long seed) {
        return (g, shape, dtype) -> RandomOps.truncatedNormal(g, dims(shape), mean, deviation, dtype, seed, null);
    }

    /** Uniform with limits sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010): {@code get_variable}'s default. */
    public static Initializer glorotUniform(Long seed) {
        return varianceScaling(1, "fan_avg", "uniform", seed);
    }

    /**
     * Random numbers of variance {@code scale / n}, n by mode the number of inputs ({@code fan_in}), outputs
     * ({@code fan_out}) or their mean ({@code fan_avg}).
     *
     * @param distribution {@code uniform}, {@code truncated_normal} (or {@code normal}), {@code untruncated_normal}
     */
    public static Initializer varianceScaling(double scale, String mode, String distribution, Long seed) {
        if (scale <= 0) {
            throw NnError.value("`scale` must be positive float.");
        }
        return (g, shape, dtype) -> {
            double[] fans = fans(shape);
            double n = switch (mode) {
                case "fan_in" -> fans[0];
                case "fan_out" -> fans[1];
                default -> (fans[0] + fans[1]) / 2;
            };
            double variance = scale / Math.max(1, n);
            return switch (distribution) {
                case "uniform" -> {
                    double limit = Math.sqrt(3 * variance);
                    yield RandomOps.uniform(g, dims(shape), Literal.of(-limit), Literal.of(limit), dtype, seed, null);
                }
                case "untruncated_normal" -> RandomOps.normal(
                        g, dims(shape), Literal.of(0.0), Literal.of(Math.sqrt(variance)), dtype, seed, null);
                default -> RandomOps.truncatedNormal(g, dims(shape), Literal.of(0.0),
                        Literal.of(Math.sqrt(variance) / TRUNCATED_DEVIATION), dtype, seed, null);
            };
        };
    }

    /** The contrib variant: uniform, or cut normal numbers of deviation sqrt(1.3 * factor / n). */
    public static Initializer contribVarianceScaling(double factor, String mode, boolean uniform, Long seed) {
        return (g, shape, dtype) -> {
            int rank = shape.rank();
            double in = rank == 0 ? 1 : rank > 1 ? shape.dim(rank - 2) : shape.dim(0);
            double out = rank == 0 ? 1 : shape.dim(rank - 1);
            for (int i = 0; i < rank - 2; i++) {
                in *= shape.dim(i);
                out *= shape.dim(i);
            }
            double n = switch (mode) {
                case "FAN_IN" -> in;
                case "FAN_OUT" -> out;
                default -> (in + out) / 2;
            };
            if (uniform) {
                double limit = Math.sqrt(3 * factor / n);
                return RandomOps.uniform(g, dims(shape), Literal.of(-limit), Literal.of(limit), dtype, seed, null);
            }
            return RandomOps.truncatedNormal(
                    g, dims(shape), Literal.of(0.0), Literal.of(Math.sqrt(1.3 * factor / n)), dtype, seed, null);
        };
    }

    /** Uniform with limits {@code factor * sqrt(3 / inputs)}. */
    public static Initializer uniformUnitScaling(double factor, Long seed) {
        return (g, shape, dtype) -> {
            double inputs = 1;
            for (int i = 0; i < shape.rank() - 1; i++) {
                inputs *= shape.dim(i);
            }
            double limit = Math.sqrt(3 / Math.max(inputs, 1)) * factor;
            return RandomOps.uniform(g, dims(shape), Literal.of(-limit), Literal.of(limit), dtype, seed, null);
        };
    }

    /** A random matrix with orthogonal rows or columns, from the QR decomposition of a normal one. */
    public static Initializer orthogonal(double gain, Long seed) {
        return (g, shape, dtype) -> {
            if (shape.rank() < 2) {
                throw NnError.value("The tensor to initialize must be at least two-dimensional");
            }
            int rows = 1;
            for (int i = 0; i < shape.rank() - 1; i++) {
                rows *= shape.dim(i);
            }
            int columns = shape.dim(shape.rank() - 1);
            Shape flat = Shape.of(Math.max(rows, columns), Math.min(rows, columns));
            Output a = RandomOps.normal(g, dims(flat), Literal.of(0.0), Literal.of(1.0), dtype, seed, null);
            var qr = g.op("Qr").input(a).attr("full_matrices", false).operation();
            Output d = g.op("DiagPart").input(qr.output(1)).output();
            Output q = MathOps.times(g, qr.output(0), MathOps.unary(g, "Sign", d, null));
            if (rows < columns) {
                try (var scope = g.nameScope("matrix_transpose")) {
                    q = g.op("Transpose").name("transpose").input(q)
                            .input(g.constant(NdArray.of(new int[] {1, 0}), "transpose/perm")).output();
                }
            }
            Output shaped = g.op("Reshape").input(q).input(dims(shape)).output();
            return MathOps.operator(g, "mul", Literal.of(gain), shaped);
        };
    }

    private static Operand dims(Shape shape) {
        return Literal.ofInts(shape.toInts());
    }

    /** How many inputs and outputs a weight of that shape connects. */
    private static double[] fans(Shape shape) {
        int rank = shape.rank();
        if (rank == 0) {
            return new double[] {1, 1};
        }
        if (rank == 1) {
            return new double[] {shape.dim(0), shape.dim(0)};
        }
        double field = 1;
        for (int i = 0; i < rank - 2; i++) {
            field *= shape.dim(i);
        }
        return new double[] {shape.dim(rank - 2) * field, shape.dim(rank - 1) * field};
    }
}
