package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tensors taken apart along a dimension: unstacking, splitting. */
final class SplitOps {
    private SplitOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Unpack" -> new Unpack();
            case "Split" -> new Split();
            case "SplitV" -> new SplitV();
            default -> null;
        };
    }

    private static void take(NdArray from, NdArray to, int outer, int run, int stride, int at) {
        for (int i = 0; i < outer; i++) {
            Blocks.copy(from, i * stride + at, to, i * run, run);
        }
    }

    static final class Unpack extends OpDef {
        Unpack() {
            super("Unpack", "value: T", "output: num * T", "num: int", "T: type", "axis: int = 0");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            if (!in.hasRank()) {
                return;
            }
            long axis = c.operation().intAttribute("axis");
            if (in.rank() == 0) {
                throw c.invalid("Shape must be at least rank 1 but is rank 0");
            }
            if (axis < -in.rank() || axis >= in.rank()) {
                throw c.invalid("Invalid axis: " + axis + "; must be in [" + -in.rank() + "," + in.rank() + ")");
            }
            int at = (int) (axis < 0 ? axis + in.rank() : axis);
            int n = c.operation().outputCount();
            if (in.dim(at) != Shape.UNKNOWN && in.dim(at) != n) {
                throw c.invalid("Dimension must be " + n + " but is " + in.dim(at));
            }
            for (int i = 0; i < n; i++) {
                c.output(i, in.slice(0, at).concatenate(in.slice(at + 1, in.rank())));
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int axis = (int) k.operation().intAttribute("axis");
            int at = axis < 0 ? axis + in.rank() : axis;
            int n = k.operation().outputCount();
            if (in.dim(at) != n) {
                throw NnError.invalidArgument("Input shape axis " + at + " must equal " + n + ", got shape "
                        + Broadcast.brackets(in.shape()));
            }
            int[] shape = new int[in.rank() - 1];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = in.dim(i < at ? i : i + 1);
            }
            int outer = Blocks.product(in.shape(), 0, at);
            int run = Blocks.product(in.shape(), at + 1, in.rank());
            for (int i = 0; i < n; i++) {
                take(in, k.output(i, shape), outer, run, run * n, run * i);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            long axis = g.operation().intAttribute("axis");
            return new Gradient[] {ArrayOps.pack(g.graph(), upstreams(g), (int) axis, "stack")};
        }
    }

    /** The gradients of all outputs, zeros where nothing flows back. */
    static List<Output> upstreams(GradientContext g) {
        List<Output> parts = new ArrayList<>();
        for (int i = 0; i < g.operation().outputCount(); i++) {
            Output part = g.dense(i);
            parts.add(part != null ? part : Shapes.zerosLike(g.graph(), g.output(i), null));
        }
        return parts;
    }

    static final class Split extends OpDef {
        Split() {
            super("Split", "split_dim: int32, value: T", "output: num_split * T", "num_split: int", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(1);
            int n = c.operation().outputCount();
            Optional<NdArray> axis = c.constant(0);
            Shape part;
            if (axis.isEmpty()) {
                part = in.hasRank() ? Shape.unknownOfRank(in.rank()) : Shape.unknown();
            } else if (!in.hasRank()) {
                part = Shape.unknown();
            } else {
                int d = axis.get().getInt(0);
                int at = d < 0 ? d + in.rank() : d;
                if (at < 0 || at >= in.rank()) {
                    throw c.invalid("Dimension " + d + " must be in the range [" + -in.rank() + ", " + in.rank() + ")");
                }
                int size = in.dim(at);
                if (size != Shape.UNKNOWN && size % n != 0) {
                    throw c.invalid("Dimension size must be evenly divisible by " + n + " but is " + size
                            + "\n\tNumber of ways to split should evenly divide the split dimension");
                }
                part = in.withDim(at, size == Shape.UNKNOWN ? size : size / n);
            }
            for (int i = 0; i < n; i++) {
                c.output(i, part);
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(1);
            int d = k.input(0).getInt(0);
            int at = d < 0 ? d + in.rank() : d;
            int n = k.operation().outputCount();
            if (at < 0 || at >= in.rank()) {
                throw NnError.invalidArgument("-input rank(-" + in.rank() + ") <= split_dim < input rank (" + in.rank()
                        + "), but got " + d);
            }
            if (in.dim(at) % n != 0) {
                throw NnError.invalidArgument("Number of ways to split should evenly divide the split dimension, but got "
                        + "split_dim " + at + " (size = " + in.dim(at) + ") and num_split " + n);
            }
            int[] sizes = new int[n];
            Arrays.fill(sizes, in.dim(at) / n);
            parts(k, in, at, sizes);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {null, ArrayOps.concat(g.graph(), upstreams(g), g.input(0), null)};
        }
    }

    private static void parts(KernelContext k, NdArray in, int at, int[] sizes) {
        int[] shape = in.shape();
        int outer = Blocks.product(shape, 0, at);
        int inner = Blocks.product(shape, at + 1, shape.length);
        int stride = inner * shape[at];
        int done = 0;
        for (int i = 0; i < sizes.length; i++) {
            shape[at] = sizes[i];
            take(in, k.output(i, shape), outer, inner * sizes[i], stride, done);
            done += inner * sizes[i];
        }
    }

    static final class SplitV extends OpDef {
        SplitV() {
            super(
                    "SplitV",
                    "value: T, size_splits: Tlen, split_dim: int32",
                    "output: num_split * T",
                    "num_split: int",
                    "T: type",
                    "Tlen: int32|int64 = int64");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            int n = c.operation().outputCount();
            Optional<NdArray> axis = c.constant(2);
            Optional<NdArray> lengths = c.constant(1);
            if (axis.isEmpty() || !in.hasRank()) {
                for (int i = 0; i < n; i++) {
                    c.output(i, in.hasRank() ? Shape.unknownOfRank(in.rank()) : Shape.unknown());
                }
                return;
            }
            int d = axis.get().getInt(0);
            int at = d < 0 ? d + in.rank() : d;
            if (at < 0 || at >= in.rank()) {
                throw c.invalid("Dimension " + d + " must be in the range [" + -in.rank() + ", " + in.rank() + ")");
            }
            if (lengths.isEmpty()) {
                for (int i = 0; i < n; i++) {
                    c.output(i, in.withDim(at, n == 1 ? in.dim(at) : Shape.UNKNOWN));
                }
                return;
            }
            long sum = 0;
            int hole = -1;
            for (int i = 0; i < n; i++) {
                long size = lengths.get().getLong(i);
                if (size == -1) {
                    if (hole >= 0) {
                        throw c.invalid("size_splits can only have one -1.");
                    }
                    hole = i;
                } else {
                    sum += size;
                }
            }
            int whole = in.dim(at);
            if (whole != Shape.UNKNOWN && (hole < 0 ? sum != whole : sum > whole)) {
                throw c.invalid("can't split axis of size " + whole + " into pieces of size ["
                        + text(lengths.get()) + "]");
            }
            for (int i = 0; i < n; i++) {
                long size = lengths.get().getLong(i);
                if (i == hole) {
                    size = whole == Shape.UNKNOWN ? Shape.UNKNOWN : whole - sum;
                }
                c.output(i, in.withDim(at, (int) size));
            }
        }

        private static String text(NdArray sizes) {
            StringBuilder s = new StringBuilder();
            for (int i = 0; i < sizes.size(); i++) {
                s.append(i > 0 ? "," : "").append(sizes.getLong(i));
            }
            return s.toString();
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int d = k.input(2).getInt(0);
            int at = d < 0 ? d + in.rank() : d;
            int[] sizes = k.input(1).toInts();
            int sum = 0;
            int hole = -1;
            for (int i = 0; i < sizes.length; i++) {
                if (sizes[i] == -1) {
                    hole = i;
                } else {
                    sum += sizes[i];
                }
            }
            if (hole >= 0) {
                sizes[hole] = in.dim(at) - sum;
            }
            if (hole < 0 ? sum != in.dim(at) : sum > in.dim(at)) {
                throw NnError.invalidArgument("Determined shape must either match input shape along split_dim exactly if "
                        + "fully specified, or be less than the size of the input along split_dim if not fully specified."
                        + "  Got: " + sum);
            }
            parts(k, in, at, sizes);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {ArrayOps.concat(g.graph(), upstreams(g), g.input(2), null), null, null};
        }
    }
}
