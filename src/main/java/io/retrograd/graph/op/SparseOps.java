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
import io.retrograd.graph.build.Indexing;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Tensors given by index tuples and values: spreading, ordering, products, edit distances, sums of picked rows. */
final class SparseOps {
    private SparseOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "SparseToDense" -> new SparseToDense();
            case "SparseReorder" -> new SparseReorder();
            case "SparseTensorDenseMatMul" -> new SparseTensorDenseMatMul();
            case "EditDistance" -> new EditDistance();
            case "SparseSegmentSum", "SparseSegmentMean", "SparseSegmentSqrtN" -> new SparseSegment(type);
            default -> null;
        };
    }

    static final class SparseToDense extends OpDef {
        SparseToDense() {
            super(
                    "SparseToDense",
                    "sparse_indices: Tindices, output_shape: Tindices, sparse_values: T, default_value: T",
                    "dense: T",
                    "validate_indices: bool = true",
                    "T: type",
                    "Tindices: int32|int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.constantAsShape(1));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray indices = k.input(0);
            int[] shape = k.input(1).toInts();
            NdArray values = k.input(2);
            NdArray out = k.output(0, shape);
            Blocks.fill(out, k.input(3));
            int n = indices.rank() == 0 ? 1 : indices.dim(0);
            int rank = indices.rank() == 2 ? indices.dim(1) : 1;
            if (rank != shape.length) {
                throw NnError.invalidArgument("output_shape has incorrect number of elements: " + shape.length
                        + " should be: " + rank);
            }
            if (values.rank() > 0 && values.size() != n) {
                throw NnError.invalidArgument("sparse_values has incorrect shape " + Broadcast.brackets(values.shape())
                        + ", should be [] or [" + n + "]");
            }
            boolean ordered = k.operation().flag("validate_indices");
            int last = -1;
            for (int i = 0; i < n; i++) {
                int at = 0;
                StringBuilder tuple = new StringBuilder();
                for (int d = 0; d < rank; d++) {
                    long v = indices.getLong(i * rank + d);
                    tuple.append(d > 0 ? "," : "").append(v);
                    if (v < 0 || v >= shape[d]) {
                        throw NnError.invalidArgument("indices[" + i + "] = [" + tuple + rest(indices, i, d + 1, rank)
                                + "] is out of bounds: need 0 <= index < " + Broadcast.brackets(shape));
                    }
                    at = at * shape[d] + (int) v;
                }
                if (ordered && at <= last) {
                    throw NnError.invalidArgument("indices[" + i + "] = [" + tuple + "] is "
                            + (at == last ? "repeated" : "out of order"));
                }
                last = at;
                Blocks.copy(values, values.rank() == 0 ? 0 : i, out, at, 1);
            }
        }

        private static String rest(NdArray indices, int i, int from, int rank) {
            StringBuilder s = new StringBuilder();
            for (int d = from; d < rank; d++) {
                s.append(',').append(indices.getLong(i * rank + d));
            }
            return s.toString();
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output values = graph.op("GatherNd").input(g.dense()).input(g.input(0)).output();
            Output whole = MathOps.reduce(graph, "Sum", g.dense(), null, false, null);
            Output background = MathOps.minus(graph, whole, MathOps.reduce(graph, "Sum", values, null, false, null));
            return new Gradient[] {null, null, values, background};
        }
    }

    static final class SparseReorder extends OpDef {
        SparseReorder() {
            super(
                    "SparseReorder",
                    "input_indices: int64, input_values: T, input_shape: int64",
                    "output_indices: int64, output_values: T",
                    "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(0));
            c.output(1, c.input(1));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray indices = k.input(0);
            NdArray values = k.input(1);
            int n = indices.dim(0);
            int rank = indices.dim(1);
            Integer[] order = new Integer[n];
            for (int i = 0; i < n; i++) {
                order[i] = i;
            }
            Arrays.sort(order, (a, b) -> {
                for (int d = 0; d < rank; d++) {
                    int c = Long.compare(indices.getLong(a * rank + d), indices.getLong(b * rank + d));
                    if (c != 0) {
                        return c;
                    }
                }
                return 0;
            });
            NdArray to = k.output(0, n, rank);
            NdArray out = k.output(1, n);
            for (int i = 0; i < n; i++) {
                Blocks.copy(indices, order[i] * rank, to, i * rank, rank);
                Blocks.copy(values, order[i], out, i, 1);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output count = ArrayOps.at(graph, Shapes.shape(graph, g.input(0), null), 0);
            Output numbers = MathOps.range(graph, count);
            Output order = graph.op("SparseReorder").input(g.input(0)).input(numbers).input(g.input(2)).operation().output(1);
            Output back = MathOps.unary(graph, "InvertPermutation", order, null);
            return new Gradient[] {null, ArrayOps.gather(graph, g.dense(1), back), null};
        }
    }

    static final class SparseTensorDenseMatMul extends OpDef {
        SparseTensorDenseMatMul() {
            super(
                    "SparseTensorDenseMatMul",
                    "a_indices: Tindices, a_values: T, a_shape: int64, b: T",
                    "product: T",
                    "T: type",
                    "Tindices: int32|int64 = int64",
                    "adjoint_a: bool = false",
                    "adjoint_b: bool = false");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape a = c.constantAsShape(2);
            Shape b = c.withRank(3, 2);
            boolean ta = c.operation().flag("adjoint_a");
            boolean tb = c.operation().flag("adjoint_b");
            if (!a.hasRank()) {
                a = Shape.unknownOfRank(2);
            }
            c.mergeDims(a.dim(ta ? 0 : 1), b.dim(tb ? 1 : 0));
            c.output(0, Shape.of(a.dim(ta ? 1 : 0), b.dim(tb ? 0 : 1)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray indices = k.input(0);
            NdArray values = k.input(1);
            NdArray b = k.input(3);
            boolean ta = k.operation().flag("adjoint_a");
            boolean tb = k.operation().flag("adjoint_b");
            int m = k.input(2).getInt(ta ? 1 : 0);
            int inner = k.input(2).getInt(ta ? 0 : 1);
            int n = b.dim(tb ? 0 : 1);
            if (b.dim(tb ? 1 : 0) != inner) {
                throw NnError.invalidArgument("Cannot multiply A and B because inner dimension does not match: " + inner
                        + " vs. " + b.dim(tb ? 1 : 0)
                        + ".  Did you forget a transpose?  Dimensions of A: [" + k.input(2).getLong(0) + ", "
                        + k.input(2).getLong(1) + ").  Dimensions of B: " + Broadcast.brackets(b.shape()));
            }
            NdArray right = tb ? b.transpose().copy() : b;
            NdArray out = k.output(0, m, n);
            Blocks.clear(out);
            for (int i = 0; i < values.size(); i++) {
                int row = indices.getInt(2 * i + (ta ? 1 : 0));
                int column = indices.getInt(2 * i + (ta ? 0 : 1));
                if (row < 0 || row >= m || column < 0 || column >= inner) {
                    throw NnError.invalidArgument((column < 0 || column >= inner ? "k (" + column + ") from index[" + i
                            + ",1] out of bounds (>=" + inner : "m (" + row + ") from index[" + i + ",0] out of bounds (>=" + m)
                            + ")");
                }
                if (out.dtype() == DType.FLOAT32) {
                    float v = values.floats()[i];
                    float[] x = right.floats();
                    float[] y = out.floats();
                    for (int j = 0; j < n; j++) {
                        y[row * n + j] += v * x[column * n + j];
                    }
                } else {
                    for (int j = 0; j < n; j++) {
                        double sum = out.getDouble(row * n + j) + values.getDouble(i) * right.getDouble(column * n + j);
                        out.setDouble(row * n + j, sum);
                    }
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            boolean ta = g.operation().flag("adjoint_a");
            boolean tb = g.operation().flag("adjoint_b");
            Output db = graph.op("SparseTensorDenseMatMul").input(g.input(0)).input(g.input(1)).input(g.input(2))
                    .input(g.dense()).attr("adjoint_a", !ta).output();
            if (tb) {
                db = ArrayOps.transpose(graph, db, null);
            }
            Output rows = new Indexing(graph).range(null, null, null).at(0).of(g.input(0));
            Output columns = new Indexing(graph).range(null, null, null).at(1).of(g.input(0));
            Output left = ArrayOps.gather(graph, g.dense(), ta ? columns : rows);
            Output b = tb ? ArrayOps.transpose(graph, g.input(3), null) : g.input(3);
            Output right = ArrayOps.gather(graph, b, ta ? rows : columns);
            Output product = MathOps.times(graph, left, right);
            return new Gradient[] {null, MathOps.sum(graph, product, Literal.of(1)), null, db};
        }
    }

    static final class EditDistance extends OpDef {
        EditDistance() {
            super(
                    "EditDistance",
                    "hypothesis_indices: int64, hypothesis_values: T, hypothesis_shape: int64, "
                            + "truth_indices: int64, truth_values: T, truth_shape: int64",
                    "output: float",
                    "normalize: bool = true",
                    "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape a = c.constantAsShape(2);
            Shape b = c.constantAsShape(5);
            if (c.constant(2).isEmpty() || c.constant(5).isEmpty()) {
                return;
            }
            int[] dims = new int[a.rank() - 1];
            for (int i = 0; i < dims.length; i++) {
                dims[i] = Math.max(a.dim(i), b.dim(i));
            }
            c.output(0, Shape.of(dims));
        }

        /** Where the elements of each sequence lie, by the sequence's flat number. */
        private static Map<Integer, int[]> sequences(NdArray indices, int[] shape) {
            Map<Integer, int[]> found = new TreeMap<>();
            int rank = indices.dim(1);
            for (int i = 0; i < indices.dim(0); i++) {
                int at = 0;
                for (int d = 0; d < rank - 1; d++) {
                    at = at * shape[d] + indices.getInt(i * rank + d);
                }
                int[] range = found.get(at);
                if (range == null) {
                    found.put(at, new int[] {i, i + 1});
                } else {
                    range[1] = i + 1;
                }
            }
            return found;
        }

        @Override
        public void compute(KernelContext k) {
            int rank = k.input(2).size();
            if (rank != k.input(5).size()) {
                throw NnError.invalidArgument("truth_shape should have the same length as hypothesis_shape");
            }
            int[] shape = new int[rank - 1];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = Math.max(k.input(2).getInt(i), k.input(5).getInt(i));
            }
            NdArray out = k.output(0, shape);
            Map<Integer, int[]> hypotheses = sequences(k.input(0), shape);
            Map<Integer, int[]> truths = sequences(k.input(3), shape);
            boolean normalize = k.operation().flag("normalize");
            int[] none = {0, 0};
            for (int s = 0; s < out.size(); s++) {
                int[] h = hypotheses.getOrDefault(s, none);
                int[] t = truths.getOrDefault(s, none);
                float length = t[1] - t[0];
                float distance = distance(k.input(1), h, k.input(4), t);
                if (normalize) {
                    distance = length > 0 ? distance / length : h[1] > h[0] ? Float.POSITIVE_INFINITY : 0;
                }
                out.floats()[s] = distance;
            }
        }

        /** Levenshtein's distance by rows. */
        private static int distance(NdArray a, int[] ra, NdArray b, int[] rb) {
            int n = rb[1] - rb[0];
            int[] row = new int[n + 1];
            for (int j = 0; j <= n; j++) {
                row[j] = j;
            }
            for (int i = ra[0]; i < ra[1]; i++) {
                int diagonal = row[0];
                row[0]++;
                for (int j = 1; j <= n; j++) {
                    int change = diagonal + (same(a, i, b, rb[0] + j - 1) ? 0 : 1);
                    diagonal = row[j];
                    row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
                }
            }
            return row[n];
        }

        private static boolean same(NdArray a, int i, NdArray b, int j) {
            if (a.dtype() == DType.STRING) {
                return Arrays.equals((byte[]) a.getObject(i), (byte[]) b.getObject(j));
            }
            return a.dtype().isInteger() ? a.getLong(i) == b.getLong(j) : a.getDouble(i) == b.getDouble(j);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** Sums, means or scaled sums of rows picked by index, a result row for each run of equal segment numbers. */
    static final class SparseSegment extends OpDef {
        SparseSegment(String type) {
            super(
                    type,
                    "data: T, indices: Tidx, segment_ids: int32",
                    "output: T",
                    "T: " + Types.REAL,
                    "Tidx: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape data = c.withRankAtLeast(0, 1);
            c.output(0, Shape.unknownOfRank(1).concatenate(data.hasRank() ? data.slice(1, data.rank()) : data));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray data = k.input(0);
            NdArray indices = k.input(1);
            NdArray ids = k.input(2);
            int rows = ids.size() == 0 ? 0 : ids.getInt(ids.size() - 1) + 1;
            int[] shape = data.shape();
            int run = shape[0] == 0 ? 0 : data.size() / shape[0];
            shape[0] = rows;
            NdArray out = k.output(0, shape);
            Blocks.clear(out);
            int[] counts = new int[rows];
            for (int i = 0; i < ids.size(); i++) {
                int to = ids.getInt(i);
                long from = indices.getLong(i);
                if (to < 0 || i > 0 && to < ids.getInt(i - 1)) {
                    throw NnError.invalidArgument("segment ids are not increasing");
                }
                if (from < 0 || from >= data.dim(0)) {
                    throw NnError.invalidArgument("Bad: indices[" + i + "] == " + from + " out of range [0, " + data.dim(0) + ")");
                }
                Blocks.add(data, (int) from * run, out, to * run, run);
                counts[to]++;
            }
            for (int r = 0; !type().equals("SparseSegmentSum") && r < rows; r++) {
                double by = type().equals("SparseSegmentMean") ? counts[r] : Math.sqrt(counts[r]);
                for (int j = 0; counts[r] > 1 && j < run; j++) {
                    out.setDouble(r * run + j, out.getDouble(r * run + j) / by);
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output rows = ArrayOps.at(graph, Shapes.shape(graph, g.input(0), null), 0);
            Output upstream = g.dense();
            if (!type().equals("SparseSegmentSum")) {
                Output ones = Shapes.onesLike(graph, g.input(2), upstream.dtype(), true, null);
                Output counts = graph.op("SegmentSum").input(ones).input(g.input(2)).output();
                Output safe = MathOps.binary(graph, "Maximum", counts, Literal.of(1.0), null);
                Output by = type().equals("SparseSegmentMean") ? safe : MathOps.unary(graph, "Sqrt", safe, null);
                upstream = MathOps.over(graph, upstream, ArrayOps.expandDims(graph, by, 1));
            }
            Output picked = ArrayOps.gather(graph, upstream, g.input(2));
            return new Gradient[] {
                graph.op("UnsortedSegmentSum").input(picked).input(g.input(1)).input(rows).output(), null, null
            };
        }
    }
}
