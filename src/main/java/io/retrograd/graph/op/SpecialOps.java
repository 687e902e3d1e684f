package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.minus;
import static io.retrograd.graph.build.MathOps.negate;
import static io.retrograd.graph.build.MathOps.plus;
import static io.retrograd.graph.build.MathOps.times;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.SpecialFunctions;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;

/** Special functions of one and two numbers: error, gamma, Bessel and zeta functions, and those that are 0 at 0. */
final class SpecialOps {
    private static final String REAL = "bfloat16|half|float|double";
    private static final String NO_NAN = "half|float|double|complex64|complex128";

    private SpecialOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Erf" -> new Erf();
            case "Erfc" -> new Erfc();
            case "Lgamma" -> new Lgamma();
            case "Digamma" -> new Digamma();
            case "BesselI0e" -> new BesselI0e();
            case "BesselI1e" -> new BesselI1e();
            case "Xdivy" -> new Xdivy();
            case "Xlogy" -> new Xlogy();
            case "Igamma" -> new Igamma();
            case "Igammac" -> new Igammac();
            case "Betainc" -> new Betainc();
            case "Zeta" -> new Zeta();
            case "Polygamma" -> new Polygamma();
            default -> null;
        };
    }

    static final class Erf extends UnaryFunction {
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

    static final class Erfc extends UnaryFunction {
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

    static final class Lgamma extends UnaryFunction {
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

    static final class Digamma extends UnaryFunction {
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

    static final class BesselI0e extends UnaryFunction {
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

    static final class BesselI1e extends UnaryFunction {
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

    static final class Igamma extends BinaryFunction {
        Igamma() {
            super("Igamma", "a: T, x: T", "float|double");
        }

        @Override
        double of(double a, double x) {
            return SpecialFunctions.igamma(a, x);
        }
    }

    static final class Betainc extends OpDef {
        Betainc() {
            super("Betainc", "a: T, b: T, x: T", "z: T", "T: float|double");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape all = Shape.scalar();
            for (int i = 0; i < 3; i++) {
                Shape s = c.input(i);
                if (!s.hasRank()) {
                    c.output(0, Shape.unknown());
                    return;
                }
                all = s.rank() == 0 ? all : all.rank() == 0 ? s : c.mergeShapes(all, s);
            }
            c.output(0, all);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray large = k.input(0);
            for (int i = 1; i < 3; i++) {
                large = k.input(i).rank() > 0 ? k.input(i) : large;
            }
            for (int i = 0; i < 3; i++) {
                if (k.input(i).rank() > 0 && !Arrays.equals(k.input(i).shape(), large.shape())) {
                    throw NnError.invalidArgument("Shapes of " + "abx".charAt(i) + " and the others are inconsistent: "
                            + Broadcast.brackets(k.input(i).shape()) + " vs. " + Broadcast.brackets(large.shape()));
                }
            }
            NdArray out = k.output(0, large.shape());
            for (int i = 0; i < out.size(); i++) {
                out.setDouble(i, SpecialFunctions.betainc(at(k.input(0), i), at(k.input(1), i), at(k.input(2), i)));
            }
        }

        private static double at(NdArray value, int i) {
            return value.getDouble(value.rank() == 0 ? 0 : i);
        }

        /** Only the slope in x has a closed form: x^(a-1) (1-x)^(b-1) / B(a, b). */
        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output a = c.input(0);
            Output b = c.input(1);
            Output x = c.input(2);
            Output beta = MathOps.minus(g,
                    MathOps.plus(g, MathOps.unary(g, "Lgamma", a, null), MathOps.unary(g, "Lgamma", b, null)),
                    MathOps.unary(g, "Lgamma", MathOps.plus(g, a, b), null));
            Output one = MathOps.times(g, MathOps.minus(g, b, Literal.of(1)),
                    MathOps.unary(g, "Log1p", MathOps.negate(g, x), null));
            Output other = MathOps.times(g, MathOps.minus(g, a, Literal.of(1)), MathOps.unary(g, "Log", x, null));
            Output slope = MathOps.unary(g, "Exp", MathOps.minus(g, MathOps.plus(g, one, other), beta), null);
            Output dx = ArrayOps.reshape(g, MathOps.times(g, slope, c.dense()), Shapes.shape(g, x, null), null);
            return new Gradient[] {null, null, dx};
        }
    }

    static final class Igammac extends BinaryFunction {
        Igammac() {
            super("Igammac", "a: T, x: T", "float|double");
        }

        @Override
        double of(double a, double x) {
            return SpecialFunctions.igammac(a, x);
        }
    }

    static final class Zeta extends BinaryFunction {
        Zeta() {
            super("Zeta", "x: T, q: T", "float|double");
        }

        @Override
        double of(double x, double q) {
            return SpecialFunctions.zeta(x, q);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dz = c.dense();
            BroadcastGradient[] back = BroadcastGradient.always(g, c.input(0), c.input(1));
            try (Graph.Block after = c.afterUpstream()) {
                Output x = c.input(0);
                Output minus = negate(g, x);
                Output next = binary(g, "Zeta", plus(g, x, Literal.of(1)), c.input(1), null);
                return new Gradient[] {null, back[1].reduce(g, times(g, times(g, minus, next), dz))};
            }
        }
    }

    static final class Polygamma extends BinaryFunction {
        Polygamma() {
            super("Polygamma", "a: T, x: T", "float|double");
        }

        @Override
        double of(double a, double x) {
            return SpecialFunctions.polygamma(a, x);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dz = c.dense();
            BroadcastGradient[] back = BroadcastGradient.always(g, c.input(0), c.input(1));
            try (Graph.Block after = c.afterUpstream()) {
                Output next = binary(g, "Polygamma", plus(g, c.input(0), Literal.of(1)), c.input(1), null);
                return new Gradient[] {null, back[1].reduce(g, times(g, next, dz))};
            }
        }
    }

    static final class Xdivy extends ZeroFirst {
        Xdivy() {
            super("Xdivy");
        }

        @Override
        double of(double x, double y) {
            return x == 0 ? 0 : x / y;
        }

        @Override
        Output slopeOfSecond(Graph g, Output x, Output y) {
            Output minus = negate(g, x);
            return binary(g, "Xdivy", minus, MathOps.operator(g, "pow", y, Literal.of(2)), null);
        }
    }

    static final class Xlogy extends ZeroFirst {
        Xlogy() {
            super("Xlogy");
        }

        @Override
        double of(double x, double y) {
            return x == 0 ? 0 : x * Math.log(y);
        }

        @Override
        Output slopeOfSecond(Graph g, Output x, Output y) {
            return binary(g, "Xdivy", x, y, null);
        }
    }

    /** x / y, and x log y: 0 where x is 0, whatever y is. */
    abstract static class ZeroFirst extends BinaryFunction {
        ZeroFirst(String type) {
            super(type, NO_NAN);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output x = c.input(0);
            Output y = c.input(1);
            Output dz = c.dense();
            BroadcastGradient[] back = BroadcastGradient.always(g, x, y);
            try (Graph.Block after = c.afterUpstream()) {
                Output zero = MathOps.cast(g, Literal.of(0.0), x.dtype(), null);
                Output notZero = MathOps.cast(g, binary(g, "NotEqual", x, zero, null), x.dtype(), null);
                Output slopeX = binary(g, type(), notZero, y, null);
                Output slopeY = slopeOfSecond(g, x, y);
                Output dx = back[0].reduce(g, times(g, slopeX, dz));
                return new Gradient[] {dx, back[1].reduce(g, times(g, slopeY, dz))};
            }
        }

        abstract Output slopeOfSecond(Graph g, Output x, Output y);
    }
}
