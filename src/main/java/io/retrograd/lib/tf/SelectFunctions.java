package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.Indexing;
import io.retrograd.graph.build.Shapes;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;

/** Parts of tensors: slices, rows by number, elements by truth values, the largest, the unique ones. */
final class SelectFunctions {
    private SelectFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Operand of(Machine m, Object value) {
        return Operands.of(m, value);
    }

    @Builtin(
            value = "slice",
            signature = "input_, begin, size, name=None",
            doc = "A block of the tensor; a size of -1 reaches to the end.",
            shapes = "any -> size",
            gradient = "dx = dy with zeros around")
    static Object slice(Machine m, Object input, Object begin, Object size, String name) {
        return Tensors.wrap(graph(m).op("Slice").name(name).input(of(m, input)).input(of(m, begin)).input(of(m, size)).output());
    }

    @Builtin(
            value = "strided_slice",
            signature = "input_, begin, end, strides=None, begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, "
                    + "shrink_axis_mask=0, var=None, name=None",
            doc = "What t[begin:end:strides] gives.",
            shapes = "(n, m) -> what the slice leaves",
            gradient = "dx = dy at its places, zeros elsewhere")
    static Object stridedSlice(
            Machine m, Object input, Object begin, Object end, Object strides, long beginMask, long endMask, long ellipsis,
            long newAxis, long shrink, Object var, String name) {
        Graph g = graph(m);
        Operand by = strides == None.NONE ? Shapes.onesLike(g, of(m, begin), null, true, null) : of(m, strides);
        return Tensors.wrap(g.op("StridedSlice").name(name).input(of(m, input)).input(of(m, begin)).input(of(m, end)).input(by)
                .attr("begin_mask", beginMask).attr("end_mask", endMask).attr("ellipsis_mask", ellipsis)
                .attr("new_axis_mask", newAxis).attr("shrink_axis_mask", shrink).output());
    }

    @Builtin(
            value = "gather",
            signature = "params, indices, validate_indices=None, name=None, axis=None, batch_dims=0",
            doc = "The slices of params that the indices name.",
            shapes = "(n, d), (k) -> (k, d)",
            gradient = "rows of dy at their indices")
    static Object gather(Machine m, Object params, Object indices, Object validate, String name, Object axis, long batch) {
        Operand at = axis == None.NONE ? new PythonOperand(m, batch) : of(m, axis);
        OpCall call = graph(m).op("GatherV2").name(name).input(of(m, params)).input(of(m, indices)).input(at);
        return Tensors.wrap(batch == 0 ? call.output() : call.attr("batch_dims", batch).output());
    }

