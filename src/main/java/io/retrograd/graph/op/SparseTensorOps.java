package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sparse tensors added, compared and combined with dense ones, element by element. */
final class SparseTensorOps {
    private SparseTensorOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "SparseAdd" -> new Add();
            case "SparseAddGrad" -> new AddGradient();
            case "SparseTensorDenseAdd" -> new DenseAdd();
            case "SparseDenseCwiseAdd", "SparseDenseCwiseMul", "SparseDenseCwiseDiv" -> new Cwise(type);
            case "SparseSparseMaximum", "SparseSparseMinimum" -> new Extreme(type);
            default -> null;
        };
    }

    // Two tensors

    private static void sameShape(NdArray a, NdArray b) {
        if (!Arrays.equals(a.toLongs(), b.toLongs())) {
            throw NnError.invalidArgument("Operands' shapes do not match: got " + Broadcast.brackets(a.toInts()) + " and "
                    + Broadcast.brackets(b.toInts()));
        }
    }

    static final class Add extends SparseOp {
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
                put(indices, i, e.getKey().at());
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

    static final class AddGradient extends SparseOp {
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

    static final class DenseAdd extends SparseOp {
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
    static final class Cwise extends SparseOp {
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
                throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR,
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

    static final class Extreme extends SparseOp {
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
                put(indices, i, e.getKey().at());
                values.setDouble(i++, type().endsWith("Maximum") ? Math.max(v[0], v[1]) : Math.min(v[0], v[1]));
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
