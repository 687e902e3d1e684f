package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.Embeddings;
import io.retrograd.graph.build.Indexing;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sparse tensors, and embeddings, which are looked up by number. */
final class SparseFunctions {
    private SparseFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Operand of(Machine m, Object value) {
        return Operands.of(m, value);
    }

    /** A sparse tensor, or one made of the three arrays of a value. */
    private static SparseTensorValue sparse(Machine m, Object value) {
        if (value instanceof SparseTensorValue s) {
            return s;
        }
        if (value instanceof SparseResult r) {
            return (SparseTensorValue) SparseTensorValue.make(m, r.get(0), r.get(1), r.get(2));
        }
        throw NnError.type("Input must be a SparseTensor.");
    }

    @Builtin(
            value = {"sparse_placeholder", "sparse.placeholder", "compat.v1.sparse_placeholder"},
            signature = "dtype, shape=None, name=None",
            doc = "A sparse tensor whose value is fed at each run.")
    static Object placeholder(Machine m, Object dtype, Object shape, String name) {
        Graph g = graph(m);
        Output dense;
        int rank = Shape.UNKNOWN;
        String shapeName = name == null ? null : name + "/shape";
        if (shape == None.NONE) {
            dense = place(g, DType.INT64, Shape.of(rank), shapeName);
        } else {
            Shape s = ShapeValue.convert(m, shape);
            rank = s.rank();
            dense = s.isFullyDefined()
                    ? g.constant(Shapes.vector(s).astype(DType.INT64), shapeName == null ? "Const" : shapeName)
                    : place(g, DType.INT64, Shape.of(rank), shapeName);
        }
        Output values = place(g, DTypeValue.convert(m, dtype), Shape.of(Shape.UNKNOWN), name == null ? null : name + "/values");
        Output indices = place(g, DType.INT64, Shape.of(Shape.UNKNOWN, rank), name == null ? null : name + "/indices");
        return new SparseTensorValue(indices, values, dense);
    }

