package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.MathOps;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;

/** Dimensions read backwards, whole or as far as each sequence goes. */
final class ReverseOps {
    private ReverseOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Reverse" -> new Reverse();
            case "ReverseV2" -> new ReverseV2();
            case "ReverseSequence" -> new ReverseSequence();
            default -> null;
        };
    }

    static final class Reverse extends OpDef {
        Reverse() {
            super("Reverse", "tensor: T, dims: bool", "output: T", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray view = in;
            for (int i = 0; i < in.rank(); i++) {
                if (k.input(1).getBoolean(i)) {
                    view = view.slice(i, in.dim(i) - 1, in.dim(i), -1);
                }
            }
            k.output(0, in.shape()).assign(view);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {MathOps.binary(g.graph(), "Reverse", g.dense(), g.input(1), null), null};
        }
    }

    static final class ReverseV2 extends OpDef {
        ReverseV2() {
            super("ReverseV2", "tensor: T, axis: Tidx", "output: T", "Tidx: int32|int64 = int32", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            c.withRank(1, 1);
            c.constant(1).ifPresent(axes -> {
                for (int i = 0; in.hasRank() && i < axes.size(); i++) {
                    long a = axes.getLong(i);
                    if (a < -in.rank() || a >= in.rank()) {
                        throw c.invalid("axis[" + i + "] = " + a + " is out of valid range [" + -in.rank() + ", "
                                + (in.rank() - 1) + "].");
                    }
                }
            });
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray view = in;
            boolean[] seen = new boolean[in.rank()];
            for (int i = 0; i < k.input(1).size(); i++) {
                int axis = k.input(1).getInt(i);
                int at = axis < 0 ? axis + in.rank() : axis;
                if (at < 0 || at >= in.rank()) {
                    throw NnError.invalidArgument("'axis'[" + i + "] = " + axis + " is out of valid range [0, "
                            + (in.rank() - 1) + "].");
                }
                if (seen[at]) {
                    throw NnError.invalidArgument("axis " + at + " specified more than once.");
                }
                seen[at] = true;
                view = view.slice(at, in.dim(at) - 1, in.dim(at), -1);
            }
            k.output(0, in.shape()).assign(view);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {MathOps.binary(g.graph(), "ReverseV2", g.dense(), g.input(1), null), null};
        }
    }

    static final class ReverseSequence extends OpDef {
        ReverseSequence() {
            super(
                    "ReverseSequence",
                    "input: T, seq_lengths: Tlen",
                    "output: T",
                    "seq_dim: int",
                    "batch_dim: int = 0",
                    "T: type",
                    "Tlen: int32|int64 = int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(1, 1);
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray lengths = k.input(1);
            int seq = (int) k.operation().intAttribute("seq_dim");
            int batch = (int) k.operation().intAttribute("batch_dim");
            if (lengths.size() != in.dim(batch)) {
                throw NnError.invalidArgument("Length of seq_lengths != input.dims(" + batch + "), (" + lengths.size()
                        + " vs. " + in.dim(batch) + ")");
            }
            NdArray out = k.output(0, in.shape());
            for (int b = 0; b < lengths.size(); b++) {
                int n = lengths.getInt(b);
                if (n < 0 || n > in.dim(seq)) {
                    throw NnError.invalidArgument(n < 0 ? "seq_lengths(" + b + ") < 0"
                            : "seq_lengths(" + b + ") > input.dims(" + seq + ")");
                }
                int axis = seq > batch ? seq - 1 : seq;
                NdArray from = in.at(batch, b);
                NdArray to = out.at(batch, b);
                to.slice(axis, 0, n, 1).assign(from.slice(axis, n - 1, n, -1));
                int rest = in.dim(seq) - n;
                if (rest > 0) {
                    to.slice(axis, n, rest, 1).assign(from.slice(axis, n, rest, 1));
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                g.op("ReverseSequence")
                        .input(g.dense())
                        .input(g.input(1))
                        .attr("seq_dim", g.operation().attribute("seq_dim"))
                        .attr("batch_dim", g.operation().attribute("batch_dim"))
                        .output(),
                null
            };
        }
    }
}
