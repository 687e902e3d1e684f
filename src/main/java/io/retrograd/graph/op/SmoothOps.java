package io.retrograd.graph.op;

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
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.FloatActivations;
import java.util.List;

/** Nonlinearities that bend without a corner, each with its derivative: Elu, Selu, Softplus, Softsign. */
final class SmoothOps {
    private SmoothOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Elu" -> new Elu();
            case "EluGrad" -> new EluGrad();
            case "Selu" -> new Selu();
            case "SeluGrad" -> new SeluGrad();
            case "Softplus" -> new Softplus();
            case "SoftplusGrad" -> new SoftplusGrad();
            case "Softsign" -> new Softsign();
            case "SoftsignGrad" -> new SoftsignGrad();
            default -> null;
        };
    }

    /** Klambauer et al., "Self-Normalizing Neural Networks", 2017: alpha and lambda. */
    private static final double SELU_SCALE = 1.0507009873554804934193349852946;

    private static final double SELU_SCALED_ALPHA = 1.7580993408473768599402175208123;

    /** x, or e^x - 1 below 0 (Clevert et al., 2015). */
    static final class Elu extends ActivationOps.Activation {
        Elu() {
            super("Elu", ActivationOps.FLOATS);
        }

        @Override
        double of(KernelContext k, double x) {
            return x < 0 ? Math.expm1(x) : x;
        }

        @Override
        void floats(KernelContext k, float[] x, float[] y, int from, int to) {
            FloatActivations.elu(x, y, from, to);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return ActivationOps.one(g, g.output(0));
        }
    }

    static final class EluGrad extends ActivationOps.ActivationGradient {
        EluGrad() {
            super("EluGrad", ActivationOps.FLOATS, "outputs");
        }

        @Override
        double of(KernelContext k, double g, double y) {
            return y < 0 ? (y + 1) * g : g;
        }

        @Override
        void floats(KernelContext k, float[] g, float[] x, float[] z, int from, int to) {
            for (int i = from; i < to; i++) {
                z[i] = x[i] < 0 ? (x[i] + 1) * g[i] : g[i];
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return smooth(g, Literal.of(0));
        }
    }

    /** The gradient of EluGrad and SeluGrad: below zero the output itself takes part. */
    private static Gradient[] smooth(GradientContext g, Operand zero) {
        Output y = g.input(1);
        Output up = g.dense();
        Output first = g.op(g.operation().type()).input(up).input(y).output();
        Output below = g.op("Less").input(y).input(zero).output();
        Output product = times(g.graph(), up, g.input(0));
        Output none = Shapes.zerosLike(g.graph(), y, null);
        return new Gradient[] {first, g.op("Select").input(below).input(product).input(none).output()};
    }

    /** Elu scaled so that activations keep mean 0 and variance 1. */
    static final class Selu extends ActivationOps.Activation {
        Selu() {
            super("Selu", ActivationOps.FLOATS);
        }

        @Override
        double of(KernelContext k, double x) {
            return x < 0 ? SELU_SCALED_ALPHA * Math.expm1(x) : SELU_SCALE * x;
        }

        @Override
        void floats(KernelContext k, float[] x, float[] y, int from, int to) {
            FloatActivations.selu(x, y, from, to);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return ActivationOps.one(g, g.output(0));
        }
    }

    static final class SeluGrad extends ActivationOps.ActivationGradient {
        SeluGrad() {
            super("SeluGrad", ActivationOps.FLOATS, "outputs");
        }

        @Override
        double of(KernelContext k, double g, double y) {
            return y < 0 ? g * (y + SELU_SCALED_ALPHA) : g * SELU_SCALE;
        }

        @Override
        void floats(KernelContext k, float[] g, float[] x, float[] z, int from, int to) {
            FloatActivations.seluGradient(g, x, z, from, to);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return smooth(g, Literal.of(0.0));
        }
    }

    /** log(1 + e^x). */
    static final class Softplus extends ActivationOps.Activation {
        Softplus() {
            super("Softplus", ActivationOps.FLOATS);
        }

        @Override
        double of(KernelContext k, double x) {
            return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        }

        @Override
        void floats(KernelContext k, float[] x, float[] y, int from, int to) {
            FloatActivations.softplus(x, y, from, to);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {times(g.graph(), g.dense(), unary(g.graph(), "Sigmoid", g.input(0), null))};
        }
    }

    static final class SoftplusGrad extends ActivationOps.ActivationGradient {
        SoftplusGrad() {
            super("SoftplusGrad", ActivationOps.FLOATS, "features");
        }

        @Override
        double of(KernelContext k, double g, double x) {
            return g / (Math.exp(-x) + 1);
        }

        @Override
        void floats(KernelContext k, float[] g, float[] x, float[] z, int from, int to) {
            FloatActivations.softplusGradient(g, x, z, from, to);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output up = c.dense();
            try (Graph.Block after = g.controlDependencies(List.of(up.operation()))) {
                Output first = c.op("SoftplusGrad").input(up).input(c.input(1)).output();
                Output product = times(g, up, c.input(0));
                Output down = unary(g, "Exp", MathOps.negate(g, c.input(1)), null);
                Output sum = plus(g, plus(g, down, Literal.of(2.0)), unary(g, "Exp", c.input(1), null));
                return new Gradient[] {first, over(g, product, sum)};
            }
        }
    }

    /** x / (1 + |x|). */
    static final class Softsign extends ActivationOps.Activation {
        Softsign() {
            super("Softsign", ActivationOps.FLOATS);
        }

        @Override
        double of(KernelContext k, double x) {
            return x / (1 + Math.abs(x));
        }

        @Override
        void floats(KernelContext k, float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = x[i] / (Math.abs(x[i]) + 1);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return ActivationOps.one(g, g.input(0));
        }
    }

    static final class SoftsignGrad extends ActivationOps.ActivationGradient {
        SoftsignGrad() {
            super("SoftsignGrad", ActivationOps.FLOATS, "features");
        }

        @Override
        double of(KernelContext k, double g, double x) {
            double d = 1 + Math.abs(x);
            return g / (d * d);
        }

        @Override
        void floats(KernelContext k, float[] g, float[] x, float[] z, int from, int to) {
            for (int i = from; i < to; i++) {
                float d = Math.abs(x[i]) + 1;
                z[i] = g[i] / (d * d);
            }
        }
    }
}