    @Builtin(value = "batch_gather", signature = "params, indices, name=None", doc = "Rows by number within each batch entry.",
            shapes = "(b, n), (b, k) -> (b, k)",
            gradient = "dparams: dy added up at the indices")
    static Object batchGather(Machine m, Object params, Object indices, String name) {
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name == null ? "BatchGather" : name)) {
            Output i = of(m, indices).toOutput(g, null, null, "indices");
            Output p = of(m, params).toOutput(g, null, null, "params");
            if (!i.shape().hasRank()) {
                throw NnError.value("batch_gather does not allow indices with unknown shape.");
            }
            long batch = i.shape().rank() - 1;
            return Tensors.wrap(g.op("GatherV2").input(p).input(i).input(new PythonOperand(m, batch)).attr("batch_dims", batch).output());
        }
    }

    @Builtin(
            value = {"gather_nd", "manip.gather_nd"},
            signature = "params, indices, name=None, batch_dims=0",
            doc = "The elements or slices that index tuples name.",
            shapes = "(n, m), indices (k, 2) -> (k)",
            gradient = "dy scattered to its places")
    static Object gatherNd(Machine m, Object params, Object indices, String name, Object batch) {
        return Tensors.wrap(graph(m).op("GatherNd").name(name).input(of(m, params)).input(of(m, indices)).output());
    }

    @Builtin(
            value = {"scatter_nd", "manip.scatter_nd"},
            signature = "indices, updates, shape, name=None",
            doc = "Zeros with the updates added at the places that index tuples name.",
            shapes = "indices (k, 1), updates (k, m) -> shape",
            gradient = "dupdates = gather_nd(dy, indices)")
    static Object scatterNd(Machine m, Object indices, Object updates, Object shape, String name) {
        return Tensors.wrap(graph(m).op("ScatterNd").name(name).input(of(m, indices)).input(of(m, updates)).input(of(m, shape)).output());
    }

    @Builtin(value = {"tensor_scatter_update", "tensor_scatter_nd_update"}, signature = "tensor, indices, updates, name=None", doc = "A copy of the tensor with some places set.",
            shapes = "the shape of its operand stays",
            gradient = "dtensor = dy, 0 at the indices; dupdates = dy at the indices")
    static Object tensorScatterUpdate(Machine m, Object tensor, Object indices, Object updates, String name) {
        return scatter(m, "TensorScatterUpdate", tensor, indices, updates, name);
    }

    @Builtin(value = {"tensor_scatter_add", "tensor_scatter_nd_add"}, signature = "tensor, indices, updates, name=None", doc = "A copy of the tensor with the updates added.",
            shapes = "the shape of its operand stays",
            gradient = "dtensor = dy, dupdates = dy at the indices")
    static Object tensorScatterAdd(Machine m, Object tensor, Object indices, Object updates, String name) {
        return scatter(m, "TensorScatterAdd", tensor, indices, updates, name);
    }

    @Builtin(value = {"tensor_scatter_sub", "tensor_scatter_nd_sub"}, signature = "tensor, indices, updates, name=None", doc = "A copy of the tensor with the updates subtracted.",
            shapes = "the shape of its operand stays",
            gradient = "dtensor = dy, dupdates = -dy at the indices")
    static Object tensorScatterSub(Machine m, Object tensor, Object indices, Object updates, String name) {
        return scatter(m, "TensorScatterSub", tensor, indices, updates, name);
    }

    private static Object scatter(Machine m, String type, Object tensor, Object indices, Object updates, String name) {
        return Tensors.wrap(graph(m).op(type).name(name).input(of(m, tensor)).input(of(m, indices)).input(of(m, updates)).output());
    }

    @Builtin(
            value = "where",
            signature = "condition, x=None, y=None, name=None",
            doc = "x where the condition holds and y elsewhere; the places where it holds, if only it is given.",
            shapes = "condition of rank r -> (?, r); with x and y their shape",
            gradient = "dx = dy where the condition holds, else 0")
    static Object where(Machine m, Object condition, Object x, Object y, String name) {
        if (x == None.NONE && y == None.NONE) {
            return Tensors.wrap(ArrayOps.where(graph(m), of(m, condition), name));
        }
        if (x == None.NONE || y == None.NONE) {
            throw NnError.value("x and y must both be non-None or both be None.");
        }
        return Tensors.wrap(ArrayOps.select(graph(m), of(m, condition), of(m, x), of(m, y), name));
    }

    @Builtin(value = {"where_v2"}, signature = "condition, x=None, y=None, name=None", doc = "As where, with broadcasting.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dy where the condition holds, dy = dy where not")
    static Object whereV2(Machine m, Object condition, Object x, Object y, String name) {
        if (x == None.NONE && y == None.NONE) {
            return Tensors.wrap(ArrayOps.where(graph(m), of(m, condition), name));
        }
        return Tensors.wrap(graph(m).op("SelectV2").name(name).input(of(m, condition)).input(of(m, x)).input(of(m, y)).output());
    }

    @Builtin(
            value = "boolean_mask",
            signature = "tensor, mask, name='boolean_mask', axis=None",
            doc = "The elements or rows where the mask is true.",
            shapes = "(n, m), mask (n) -> (?, m)",
            gradient = "rows of dy at their places")
    static Object booleanMask(Machine m, Object tensor, Object mask, String name, Object axis) {
        int at = axis == None.NONE ? 0 : (int) Semantics.index(m, axis);
        return Tensors.wrap(ArrayOps.booleanMask(graph(m), of(m, tensor), of(m, mask), at, name));
    }

    @Builtin(
            value = "one_hot",
            signature = "indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None",
            doc = "For each index a row of zeros with a one at the index.",
            shapes = "(n) -> (n, depth)",
            gradient = "none")
    static Object oneHot(
            Machine m, Object indices, Object depth, Object on, Object off, Object axis, Object dtype, String name) {
        int at = axis == None.NONE ? -1 : (int) Semantics.index(m, axis);
        return Tensors.wrap(ArrayOps.oneHot(graph(m), of(m, indices), of(m, depth), Dims.optional(m, on),
                Dims.optional(m, off), at, Dims.type(m, dtype, null), name));
    }

    @Builtin(
            value = "sequence_mask",
            signature = "lengths, maxlen=None, dtype=None, name=None",
            doc = "For each length a row that is true so many times.",
            shapes = "(n) -> (n, maxlen)")
    static Object sequenceMask(Machine m, Object lengths, Object maxLength, Object dtype, String name) {
        return Tensors.wrap(ArrayOps.sequenceMask(
                graph(m), of(m, lengths), Dims.optional(m, maxLength), Dims.type(m, dtype, DType.BOOL), name));
    }

    @Builtin(value = "unique", signature = "x, out_idx=None, name=None", doc = "The different elements, and for each element of x which of them it is.")
    static Object unique(Machine m, Object x, Object type, String name) {
        return OutputTuple.of(graph(m).op("Unique").name(name).input(of(m, x)).attr("out_idx", Dims.type(m, type, DType.INT32)).operation());
    }

    @Builtin(value = "unique_with_counts", signature = "x, out_idx=None, name=None", doc = "The different elements, which of them each is, and how often each occurs.")
    static Object uniqueWithCounts(Machine m, Object x, Object type, String name) {
        return OutputTuple.of(graph(m).op("UniqueWithCounts").name(name).input(of(m, x)).attr("out_idx", Dims.type(m, type, DType.INT32)).operation());
    }

    @Builtin(value = {"setdiff1d", "listdiff"}, signature = "x, y, index_dtype=None, name=None", doc = "The elements of x that are not in y, and their places.")
    static Object setdiff1d(Machine m, Object x, Object y, Object type, String name) {
        return OutputTuple.of(graph(m).op("ListDiff").name(name).input(of(m, x)).input(of(m, y)).attr("out_idx", Dims.type(m, type, DType.INT32)).operation());
    }

    @Builtin(
            value = {"nn.top_k", "math.top_k"},
            signature = "input, k=1, sorted=True, name=None",
            doc = "The k largest elements of each row, and their places.",
            shapes = "(..., n) -> (..., k), (..., k)",
            gradient = "dx = dy at the places, zeros elsewhere")
    static Object topK(Machine m, Object input, Object k, boolean sorted, String name) {
        return OutputTuple.of(graph(m).op("TopKV2").name(name).input(of(m, input)).input(of(m, k)).attr("sorted", sorted).operation());
    }

    @Builtin(
            value = {"nn.in_top_k", "math.in_top_k"},
            signature = "predictions, targets, k, name=None",
            doc = "For each row whether the target is among the k largest predictions.")
    static Object inTopK(Machine m, Object predictions, Object targets, Object k, String name) {
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name == null ? "in_top_k" : name)) {
            return Tensors.wrap(g.op("InTopKV2").input(of(m, predictions)).input(of(m, targets)).input(of(m, k)).output());
        }
    }

    @Builtin(value = {"contrib.nn.nth_element", "nth_element"}, signature = "input, n, reverse=False, name=None", doc = "The n-th smallest element of each row.",
            gradient = "dinput = dy at the elements that equal the n-th, split evenly")
    static Object nthElement(Machine m, Object input, Object n, boolean reverse, String name) {
        return Tensors.wrap(graph(m).op("NthElement").name(name).input(of(m, input)).input(of(m, n)).attr("reverse", reverse).output());
    }

    @Builtin(value = "searchsorted", signature = "sorted_sequence, values, side='left', out_type=None, name=None", doc = "Where values would go in sorted rows.")
    static Object searchSorted(Machine m, Object sorted, Object values, String side, Object type, String name) {
        Graph g = graph(m);
        if (!side.equals("left") && !side.equals("right")) {
            throw NnError.value("side must be either 'right' or 'left'.  Saw: " + side + ".");
        }
        Operand s = of(m, sorted);
        Operand v = of(m, values);
        Output n = new Indexing(g).at(-1).of(Shapes.shape(g, s, null));
        Output k = new Indexing(g).at(-1).of(Shapes.shape(g, v, null));
        Operand any = Literal.of(-1);
        Output rows = ArrayOps.reshape(g, s, ArrayOps.vector(any, n), null);
        Output columns = ArrayOps.reshape(g, v, ArrayOps.vector(any, k), null);
        Output found = g.op(side.equals("left") ? "LowerBound" : "UpperBound").name(name).input(rows).input(columns)
                .attr("out_type", Dims.type(m, type, DType.INT32)).output();
        return Tensors.wrap(ArrayOps.reshape(g, found, Shapes.shape(g, v, null), null));
    }

    @Builtin(value = "dynamic_partition", signature = "data, partitions, num_partitions, name=None", doc = "Rows dealt out to several tensors by number.",
            shapes = "(n, m) -> a list of (?, m)", gradient = "rows go back to their places")
    static Object dynamicPartition(Machine m, Object data, Object partitions, long count, String name) {
        return Tensors.wrap(graph(m).op("DynamicPartition").name(name).input(of(m, data)).input(of(m, partitions))
                .attr("num_partitions", count).operation().outputs());
    }

    @Builtin(value = "dynamic_stitch", signature = "indices, data, name=None", doc = "Rows of several tensors put together by number.", gradient = "each gets its rows of dy")
    static Object dynamicStitch(Machine m, Object indices, Object data, String name) {
        return Tensors.wrap(graph(m).op("DynamicStitch").name(name).inputs(Operands.list(m, indices))
                .inputs(Operands.list(m, data)).output());
    }

    @Builtin(value = {"roll", "manip.roll"}, signature = "input, shift, axis, name=None", doc = "Elements moved along dimensions; what falls off comes in again.",
            shapes = "the shape of its operand stays", gradient = "dx = roll(dy, -shift)")
    static Object roll(Machine m, Object input, Object shift, Object axis, String name) {
        return Tensors.wrap(graph(m).op("Roll").name(name).input(of(m, input)).input(of(m, shift)).input(of(m, axis)).output());
    }

    @Builtin(value = "unravel_index", signature = "indices, dims, name=None", doc = "Index tuples of flat indices, as columns.")
    static Object unravelIndex(Machine m, Object indices, Object dims, String name) {
        return Tensors.wrap(graph(m).op("UnravelIndex").name(name).input(of(m, indices)).input(of(m, dims)).output());
    }

    @Builtin(value = {"is_tensor", "contrib.framework.is_tensor"}, signature = "x", doc = "Whether it is a tensor, a variable or a sparse tensor.")
    static boolean isTensor(Machine m, Object x) {
        return Operands.isTensor(x) || x instanceof SparseTensorValue || x instanceof IndexedSlicesValue;
    }

    @Builtin(value = {"tables_initializer", "initialize_all_tables"}, signature = "name='init_all_tables'", doc = "The operation that fills all tables; there are none.")
    static Object tablesInitializer(Machine m, String name) {
        return Tensors.wrap(graph(m).op("NoOp").name(name).operation());
    }
}
