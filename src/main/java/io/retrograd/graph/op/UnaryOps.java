package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.negate;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.FloatFormula;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.tensor.NdArray;

/** Functions of one number, element by element, each with its derivative: signs, powers, roundings. */
final class UnaryOps {
    private static final String ANY = "bfloat16|half|float|double|int32|int64|complex64|complex128";
    private static final String REAL = "bfloat16|half|float|double";
    private static final String COMPLEX = "bfloat16|half|float|double|complex64|complex128";

    private UnaryOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Neg" -> new Neg();
            case "Abs" -> new Abs();
            case "Sign" -> new Sign();
            case "Square" -> new Square();
            case "Sqrt" -> new Sqrt();
            case "Rsqrt" -> new Rsqrt();
            case "Reciprocal", "Inv" -> new Reciprocal(type);
            case "Floor" -> new Step("Floor", REAL) {
                @Override
                double of(double x) {
                    return Math.floor(x);
                }
            };
            case "Ceil" -> new Step("Ceil", REAL) {
                @Override
                double of(double x) {
                    return Math.ceil(x);
                }
            };
            case "Rint" -> new Step("Rint", REAL) {
                @Override
                double of(double x) {
                    return Math.rint(x);
                }
            };
            case "Round" -> new Step("Round", ANY) {
                @Override
                double of(double x) {
                    return Math.rint(x);
                }
                @Override
                long of(long x) {
                    return x;
                }
            };
            case "Invert" -> new Invert();
            default -> null;
        };
    }

    /** A piecewise constant function: nothing flows back. */
    abstract static class Step extends UnaryFunction {
        Step(String type, String types) {
            super(type, types);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[1];
        }
    }

    static final class Neg extends UnaryFunction {
        Neg() {
            super("Neg", ANY);
        }

        @Override
        double of(double x) {
            return -x;
        }

        @Override
        long of(long x) {
            return -x;
        }

        @Override
        boolean complex(double re, double im, double[] to) {
            to[0] = -re;
            to[1] = -im;
            return true;
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.NEGATE;
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {negate(g.graph(), g.dense())};
        }
    }

    static final class Abs extends UnaryFunction {
        Abs() {
            super("Abs", "bfloat16|half|float|double|int8|int16|int32|int64");
        }

        @Override
        double of(double x) {
            return Math.abs(x);
        }

        @Override
        long of(long x) {
            return Math.abs(x);
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.ABSOLUTE;
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output dy = g.dense();
            return new Gradient[] {times(g.graph(), dy, unary(g.graph(), "Sign", g.input(0), null))};
        }
    }

    static final class Sign extends UnaryFunction {
        Sign() {
            super("Sign", ANY);
        }

        @Override
        double of(double x) {
            return Math.signum(x);
        }

        @Override
        long of(long x) {
            return Long.signum(x);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output x = g.input(0);
            return new Gradient[] {Shapes.zeros(g.graph(), Shapes.shape(g.graph(), x, null), x.dtype(), null)};
        }
    }

    static final class Square extends UnaryFunction {
        Square() {
            super("Square", ANY);
        }

        @Override
        double of(double x) {
            return x * x;
        }

        @Override
        long of(long x) {
            return x * x;
        }

        @Override
        boolean complex(double re, double im, double[] to) {
            to[0] = re * re - im * im;
            to[1] = 2 * re * im;
            return true;
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.SQUARE;
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            Output two = g.constant(NdArray.full(x.dtype(), 2), "Const");
            return binary(g, "Mul", dy, binary(g, "Mul", x, two, null), null);
        }
    }

    static final class Sqrt extends UnaryFunction {
        Sqrt() {
            super("Sqrt", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.sqrt(x);
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.ROOT;
        }

        @Override
        boolean complex(double re, double im, double[] to) {
            double r = Math.sqrt(Math.hypot(re, im));
            double half = Math.atan2(im, re) / 2;
            to[0] = r * Math.cos(half);
            to[1] = r * Math.sin(half);
            return true;
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {binary(g.graph(), "SqrtGrad", g.output(0), g.dense(), null)};
        }
    }

    static final class Rsqrt extends UnaryFunction {
        Rsqrt() {
            super("Rsqrt", COMPLEX);
        }

        @Override
        double of(double x) {
            return 1 / Math.sqrt(x);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {binary(g.graph(), "RsqrtGrad", g.output(0), g.dense(), null)};
        }
    }

    static final class Reciprocal extends UnaryFunction {
        Reciprocal(String type) {
            super(type, ANY);
        }

        @Override
        double of(double x) {
            return 1 / x;
        }

        @Override
        long of(long x) {
            return x == 0 ? 0 : 1 / x;
        }

        @Override
        boolean complex(double re, double im, double[] to) {
            double norm = re * re + im * im;
            to[0] = re / norm;
            to[1] = -im / norm;
            return true;
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.RECIPROCAL;
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {binary(g.graph(), "ReciprocalGrad", g.output(0), g.dense(), null)};
        }
    }

    static final class Invert extends Step {
        Invert() {
            super("Invert", "int8|int16|int32|int64|uint8|uint16|uint32|uint64");
        }

        @Override
        double of(double x) {
            return ~(long) x;
        }

        @Override
        long of(long x) {
            return ~x;
        }
    }
}
