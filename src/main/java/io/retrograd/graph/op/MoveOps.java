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
import io.retrograd.kernel.Transposition;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Elements in another order: transposed, tiled, rolled; positions from numbers. */
final class MoveOps {
    private MoveOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Transpose", "ConjugateTranspose" -> new Transpose(type);
            case "InvertPermutation" -> new InvertPermutation();
            case "Tile" -> new Tile();
            case "Roll" -> new Roll();
            case "UnravelIndex" -> new UnravelIndex();
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
}
