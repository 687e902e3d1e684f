package io.retrograd.graph.op;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.negate;
import static io.retrograd.graph.build.MathOps.over;
import static io.retrograd.graph.build.MathOps.times;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import io.retrograd.kernel.FloatFormula;
import io.retrograd.kernel.FloatLoop;

/** Quotients and remainders of two numbers, element by element, each with its derivatives. */
final class DivisionOps {
    private static final String MOD = "int32|int64|bfloat16|half|float|double";

    private DivisionOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Div" -> new Div(type);
            case "RealDiv" -> new RealDiv();
            case "FloorDiv" -> new FloorDiv();
            case "TruncateDiv" -> new TruncateDiv();
            case "Mod", "TruncateMod" -> new TruncateMod(type);
            case "FloorMod" -> new FloorMod();
            case "DivNoNan" -> new DivNoNan();
            default -> null;
        };
    }

    /** The old division, which truncates integers. */
    static class Div extends BinaryFunction {
        Div(String type) {
            super(type, BinaryOps.MORE);
        }

        @Override
        double of(double x, double y) {
            return x / y;
        }

        @Override
        long of(long x, long y) {
            return x / notZero(y);
        }

        @Override
        boolean complex(double xr, double xi, double yr, double yi, double[] to) {
            double norm = yr * yr + yi * yi;
            to[0] = (xr * yr + xi * yi) / norm;
            to[1] = (xi * yr - xr * yi) / norm;
            return true;
        }

        @Override
        FloatLoop loop() {
            return FloatFormula.DIVIDE;
        }

        /** The quotient as the gradient's own operations make it. */
        Output quotient(Graph g, Output x, Output y) {
            return over(g, x, y);
        }

        @Override
        public final Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dz = c.dense();
            BroadcastGradient[] back = BroadcastGradient.always(g, c.input(0), c.input(1));
            Output[] in = inputs(c);
            Output dx = back[0].reduce(g, quotient(g, dz, in[1]));
            Output slope = quotient(g, quotient(g, negate(g, in[0]), in[1]), in[1]);
            return new Gradient[] {dx, back[1].reduce(g, times(g, dz, slope))};
        }
    }

    static final class RealDiv extends Div {
        RealDiv() {
            super("RealDiv");
        }

        @Override
        Output quotient(Graph g, Output x, Output y) {
            return binary(g, "RealDiv", x, y, null);
        }
    }

    static final class DivNoNan extends Div {
        DivNoNan() {
            super("DivNoNan");
        }

        @Override
        double of(double x, double y) {
            return y == 0 ? 0 : x / y;
        }

        @Override
        FloatLoop loop() {
            return (x, y, z, from, to) -> {
                for (int i = from; i < to; i++) {
                    z[i] = y[i] == 0 ? 0 : x[i] / y[i];
                }
            };
        }

        @Override
        boolean complex(double xr, double xi, double yr, double yi, double[] to) {
            if (yr == 0 && yi == 0) {
                to[0] = 0;
                to[1] = 0;
                return true;
            }
            return super.complex(xr, xi, yr, yi, to);
        }

        @Override
        Output quotient(Graph g, Output x, Output y) {
            return MathOps.likeFirst(g, "DivNoNan", "div_no_nan", x, y, null);
        }
    }

    private static long notZero(long y) {
        if (y == 0) {
            throw NnError.invalidArgument("Integer division by zero");
        }
        return y;
    }

    static final class TruncateDiv extends BinaryFunction {
        TruncateDiv() {
            super("TruncateDiv", BinaryOps.MORE);
        }

        @Override
        double of(double x, double y) {
            double q = x / y;
            return q < 0 ? Math.ceil(q) : Math.floor(q);
        }

        @Override
        long of(long x, long y) {
            return x / notZero(y);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            return new Gradient[2];
        }
    }

    static final class FloorDiv extends BinaryFunction {
        FloorDiv() {
            super("FloorDiv", BinaryOps.MORE);
        }

        @Override
        double of(double x, double y) {
            return Math.floor(x / y);
        }

        @Override
        long of(long x, long y) {
            return Math.floorDiv(x, notZero(y));
        }

        @Override
        FloatLoop loop() {
            return (x, y, z, from, to) -> {
                for (int i = from; i < to; i++) {
                    z[i] = (float) Math.floor(x[i] / y[i]);
                }
            };
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            return new Gradient[2];
        }
    }

    static final class TruncateMod extends BinaryFunction {
        TruncateMod(String type) {
            super(type, type.equals("Mod") ? "int32|int64|float16|half|bfloat16|float|double" : MOD);
        }

        @Override
        double of(double x, double y) {
            return x % y;
        }

        @Override
        long of(long x, long y) {
            return x % notZero(y);
        }
    }

    static final class FloorMod extends BinaryFunction {
        FloorMod() {
            super("FloorMod", MOD);
        }

        @Override
        double of(double x, double y) {
            double r = x % y;
            return x < 0 == y < 0 ? r : (r + y) % y;
        }

        @Override
        long of(long x, long y) {
            return Math.floorMod(x, notZero(y));
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output dz = c.dense();
            Output[] in = inputs(c);
            BroadcastGradient[] back = BroadcastGradient.always(g, in[0], in[1]);
            Output floor = binary(g, "FloorDiv", in[0], in[1], null);
            Output dx = back[0].reduce(g, dz);
            return new Gradient[] {dx, back[1].reduce(g, times(g, dz, negate(g, floor)))};
        }
    }
}