    private static Output place(Graph g, DType type, Shape shape, String name) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("dtype", type);
        attributes.put("shape", shape);
        return g.add(name == null ? "Placeholder" : name, g.definition("Placeholder"), List.of(), attributes).output(0);
    }

    @Builtin(
            value = "sparse_to_dense",
            signature = "sparse_indices, output_shape, sparse_values, default_value=0, validate_indices=True, name=None",
            doc = "A tensor with values at the given places and a default elsewhere.",
            shapes = "-> output_shape",
            gradient = "dvalues = dy at the indices")
    static Object sparseToDense(
            Machine m, Object indices, Object shape, Object values, Object fallback, boolean validate, String name) {
        return Tensors.wrap(graph(m).op("SparseToDense").name(name).input(of(m, indices)).input(of(m, shape))
                .input(of(m, values)).input(of(m, fallback)).attr("validate_indices", validate).output());
    }

    @Builtin(
            value = {"sparse_tensor_to_dense", "sparse.to_dense"},
            signature = "sp_input, default_value=None, validate_indices=True, name=None",
            doc = "The sparse tensor spread out.",
            gradient = "dvalues = dy at the indices")
    static Object toDense(Machine m, Object input, Object fallback, boolean validate, String name) {
        Graph g = graph(m);
        SparseTensorValue s = sparse(m, input);
        Operand d = fallback == None.NONE ? Shapes.zeros(g, Shape.scalar(), s.values().dtype(), null) : of(m, fallback);
        return Tensors.wrap(g.op("SparseToDense").name(name).input(s.indices()).input(s.denseShape()).input(s.values())
                .input(d).attr("validate_indices", validate).output());
    }

    @Builtin(value = {"sparse.from_dense", "contrib.layers.dense_to_sparse"}, signature = "tensor, name=None", doc = "The elements that are not zero, as a sparse tensor.")
    static Object fromDense(Machine m, Object tensor, String name) {
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name == null ? "dense_to_sparse" : name)) {
            Output x = of(m, tensor).toOutput(g, null, null, "Const");
            Output zero = g.constant(NdArray.zeros(x.dtype()), "Const");
            Output places = ArrayOps.where(g, MathOps.binary(g, "NotEqual", x, zero, null), null);
            Output values = g.op("GatherNd").input(x).input(places).output();
            return SparseTensorValue.make(m, Tensors.wrap(places), Tensors.wrap(values),
                    Tensors.wrap(Shapes.shape(g, x, DType.INT64, true, null)));
        }
    }

    @Builtin(value = {"sparse_reorder", "sparse.reorder"}, signature = "sp_input, name=None", doc = "The sparse tensor in row-major order.")
    static Object reorder(Machine m, Object input, String name) {
        Graph g = graph(m);
        SparseTensorValue s = sparse(m, input);
        Operation op = g.op("SparseReorder").name(name).input(s.indices()).input(s.values()).input(s.denseShape()).operation();
        Object shape = s.shape().isFullyDefined()
                ? new ShapeValue(s.shape())
                : Tensors.wrap(g.op("Identity").input(s.denseShape()).output());
        return SparseTensorValue.make(m, Tensors.wrap(op.output(0)), Tensors.wrap(op.output(1)), shape);
    }

    @Builtin(
            value = {"sparse_tensor_dense_matmul", "sparse.sparse_dense_matmul", "sparse.matmul"},
            signature = "sp_a, b, adjoint_a=False, adjoint_b=False, name=None",
            doc = "The product of a sparse and a dense matrix.",
            gradient = "db = a.T @ dy, dvalues = the products of dy and b at the indices",
            shapes = "(n, k) x (k, m) -> (n, m)")
    static Object matmul(Machine m, Object a, Object b, boolean adjointA, boolean adjointB, String name) {
        Graph g = graph(m);
        SparseTensorValue s = sparse(m, a);
        try (NameScope scope = g.nameScope(name == null ? "SparseTensorDenseMatMul" : name)) {
            Output right = of(m, b).toOutput(g, null, null, "b");
            return Tensors.wrap(g.op("SparseTensorDenseMatMul").input(s.indices()).input(s.values()).input(s.denseShape())
                    .input(right).attr("adjoint_a", adjointA).attr("adjoint_b", adjointB).output());
        }
    }

    @Builtin(
            value = "edit_distance",
            signature = "hypothesis, truth, normalize=True, name='edit_distance'",
            doc = "Levenshtein's distance of sequences, divided by the length of the true one.")
    static Object editDistance(Machine m, Object hypothesis, Object truth, boolean normalize, String name) {
        if (!(hypothesis instanceof SparseTensorValue || hypothesis instanceof SparseResult)) {
            throw NnError.type("Hypothesis must be a SparseTensor.");
        }
        if (!(truth instanceof SparseTensorValue || truth instanceof SparseResult)) {
            throw NnError.type("Truth must be a SparseTensor.");
        }
        var call = graph(m).op("EditDistance").name(name);
        for (Object x : new Object[] {hypothesis, truth}) {
            if (x instanceof SparseTensorValue s) {
                call.input(s.indices()).input(s.values()).input(s.denseShape());
            } else {
                SparseResult r = (SparseResult) x;
                call.input(of(m, r.get(0))).input(of(m, r.get(1))).input(of(m, r.get(2)));
            }
        }
        return Tensors.wrap(call.attr("normalize", normalize).output());
    }

    private static List<Operand> tables(Machine m, Object params) {
        if (params == None.NONE) {
            throw NnError.value("params must be specified");
        }
        return params instanceof ListValue || params instanceof TupleValue ? Operands.list(m, params) : List.of(of(m, params));
    }

    @Builtin(
            value = {"nn.embedding_lookup", "embedding_lookup"},
            signature = "params, ids, partition_strategy='mod', name=None, validate_indices=True, max_norm=None",
            doc = "Rows of a table, or of one in several parts.",
            shapes = "(n, d), (k) -> (k, d)",
            gradient = "rows of dy at their ids")
    static Object embeddingLookup(
            Machine m, Object params, Object ids, String strategy, String name, Object validate, Object maxNorm) {
        return Tensors.wrap(Embeddings.lookup(graph(m), tables(m, params), of(m, ids), strategy, Dims.optional(m, maxNorm), name));
    }

    @Builtin(
            value = {"nn.embedding_lookup_sparse", "embedding_lookup_sparse"},
            signature = "params, sp_ids, sp_weights, partition_strategy='mod', name=None, combiner=None, max_norm=None",
            doc = "For each row of ids the sum or mean of the table's rows.",
            gradient = "dparams: dy added up at the rows looked up")
    static Object embeddingLookupSparse(
            Machine m, Object params, Object ids, Object weights, String strategy, String name, String combiner, Object maxNorm) {
        String how = combiner == null ? "mean" : combiner;
        if (!List.of("mean", "sqrtn", "sum").contains(how)) {
            throw NnError.value("combiner must be one of 'mean', 'sqrtn' or 'sum'");
        }
        if (!(ids instanceof SparseTensorValue s)) {
            throw NnError.type("sp_ids must be SparseTensor");
        }
        if (weights != None.NONE && !(weights instanceof SparseTensorValue)) {
            throw NnError.type("sp_weights must be either None or SparseTensor");
        }
        Graph g = graph(m);
        List<Operand> tables = tables(m, params);
        try (NameScope scope = g.nameScope(name == null ? "embedding_lookup_sparse" : name)) {
            Output segments = new Indexing(g).range(null, null, null).at(0).of(s.indices());
            segments = MathOps.cast(g, segments, DType.INT32, null);
            Operation unique = g.op("Unique").input(s.values()).operation();
            Output rows = Embeddings.lookup(g, tables, unique.output(0), strategy, Dims.optional(m, maxNorm), null);
            if (weights == None.NONE) {
                String type = how.equals("sum") ? "SparseSegmentSum" : how.equals("mean") ? "SparseSegmentMean" : "SparseSegmentSqrtN";
                return Tensors.wrap(g.op(type).name(scope.operationName()).input(rows).input(unique.output(1)).input(segments).output());
            }
            return Tensors.wrap(weighted(g, rows, unique.output(1), segments, ((SparseTensorValue) weights).values(), how,
                    scope.operationName()));
        }
    }

    private static Output weighted(Graph g, Output table, Output idx, Output segments, Output weights, String how, String name) {
        Output w = MathOps.cast(g, weights, table.dtype(), null);
        Output rows = ArrayOps.gather(g, table, idx);
        Output rank = MathOps.minus(g, Shapes.rank(g, rows, null), Literal.of(1));
        Output ones = Shapes.fill(g, ArrayOps.expandDims(g, rank, 0), Literal.of(1), null);
        Shape known = w.shape();
        w = ArrayOps.reshape(g, w, ArrayOps.concat(g, 0, Shapes.shape(g, w, null), ones), null);
        if (rows.shape().hasRank()) {
            int[] dims = new int[rows.shape().rank() - 1];
            Arrays.fill(dims, 1);
            w.refineShape(known.concatenate(Shape.of(dims)));
        }
        Output product = MathOps.times(g, rows, w);
        if (how.equals("sum")) {
            return MathOps.binary(g, "SegmentSum", product, segments, name);
        }
        Output sum = MathOps.binary(g, "SegmentSum", product, segments, null);
        if (how.equals("mean")) {
            return MathOps.divide2(g, sum, MathOps.binary(g, "SegmentSum", w, segments, null), name);
        }
        Output squares = MathOps.binary(g, "Pow", w, Literal.of(2), null);
        Output total = MathOps.unary(g, "Sqrt", MathOps.binary(g, "SegmentSum", squares, segments, null), null);
        return MathOps.divide2(g, sum, total, name);
    }
}
