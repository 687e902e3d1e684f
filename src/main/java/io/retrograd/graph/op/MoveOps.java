package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.Transposition;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** The same elements elsewhere: transposed, repeated, padded, reversed, moved between space, batch and depth. */
final class MoveOps {
    private MoveOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Transpose", "ConjugateTranspose" -> new Transpose(type);
            case "InvertPermutation" -> new InvertPermutation();
            case "Tile" -> new Tile();
            case "Pad" -> new Pad(false);
            case "PadV2" -> new Pad(true);
            case "MirrorPad" -> new MirrorPad();
            case "MirrorPadGrad" -> new MirrorPadGrad();
            case "Reverse" -> new Reverse();
            case "ReverseV2" -> new ReverseV2();
            case "ReverseSequence" -> new ReverseSequence();
            case "Roll" -> new Roll();
            case "UnravelIndex" -> new UnravelIndex();
            case "SpaceToDepth" -> new SpaceToDepth();
            case "DepthToSpace" -> new DepthToSpace();
            case "SpaceToBatchND" -> new SpaceToBatch();
            case "BatchToSpaceND" -> new BatchToSpace();
            default -> null;
        };
    }

    static final class Transpose extends OpDef {
        Transpose(String type) {
            super(type, "x: T, perm: Tperm", "y: T", "T: type", "Tperm: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            Shape perm = c.input(1);
            Optional<NdArray> order = c.constant(1);
            int rank = in.hasRank() ? in.rank() : order.isPresent() ? order.get().size()
                    : perm.hasRank() && perm.rank() == 1 ? perm.dim(0) : Shape.UNKNOWN;
            if (rank == Shape.UNKNOWN) {
                return;
            }
            if (perm.hasRank() && perm.rank() == 1 && perm.dim(0) != Shape.UNKNOWN && perm.dim(0) != rank) {
                throw c.invalid("Dimension must be " + rank + " but is " + perm.dim(0));
            }
            if (order.isEmpty()) {
                c.output(0, Shape.unknownOfRank(rank));
                return;
            }
            int[] dims = new int[rank];
            for (int i = 0; i < rank; i++) {
                int from = order.get().getInt(i);
                if (from >= rank || from < -rank) {
                    throw c.invalid("perm dim " + from + " is out of range of input rank " + rank);
                }
                dims[i] = in.dim(from);
            }
            c.output(0, Shape.of(dims));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int[] perm = k.input(1).toInts();
            if (perm.length != in.rank()) {
                throw NnError.invalidArgument("transpose expects a vector of size " + in.rank()
                        + ". But input(1) is a vector of size " + perm.length);
            }
            boolean[] seen = new boolean[perm.length];
            int[] shape = new int[perm.length];
            for (int i = 0; i < perm.length; i++) {
                if (perm[i] < 0) {
                    perm[i] += perm.length;
                }
                if (perm[i] < 0 || perm[i] >= perm.length) {
                    throw NnError.invalidArgument(perm[i] + " is out of range [0 .. " + perm.length + ")");
                }
                seen[perm[i]] = true;
                shape[i] = in.dim(perm[i]);
            }
            for (int i = 0; i < seen.length; i++) {
                if (!seen[i]) {
                    throw NnError.invalidArgument(i + " is missing from {" + join(perm) + "}.");
                }
            }
            NdArray out = k.output(0, shape);
            Transposition.run(in, perm, out);
            if (type().equals("ConjugateTranspose") && in.dtype().isComplex()) {
                for (int i = 0; i < out.size(); i++) {
                    out.setComplex(i, out.getDouble(i), -out.getImaginary(i));
                }
            }
        }

        private static String join(int[] values) {
            StringBuilder s = new StringBuilder();
            for (int i = 0; i < values.length; i++) {
                s.append(i > 0 ? "," : "").append(values[i]);
            }
            return s.toString();
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output back = MathOps.unary(g.graph(), "InvertPermutation", g.input(1), null);
            boolean conjugate = type().equals("ConjugateTranspose");
            return new Gradient[] {ArrayOps.transpose(g.graph(), g.dense(), back, conjugate, null), null};
        }
    }

    static final class InvertPermutation extends OpDef {
        InvertPermutation() {
            super("InvertPermutation", "x: T", "y: T", "T: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.withRank(0, 1));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(0);
            int n = x.size();
            NdArray out = k.output(0, n);
            out.fill(-1);
            for (int i = 0; i < n; i++) {
                long at = x.getLong(i);
                if (at < 0 || at >= n) {
                    throw NnError.invalidArgument(at + " is not between 0 and " + n);
                }
                if (out.getLong((int) at) != -1) {
                    throw NnError.invalidArgument(at + " is duplicated in the input.");
                }
                out.setLong((int) at, i);
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class Tile extends OpDef {
        Tile() {
            super("Tile", "input: T, multiples: Tmultiples", "output: T", "T: type", "Tmultiples: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            Shape by = c.constantAsShape(1);
            if (!in.hasRank() && !by.hasRank()) {
                return;
            }
            int rank = in.hasRank() ? in.rank() : by.rank();
            if (by.hasRank() && by.rank() != rank) {
                throw c.invalid("Shape must be rank " + by.rank() + " but is rank " + rank);
            }
            int[] dims = new int[rank];
            for (int i = 0; i < rank; i++) {
                int d = in.dim(i);
                int n = by.dim(i);
                dims[i] = d == 0 || n == 0 ? 0 : d == Shape.UNKNOWN || n == Shape.UNKNOWN ? Shape.UNKNOWN : d * n;
            }
            c.output(0, Shape.of(dims));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int[] by = k.input(1).toInts();
            if (by.length != in.rank()) {
                throw NnError.invalidArgument("Expected multiples argument to be a vector of length " + in.rank()
                        + " but got length " + by.length);
            }
            int rank = by.length;
            int[] shape = in.shape();
            // Seen as (multiple, dimension) pairs, the copy is a broadcast.
            int[] pairs = new int[2 * rank];
            int[] ones = new int[2 * rank];
            for (int i = 0; i < rank; i++) {
                if (by[i] < 0) {
                    throw NnError.invalidArgument("Expected multiples[" + i + "] >= 0, but got " + by[i]);
                }
                pairs[2 * i] = by[i];
                pairs[2 * i + 1] = shape[i];
                ones[2 * i] = 1;
                ones[2 * i + 1] = shape[i];
                shape[i] *= by[i];
            }
            NdArray out = k.output(0, shape);
            if (out.size() == 0) {
                return;
            }
            if (in.size() == 1) {
                Blocks.fill(out, in);
                return;
            }
            out.reshape(pairs).assign(in.reshape(ones).broadcastTo(pairs));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output shape = Shapes.shape(graph, g.input(0), g.input(1).dtype(), true, null);
            Output both = ArrayOps.pack(graph, List.of(g.input(1), shape), 0, null);
            Output pairs = ArrayOps.reshape(graph, ArrayOps.transpose(graph, both, null), Literal.ofInts(-1), null);
            Output count = Shapes.size(graph, pairs, DType.INT32, null);
            Output axes = MathOps.range(graph, Literal.of(0), count, Literal.of(2), null, null);
            Output dense;
            if (g.upstream(0) instanceof IndexedSlices rows) {
                Output height = MathOps.cast(graph, ArrayOps.at(graph, shape, 0), rows.indices().dtype(), null);
                Output folded = MathOps.binary(graph, "FloorMod", rows.indices(), height, null);
                dense = graph.op("UnsortedSegmentSum").input(rows.values()).input(folded).input(height).output();
                pairs = ArrayOps.concat(graph, 0, Literal.ofInts(1), ArrayOps.range(graph, pairs, 1L, null));
            } else {
                dense = g.dense();
            }
            Output sum = MathOps.sum(graph, ArrayOps.reshape(graph, dense, pairs, null), axes);
            sum.refineShape(g.input(0).shape());
            return new Gradient[] {sum, null};
        }
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

    static final class Roll extends OpDef {
        Roll() {
            super(
                    "Roll",
                    "input: T, shift: Tshift, axis: Taxis",
                    "output: T",
                    "T: type",
                    "Tshift: int32|int64",
                    "Taxis: int32|int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.withRankAtLeast(0, 1));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray from = k.input(0);
            for (int i = 0; i < k.input(1).size(); i++) {
                int axis = k.input(2).getInt(i);
                int at = axis < 0 ? axis + from.rank() : axis;
                if (at < 0 || at >= from.rank()) {
                    throw NnError.invalidArgument("axis " + axis + " is out of range");
                }
                int n = from.dim(at);
                int by = n == 0 ? 0 : Math.floorMod(k.input(1).getInt(i), n);
                NdArray to = NdArray.zeros(from.dtype(), from.shape());
                to.slice(at, by, n - by, 1).assign(from.slice(at, 0, n - by, 1));
                to.slice(at, 0, by, 1).assign(from.slice(at, n - by, by, 1));
                from = to;
            }
            k.output(0, from.shape()).assign(from);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output back = MathOps.negate(g.graph(), g.input(1));
            return new Gradient[] {g.op("Roll").input(g.dense()).input(back).input(g.input(2)).output(), null, null};
        }
    }

    static final class UnravelIndex extends OpDef {
        UnravelIndex() {
            super("UnravelIndex", "indices: Tidx, dims: Tidx", "output: Tidx", "Tidx: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape indices = c.input(0);
            if (indices.hasRank()) {
                Shape rows = Shape.of(c.input(1).dim(0));
                c.output(0, indices.rank() == 0 ? rows : rows.concatenate(indices));
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray indices = k.input(0);
            int[] dims = k.input(1).toInts();
            int n = indices.size();
            NdArray out = indices.rank() == 0 ? k.output(0, dims.length) : k.output(0, dims.length, n);
            int whole = Blocks.product(dims, 0, dims.length);
            for (int i = 0; i < n; i++) {
                long rest = indices.getLong(i);
                if (rest < 0 || rest >= whole) {
                    throw NnError.invalidArgument("index is out of bound as with dims");
                }
                for (int d = dims.length - 1; d >= 0; d--) {
                    out.setLong(d * n + i, rest % dims[d]);
                    rest /= dims[d];
                }
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class SpaceToDepth extends OpDef {
        SpaceToDepth() {
            super("SpaceToDepth", "input: T", "output: T", "T: type", "block_size: int", "data_format: string = NHWC");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRank(0, 4);
            int b = (int) c.operation().intAttribute("block_size");
            int[] d = in.toInts();
            for (int i = 1; i < 3; i++) {
                if (d[i] != Shape.UNKNOWN && d[i] % b != 0) {
                    throw c.invalid("Dimension size must be evenly divisible by " + b + " but is " + d[i]);
                }
            }
            c.output(0, Shape.of(d[0], d[1] < 0 ? d[1] : d[1] / b, d[2] < 0 ? d[2] : d[2] / b, d[3] < 0 ? d[3] : d[3] * b * b));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int b = (int) k.operation().intAttribute("block_size");
            int[] d = in.shape();
            NdArray out = k.output(0, d[0], d[1] / b, d[2] / b, d[3] * b * b);
            NdArray seen = in.reshape(d[0], d[1] / b, b, d[2] / b, b, d[3]);
            out.reshape(d[0], d[1] / b, d[2] / b, b, b, d[3]).assign(seen.transpose(0, 1, 3, 2, 4, 5));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                g.op("DepthToSpace").input(g.dense()).attr("block_size", g.operation().attribute("block_size")).output()
            };
        }
    }

    static final class DepthToSpace extends OpDef {
        DepthToSpace() {
            super("DepthToSpace", "input: T", "output: T", "T: type", "block_size: int", "data_format: string = NHWC");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRank(0, 4);
            int b = (int) c.operation().intAttribute("block_size");
            int[] d = in.toInts();
            if (d[3] != Shape.UNKNOWN && d[3] % (b * b) != 0) {
                throw c.invalid("Dimension size must be evenly divisible by " + b * b + " but is " + d[3]);
            }
            c.output(0, Shape.of(d[0], d[1] < 0 ? d[1] : d[1] * b, d[2] < 0 ? d[2] : d[2] * b, d[3] < 0 ? d[3] : d[3] / (b * b)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int b = (int) k.operation().intAttribute("block_size");
            int[] d = in.shape();
            int depth = d[3] / (b * b);
            NdArray out = k.output(0, d[0], d[1] * b, d[2] * b, depth);
            NdArray seen = in.reshape(d[0], d[1], d[2], b, b, depth);
            out.reshape(d[0], d[1], b, d[2], b, depth).assign(seen.transpose(0, 1, 3, 2, 4, 5));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                g.op("SpaceToDepth").input(g.dense()).attr("block_size", g.operation().attribute("block_size")).output()
            };
        }
    }

    static final class SpaceToBatch extends OpDef {
        SpaceToBatch() {
            super(
                    "SpaceToBatchND",
                    "input: T, block_shape: Tblock_shape, paddings: Tpaddings",
                    "output: T",
                    "T: type",
                    "Tblock_shape: int32|int64 = int32",
                    "Tpaddings: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            Optional<NdArray> block = c.constant(1);
            Optional<NdArray> pads = c.constant(2);
            if (!in.hasRank()) {
                return;
            }
            if (block.isEmpty() || pads.isEmpty()) {
                c.output(0, Shape.unknownOfRank(in.rank()));
                return;
            }
            int[] d = in.toInts();
            for (int i = 0; i < block.get().size(); i++) {
                int b = block.get().getInt(i);
                if (d[0] != Shape.UNKNOWN) {
                    d[0] *= b;
                }
                if (d[i + 1] != Shape.UNKNOWN) {
                    int padded = d[i + 1] + pads.get().getInt(2 * i) + pads.get().getInt(2 * i + 1);
                    if (padded % b != 0) {
                        throw c.invalid("Dimension size must be evenly divisible by " + b + " but is " + padded);
                    }
                    d[i + 1] = padded / b;
                }
            }
            c.output(0, Shape.of(d));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int[] block = k.input(1).toInts();
            int[] pads = k.input(2).toInts();
            int[] shape = in.shape();
            for (int i = 0; i < block.length; i++) {
                shape[i + 1] += pads[2 * i] + pads[2 * i + 1];
                if (shape[i + 1] % block[i] != 0) {
                    throw NnError.invalidArgument("padded_shape[" + i + "]=" + shape[i + 1]
                            + " is not divisible by block_shape[" + i + "]=" + block[i]);
                }
            }
            NdArray padded = NdArray.zeros(in.dtype(), shape);
            NdArray middle = padded;
            for (int i = 0; i < block.length; i++) {
                middle = middle.slice(i + 1, pads[2 * i], in.dim(i + 1), 1);
            }
            middle.assign(in);
            Split s = Split.of(shape, block);
            k.output(0, s.outside).reshape(s.moved).assign(padded.reshape(s.apart).transpose(s.order));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                g.op("BatchToSpaceND").input(g.dense()).input(g.input(1)).input(g.input(2)).output(), null, null
            };
        }
    }

    /** Space cut in blocks: the shape with block dimensions apart, and the order in which they go to the batch. */
    private record Split(int[] apart, int[] order, int[] moved, int[] outside) {
        static Split of(int[] shape, int[] block) {
            int m = block.length;
            int[] apart = new int[shape.length + m];
            int[] order = new int[apart.length];
            int[] outside = shape.clone();
            apart[0] = shape[0];
            for (int i = 0; i < m; i++) {
                apart[1 + 2 * i] = shape[i + 1] / block[i];
                apart[2 + 2 * i] = block[i];
                order[i] = 2 + 2 * i;
                order[m + 1 + i] = 1 + 2 * i;
                outside[0] *= block[i];
                outside[i + 1] /= block[i];
            }
            order[m] = 0;
            for (int i = m + 1; i < shape.length; i++) {
                apart[i + m] = shape[i];
                order[i + m] = i + m;
            }
            int[] moved = new int[apart.length];
            for (int i = 0; i < moved.length; i++) {
                moved[i] = apart[order[i]];
            }
            return new Split(apart, order, moved, outside);
        }
    }

    static final class BatchToSpace extends OpDef {
        BatchToSpace() {
            super(
                    "BatchToSpaceND",
                    "input: T, block_shape: Tblock_shape, crops: Tcrops",
                    "output: T",
                    "T: type",
                    "Tblock_shape: int32|int64 = int32",
                    "Tcrops: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            Optional<NdArray> block = c.constant(1);
            Optional<NdArray> crops = c.constant(2);
            if (!in.hasRank()) {
                return;
            }
            if (block.isEmpty() || crops.isEmpty()) {
                c.output(0, Shape.unknownOfRank(in.rank()));
                return;
            }
            int[] d = in.toInts();
            for (int i = 0; i < block.get().size(); i++) {
                int b = block.get().getInt(i);
                if (d[0] != Shape.UNKNOWN) {
                    d[0] /= b;
                }
                if (d[i + 1] != Shape.UNKNOWN) {
                    d[i + 1] = d[i + 1] * b - crops.get().getInt(2 * i) - crops.get().getInt(2 * i + 1);
                }
            }
            c.output(0, Shape.of(d));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int[] block = k.input(1).toInts();
            int[] crops = k.input(2).toInts();
            int[] whole = in.shape();
            for (int i = 0; i < block.length; i++) {
                if (whole[0] % block[i] != 0) {
                    throw NnError.invalidArgument("Input batch dimension (" + whole[0]
                            + ") is not divisible by product of block sizes (" + Blocks.product(block, 0, block.length) + ")");
                }
                whole[0] /= block[i];
                whole[i + 1] *= block[i];
            }
            Split s = Split.of(whole, block);
            NdArray spread = NdArray.zeros(in.dtype(), whole);
            spread.reshape(s.apart).transpose(s.order).assign(in.reshape(s.moved));
            NdArray view = spread;
            int[] shape = whole;
            for (int i = 0; i < block.length; i++) {
                shape[i + 1] -= crops[2 * i] + crops[2 * i + 1];
                view = view.slice(i + 1, crops[2 * i], shape[i + 1], 1);
            }
            k.output(0, shape).assign(view);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                g.op("SpaceToBatchND").input(g.dense()).input(g.input(1)).input(g.input(2)).output(), null, null
            };
        }
    }
}
