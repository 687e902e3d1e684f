package io.retrograd.graph.op;

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
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Optional;

/** Borders around tensors: zeros, a value, or the tensor mirrored. */
final class PadOps {
    private PadOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Pad" -> new Pad(false);
            case "PadV2" -> new Pad(true);
            case "MirrorPad" -> new MirrorPad();
            case "MirrorPadGrad" -> new MirrorPadGrad();
            default -> null;
        };
    }

    /** The static shape after padding; {@code sign} −1 takes the padding off again. */
    private static void inferPadded(ShapeContext c, int sign) {
        Shape pads = c.withRank(1, 2);
        if (pads.dim(1) != Shape.UNKNOWN && pads.dim(1) != 2) {
            throw c.invalid("Dimension must be 2 but is " + pads.dim(1));
        }
        Shape in = c.input(0);
        Optional<NdArray> known = c.constant(1);
        if (known.isEmpty()) {
            int rank = in.hasRank() ? in.rank() : pads.dim(0);
            c.output(0, rank == Shape.UNKNOWN ? Shape.unknown() : Shape.unknownOfRank(rank));
            return;
        }
        int rank = known.get().dim(0);
        if (in.hasRank() && in.rank() != rank) {
            throw c.invalid("Shape must be rank " + rank + " but is rank " + in.rank());
        }
        int[] dims = new int[rank];
        for (int i = 0; i < rank; i++) {
            int before = known.get().getInt(2 * i);
            int after = known.get().getInt(2 * i + 1);
            if (before < 0 || after < 0) {
                throw c.invalid("Paddings must be non-negative");
            }
            dims[i] = in.dim(i) == Shape.UNKNOWN ? Shape.UNKNOWN : in.dim(i) + sign * (before + after);
        }
        c.output(0, Shape.of(dims));
    }

    private static int[] paddings(NdArray in, NdArray pads) {
        if (pads.rank() != 2 || pads.dim(1) != 2) {
            throw NnError.invalidArgument("paddings must be a matrix with 2 columns: " + Broadcast.brackets(pads.shape()));
        }
        if (pads.dim(0) != in.rank()) {
            throw NnError.invalidArgument("The first dimension of paddings must be the rank of inputs"
                    + Broadcast.brackets(pads.shape()) + Broadcast.brackets(in.shape()));
        }
        int[] p = pads.toInts();
        for (int i = 0; i < p.length; i += 2) {
            if (p[i] < 0 || p[i + 1] < 0) {
                throw NnError.invalidArgument("Paddings must be non-negative: " + p[i] + " " + p[i + 1]);
            }
        }
        return p;
    }

    static final class Pad extends OpDef {
        private final boolean hasValue;

        Pad(boolean hasValue) {
            super(
                    hasValue ? "PadV2" : "Pad",
                    hasValue ? "input: T, paddings: Tpaddings, constant_values: T" : "input: T, paddings: Tpaddings",
                    "output: T",
                    "T: type",
                    "Tpaddings: int32|int64 = int32");
            this.hasValue = hasValue;
        }

        @Override
        public void infer(ShapeContext c) {
            inferPadded(c, 1);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int[] pads = paddings(in, k.input(1));
            int[] shape = in.shape();
            for (int i = 0; i < shape.length; i++) {
                shape[i] += pads[2 * i] + pads[2 * i + 1];
            }
            NdArray out = k.output(0, shape);
            if (hasValue) {
                Blocks.fill(out, k.input(2));
            } else {
                Blocks.clear(out);
            }
            NdArray middle = out;
            for (int i = 0; i < shape.length; i++) {
                middle = middle.slice(i, pads[2 * i], in.dim(i), 1);
            }
            middle.assign(in);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output size = ArrayOps.stack(graph, Shapes.rank(graph, g.input(0), null), Literal.of(1));
            Output column = ArrayOps.slice(graph, g.input(1), Literal.ofInts(0, 0), size);
            Output begin = ArrayOps.reshape(graph, column, Literal.ofInts(-1), null);
            Gradient[] all = new Gradient[g.operation().inputCount()];
            all[0] = ArrayOps.slice(graph, g.dense(), begin, Shapes.shape(graph, g.input(0), null));
            return all;
        }
    }

    /** Where position i of a padded dimension comes from. */
    private static int mirrored(int i, int before, int size, int skip) {
        int at = i - before;
        if (at < 0) {
            return -at - 1 + skip;
        }
        return at < size ? at : 2 * size - 1 - skip - at;
    }

    private static int skip(String mode) {
        return mode.equals("REFLECT") ? 1 : 0;
    }

    static final class MirrorPad extends OpDef {
        MirrorPad() {
            super(
                    "MirrorPad",
                    "input: T, paddings: Tpaddings",
                    "output: T",
                    "T: type",
                    "Tpaddings: int32|int64 = int32",
                    "mode: string");
        }

        @Override
        public void infer(ShapeContext c) {
            inferPadded(c, 1);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int skip = skip(k.operation().attribute("mode"));
            int[] pads = paddings(in, k.input(1));
            int[] shape = in.shape();
            for (int i = 0; i < shape.length; i++) {
                int most = shape[i] - skip;
                if (pads[2 * i] > most || pads[2 * i + 1] > most) {
                    throw NnError.invalidArgument("paddings must be " + (skip == 1 ? "less than" : "no greater than")
                            + " the dimension size: " + pads[2 * i] + ", " + pads[2 * i + 1]
                            + (skip == 1 ? " not less than " : " greater than ") + shape[i]);
                }
                shape[i] += pads[2 * i] + pads[2 * i + 1];
            }
            NdArray out = k.output(0, shape);
            if (out.size() == 0) {
                return;
            }
            int[] at = new int[shape.length];
            int[] strides = NdArray.rowMajorStrides(in.shape());
            for (int i = 0; i < out.size(); i++) {
                int from = 0;
                for (int d = 0; d < shape.length; d++) {
                    from += mirrored(at[d], pads[2 * d], in.dim(d), skip) * strides[d];
                }
                Blocks.copy(in, from, out, i, 1);
                step(at, shape);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                g.op("MirrorPadGrad").input(g.dense()).input(g.input(1)).attr("mode", g.operation().attribute("mode")).output(),
                null
            };
        }
    }

    /** The next index in row-major order. */
    static void step(int[] at, int[] shape) {
        for (int d = shape.length - 1; d >= 0; d--) {
            if (++at[d] < shape[d]) {
                return;
            }
            at[d] = 0;
        }
    }

    static final class MirrorPadGrad extends OpDef {
        MirrorPadGrad() {
            super(
                    "MirrorPadGrad",
                    "input: T, paddings: Tpaddings",
                    "output: T",
                    "T: type",
                    "Tpaddings: int32|int64 = int32",
                    "mode: string");
        }

        @Override
        public void infer(ShapeContext c) {
            inferPadded(c, -1);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int skip = skip(k.operation().attribute("mode"));
            int[] pads = paddings(in, k.input(1));
            int[] shape = in.shape();
            for (int i = 0; i < shape.length; i++) {
                shape[i] -= pads[2 * i] + pads[2 * i + 1];
            }
            NdArray out = k.output(0, shape);
            Blocks.clear(out);
            int[] at = new int[shape.length];
            int[] strides = NdArray.rowMajorStrides(shape);
            int[] whole = in.shape();
            for (int i = 0; i < in.size(); i++) {
                int to = 0;
                for (int d = 0; d < shape.length; d++) {
                    to += mirrored(at[d], pads[2 * d], shape[d], skip) * strides[d];
                }
                Blocks.add(in, i, out, to, 1);
                step(at, whole);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                g.op("MirrorPad").input(g.dense()).input(g.input(1)).attr("mode", g.operation().attribute("mode")).output(),
                null
            };
        }
    }
}
