package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.conj;
import static io.retrograd.graph.build.MathOps.minus;
import static io.retrograd.graph.build.MathOps.negate;
import static io.retrograd.graph.build.MathOps.over;
import static io.retrograd.graph.build.MathOps.plus;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.FloatFunctions;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.kernel.SpecialFunctions;
import io.retrograd.kernel.Tiles;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Half;
import io.retrograd.tensor.NdArray;
import java.util.Optional;

/** Functions of one number, element by element, each with its derivative. */
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
            case "Exp" -> new Exp();
            case "Expm1" -> new Expm1();
            case "Log" -> new Log();
            case "Log1p" -> new Log1p();
            case "Sin" -> new Sin();
            case "Cos" -> new Cos();
            case "Tan" -> new Tan();
            case "Asin" -> new Asin();
            case "Acos" -> new Acos();
            case "Atan" -> new Atan();
            case "Sinh" -> new Sinh();
            case "Cosh" -> new Cosh();
            case "Tanh" -> new Tanh();
            case "Asinh" -> new Asinh();
            case "Acosh" -> new Acosh();
            case "Atanh" -> new Atanh();
            case "Sigmoid" -> new Sigmoid();
            case "Erf" -> new Erf();
            case "Erfc" -> new Erfc();
            case "Lgamma" -> new Lgamma();
            case "Digamma" -> new Digamma();
            case "BesselI0e" -> new BesselI0e();
            case "BesselI1e" -> new BesselI1e();
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
            case "SqrtGrad" -> new SqrtGrad();
            case "RsqrtGrad" -> new RsqrtGrad();
            case "ReciprocalGrad", "InvGrad" -> new ReciprocalGrad(type);
            case "TanhGrad" -> new TanhGrad();
            case "SigmoidGrad" -> new SigmoidGrad();
            default -> null;
        };
    }

    /** A function of one number. Floats are computed in double and rounded once, unless there is a loop of its own. */
    abstract static class Function extends OpDef {
        Function(String type, String types) {
            super(type, "x: T", "y: T", "T: " + types);
        }

        abstract double of(double x);

        /** The same on integers, modulo 2⁶⁴. */
        long of(long x) {
            return (long) of((double) x);
        }

        /** The same on a complex number: real and imaginary part are put into {@code to}. */
        boolean complex(double re, double im, double[] to) {
            return false;
        }

        void floats(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) of(x[i]);
            }
        }

        void doubles(double[] x, double[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = of(x[i]);
            }
        }

        @Override
        public Optional<FloatLoop> elementwise(Operation operation) {
            return Optional.of((a, b, c, from, to) -> floats(a, c, from, to));
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray y = k.output(0, x.shape());
            int n = x.size();
            switch (x.dtype()) {
                case FLOAT32 -> {
                    float[] a = x.floats();
                    float[] b = y.floats();
                    Tiles.run(n, k::checkInterrupt, (from, to) -> floats(a, b, from, to));
                }
                case FLOAT64 -> {
                    double[] a = x.doubles();
                    double[] b = y.doubles();
                    Tiles.run(n, k::checkInterrupt, (from, to) -> doubles(a, b, from, to));
                }
                case FLOAT16 -> {
                    float[] a = x.floats();
                    float[] b = y.floats();
                    for (int i = 0; i < n; i++) {
                        b[i] = Half.round(of(a[i]));
                    }
                }
                case COMPLEX64, COMPLEX128 -> {
                    double[] to = new double[2];
                    for (int i = 0; i < n; i++) {
                        if (!complex(x.getDouble(i), x.getImaginary(i), to)) {
                            throw Types.noKernel(k, x.dtype());
                        }
                        y.setComplex(i, to[0], to[1]);
                    }
                }
                default -> {
                    for (int i = 0; i < n; i++) {
                        y.setLong(i, of(x.getLong(i)));
                    }
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output dy = g.dense();
            try (Graph.Block after = g.afterUpstream()) {
                return new Gradient[] {chain(g.graph(), conj(g.graph(), g.input(0), null), g.output(0), dy)};
            }
        }

        /** The gradient at x, which is dy times the derivative; made after dy. */
        Output chain(Graph g, Output x, Output y, Output dy) {
            throw new UnsupportedOperationException(type());
        }
    }

    /** A piecewise constant function: nothing flows back. */
    abstract static class Step extends Function {
        Step(String type, String types) {
            super(type, types);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[1];
        }
    }

    static final class Neg extends Function {
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
        void floats(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = -x[i];
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {negate(g.graph(), g.dense())};
        }
    }

    static final class Abs extends Function {
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
        void floats(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Math.abs(x[i]);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output dy = g.dense();
            return new Gradient[] {times(g.graph(), dy, unary(g.graph(), "Sign", g.input(0), null))};
        }
    }

    static final class Sign extends Function {
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

    static final class Square extends Function {
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
        void floats(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = x[i] * x[i];
            }
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            Output two = g.constant(NdArray.full(x.dtype(), 2), "Const");
            return binary(g, "Mul", dy, binary(g, "Mul", x, two, null), null);
        }
    }

    static final class Sqrt extends Function {
        Sqrt() {
            super("Sqrt", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.sqrt(x);
        }

        @Override
        void floats(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) Math.sqrt(x[i]);
            }
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

    static final class Rsqrt extends Function {
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

    static final class Reciprocal extends Function {
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
        void floats(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = 1 / x[i];
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {binary(g.graph(), "ReciprocalGrad", g.output(0), g.dense(), null)};
        }
    }

    static final class Exp extends Function {
        Exp() {
            super("Exp", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.exp(x);
        }

        @Override
        void floats(float[] x, float[] y, int from, int to) {
            FloatFunctions.exp(x, y, from, to);
        }

        @Override
        boolean complex(double re, double im, double[] to) {
            to[0] = Math.exp(re) * Math.cos(im);
            to[1] = Math.exp(re) * Math.sin(im);
            return true;
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output dy = g.dense();
            try (Graph.Block after = g.afterUpstream()) {
                return new Gradient[] {times(g.graph(), dy, conj(g.graph(), g.output(0), null))};
            }
        }
    }

    static final class Expm1 extends Function {
        Expm1() {
            super("Expm1", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.expm1(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, unary(g, "Exp", x, null));
        }
    }

    static final class Log extends Function {
        Log() {
            super("Log", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.log(x);
        }

        @Override
        void floats(float[] x, float[] y, int from, int to) {
            FloatFunctions.log(x, y, from, to);
        }

        @Override
        boolean complex(double re, double im, double[] to) {
            to[0] = Math.log(Math.hypot(re, im));
            to[1] = Math.atan2(im, re);
            return true;
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, unary(g, "Reciprocal", x, null));
        }
    }

    static final class Log1p extends Function {
        Log1p() {
            super("Log1p", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.log1p(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, unary(g, "Reciprocal", plus(g, Literal.of(1), x), null));
        }
    }

    static final class Sin extends Function {
        Sin() {
            super("Sin", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.sin(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, unary(g, "Cos", x, null));
        }
    }

    static final class Cos extends Function {
        Cos() {
            super("Cos", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.cos(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, negate(g, dy), unary(g, "Sin", x, null));
        }
    }

    static final class Tan extends Function {
        Tan() {
            super("Tan", ANY);
        }

        @Override
        double of(double x) {
            return Math.tan(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            Output secant = unary(g, "Reciprocal", unary(g, "Cos", x, null), null);
            return times(g, unary(g, "Square", secant, null), dy);
        }
    }

    static final class Asin extends Function {
        Asin() {
            super("Asin", ANY);
        }

        @Override
        double of(double x) {
            return Math.asin(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, inverseCosine(g, x, dy));
        }
    }

    /** 1 / sqrt(1 - x²). */
    private static Output inverseCosine(Graph g, Output x, Output dy) {
        Output square = unary(g, "Square", x, null);
        Output one = g.constant(NdArray.full(dy.dtype(), 1), "Const");
        Output cosine = unary(g, "Sqrt", binary(g, "Sub", one, square, null), null);
        return unary(g, "Reciprocal", cosine, null);
    }

    static final class Acos extends Function {
        Acos() {
            super("Acos", ANY);
        }

        @Override
        double of(double x) {
            return Math.acos(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            Output inverse = inverseCosine(g, x, dy);
            return times(g, negate(g, dy), inverse);
        }
    }

    static final class Atan extends Function {
        Atan() {
            super("Atan", ANY);
        }

        @Override
        double of(double x) {
            return Math.atan(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            Output square = unary(g, "Square", x, null);
            Output one = g.constant(NdArray.full(dy.dtype(), 1), "Const");
            return times(g, dy, unary(g, "Reciprocal", binary(g, "Add", one, square, null), null));
        }
    }

    static final class Sinh extends Function {
        Sinh() {
            super("Sinh", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.sinh(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, unary(g, "Cosh", x, null));
        }
    }

    static final class Cosh extends Function {
        Cosh() {
            super("Cosh", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.cosh(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, unary(g, "Sinh", x, null));
        }
    }

    static final class Tanh extends Function {
        Tanh() {
            super("Tanh", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.tanh(x);
        }

        @Override
        void floats(float[] x, float[] y, int from, int to) {
            FloatFunctions.tanh(x, y, from, to);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return binary(g, "TanhGrad", conj(g, y, null), dy, null);
        }
    }

    static final class Asinh extends Function {
        Asinh() {
            super("Asinh", COMPLEX);
        }

        @Override
        double of(double x) {
            double a = Math.abs(x);
            double y = a < 1e-4 ? a - a * a * a / 6 : Math.log(a + Math.sqrt(a * a + 1));
            return Math.copySign(y, x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return over(g, dy, unary(g, "Cosh", conj(g, y, null), null));
        }
    }

    static final class Acosh extends Function {
        Acosh() {
            super("Acosh", COMPLEX);
        }

        @Override
        double of(double x) {
            return Math.log(x + Math.sqrt(x * x - 1));
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return over(g, dy, unary(g, "Sinh", conj(g, y, null), null));
        }
    }

    static final class Atanh extends Function {
        Atanh() {
            super("Atanh", COMPLEX);
        }

        @Override
        double of(double x) {
            return (Math.log1p(x) - Math.log1p(-x)) / 2;
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            Output square = unary(g, "Square", x, null);
            Output one = g.constant(NdArray.full(dy.dtype(), 1), "Const");
            return times(g, dy, unary(g, "Reciprocal", binary(g, "Sub", one, square, null), null));
        }
    }

    static final class Sigmoid extends Function {
        Sigmoid() {
            super("Sigmoid", COMPLEX);
        }

        @Override
        double of(double x) {
            return 1 / (1 + Math.exp(-x));
        }

        @Override
        void floats(float[] x, float[] y, int from, int to) {
            FloatFunctions.logistic(x, y, from, to);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return binary(g, "SigmoidGrad", conj(g, y, null), dy, null);
        }
    }

    static final class Erf extends Function {
        Erf() {
            super("Erf", REAL);
        }

        @Override
        double of(double x) {
            return SpecialFunctions.erf(x);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {gaussian(g, 2 / Math.sqrt(Math.PI))};
        }
    }

    static final class Erfc extends Function {
        Erfc() {
            super("Erfc", REAL);
        }

        @Override
        double of(double x) {
            return SpecialFunctions.erfc(x);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {gaussian(g, -2 / Math.sqrt(Math.PI))};
        }
    }

    /** The upstream gradient times scale * exp(-x²). */
    private static Output gaussian(GradientContext c, double scale) {
        Graph g = c.graph();
        Output dy = c.dense();
        Output factor = g.constant(NdArray.full(dy.dtype(), scale), "Const");
        try (Graph.Block after = c.afterUpstream()) {
            Output scaled = times(g, dy, factor);
            return times(g, scaled, unary(g, "Exp", negate(g, unary(g, "Square", c.input(0), null)), null));
        }
    }

    static final class Lgamma extends Function {
        Lgamma() {
            super("Lgamma", REAL);
        }

        @Override
        double of(double x) {
            return SpecialFunctions.logGamma(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            return times(g, dy, unary(g, "Digamma", x, null));
        }
    }

    static final class Digamma extends Function {
        Digamma() {
            super("Digamma", REAL);
        }

        @Override
        double of(double x) {
            return SpecialFunctions.digamma(x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            Output one = g.constant(NdArray.full(x.dtype(), 1), "Const");
            return times(g, dy, binary(g, "Polygamma", one, x, null));
        }
    }

    static final class BesselI0e extends Function {
        BesselI0e() {
            super("BesselI0e", REAL);
        }

        @Override
        double of(double x) {
            return SpecialFunctions.besselIe(0, x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            Output first = unary(g, "BesselI1e", x, null);
            return times(g, dy, minus(g, first, times(g, unary(g, "Sign", x, null), y)));
        }
    }

    static final class BesselI1e extends Function {
        BesselI1e() {
            super("BesselI1e", REAL);
        }

        @Override
        double of(double x) {
            return SpecialFunctions.besselIe(1, x);
        }

        @Override
        Output chain(Graph g, Output x, Output y, Output dy) {
            double eps = x.dtype() == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1.0f);
            Output zeros = Shapes.zerosLike(g, x, null);
            Output notTiny = binary(g, "Greater", MathOps.abs(g, x, null), Literal.of(eps), null);
            Output safe = select(g, notTiny, x, plus(g, Literal.of(eps), zeros));
            Output slope = plus(g, unary(g, "Sign", safe, null), unary(g, "Reciprocal", safe, null));
            Output derivative = minus(g, unary(g, "BesselI0e", safe, null), times(g, y, slope));
            derivative = select(g, notTiny, derivative, plus(g, Literal.of(0.5), zeros));
            return times(g, dy, derivative);
        }

        private static Output select(Graph g, Output condition, Output yes, Output no) {
            return g.op("Select").input(condition).input(yes).input(no).output();
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

    /** The gradient of a function from its result y and the gradient dy of that: one operation of two inputs. */
    abstract static class FromResult extends OpDef {
        FromResult(String type) {
            super(type, "y: T, dy: T", "z: T", "T: " + COMPLEX);
        }

        abstract double of(double y, double dy);

        void floats(float[] y, float[] dy, float[] z, int from, int to) {
            for (int i = from; i < to; i++) {
                z[i] = (float) of(y[i], dy[i]);
            }
        }

        @Override
        public Optional<FloatLoop> elementwise(Operation operation) {
            return Optional.of(this::floats);
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray y = k.input(0);
            NdArray dy = k.input(1);
            NdArray z = k.output(0, y.shape());
            if (y.dtype() == DType.FLOAT32) {
                float[] a = y.floats();
                float[] b = dy.floats();
                float[] c = z.floats();
                Tiles.run(y.size(), k::checkInterrupt, (from, to) -> floats(a, b, c, from, to));
            } else if (y.dtype().isComplex()) {
                throw Types.noKernel(k, y.dtype());
            } else {
                for (int i = 0; i < y.size(); i++) {
                    z.setDouble(i, of(y.getDouble(i), dy.getDouble(i)));
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output upstream = c.dense();
            try (Graph.Block after = c.afterUpstream()) {
                return chain(g, conj(g, c.input(0), null), conj(g, c.input(1), null), c.output(0), upstream);
            }
        }

        /** The gradients at y and dy. */
        abstract Gradient[] chain(Graph g, Output y, Output dy, Output z, Output upstream);
    }

    /** dy / (2 y). */
    static final class SqrtGrad extends FromResult {
        SqrtGrad() {
            super("SqrtGrad");
        }

        @Override
        double of(double y, double dy) {
            return dy * 0.5 / y;
        }

        @Override
        Gradient[] chain(Graph g, Output y, Output dy, Output z, Output upstream) {
            Output ga = over(g, upstream, y);
            return new Gradient[] {times(g, negate(g, conj(g, ga, null)), z), times(g, Literal.of(0.5), ga)};
        }
    }

    /** -dy y³ / 2. */
    static final class RsqrtGrad extends FromResult {
        RsqrtGrad() {
            super("RsqrtGrad");
        }

        @Override
        double of(double y, double dy) {
            return -0.5 * dy * y * y * y;
        }

        @Override
        Gradient[] chain(Graph g, Output y, Output dy, Output z, Output upstream) {
            Output scaled = times(g, times(g, Literal.of(-1.5), upstream), dy);
            return new Gradient[] {
                times(g, scaled, unary(g, "Square", y, null)), binary(g, "RsqrtGrad", y, upstream, null)
            };
        }
    }

    /** -dy y². */
    static final class ReciprocalGrad extends FromResult {
        ReciprocalGrad(String type) {
            super(type);
        }

        @Override
        double of(double y, double dy) {
            return -dy * y * y;
        }

        @Override
        void floats(float[] y, float[] dy, float[] z, int from, int to) {
            for (int i = from; i < to; i++) {
                z[i] = -dy[i] * (y[i] * y[i]);
            }
        }

        @Override
        Gradient[] chain(Graph g, Output y, Output dy, Output z, Output upstream) {
            return new Gradient[] {
                times(g, times(g, times(g, upstream, Literal.of(-2.0)), dy), y),
                binary(g, "ReciprocalGrad", y, upstream, null)
            };
        }
    }

    /** dy (1 - y²). */
    static final class TanhGrad extends FromResult {
        TanhGrad() {
            super("TanhGrad");
        }

        @Override
        double of(double y, double dy) {
            return dy * (1 - y * y);
        }

        @Override
        void floats(float[] y, float[] dy, float[] z, int from, int to) {
            for (int i = from; i < to; i++) {
                z[i] = dy[i] * (1 - y[i] * y[i]);
            }
        }

        @Override
        Gradient[] chain(Graph g, Output y, Output dy, Output z, Output upstream) {
            return new Gradient[] {
                times(g, times(g, times(g, upstream, Literal.of(-2.0)), dy), y), binary(g, "TanhGrad", y, upstream, null)
            };
        }
    }

    /** dy y (1 - y). */
    static final class SigmoidGrad extends FromResult {
        SigmoidGrad() {
            super("SigmoidGrad");
        }

        @Override
        double of(double y, double dy) {
            return dy * y * (1 - y);
        }

        @Override
        void floats(float[] y, float[] dy, float[] z, int from, int to) {
            for (int i = from; i < to; i++) {
                z[i] = dy[i] * y[i] * (1 - y[i]);
            }
        }

        @Override
        Gradient[] chain(Graph g, Output y, Output dy, Output z, Output upstream) {
            Output gb = times(g, upstream, dy);
            Output twice = times(g, times(g, Literal.of(2.0), gb), y);
            return new Gradient[] {minus(g, gb, twice), binary(g, "SigmoidGrad", y, upstream, null)};
        }
    }
}
