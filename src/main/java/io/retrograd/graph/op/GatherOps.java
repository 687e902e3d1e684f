package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operand;
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
import java.util.Optional;

/** Rows and elements picked by number. */
final class GatherOps {
    private GatherOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Gather" -> new Gather();
            case "GatherV2" -> new GatherV2();
            case "GatherNd" -> new GatherNd();
            default -> null;
        };
    }

    /** TensorFlow's words for an index that is too large, with its place: {@code indices[0,1] = 7 is not in [0, 5)}. */
    static NnError outOfRange(NdArray indices, int flat, long value, int limit) {
        StringBuilder place = new StringBuilder();
        int rest = flat;
        for (int d = indices.rank() - 1; d >= 0; d--) {
            place.insert(0, (d > 0 ? "," : "") + rest % indices.dim(d));
            rest /= indices.dim(d);
        }
        String at = indices.rank() == 0 ? "" : "[" + place + "]";
        return NnError.invalidArgument("indices" + at + " = " + value + " is not in [0, " + limit + ")");
    }

    private static void gather(KernelContext k, NdArray params, NdArray indices, int axis, int batch) {
        int[] shape = new int[params.rank() - 1 + indices.rank() - batch];
        int r = 0;
        for (int i = 0; i < axis; i++) {
            shape[r++] = params.dim(i);
        }
        for (int i = batch; i < indices.rank(); i++) {
            shape[r++] = indices.dim(i);
        }
        for (int i = axis + 1; i < params.rank(); i++) {
            shape[r++] = params.dim(i);
        }
        int limit = params.dim(axis);
        int[] p = params.shape();
        int batches = Blocks.product(p, 0, batch);
        int outer = Blocks.product(p, batch, axis);
        int inner = Blocks.product(p, axis + 1, p.length);
        int n = batches == 0 ? 0 : indices.size() / batches;
        NdArray out = k.output(0, shape);
        for (int i = 0; i < indices.size(); i++) {
            long at = indices.getLong(i);
            if (at < 0 || at >= limit) {
                throw outOfRange(indices, i, at, limit);
            }
        }
        for (int b = 0; b < batches; b++) {
            for (int o = 0; o < outer; o++) {
                int from = (b * outer + o) * limit * inner;
                int to = (b * outer + o) * n * inner;
                for (int i = 0; i < n; i++) {
                    Blocks.copy(params, from + indices.getInt(b * n + i) * inner, out, to + i * inner, inner);
                }
            }
        }
    }

    /** The shape of the tensor that was gathered from, colocated with it. */
    private static Output paramsShape(GradientContext g) {
        Graph graph = g.graph();
        try (Graph.Block block = graph.colocateWith(g.input(0).operation())) {
            Output wide = Shapes.shape(graph, g.input(0), DType.INT64, true, null);
            return MathOps.cast(graph, wide, DType.INT32, null);
        }
    }

    /** The gradient of a gather along dimension 0: one row an index. */
    private static Gradient rows(GradientContext g, Output shape, Output size) {
        Graph graph = g.graph();
        Output tail = ArrayOps.range(graph, shape, 1L, null);
        Output valuesShape = ArrayOps.concat(graph, 0, size, tail);
        Output values = ArrayOps.reshape(graph, g.dense(), valuesShape, null);
        Output indices = ArrayOps.reshape(graph, g.input(1), size, null);
        return new IndexedSlices(values, indices, shape);
    }

    private static Output indexCount(GradientContext g) {
        Graph graph = g.graph();
        return ArrayOps.expandDims(graph, Shapes.size(graph, g.input(1), DType.INT32, null), 0);
    }

    static final class Gather extends OpDef {
        Gather() {
            super(
                    "Gather",
                    "params: Tparams, indices: Tindices",
                    "output: Tparams",
                    "validate_indices: bool = true",
                    "Tparams: type",
                    "Tindices: int32|int64");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape params = c.withRankAtLeast(0, 1);
            c.output(0, c.input(1).concatenate(params.hasRank() ? params.slice(1, params.rank()) : params));
        }

        @Override
        public void compute(KernelContext k) {
            gather(k, k.input(0), k.input(1), 0, 0);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Output shape = paramsShape(g);
            return new Gradient[] {rows(g, shape, indexCount(g)), null};
        }
    }

    static final class GatherV2 extends OpDef {
        GatherV2() {
            super(
                    "GatherV2",
                    "params: Tparams, indices: Tindices, axis: Taxis",
                    "output: Tparams",
                    "batch_dims: int = 0",
                    "Tparams: type",
                    "Tindices: int32|int64",
                    "Taxis: int32|int64");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape params = c.withRankAtLeast(0, 1);
            Shape indices = c.input(1);
            Optional<NdArray> axis = c.constant(2);
            if (!params.hasRank() || !indices.hasRank()) {
                return;
            }
            int batch = (int) c.operation().intAttribute("batch_dims");
            batch = batch < 0 ? batch + indices.rank() : batch;
            if (axis.isEmpty()) {
                c.output(0, Shape.unknownOfRank(params.rank() - 1 + indices.rank() - batch));
                return;
            }
            int a = axis.get().getInt(0);
            if (a >= params.rank() || a < -params.rank()) {
                throw c.invalid("Shape must be at least rank " + (a < 0 ? -a : a + 1) + " but is rank " + params.rank());
            }
            int at = a < 0 ? a + params.rank() : a;
            c.output(0, params.slice(0, at)
                    .concatenate(indices.slice(batch, indices.rank()))
                    .concatenate(params.slice(at + 1, params.rank())));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray params = k.input(0);
            int axis = k.input(2).getInt(0);
            int at = axis < 0 ? axis + params.rank() : axis;
            if (at < 0 || at >= params.rank()) {
                throw NnError.invalidArgument("Expected axis in the range [" + -params.rank() + ", " + params.rank()
                        + "), but got " + axis);
            }
            int batch = (int) k.operation().intAttribute("batch_dims");
            gather(k, params, k.input(1), at, batch < 0 ? batch + k.input(1).rank() : batch);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output shape = paramsShape(g);
            Output size = indexCount(g);
            Output axis = g.input(2);
            Optional<NdArray> known = ConstantValue.of(axis);
            if (known.isPresent() && known.get().getLong(0) == 0) {
                return new Gradient[] {rows(g, shape, size), null, null};
            }
            int batch = (int) g.operation().intAttribute("batch_dims");
            if (batch < 0) {
                batch += g.input(1).shape().rank();
            }
            return new Gradient[] {alongAxis(g, graph, shape, axis, batch), null, null};
        }

        /** The axis is brought to the front of what is no batch dimension, the rows summed there, and all brought back. */
        private static Output alongAxis(GradientContext g, Graph graph, Output shape, Output axis, int batch) {
            Output outer = ArrayOps.range(graph, shape, null, axis);
            Output inner = ArrayOps.range(graph, ArrayOps.range(graph, shape, axis, null), 1L, null);
            Output valuesShape = ArrayOps.concat(graph, 0, outer, Literal.ofInts(-1), inner);
            Output valueDims = Shapes.size(graph, valuesShape, DType.INT32, null);
            Output axisDims = Shapes.size(graph, outer, DType.INT32, null);
            Output outerBatches = MathOps.range(graph, Literal.of(batch));
            Output batchAxis = MathOps.range(graph, Literal.of(batch), axisDims, Literal.of(1), null, null);
            Output innerAxes = MathOps.range(
                    graph, MathOps.plus(graph, axisDims, Literal.of(1)), valueDims, Literal.of(1), null, null);
            Output values = ArrayOps.reshape(graph, g.dense(), valuesShape, null);
            Output there = ArrayOps.concat(graph, 0, outerBatches, ArrayOps.vector(axisDims), batchAxis, innerAxes);
            Output moved = ArrayOps.transpose(graph, values, there);
            Output rows = new Indexing(graph).at(axis).of(shape);
            Output sum = sumRows(g, graph, shape, moved, batch, rows);
            Output back = ArrayOps.concat(
                    graph,
                    0,
                    outerBatches,
                    MathOps.plus(graph, batchAxis, Literal.of(1)),
                    Literal.ofInts(batch),
                    innerAxes);
            return ArrayOps.transpose(graph, sum, back);
        }

        private static Output sumRows(GradientContext g, Graph graph, Output shape, Output values, int batch, Output rows) {
            Output indices = g.input(1);
            Output size = ArrayOps.expandDims(graph, Shapes.size(graph, indices, DType.INT32, null), 0);
            Output from = values;
            Output height = rows;
            Output outer = null;
            Output flat = null;
            if (batch > 0) {
                Output valuesShape = Shapes.shape(graph, values, null);
                outer = ArrayOps.range(graph, valuesShape, null, (long) batch);
                Output inner = ArrayOps.range(graph, ArrayOps.range(graph, valuesShape, (long) batch, null), 1L, null);
                Output count = graph.op("Prod").input(outer).input(Literal.ofInts(0)).output();
                flat = ArrayOps.concat(graph, 0, Literal.ofInts(-1), inner);
                height = MathOps.times(graph, rows, count);
                indices = batched(graph, shape, indices, batch);
                from = ArrayOps.reshape(graph, values, flat, null);
            }
            indices = ArrayOps.reshape(graph, indices, size, null);
            Output sum = graph.op("UnsortedSegmentSum").input(from).input(indices).input(height).output();
            return batch == 0
                    ? sum
                    : ArrayOps.reshape(graph, sum, ArrayOps.concat(graph, 0, outer, flat), null);
        }

        /** Indices with the offset of their batch added. */
        private static Output batched(Graph g, Output paramsShape, Output indices, int batch) {
            Output all = indices;
            DType type = indices.dtype();
            Output shape = MathOps.cast(g, paramsShape, type, null);
            Output step = Shapes.ones(g, Shape.scalar(), type, null);
            for (int dim = batch; dim > 0; dim--) {
                Output size = ArrayOps.at(g, shape, dim - 1);
                step = MathOps.times(g, step, ArrayOps.at(g, shape, dim));
                Output start = Shapes.zeros(g, Shape.scalar(), type, null);
                Output one = Shapes.ones(g, Shape.scalar(), type, null);
                Output places = MathOps.times(g, MathOps.range(g, start, size, one, null, null), step);
                Operand[] dims = new Operand[indices.shape().rank()];
                Arrays.fill(dims, Literal.of(1));
                dims[dim - 1] = size;
                all = MathOps.plus(g, all, ArrayOps.reshape(g, places, ArrayOps.stack(g, dims), null));
            }
            return all;
        }
    }

    static final class GatherNd extends OpDef {
        GatherNd() {
            super(
                    "GatherNd",
                    "params: Tparams, indices: Tindices",
                    "output: Tparams",
                    "Tparams: type",
                    "Tindices: int32|int64");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape params = c.input(0);
            Shape indices = c.withRankAtLeast(1, 1);
            if (!params.hasRank() || !indices.hasRank() || indices.dim(-1) == Shape.UNKNOWN) {
                return;
            }
            int depth = indices.dim(-1);
            if (depth > params.rank()) {
                throw c.invalid("indices.shape[-1] must be <= params.rank, but saw indices shape: " + indices.toBrackets()
                        + " and params shape: " + params.toBrackets());
            }
            c.output(0, indices.slice(0, indices.rank() - 1).concatenate(params.slice(depth, params.rank())));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray params = k.input(0);
            NdArray indices = k.input(1);
            int depth = indices.dim(-1);
            if (depth > params.rank()) {
                throw NnError.invalidArgument("index innermost dimension length must be <= params rank; saw: " + depth
                        + " vs. " + params.rank());
            }
            int[] p = params.shape();
            int inner = Blocks.product(p, depth, p.length);
            int[] shape = Arrays.copyOf(indices.shape(), indices.rank() - 1 + p.length - depth);
            System.arraycopy(p, depth, shape, indices.rank() - 1, p.length - depth);
            NdArray out = k.output(0, shape);
            int n = Blocks.product(indices.shape(), 0, indices.rank() - 1);
            for (int i = 0; i < n; i++) {
                Blocks.copy(params, flatten(indices, i, depth, p, "") * inner, out, i * inner, inner);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output shape = Shapes.shape(graph, g.input(0), g.input(1).dtype(), true, null);
            Shape indices = g.input(1).shape();
            if (indices.hasRank() && indices.rank() == 2 && indices.dim(1) == 1) {
                return new Gradient[] {new IndexedSlices(g.dense(), ArrayOps.squeeze(graph, g.input(1), -1), shape), null};
            }
            return new Gradient[] {
                graph.op("ScatterNd").input(g.input(1)).input(g.dense()).input(shape).output(), null
            };
        }
    }

    /** The flat number, in units of the inner elements, of the i-th index tuple. */
    static int flatten(NdArray indices, int i, int depth, int[] shape, String prefix) {
        int at = 0;
        for (int d = 0; d < depth; d++) {
            long v = indices.getLong(i * depth + d);
            if (v < 0 || v >= shape[d]) {
                StringBuilder tuple = new StringBuilder();
                for (int e = 0; e < depth; e++) {
                    tuple.append(e > 0 ? ", " : "").append(indices.getLong(i * depth + e));
                }
                throw NnError.invalidArgument(prefix + "indices[" + i + "] = [" + tuple + "] does not index into param shape "
                        + Broadcast.brackets(shape));
            }
            at = at * shape[d] + (int) v;
        }
        return at;
    }
}
