package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.NdArray;

/** Operations that pass tensors on: as they are, checked. */
final class PassOps {
    private PassOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "GuaranteeConst" -> new GuaranteeConst();
            case "CheckNumerics" -> new CheckNumerics();
            default -> null;
        };
    }

    static final class GuaranteeConst extends OpDef {
        GuaranteeConst() {
            super("GuaranteeConst", "input: T", "output: T", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            k.forward(0, k.input(0));
        }
    }

    static final class CheckNumerics extends OpDef {
        CheckNumerics() {
            super("CheckNumerics", "tensor: T", "output: T", "T: bfloat16|half|float|double", "message: string");
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            boolean nan = false;
            boolean infinite = false;
            for (int i = 0; i < x.size(); i++) {
                double v = x.getDouble(i);
                nan |= Double.isNaN(v);
                infinite |= Double.isInfinite(v);
            }
            if (nan || infinite) {
                String what = nan && infinite ? "Inf and NaN" : nan ? "NaN" : "Inf";
                throw NnError.invalidArgument(k.operation().attribute("message") + " : Tensor had " + what + " values");
            }
            k.forward(0, x);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            String message = g.operation().attribute("message");
            return new Gradient[] {
                g.op("CheckNumerics")
                        .input(g.dense())
                        .attr("message", "Not a number (NaN) or infinity (Inf) values detected in gradient. " + message)
                        .output()
            };
        }
    }
}
