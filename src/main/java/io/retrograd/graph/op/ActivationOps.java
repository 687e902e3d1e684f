package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.FloatFormula;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.kernel.FloatMasks;
import io.retrograd.kernel.Tiles;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Half;
import io.retrograd.tensor.NdArray;
import java.util.Optional;
import java.util.Set;

/** The nonlinearities with a corner, each with its derivative: Relu, Relu6, LeakyRelu. */
final class ActivationOps {
    static final String FLOATS = "half|bfloat16|float|double";
    private static final String REAL = "float|double|int32|uint8|int16|int8|int64|bfloat16|uint16|half|uint32|uint64";
    private static final String ALPHA = "alpha: float = 0.2";

    private ActivationOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Relu" -> new Relu();
            case "ReluGrad" -> new ReluGrad();
            case "Relu6" -> new Relu6();
            case "Relu6Grad" -> new Relu6Grad();
            case "LeakyRelu" -> new LeakyRelu();
            case "LeakyReluGrad" -> new LeakyReluGrad();
            default -> null;
        };
    }

    /** A function of one number. */
    abstract static class Activation extends OpDef {
        Activation(String type, String types, String... attributes) {
            super(type, "features: T", "activations: T", with("T: " + types, attributes));
        }

        abstract double of(KernelContext k, double x);

        /** Floats are computed in double and rounded once, unless there is a loop of its own. */
        void floats(KernelContext k, float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) of(k, x[i]);
            }
        }

        @Override
        public Optional<FloatLoop> elementwise(Operation operation) {
            return takesParameter() ? Optional.empty() : Optional.of((a, b, c, from, to) -> floats(null, a, c, from, to));
        }

        /** Whether it asks the context for an attribute. */
        boolean takesParameter() {
            return !attributes().keySet().equals(Set.of("T"));
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public final void compute(KernelContext k) {
            NdArray x = k.input(0);
            NdArray y = k.output(0, x.shape());
            if (x.dtype() == DType.FLOAT32) {
                Tiles.run(x.size(), k::checkInterrupt, (from, to) -> floats(k, x.floats(), y.floats(), from, to));
            } else {
                Tiles.run(x.size(), k::checkInterrupt, (from, to) -> {
                    for (int i = from; i < to; i++) {
                        y.setDouble(i, rounded(x.dtype(), of(k, x.getDouble(i))));
                    }
                });
            }
        }
    }

    /** The gradient of an activation, from what flows back and from the activation's input or output. */
    abstract static class ActivationGradient extends OpDef {
        ActivationGradient(String type, String types, String second, String... attributes) {
            super(type, "gradients: T, " + second + ": T", "backprops: T", with("T: " + types, attributes));
        }

        abstract double of(KernelContext k, double g, double x);

        void floats(KernelContext k, float[] g, float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) of(k, g[i], x[i]);
            }
        }

        @Override
        public Optional<FloatLoop> elementwise(Operation operation) {
            return takesParameter() ? Optional.empty() : Optional.of((a, b, c, from, to) -> floats(null, a, b, c, from, to));
        }

        /** Whether it asks the context for an attribute. */
        boolean takesParameter() {
            return !attributes().keySet().equals(Set.of("T"));
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.mergeShapes(c.input(0), c.input(1)));
        }

        @Override
        public final void compute(KernelContext k) {
            NdArray g = k.input(0);
            NdArray x = k.input(1);
            if (!g.hasShapeOf(x)) {
                throw NnError.invalidArgument("Inputs to operation " + k.operation().name() + " of type "
                        + type() + " must have the same size and shape.  Input 0: " + g.staticShape().toBrackets()
                        + " != input 1: " + x.staticShape().toBrackets());
            }
            NdArray y = k.output(0, x.shape());
            if (x.dtype() == DType.FLOAT32) {
                Tiles.run(x.size(), k::checkInterrupt,
                        (from, to) -> floats(k, g.floats(), x.floats(), y.floats(), from, to));
            } else {
                Tiles.run(x.size(), k::checkInterrupt, (from, to) -> {
                    for (int i = from; i < to; i++) {
                        y.setDouble(i, rounded(x.dtype(), of(k, g.getDouble(i), x.getDouble(i))));
                    }
                });
            }
        }
    }

    private static String[] with(String first, String... rest) {
        String[] all = new String[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    private static double rounded(DType type, double x) {
        return type == DType.FLOAT16 ? Half.round(x) : x;
    }

    /** The gradient of a gradient: the same rule for what flows back, nothing through the switch point. */
    private static Gradient[] again(GradientContext g, Operand upstream) {
        Output x = g.input(1);
        OpCall same = g.op(g.operation().type()).input(upstream).input(x);
        if (g.operation().attributes().containsKey("alpha")) {
            same.attr("alpha", g.operation().attribute("alpha"));
        }
        Output first = same.output();
        return new Gradient[] {first, Shapes.zeros(g.graph(), Shapes.shape(g.graph(), x, null), x.dtype(), null)};
    }

    static Gradient[] one(GradientContext g, Output second) {
        return new Gradient[] {g.op(g.operation().type() + "Grad").input(g.dense()).input(second).output()};
    }

    /** max(x, 0). */
    static final class Relu extends Activation {
        Relu() {
            super("Relu", REAL + "|qint8");
        }

        @Override
        double of(KernelContext k, double x) {
            return Math.max(x, 0);
        }

        @Override
        void floats(KernelContext k, float[] x, float[] y, int from, int to) {
            FloatFormula.POSITIVE.run(x, x, y, from, to);
        }

        @Override
        public Optional<FloatLoop> elementwise(Operation operation) {
            return Optional.of(FloatFormula.POSITIVE);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return one(g, g.output(0));
        }
    }

    static final class ReluGrad extends ActivationGradient {
        ReluGrad() {
            super("ReluGrad", REAL, "features");
        }

        @Override
        double of(KernelContext k, double g, double x) {
            return g * (x > 0 ? 1 : 0);
        }

        @Override
        void floats(KernelContext k, float[] g, float[] x, float[] y, int from, int to) {
            FloatMasks.gate(g, x, 0, y, from, to);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return again(g, g.dense());
        }
    }

    /** min(max(x, 0), 6). */
    static final class Relu6 extends Activation {
        Relu6() {
            super("Relu6", REAL);
        }

        @Override
        double of(KernelContext k, double x) {
            return Math.min(Math.max(x, 0), 6);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return one(g, g.output(0));
        }
    }

    static final class Relu6Grad extends ActivationGradient {
        Relu6Grad() {
            super("Relu6Grad", REAL, "features");
        }

        @Override
        double of(KernelContext k, double g, double x) {
            return g * (x > 0 && x < 6 ? 1 : 0);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return again(g, g.dense());
        }
    }

    /** x, or alpha x below 0. */
    static final class LeakyRelu extends Activation {
        LeakyRelu() {
            super("LeakyRelu", FLOATS, ALPHA);
        }

        @Override
        double of(KernelContext k, double x) {
            float alpha = k.operation().<Float>attribute("alpha");
            return x > 0 ? x : x * alpha;
        }

        @Override
        void floats(KernelContext k, float[] x, float[] y, int from, int to) {
            loop(k.operation().<Float>attribute("alpha"), x, y, from, to);
        }

        private static void loop(float alpha, float[] x, float[] y, int from, int to) {
            if (alpha >= 0 && alpha <= 1) {
                // The same, and vectorised.
                for (int i = from; i < to; i++) {
                    y[i] = Math.max(x[i], x[i] * alpha);
                }
                return;
            }
            for (int i = from; i < to; i++) {
                y[i] = x[i] > 0 ? x[i] : x[i] * alpha;
            }
        }

        @Override
        public Optional<FloatLoop> elementwise(Operation operation) {
            float alpha = operation.<Float>attribute("alpha");
            return Optional.of((a, b, c, from, to) -> loop(alpha, a, c, from, to));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {g.op("LeakyReluGrad").input(g.dense()).input(g.input(0))
                    .attr("alpha", g.operation().attribute("alpha")).output()};
        }
    }

    static final class LeakyReluGrad extends ActivationGradient {
        LeakyReluGrad() {
            super("LeakyReluGrad", FLOATS, "features", ALPHA);
        }

        @Override
        double of(KernelContext k, double g, double x) {
            float alpha = k.operation().<Float>attribute("alpha");
            return x > 0 ? g : g * alpha;
        }

        @Override
        void floats(KernelContext k, float[] g, float[] x, float[] y, int from, int to) {
            FloatMasks.gate(g, x, k.operation().<Float>attribute("alpha"), y, from, to);
        }

        @Override
        public Optional<FloatLoop> elementwise(Operation operation) {
            float alpha = operation.<Float>attribute("alpha");
            return Optional.of((a, b, c, from, to) -> FloatMasks.gate(a, b, alpha, c, from, to));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return again(g, g.dense());
        }
    }
}
