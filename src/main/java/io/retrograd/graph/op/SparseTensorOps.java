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
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is done with sparse tensors as a whole: sums and largest along axes, adding, joining, cutting, filling, softmax. */
final class SparseTensorOps {
    private static final String NUMBERS = "float|double|uint8|int16|int8|complex64|complex128|int64|int32|half|uint16|uint32|uint64";
    private static final String REAL = "float|double|int32|uint8|int16|int8|int64|half|uint16|uint32|uint64";
    private static final String PARTS = "indices: int64, values: T, dense_shape: int64";

    private SparseTensorOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "SparseReduceSum" -> new Reduce(type, NUMBERS, false);
            case "SparseReduceMax" -> new Reduce(type, REAL, true);
            case "SparseReduceSumSparse" -> new ReduceSparse(type, NUMBERS, false);
            case "SparseReduceMaxSparse" -> new ReduceSparse(type, REAL, true);
            case "SparseAdd" -> new Add();
            case "SparseAddGrad" -> new AddGradient();
            case "SparseTensorDenseAdd" -> new DenseAdd();
            case "SparseDenseCwiseAdd", "SparseDenseCwiseMul", "SparseDenseCwiseDiv" -> new Cwise(type);
            case "SparseSparseMaximum", "SparseSparseMinimum" -> new Extreme(type);
            case "SparseConcat" -> new Concat();
            case "SparseSplit" -> new Split();
            case "SparseSlice" -> new SliceOp();
            case "SparseSliceGrad" -> new SliceGradient();
            case "SparseReshape" -> new Reshape();
            case "SparseFillEmptyRows" -> new FillEmptyRows();
            case "SparseFillEmptyRowsGrad" -> new FillEmptyRowsGradient();
            case "SparseSoftmax" -> new Softmax();
            default -> null;
        };
    }

    /** One entry's place, comparable and usable as a key. */
    private record Place(List<Long> at) implements Comparable<Place> {
        static Place of(NdArray indices, int i) {
            int rank = indices.dim(1);
            Long[] at = new Long[rank];
            for (int d = 0; d < rank; d++) {
                at[d] = indices.getLong(i * rank + d);
            }
            return new Place(Arrays.asList(at));
        }

        @Override
        public int compareTo(Place other) {
            for (int d = 0; d < at.size(); d++) {
                int c = Long.compare(at.get(d), other.at.get(d));
                if (c != 0) {
                    return c;
                }
            }
            return 0;
        }
    }

    private static void put(NdArray indices, int i, List<Long> at) {
        for (int d = 0; d < at.size(); d++) {
            indices.setLong(i * at.size() + d, at.get(d));
        }
    }

    private static int rank(Shape shapeInput) {
        return shapeInput.hasRank() && shapeInput.rank() == 1 ? shapeInput.dim(0) : Shape.UNKNOWN;
    }

    private static void copyShape(NdArray from, NdArray to) {
        for (int d = 0; d < from.size(); d++) {
            to.setLong(d, from.getLong(d));
        }
    }

    private abstract static class Sparse extends OpDef {
        Sparse(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, attributes);
        }

        /** Outputs that are a sparse tensor of that rank. */
        static void sparse(ShapeContext c, int first, int rank) {
            c.output(first, Shape.of(Shape.UNKNOWN, rank));
            c.output(first + 1, Shape.unknownOfRank(1));
            c.output(first + 2, Shape.of(rank));
        }
    }

    // Along axes

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
    private static TreeMap<Place, double[]> groups(KernelContext k, boolean largest, boolean[] is) {
        NdArray indices = k.input(0);
        NdArray values = k.input(1);
        boolean complex = values.dtype().isComplex();
        boolean whole = values.dtype().isInteger();
        TreeMap<Place, double[]> groups = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            List<Long> at = new ArrayList<>();
            Place place = Place.of(indices, i);
            for (int d = 0; d < is.length; d++) {
                if (!is[d]) {
                    at.add(place.at.get(d));
                }
            }
            double value = values.getDouble(i);
            double[] sum = groups.get(new Place(at));
            if (sum == null) {
                groups.put(new Place(at), new double[] {value, complex ? values.getImaginary(i) : 0});
            } else if (largest) {
                sum[0] = Math.max(sum[0], value);
            } else {
                sum[0] = whole || values.dtype() == DType.FLOAT64 ? sum[0] + value : (float) (sum[0] + value);
                sum[1] += complex ? values.getImaginary(i) : 0;
            }
        }
        return groups;
    }

    private static void set(NdArray out, int i, double[] value) {
        if (out.dtype().isComplex()) {
            out.setComplex(i, value[0], value[1]);
        } else {
            out.setDouble(i, value[0]);
        }
    }

    static final class Reduce extends Sparse {
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
                    at = at * kept.get(d) + (int) (long) place.at.get(d);
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

    static final class ReduceSparse extends Sparse {
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
                        at.add(e.getKey().at.get(next++));
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

    // Two tensors

    private static void sameShape(NdArray a, NdArray b) {
        if (!Arrays.equals(a.toLongs(), b.toLongs())) {
            throw NnError.invalidArgument("Operands' shapes do not match: got " + Broadcast.brackets(a.toInts()) + " and "
                    + Broadcast.brackets(b.toInts()));
        }
    }

    static final class Add extends Sparse {
        Add() {
            super("SparseAdd", "a_indices: int64, a_values: T, a_shape: int64, b_indices: int64, b_values: T, b_shape: int64, thresh: Treal",
                    "sum_indices: int64, sum_values: T, sum_shape: int64", "T: " + NUMBERS, "Treal: " + REAL);
        }

        @Override
        public void infer(ShapeContext c) {
            sparse(c, 0, rank(c.input(2)));
        }

        @Override
        public void compute(KernelContext k) {
            sameShape(k.input(2), k.input(5));
            TreeMap<Place, double[]> sums = new TreeMap<>();
            for (int side = 0; side < 6; side += 3) {
                NdArray values = k.input(side + 1);
                boolean complex = values.dtype().isComplex();
                for (int i = 0; i < values.size(); i++) {
                    double[] sum = sums.computeIfAbsent(Place.of(k.input(side), i), p -> new double[2]);
                    sum[0] += values.getDouble(i);
                    sum[1] += complex ? values.getImaginary(i) : 0;
                }
            }
            double threshold = k.input(6).getDouble(0);
            sums.values().removeIf(v -> Math.hypot(v[0], v[1]) < threshold);
            NdArray indices = k.output(0, sums.size(), k.input(2).size());
            NdArray values = k.output(1, sums.size());
            int i = 0;
            for (Map.Entry<Place, double[]> e : sums.entrySet()) {
                put(indices, i, e.getKey().at);
                set(values, i++, e.getValue());
            }
            copyShape(k.input(2), k.output(2, k.input(2).size()));
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            if (c.dense(1) == null) {
                return new Gradient[7];
            }
            List<Output> back = c.graph().op("SparseAddGrad").input(c.dense(1)).input(c.input(0)).input(c.input(3)).input(c.output(0))
                    .operation().outputs();
            return new Gradient[] {null, back.get(0), null, null, back.get(1), null, null};
        }
    }

    static final class AddGradient extends Sparse {
        AddGradient() {
            super("SparseAddGrad", "backprop_val_grad: T, a_indices: int64, b_indices: int64, sum_indices: int64", "a_val_grad: T, b_val_grad: T",
                    "T: " + NUMBERS);
        }

        @Override
        public void infer(ShapeContext c) {
            for (int side = 0; side < 2; side++) {
                Shape indices = c.input(1 + side);
                c.output(side, Shape.of(indices.hasRank() ? indices.dim(0) : Shape.UNKNOWN));
            }
        }

        @Override
        public void compute(KernelContext k) {
            Map<Place, Integer> at = new LinkedHashMap<>();
            for (int i = 0; i < k.input(3).dim(0); i++) {
                at.put(Place.of(k.input(3), i), i);
            }
            for (int side = 0; side < 2; side++) {
                NdArray indices = k.input(1 + side);
                NdArray out = k.output(side, indices.dim(0));
                Blocks.clear(out);
                for (int i = 0; i < indices.dim(0); i++) {
                    Integer from = at.get(Place.of(indices, i));
                    if (from != null) {
                        Blocks.copy(k.input(0), from, out, i, 1);
                    }
                }
            }
        }
    }

    private static int flat(NdArray indices, int i, int[] shape) {
        int at = 0;
        for (int d = 0; d < shape.length; d++) {
            long v = indices.getLong(i * shape.length + d);
            if (v < 0 || v >= shape[d]) {
                throw NnError.invalidArgument("Sparse tensor has some invalid index on dimension " + d + ": " + v
                        + " is not in [0, " + shape[d] + ")");
            }
            at = at * shape[d] + (int) v;
        }
        return at;
    }

    static final class DenseAdd extends Sparse {
        DenseAdd() {
            super("SparseTensorDenseAdd", "a_indices: Tindices, a_values: T, a_shape: Tindices, b: T", "output: T", "T: " + NUMBERS,
                    "Tindices: int32|int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(3));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray b = k.input(3);
            if (!Arrays.equals(k.input(2).toInts(), b.shape())) {
                throw NnError.invalidArgument("Dimensions of a_shape and b do not match: " + Broadcast.brackets(k.input(2).toInts()) + " vs. "
                        + Broadcast.brackets(b.shape()));
            }
            NdArray out = k.output(0, b.shape());
            Blocks.copy(b, 0, out, 0, b.size());
            for (int i = 0; i < k.input(1).size(); i++) {
                Blocks.add(k.input(1), i, out, flat(k.input(0), i, b.shape()), 1);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Output values = c.graph().op("GatherNd").input(c.dense()).input(c.input(0)).output();
            return new Gradient[] {null, values, null, c.dense()};
        }
    }

    /** The values of a sparse tensor with those of a dense one at the same places. */
    static final class Cwise extends Sparse {
        Cwise(String type) {
            super(type, "sp_indices: int64, sp_values: T, sp_shape: int64, dense: T", "output: T", "T: " + NUMBERS);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape indices = c.input(0);
            c.output(0, Shape.of(indices.hasRank() ? indices.dim(0) : Shape.UNKNOWN));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray values = k.input(1);
            int[] shape = k.input(2).toInts();
            NdArray dense = k.input(3);
            if (dense.rank() > shape.length) {
                throw NnError.invalidArgument("SparseDenseBinaryOpShared broadcasts dense to sparse only; got incompatible shapes: ["
                        + Broadcast.brackets(shape) + "] vs. [" + Broadcast.brackets(dense.shape()) + "]");
            }
            NdArray wide = Broadcast.expand(dense, shape);
            NdArray out = k.output(0, values.size());
            for (int i = 0; i < values.size(); i++) {
                double x = values.getDouble(i);
                double y = wide.getDouble(flat(k.input(0), i, shape));
                double z = switch (type()) {
                    case "SparseDenseCwiseAdd" -> x + y;
                    case "SparseDenseCwiseMul" -> x * y;
                    default -> x / y;
                };
                if (out.dtype().isInteger()) {
                    out.setLong(i, type().endsWith("Div") ? values.getLong(i) / wide.getLong(flat(k.input(0), i, shape)) : (long) z);
                } else {
                    out.setDouble(i, z);
                }
            }
        }

        /** As in TensorFlow, only the sparse side of a product or quotient of equal shapes, and of a dense side that needs no sum. */
        @Override
        public Gradient[] gradient(GradientContext c) {
            if (type().equals("SparseDenseCwiseAdd")) {
                throw new NnError(io.retrograd.error.ErrorKind.NOT_IMPLEMENTED_ERROR,
                        "Gradient for SparseDenseCwiseAdd is currently not implemented yet.");
            }
            Graph g = c.graph();
            Output dy = c.dense();
            Output shape = c.input(2);
            Output denseShape = Shapes.shape(g, c.input(3), DType.INT64, true, null);
            Output offset = MathOps.minus(g, Shapes.size(g, shape, DType.INT32, null), Shapes.size(g, denseShape, DType.INT32, null));
            Output one = g.constant(NdArray.scalar(1L), "Const");
            Output ones = Shapes.fill(g, ArrayOps.expandDims(g, offset, 0), one, null);
            Output lifted = ArrayOps.concat(g, 0, ones, denseShape);
            Output scaling = MathOps.binary(g, "FloorDiv", shape, lifted, null);
            Output places = MathOps.binary(g, "FloorDiv", c.input(0), scaling, null);
            Output inner = g.op("GatherNd").input(ArrayOps.reshape(g, c.input(3), lifted, null)).input(places).output();
            if (type().equals("SparseDenseCwiseMul")) {
                Output values = MathOps.times(g, dy, inner);
                Output spread = g.op("ScatterNd").input(places).input(MathOps.times(g, dy, c.input(1))).input(lifted).output();
                return new Gradient[] {null, values, null, ArrayOps.reshape(g, spread, denseShape, null)};
            }
            Output values = MathOps.over(g, dy, inner);
            Output square = MathOps.times(g, inner, inner);
            Output against = MathOps.unary(g, "Neg", MathOps.over(g, MathOps.times(g, dy, c.input(1)), square), null);
            Output spread = g.op("ScatterNd").input(places).input(against).input(lifted).output();
            return new Gradient[] {null, values, null, ArrayOps.reshape(g, spread, denseShape, null)};
        }
    }

    static final class Extreme extends Sparse {
        Extreme(String type) {
            super(type, "a_indices: int64, a_values: T, a_shape: int64, b_indices: int64, b_values: T, b_shape: int64",
                    "output_indices: int64, output_values: T", "T: " + NUMBERS);
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of(Shape.UNKNOWN, rank(c.input(2))));
            c.output(1, Shape.unknownOfRank(1));
        }

        @Override
        public void compute(KernelContext k) {
            sameShape(k.input(2), k.input(5));
            TreeMap<Place, double[]> pairs = new TreeMap<>();
            for (int side = 0; side < 2; side++) {
                for (int i = 0; i < k.input(3 * side + 1).size(); i++) {
                    pairs.computeIfAbsent(Place.of(k.input(3 * side), i), p -> new double[2])[side] = k.input(3 * side + 1).getDouble(i);
                }
            }
            NdArray indices = k.output(0, pairs.size(), k.input(2).size());
            NdArray values = k.output(1, pairs.size());
            int i = 0;
            for (Map.Entry<Place, double[]> e : pairs.entrySet()) {
                double[] v = e.getValue();
                put(indices, i, e.getKey().at);
                values.setDouble(i++, type().endsWith("Maximum") ? Math.max(v[0], v[1]) : Math.min(v[0], v[1]));
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    // Parts

    static final class Concat extends Sparse {
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
                    List<Long> at = new ArrayList<>(Place.of(k.input(p), i).at);
                    at.set(axis, at.get(axis) + from);
                    entries.put(new Place(at), new int[] {p, i});
                }
                from += shape.getLong(axis);
            }
            NdArray indices = k.output(0, entries.size(), rank);
            NdArray values = k.output(1, entries.size());
            int i = 0;
            for (Map.Entry<Place, int[]> e : entries.entrySet()) {
                put(indices, i, e.getKey().at);
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

    static final class Split extends Sparse {
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

    static final class SliceOp extends Sparse {
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

    static final class SliceGradient extends Sparse {
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
                List<Long> place = new ArrayList<>(Place.of(k.input(3), i).at);
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

    static final class Reshape extends Sparse {
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

    static final class FillEmptyRows extends Sparse {
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

    static final class FillEmptyRowsGradient extends Sparse {
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

    /** The softmax over the entries that are there of each row. */
    static final class Softmax extends Sparse {
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
                List<Long> at = Place.of(k.input(0), i).at;
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
