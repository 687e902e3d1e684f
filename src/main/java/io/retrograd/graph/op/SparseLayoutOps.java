package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Blocks;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sparse tensors joined, cut, reshaped, and with their empty rows filled. */
final class SparseLayoutOps {
    private SparseLayoutOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "SparseConcat" -> new Concat();
            case "SparseSplit" -> new Split();
            case "SparseSlice" -> new SliceOp();
            case "SparseSliceGrad" -> new SliceGradient();
            case "SparseReshape" -> new Reshape();
            case "SparseFillEmptyRows" -> new FillEmptyRows();
            case "SparseFillEmptyRowsGrad" -> new FillEmptyRowsGradient();
            default -> null;
        };
    }

    // Parts

    static final class Concat extends SparseOp {
        Concat() {
            super("SparseConcat", "indices: N * int64, values: N * T, shapes: N * int64",
                    "output_indices: int64, output_values: T, output_shape: int64", "concat_dim: int", "N: int", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            sparse(c, 0, rank(c.input(c.inputCount() - 1)));
        }

        @Override
        public void compute(KernelContext k) {
            int n = k.inputCount() / 3;
            int rank = k.input(2 * n).size();
            int axis = (int) k.operation().intAttribute("concat_dim");
            axis = axis < 0 ? axis + rank : axis;
            if (axis < 0 || axis >= rank) {
                throw NnError.invalidArgument("Concat dimension must be in range [" + -rank + ", " + rank + "), got "
                        + k.operation().intAttribute("concat_dim"));
            }
            TreeMap<Place, int[]> entries = new TreeMap<>();
            long from = 0;
            for (int p = 0; p < n; p++) {
                NdArray shape = k.input(2 * n + p);
                for (int d = 0; d < rank; d++) {
                    if (d != axis && shape.getLong(d) != k.input(2 * n).getLong(d)) {
                        throw NnError.invalidArgument("Input shapes must match: expected " + k.input(2 * n).getLong(d) + " for dimension " + d
                                + " but got " + shape.getLong(d) + " at position " + p);
                    }
                }
                for (int i = 0; i < k.input(n + p).size(); i++) {
                    List<Long> at = new ArrayList<>(Place.of(k.input(p), i).at());
                    at.set(axis, at.get(axis) + from);
                    entries.put(new Place(at), new int[] {p, i});
                }
                from += shape.getLong(axis);
            }
            NdArray indices = k.output(0, entries.size(), rank);
            NdArray values = k.output(1, entries.size());
            int i = 0;
            for (Map.Entry<Place, int[]> e : entries.entrySet()) {
                put(indices, i, e.getKey().at());
                Blocks.copy(k.input(n + e.getValue()[0]), e.getValue()[1], values, i++, 1);
            }
            NdArray shape = k.output(2, rank);
            copyShape(k.input(2 * n), shape);
            shape.setLong(axis, from);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** Writes the entries of a sparse tensor that lie in a box, moved to its corner; outputs {@code first}, apart by {@code apart}. */
    private static void box(KernelContext k, NdArray in, NdArray from, long[] start, long[] size, int first, int apart) {
        int rank = start.length;
        List<Integer> inside = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            boolean is = true;
            for (int d = 0; d < rank; d++) {
                long v = in.getLong(i * rank + d) - start[d];
                is &= v >= 0 && v < size[d];
            }
            if (is) {
                inside.add(i);
            }
        }
        NdArray indices = k.output(first, inside.size(), rank);
        NdArray values = k.output(first + apart, inside.size());
        for (int i = 0; i < inside.size(); i++) {
            for (int d = 0; d < rank; d++) {
                indices.setLong(i * rank + d, in.getLong(inside.get(i) * rank + d) - start[d]);
            }
            Blocks.copy(from, inside.get(i), values, i, 1);
        }
        NdArray shape = k.output(first + 2 * apart, rank);
        for (int d = 0; d < rank; d++) {
            shape.setLong(d, size[d]);
        }
    }

    static final class Split extends SparseOp {
        Split() {
            super("SparseSplit", "split_dim: int64, indices: int64, values: T, shape: int64",
                    "output_indices: num_split * int64, output_values: num_split * T, output_shape: num_split * int64", "num_split: int", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            int n = c.operation().outputCount() / 3;
            int rank = rank(c.input(3));
            for (int i = 0; i < n; i++) {
                c.output(i, Shape.of(Shape.UNKNOWN, rank));
                c.output(n + i, Shape.unknownOfRank(1));
                c.output(2 * n + i, Shape.of(rank));
            }
        }

        @Override
        public void compute(KernelContext k) {
            int n = Math.toIntExact(k.operation().intAttribute("num_split"));
            int axis = k.input(0).getInt(0);
            long[] size = k.input(3).toLongs();
            if (axis < 0 || axis >= size.length) {
                throw NnError.invalidArgument("Input split_dim should be between 0 and rank (" + size.length + "), got " + axis);
            }
            if (n < 1 || n > size[axis]) {
                throw NnError.invalidArgument("Input num_split should be between 1 and the splitting dimension size (" + size[axis] + "), got " + n);
            }
            long each = size[axis] / n;
            long more = size[axis] % n;
            long[] start = new long[size.length];
            for (int p = 0; p < n; p++) {
                long[] part = size.clone();
                part[axis] = each + (p < more ? 1 : 0);
                box(k, k.input(1), k.input(2), start, part, p, n);
                start[axis] += part[axis];
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class SliceOp extends SparseOp {
        SliceOp() {
            super("SparseSlice", "indices: int64, values: T, shape: int64, start: int64, size: int64",
                    "output_indices: int64, output_values: T, output_shape: int64", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            sparse(c, 0, rank(c.input(2)));
        }

        @Override
        public void compute(KernelContext k) {
            long[] start = k.input(3).toLongs();
            long[] size = k.input(4).toLongs();
            for (int d = 0; d < size.length; d++) {
                size[d] = Math.max(0, Math.min(size[d], k.input(2).getLong(d) - start[d]));
            }
            box(k, k.input(0), k.input(1), start, size, 0, 1);
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            if (c.dense(1) == null) {
                return new Gradient[5];
            }
            Output back = c.graph().op("SparseSliceGrad").input(c.dense(1)).input(c.input(0)).input(c.input(3)).input(c.output(0)).output();
            return new Gradient[] {null, back, null, null, null};
        }
    }

    static final class SliceGradient extends SparseOp {
        SliceGradient() {
            super("SparseSliceGrad", "backprop_val_grad: T, input_indices: int64, input_start: int64, output_indices: int64", "val_grad: T",
                    "T: " + NUMBERS);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape indices = c.input(1);
            c.output(0, Shape.of(indices.hasRank() ? indices.dim(0) : Shape.UNKNOWN));
        }

        @Override
        public void compute(KernelContext k) {
            Map<Place, Integer> at = new LinkedHashMap<>();
            for (int i = 0; i < k.input(3).dim(0); i++) {
                List<Long> place = new ArrayList<>(Place.of(k.input(3), i).at());
                for (int d = 0; d < place.size(); d++) {
                    place.set(d, place.get(d) + k.input(2).getLong(d));
                }
                at.put(new Place(place), i);
            }
            NdArray out = k.output(0, k.input(1).dim(0));
            Blocks.clear(out);
            for (int i = 0; i < out.size(); i++) {
                Integer from = at.get(Place.of(k.input(1), i));
                if (from != null) {
                    Blocks.copy(k.input(0), from, out, i, 1);
                }
            }
        }
    }

    static final class Reshape extends SparseOp {
        Reshape() {
            super("SparseReshape", "input_indices: int64, input_shape: int64, new_shape: int64", "output_indices: int64, output_shape: int64");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape indices = c.input(0);
            int rank = rank(c.input(2));
            c.output(0, Shape.of(indices.hasRank() ? indices.dim(0) : Shape.UNKNOWN, rank));
            c.output(1, Shape.of(rank));
        }

        @Override
        public void compute(KernelContext k) {
            long[] before = k.input(1).toLongs();
            long[] after = k.input(2).toLongs();
            long size = 1;
            for (long d : before) {
                size *= d;
            }
            long known = 1;
            int open = -1;
            for (int d = 0; d < after.length; d++) {
                if (after[d] == -1) {
                    if (open >= 0) {
                        throw NnError.invalidArgument("only one output dimension may be -1, not both " + open + " and " + d);
                    }
                    open = d;
                } else if (after[d] < 0) {
                    throw NnError.invalidArgument("size " + d + " must be non-negative, not " + after[d]);
                } else {
                    known *= after[d];
                }
            }
            if (open >= 0) {
                if (known == 0 || size % known != 0) {
                    throw NnError.invalidArgument("Input to reshape is a SparseTensor with " + size
                            + " dense values, but the requested shape requires a multiple of " + known + ". input_shape="
                            + Arrays.toString(before).replace(" ", "") + " output_shape=" + Arrays.toString(after).replace(" ", ""));
                }
                after[open] = size / known;
                known *= after[open];
            }
            if (known != size) {
                throw NnError.invalidArgument("Input to reshape is a tensor with " + size + " dense values, but the requested shape has " + known
                        + ". input_shape=" + Arrays.toString(before).replace(" ", "") + " output_shape=" + Arrays.toString(after).replace(" ", ""));
            }
            int n = k.input(0).dim(0);
            NdArray out = k.output(0, n, after.length);
            for (int i = 0; i < n; i++) {
                long at = 0;
                for (int d = 0; d < before.length; d++) {
                    at = at * before[d] + k.input(0).getLong(i * before.length + d);
                }
                for (int d = after.length - 1; d >= 0; d--) {
                    out.setLong(i * after.length + d, at % after[d]);
                    at /= after[d];
                }
            }
            NdArray shape = k.output(1, after.length);
            for (int d = 0; d < after.length; d++) {
                shape.setLong(d, after[d]);
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class FillEmptyRows extends SparseOp {
        FillEmptyRows() {
            super("SparseFillEmptyRows", PARTS + ", default_value: T",
                    "output_indices: int64, output_values: T, empty_row_indicator: bool, reverse_index_map: int64", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape indices = c.input(0);
            Shape shape = c.constantAsShape(2);
            c.output(0, Shape.of(Shape.UNKNOWN, indices.hasRank() ? indices.dim(1) : Shape.UNKNOWN));
            c.output(1, Shape.unknownOfRank(1));
            c.output(2, Shape.of(shape.hasRank() && shape.rank() > 0 ? shape.dim(0) : Shape.UNKNOWN));
            c.output(3, Shape.of(indices.hasRank() ? indices.dim(0) : Shape.UNKNOWN));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray indices = k.input(0);
            int rank = indices.dim(1);
            int rows = k.input(2).getInt(0);
            List<List<Integer>> byRow = new ArrayList<>();
            for (int r = 0; r < rows; r++) {
                byRow.add(new ArrayList<>());
            }
            for (int i = 0; i < indices.dim(0); i++) {
                int row = indices.getInt(i * rank);
                if (row < 0 || row >= rows) {
                    throw NnError.invalidArgument("indices(" + i + ", 0) is invalid: " + row + " >= " + rows);
                }
                byRow.get(row).add(i);
            }
            int total = 0;
            for (List<Integer> row : byRow) {
                total += Math.max(1, row.size());
            }
            NdArray out = k.output(0, total, rank);
            NdArray values = k.output(1, total);
            NdArray empty = k.output(2, rows);
            NdArray back = k.output(3, indices.dim(0));
            int at = 0;
            for (int r = 0; r < rows; r++) {
                empty.setLong(r, byRow.get(r).isEmpty() ? 1 : 0);
                if (byRow.get(r).isEmpty()) {
                    for (int d = 0; d < rank; d++) {
                        out.setLong(at * rank + d, d == 0 ? r : 0);
                    }
                    Blocks.copy(k.input(3), 0, values, at++, 1);
                }
                for (int i : byRow.get(r)) {
                    Blocks.copy(indices, i * rank, out, at * rank, rank);
                    Blocks.copy(k.input(1), i, values, at, 1);
                    back.setLong(i, at++);
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            if (c.dense(1) == null) {
                return new Gradient[4];
            }
            List<Output> back = c.graph().op("SparseFillEmptyRowsGrad").input(c.output(3)).input(c.dense(1)).operation().outputs();
            return new Gradient[] {null, back.get(0), null, back.get(1)};
        }
    }

    static final class FillEmptyRowsGradient extends SparseOp {
        FillEmptyRowsGradient() {
            super("SparseFillEmptyRowsGrad", "reverse_index_map: int64, grad_values: T", "d_values: T, d_default_value: T", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(0));
            c.output(1, Shape.scalar());
        }

        @Override
        public void compute(KernelContext k) {
            NdArray dy = k.input(1);
            int n = k.input(0).size();
            NdArray values = k.output(0, n);
            boolean[] taken = new boolean[dy.size()];
            for (int i = 0; i < n; i++) {
                int from = k.input(0).getInt(i);
                taken[from] = true;
                Blocks.copy(dy, from, values, i, 1);
            }
            NdArray rest = k.output(1);
            Blocks.clear(rest);
            for (int i = 0; i < taken.length; i++) {
                if (!taken[i]) {
                    Blocks.add(dy, i, rest, 0, 1);
                }
            }
        }
    }
}
