package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.kernel.Blocks;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sparse tensors reduced along axes: sums, largest, softmax. */
final class SparseSumOps {
    private SparseSumOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "SparseReduceSum" -> new Reduce(type, SparseOp.NUMBERS, false);
            case "SparseReduceMax" -> new Reduce(type, SparseOp.REAL, true);
            case "SparseReduceSumSparse" -> new ReduceSparse(type, SparseOp.NUMBERS, false);
            case "SparseReduceMaxSparse" -> new ReduceSparse(type, SparseOp.REAL, true);
            case "SparseSoftmax" -> new Softmax();
            default -> null;
        };
    }

    private static boolean[] reduced(NdArray axes, int rank) {
        boolean[] is = new boolean[rank];
        if (axes.size() == 0) {
            Arrays.fill(is, true);
        }
        for (int i = 0; i < axes.size(); i++) {
            int axis = axes.getInt(i);
            if (axis < -rank || axis >= rank) {
                throw NnError.invalidArgument("Invalid reduction dimension " + axis + ", for input with " + rank + " dimensions.");
            }
            is[axis < 0 ? axis + rank : axis] = true;
        }
        return is;
    }

    /** The groups of entries that fall on one place of the result, each with its sum or largest: real and imaginary part. */
    private static TreeMap<SparseOp.Place, double[]> groups(KernelContext k, boolean largest, boolean[] is) {
        NdArray indices = k.input(0);
        NdArray values = k.input(1);
        boolean complex = values.dtype().isComplex();
        boolean whole = values.dtype().isInteger();
        TreeMap<SparseOp.Place, double[]> groups = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            List<Long> at = new ArrayList<>();
            SparseOp.Place place = SparseOp.Place.of(indices, i);
            for (int d = 0; d < is.length; d++) {
                if (!is[d]) {
                    at.add(place.at().get(d));
                }
            }
            double value = values.getDouble(i);
            double[] sum = groups.get(new SparseOp.Place(at));
            if (sum == null) {
                groups.put(new SparseOp.Place(at), new double[] {value, complex ? values.getImaginary(i) : 0});
            } else if (largest) {
                sum[0] = Math.max(sum[0], value);
            } else {
                sum[0] = whole || values.dtype() == DType.FLOAT64 ? sum[0] + value : (float) (sum[0] + value);
                sum[1] += complex ? values.getImaginary(i) : 0;
            }
        }
        return groups;
    }

    static final class Reduce extends SparseOp {
        private final boolean largest;

        Reduce(String type, String types, boolean largest) {
            super(type, "input_indices: int64, input_values: T, input_shape: int64, reduction_axes: int32", "output: T",
                    "keep_dims: bool = false", "T: " + types);
            this.largest = largest;
        }

        @Override
        public void infer(ShapeContext c) {
            Shape shape = c.constantAsShape(2);
            if (!shape.hasRank() || c.constant(3).isEmpty()) {
                c.output(0, Shape.unknown());
                return;
            }
            boolean[] is = reduced(c.constant(3).get(), shape.rank());
            List<Integer> dims = new ArrayList<>();
            for (int d = 0; d < is.length; d++) {
                if (!is[d]) {
                    dims.add(shape.dim(d));
                } else if (c.operation().flag("keep_dims")) {
                    dims.add(1);
                }
            }
            c.output(0, Shape.of(dims.stream().mapToInt(d -> d).toArray()));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray shape = k.input(2);
            boolean[] is = reduced(k.input(3), shape.size());
            List<Integer> kept = new ArrayList<>();
            List<Integer> dims = new ArrayList<>();
            for (int d = 0; d < is.length; d++) {
                if (!is[d]) {
                    kept.add(shape.getInt(d));
                    dims.add(shape.getInt(d));
                } else if (k.operation().flag("keep_dims")) {
                    dims.add(1);
                }
            }
            NdArray out = k.output(0, dims.stream().mapToInt(d -> d).toArray());
            Blocks.clear(out);
            groups(k, largest, is).forEach((place, value) -> {
                int at = 0;
                for (int d = 0; d < kept.size(); d++) {
                    at = at * kept.get(d) + (int) (long) place.at().get(d);
                }
                set(out, at, value);
            });
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            if (largest) {
                return super.gradient(c);
            }
            Graph g = c.graph();
            ReducedShape reduced = ReducedShape.of(g, MathOps.cast(g, c.input(2), DType.INT32, null), c.input(3));
            Output wide = ArrayOps.reshape(g, c.dense(), reduced.kept(), null);
            Output scale = MathOps.cast(g, reduced.tiles(), DType.INT64, null);
            Output places = MathOps.binary(g, "FloorDiv", c.input(0), scale, null);
            return new Gradient[] {null, g.op("GatherNd").input(wide).input(places).output(), null, null};
        }
    }

    static final class ReduceSparse extends SparseOp {
        private final boolean largest;

        ReduceSparse(String type, String types, boolean largest) {
            super(type, "input_indices: int64, input_values: T, input_shape: int64, reduction_axes: int32",
                    "output_indices: int64, output_values: T, output_shape: int64", "keep_dims: bool = false", "T: " + types);
            this.largest = largest;
        }

        @Override
        public void infer(ShapeContext c) {
            sparse(c, 0, Shape.UNKNOWN);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray shape = k.input(2);
            boolean[] is = reduced(k.input(3), shape.size());
            boolean keeps = k.operation().flag("keep_dims");
            Map<Place, double[]> groups = groups(k, largest, is);
            int rank = 0;
            for (boolean each : is) {
                rank += each && !keeps ? 0 : 1;
            }
            NdArray indices = k.output(0, groups.size(), rank);
            NdArray values = k.output(1, groups.size());
            NdArray outShape = k.output(2, rank);
            int i = 0;
            for (Map.Entry<Place, double[]> e : groups.entrySet()) {
                List<Long> at = new ArrayList<>();
                int next = 0;
                for (boolean each : is) {
                    if (!each) {
                        at.add(e.getKey().at().get(next++));
                    } else if (keeps) {
                        at.add(0L);
                    }
                }
                put(indices, i, at);
                set(values, i++, e.getValue());
            }
            int next = 0;
            for (int d = 0; d < is.length; d++) {
                if (!is[d] || keeps) {
                    outShape.setLong(next++, is[d] ? 1 : shape.getLong(d));
                }
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** The softmax over the entries that are there of each row. */
    static final class Softmax extends SparseOp {
        Softmax() {
            super("SparseSoftmax", "sp_indices: int64, sp_values: T, sp_shape: int64", "output: T", "T: float|double");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(1));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray values = k.input(1);
            Map<List<Long>, List<Integer>> rows = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                List<Long> at = Place.of(k.input(0), i).at();
                rows.computeIfAbsent(List.copyOf(at.subList(0, at.size() - 1)), r -> new ArrayList<>()).add(i);
            }
            NdArray out = k.output(0, values.size());
            for (List<Integer> row : rows.values()) {
                double most = Double.NEGATIVE_INFINITY;
                for (int i : row) {
                    most = Math.max(most, values.getDouble(i));
                }
                double sum = 0;
                for (int i : row) {
                    sum += Math.exp(values.getDouble(i) - most);
                }
                for (int i : row) {
                    out.setDouble(i, Math.exp(values.getDouble(i) - most) / sum);
                }
            }
        }

        /** dx = y (dy - the sum of y dy in the row). */
        @Override
        public Gradient[] gradient(GradientContext c) {
            Graph g = c.graph();
            Output y = c.output(0);
            Output product = MathOps.times(g, y, c.dense());
            Output sums = g.op("SparseReduceSum").input(c.input(0)).input(product).input(c.input(2))
                    .input(g.constant(NdArray.of(new int[] {-1}, 1), "Const")).attr("keep_dims", true).output();
            Output wide = MathOps.unary(g, "Neg", sums, null);
            Output centred = g.op("SparseDenseCwiseAdd").input(c.input(0)).input(c.dense()).input(c.input(2)).input(wide).output();
            return new Gradient[] {null, MathOps.times(g, y, centred), null};
        }
    }
}
