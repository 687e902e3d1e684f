package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.kernel.FloatMasks;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;

/** Comparisons, logic and tests of numbers: their results are truth values, and nothing flows back. */
final class CompareOps {
    private static final String EQUALITY = "bfloat16|half|float|double|uint8|int8|int16|int32|int64|complex64|quint8|qint8"
            + "|qint32|string|bool|complex128";

    private CompareOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Less" -> new Comparison(type) {
                @Override
                boolean of(double x, double y) {
                    return x < y;
                }

                @Override
                boolean of(long x, long y) {
                    return x < y;
                }
            };
            case "LessEqual" -> new Comparison(type) {
                @Override
                boolean of(double x, double y) {
                    return x <= y;
                }

                @Override
                boolean of(long x, long y) {
                    return x <= y;
                }
            };
            case "Greater" -> new Comparison(type) {
                @Override
                boolean of(double x, double y) {
                    return x > y;
                }

                @Override
                boolean of(long x, long y) {
                    return x > y;
                }
            };
            case "GreaterEqual" -> new Comparison(type) {
                @Override
                boolean of(double x, double y) {
                    return x >= y;
                }

                @Override
                boolean of(long x, long y) {
                    return x >= y;
                }
            };
            case "Equal" -> new Equality(type, true);
            case "NotEqual" -> new Equality(type, false);
            case "ApproximateEqual" -> new ApproximateEqual();
            case "LogicalAnd", "LogicalOr" -> new Logical(type);
            case "LogicalNot" -> new LogicalNot();
            case "IsNan" -> new Test(type) {
                @Override
                boolean of(double x) {
                    return Double.isNaN(x);
                }
            };
            case "IsInf" -> new Test(type) {
                @Override
                boolean of(double x) {
                    return Double.isInfinite(x);
                }
            };
            case "IsFinite" -> new Test(type) {
                @Override
                boolean of(double x) {
                    return Double.isFinite(x);
                }
            };
            default -> null;
        };
    }

    /** An operation through which nothing flows back. */
    private abstract static class Flat extends OpDef {
        Flat(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, attributes);
        }

        @Override
        public final boolean isNotDifferentiable() {
            return true;
        }
    }

    abstract static class Comparison extends Flat {
        Comparison(String type) {
            super(type, "x: T, y: T", "z: bool", "T: " + Types.REAL);
        }

        abstract boolean of(double x, double y);

        abstract boolean of(long x, long y);

        @Override
        public Optional<FloatLoop> mask(Operation operation) {
            return switch (type()) {
                case "Less" -> Optional.of((a, b, c, from, to) -> FloatMasks.less(a, b, c, from, to));
                case "LessEqual" -> Optional.of((a, b, c, from, to) -> FloatMasks.atLeast(b, a, c, from, to));
                case "Greater" -> Optional.of((a, b, c, from, to) -> FloatMasks.less(b, a, c, from, to));
                default -> Optional.of((a, b, c, from, to) -> FloatMasks.atLeast(a, b, c, from, to));
            };
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.broadcast(c.input(0), c.input(1)));
        }

        @Override
        public void compute(KernelContext k) {
            int[] shape = Broadcast.shape(k.input(0).shape(), k.input(1).shape());
            NdArray x = Broadcast.expand(k.input(0), shape);
            NdArray y = Broadcast.expand(k.input(1), shape);
            boolean[] z = k.output(0, shape).booleans();
            if (x.dtype() == DType.FLOAT32) {
                float[] a = x.floats();
                float[] b = y.floats();
                for (int i = 0; i < z.length; i++) {
                    z[i] = of(a[i], (double) b[i]);
                }
            } else if (x.dtype().isFloating()) {
                for (int i = 0; i < x.size(); i++) {
                    z[i] = of(x.getDouble(i), y.getDouble(i));
                }
            } else {
                for (int i = 0; i < x.size(); i++) {
                    z[i] = of(x.getLong(i), y.getLong(i));
                }
            }
        }
    }

    static final class Equality extends Flat {
        private final boolean wanted;

        Equality(String type, boolean wanted) {
            super(type, "x: T, y: T", "z: bool", "T: " + EQUALITY, "incompatible_shape_error: bool = true");
            this.wanted = wanted;
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.broadcast(c.input(0), c.input(1)));
        }

        @Override
        public void compute(KernelContext k) {
            int[] shape = Broadcast.shape(k.input(0).shape(), k.input(1).shape());
            NdArray x = Broadcast.expand(k.input(0), shape);
            NdArray y = Broadcast.expand(k.input(1), shape);
            boolean[] z = k.output(0, shape).booleans();
            for (int i = 0; i < x.size(); i++) {
                z[i] = same(x, y, i) == wanted;
            }
        }

        private static boolean same(NdArray x, NdArray y, int i) {
            return switch (x.dtype()) {
                case STRING -> Arrays.equals((byte[]) x.getObject(i), (byte[]) y.getObject(i));
                case FLOAT16, FLOAT32, FLOAT64 -> x.getDouble(i) == y.getDouble(i);
                case COMPLEX64, COMPLEX128 -> x.getDouble(i) == y.getDouble(i)
                        && x.getImaginary(i) == y.getImaginary(i);
                default -> x.getLong(i) == y.getLong(i);
            };
        }
    }

    static final class ApproximateEqual extends Flat {
        ApproximateEqual() {
            super("ApproximateEqual", "x: T, y: T", "z: bool", "T: " + Types.NUMBER, "tolerance: float = 0.00001");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.mergeShapes(c.input(0), c.input(1)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray y = k.input(1);
            if (!x.hasShapeOf(y)) {
                throw NnError.invalidArgument("x and y must be of the same shape. x shape: "
                        + Broadcast.brackets(x.shape()) + ". y shape: " + Broadcast.brackets(y.shape()));
            }
            float tolerance = k.operation().attribute("tolerance");
            boolean[] z = k.output(0, x.shape()).booleans();
            for (int i = 0; i < x.size(); i++) {
                z[i] = Math.abs(x.getDouble(i) - y.getDouble(i)) < tolerance;
            }
        }
    }

    static final class Logical extends Flat {
        private final boolean and;

        Logical(String type) {
            super(type, "x: bool, y: bool", "z: bool");
            and = type.equals("LogicalAnd");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.broadcast(c.input(0), c.input(1)));
        }

        @Override
        public void compute(KernelContext k) {
            int[] shape = Broadcast.shape(k.input(0).shape(), k.input(1).shape());
            NdArray z = k.output(0, shape);
            boolean[] x = Broadcast.expand(k.input(0), shape).booleans();
            boolean[] y = Broadcast.expand(k.input(1), shape).booleans();
            boolean[] to = z.booleans();
            for (int i = 0; i < z.size(); i++) {
                to[i] = and ? x[i] & y[i] : x[i] | y[i];
            }
        }
    }

    static final class LogicalNot extends Flat {
        LogicalNot() {
            super("LogicalNot", "x: bool", "y: bool");
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            boolean[] x = k.input(0).booleans();
            NdArray y = k.output(0, k.input(0).shape());
            for (int i = 0; i < y.size(); i++) {
                y.booleans()[i] = !x[i];
            }
        }
    }

    /** A question about a number; TensorFlow has no gradient for these, and does not say so either. */
    abstract static class Test extends OpDef {
        Test(String type) {
            super(type, "x: T", "y: bool", "T: bfloat16|half|float|double");
        }

        abstract boolean of(double x);

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(0).hasRank() ? c.input(0) : Shape.unknown());
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray y = k.output(0, x.shape());
            for (int i = 0; i < x.size(); i++) {
                y.booleans()[i] = of(x.getDouble(i));
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[1];
        }
    }
}
