package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.NdArray;

/** Local response normalization, and its derivative. */
final class LrnOps {
    private static final String[] LRN = {
        "depth_radius: int = 5", "bias: float = 1.0", "alpha: float = 1.0", "beta: float = 0.5",
        "T: half|bfloat16|float = float"
    };

    private LrnOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "LRN" -> new Lrn();
            case "LRNGrad" -> new LrnGrad();
            default -> null;
        };
    }

    private static float number(Operation op, String attribute) {
        return op.<Float>attribute(attribute);
    }

    /** For each element, bias + alpha times the sum of squares over the channels at most a radius away. */
    private static double[] norms(Operation op, NdArray x) {
        int channels = x.dim(-1);
        int radius = (int) Math.min(channels, op.intAttribute("depth_radius"));
        double bias = number(op, "bias");
        double alpha = number(op, "alpha");
        double[] norms = new double[x.size()];
        double[] sums = new double[channels + 1];
        for (int at = 0; at < norms.length; at += channels) {
            for (int c = 0; c < channels; c++) {
                double v = x.getDouble(at + c);
                sums[c + 1] = sums[c] + v * v;
            }
            for (int c = 0; c < channels; c++) {
                double near = sums[Math.min(channels, c + radius + 1)] - sums[Math.max(0, c - radius)];
                norms[at + c] = bias + alpha * near;
            }
        }
        return norms;
    }

    /** x / (bias + alpha sum x²)^beta, the sum over neighbouring channels (Krizhevsky et al., 2012, 3.3). */
    static final class Lrn extends OpDef {
        Lrn() {
            super("LRN", "input: T", "output: T", LRN);
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.withRank(0, 4));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            if (x.rank() != 4) {
                throw NnError.invalidArgument("in must be 4-dimensional");
            }
            NdArray y = k.output(0, x.shape());
            double[] norms = norms(k.operation(), x);
            double beta = number(k.operation(), "beta");
            for (int i = 0; i < norms.length; i++) {
                y.setDouble(i, x.getDouble(i) * Math.pow(norms[i], -beta));
                if ((i & 0xffff) == 0) {
                    k.checkInterrupt();
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            OpCall call = g.op("LRNGrad").input(g.dense()).input(g.input(0)).input(g.output(0));
            for (String a : new String[] {"depth_radius", "bias", "alpha", "beta"}) {
                call.attr(a, g.operation().attribute(a));
            }
            return new Gradient[] {call.output()};
        }
    }

    static final class LrnGrad extends OpDef {
        LrnGrad() {
            super("LRNGrad", "input_grads: T, input_image: T, output_image: T", "output: T", LRN);
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.mergeShapes(c.mergeShapes(c.withRank(0, 4), c.input(1)), c.input(2)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray dy = k.input(0);
            NdArray x = k.input(1);
            NdArray y = k.input(2);
            NdArray dx = k.output(0, x.shape());
            double[] norms = norms(k.operation(), x);
            double alpha = number(k.operation(), "alpha");
            double beta = number(k.operation(), "beta");
            int channels = x.dim(-1);
            int radius = (int) Math.min(channels, k.operation().intAttribute("depth_radius"));
            double[] sums = new double[channels + 1];
            for (int at = 0; at < norms.length; at += channels) {
                for (int c = 0; c < channels; c++) {
                    sums[c + 1] = sums[c] + dy.getDouble(at + c) * y.getDouble(at + c) / norms[at + c];
                }
                for (int c = 0; c < channels; c++) {
                    double near = sums[Math.min(channels, c + radius + 1)] - sums[Math.max(0, c - radius)];
                    dx.setDouble(at + c, dy.getDouble(at + c) * Math.pow(norms[at + c], -beta)
                            - 2 * alpha * beta * x.getDouble(at + c) * near);
                }
                k.checkInterrupt();
            }
        }
    }
}
