package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** What {@code tf.array_ops} creates: reshaping, joining, splitting, slicing, gathering, masking. */
public final class ArrayOps {
    private ArrayOps() {}

    // Shapes

    /** {@code tf.reshape}. */
    public static Output reshape(Graph g, Operand tensor, Operand shape, String name) {
        return g.op("Reshape").name(name).input(tensor).input(shape).output();
    }

    /** {@code tf.shape_n}. */
    public static List<Output> shapeN(Graph g, List<? extends Operand> tensors) {
        return g.op("ShapeN").inputs(tensors).operation().outputs();
    }

    /** {@code tf.expand_dims}. */
    public static Output expandDims(Graph g, Operand input, Operand axis, String name) {
        return g.op("ExpandDims").name(name).input(input).input(axis).output();
    }

    /** {@code tf.expand_dims} at a known place. */
    public static Output expandDims(Graph g, Operand input, int axis) {
        return expandDims(g, input, Literal.of(axis), null);
    }

    /** {@code tf.squeeze} of the given dimensions, of all that are 1 if none are given. */
    public static Output squeeze(Graph g, Operand input, int... axes) {
        return squeeze(g, input, axes, null);
    }

    public static Output squeeze(Graph g, Operand input, int[] axes, String name) {
        List<Long> dims = new ArrayList<>();
        for (int a : axes) {
            dims.add((long) a);
        }
        return g.op("Squeeze").name(name).input(input).attr("squeeze_dims", dims).output();
    }

    /** {@code tf.transpose}; perm null reverses the dimensions. */
    public static Output transpose(Graph g, Operand a, Operand perm, boolean conjugate, String name) {
        try (NameScope scope = g.nameScope(name == null ? "transpose" : name)) {
            Output x = perm == null ? a.toOutput(g, null, null, "a") : null;
            boolean complex = conjugate && (x != null ? x : a) instanceof Output o && o.dtype().isComplex();
            String type = complex ? "ConjugateTranspose" : "Transpose";
            if (perm != null) {
                return g.op(type).name(scope.operationName()).input(a).input(perm).output();
            }
            Operand order;
            if (x.shape().hasRank() && x.shape().rank() > 0) {
                int[] reversed = new int[x.shape().rank()];
                for (int i = 0; i < reversed.length; i++) {
                    reversed[i] = reversed.length - 1 - i;
                }
                order = Literal.ofInts(reversed);
            } else {
                Output rank = g.op("Rank").input(x).output();
                Output last = MathOps.minus(g, rank, Literal.of(1));
                Output range = g.op("Range").input(Literal.of(0)).input(rank).input(Literal.of(1)).output();
                order = MathOps.minus(g, last, range);
            }
            return g.op(type).name(scope.operationName()).input(x).input(order).output();
        }
    }

    /** {@code tf.transpose} in the given order. */
    public static Output transpose(Graph g, Operand a, Operand perm) {
        return transpose(g, a, perm, false, null);
    }

    /** {@code tf.matrix_transpose}: swaps the last two dimensions. */
    public static Output matrixTranspose(Graph g, Operand a, boolean conjugate, String name) {
        try (NameScope scope = g.nameScope(name == null ? "matrix_transpose" : name)) {
            Output x = a.toOutput(g, null, null, "a");
            if (!x.shape().hasRank()) {
                Output rank = Shapes.rank(g, x, null);
                Output outer = g.op("Range").input(Literal.of(0)).input(MathOps.minus(g, rank, Literal.of(2)))
                        .input(Literal.of(1)).output();
                Operand inner = vector(MathOps.minus(g, rank, Literal.of(1)), MathOps.minus(g, rank, Literal.of(2)));
                return transpose(g, x, concat(g, List.of(outer, inner), Literal.of(0), null), conjugate, null);
            }
            int rank = x.shape().rank();
            if (rank < 2) {
                throw NnError.value("Argument 'a' should be a (batch) matrix, with rank >= 2.  Found: " + x.shape());
            }
            int[] perm = new int[rank];
            for (int i = 0; i < rank; i++) {
                perm[i] = i;
            }
            perm[rank - 2] = rank - 1;
            perm[rank - 1] = rank - 2;
            return transpose(g, x, Literal.ofInts(perm), conjugate, null);
        }
    }

    // Joining and splitting

    /** A Python list of tensors and numbers; it is packed where an operation takes it. */
    public static Operand vector(Operand... elements) {
        return new Packed(List.of(elements));
    }

    /** {@code tf.concat}; of a single value an Identity. */
    public static Output concat(Graph g, List<? extends Operand> values, Operand axis, String name) {
        String wanted = name == null ? "concat" : name;
        if (values.size() == 1) {
            try (NameScope scope = g.nameScope(wanted)) {
                Output dim = axis.toOutput(g, DType.INT32, null, "concat_dim");
                if (dim.shape().hasRank() && dim.shape().rank() != 0) {
                    throw NnError.value("Shape " + dim.shape() + " must have rank 0");
                }
                return g.op("Identity").name(wanted).input(values.get(0)).output();
            }
        }
        return g.op("ConcatV2").name(wanted).inputs(values).input(axis).output();
    }

    /** {@code tf.concat} along a known dimension. */
    public static Output concat(Graph g, int axis, Operand... values) {
        return concat(g, List.of(values), Literal.of(axis), null);
    }

    /** A Pack; name null is {@code stack}. */
    public static Output pack(Graph g, List<? extends Operand> values, int axis, String name) {
        return g.op("Pack").name(name == null ? "stack" : name).inputs(values).attr("axis", (long) axis).output();
    }

    /** {@code tf.stack} of tensors and numbers along dimension 0. */
    public static Output stack(Graph g, Operand... values) {
        return vector(values).toOutput(g, null, null, "stack");
    }

    /** {@code tf.unstack}; name null is {@code unstack}. */
    public static List<Output> unstack(Graph g, Operand value, int num, int axis, String name) {
        return g.op("Unpack")
                .name(name == null ? "unstack" : name)
                .input(value)
                .attr("num", (long) num)
                .attr("axis", (long) axis)
                .operation()
                .outputs();
    }

    /** {@code tf.split} into equal parts. */
    public static List<Output> split(Graph g, Operand value, int num, Operand axis, String name) {
        Output ignored = g.constant(NdArray.scalar(num), "Const");
        return g.op("Split")
                .name(name == null ? "split" : name)
                .input(axis)
                .input(value)
                .attr("num_split", (long) num)
                .operation()
                .outputs();
    }

    /** {@code tf.split} into parts of the given sizes. */
    public static List<Output> splitSizes(Graph g, Operand value, Operand sizes, Operand axis, int num) {
        return splitSizes(g, value, sizes, axis, num, null);
    }

    public static List<Output> splitSizes(Graph g, Operand value, Operand sizes, Operand axis, int num, String name) {
        return g.op("SplitV")
                .name(name == null ? "split" : name)
                .input(value)
                .input(sizes)
                .input(axis)
                .attr("num_split", (long) num)
                .operation()
                .outputs();
    }

    /** {@code tf.tile}. */
    public static Output tile(Graph g, Operand input, Operand multiples, String name) {
        return g.op("Tile").name(name).input(input).input(multiples).output();
    }

    // Slicing and gathering

    /** {@code tf.slice}. */
    public static Output slice(Graph g, Operand input, Operand begin, Operand size) {
        return g.op("Slice").input(input).input(begin).input(size).output();
    }

    /** {@code t[i]}. */
    public static Output at(Graph g, Output tensor, long i) {
        return new Indexing(g).at(i).of(tensor);
    }

    /** {@code t[from:to]}; each a Long, an Output or null. */
    public static Output range(Graph g, Output tensor, Object from, Object to) {
        return new Indexing(g).range(from, to, null).of(tensor);
    }

    /** {@code tf.gather} along dimension 0. */
    public static Output gather(Graph g, Operand params, Operand indices) {
        return gather(g, params, indices, Literal.of(0), null);
    }

    /** {@code tf.gather}. */
    public static Output gather(Graph g, Operand params, Operand indices, Operand axis, String name) {
        return g.op("GatherV2").name(name).input(params).input(indices).input(axis).output();
    }

    /** {@code tf.where(condition)}: the places that are true. */
    public static Output where(Graph g, Operand condition, String name) {
        try (NameScope scope = g.nameScope(name == null ? "Where" : name)) {
            Output c = condition.toOutput(g, null, DType.BOOL, "condition");
            return g.op("Where").name(scope.operationName()).input(c).output();
        }
    }

    /** {@code tf.where(condition, x, y)}. */
    public static Output select(Graph g, Operand condition, Operand x, Operand y, String name) {
        return g.op("Select").name(name).input(condition).input(x).input(y).output();
    }

    /** {@code tf.boolean_mask}. */
    public static Output booleanMask(Graph g, Operand tensor, Operand mask, int axis, String name) {
        try (NameScope scope = g.nameScope(name == null ? "boolean_mask" : name)) {
            Output x = tensor.toOutput(g, null, null, "tensor");
            Output m = mask.toOutput(g, null, null, "mask");
            Shape ms = m.shape();
            if (ms.hasRank() && ms.rank() == 0) {
                throw NnError.value("mask cannot be scalar.");
            }
            if (!ms.hasRank()) {
                throw NnError.value("Number of mask dimensions must be specified, even if some dimensions are None.  E.g. "
                        + "shape=[None] is ok, but shape=None is not.");
            }
            int end = axis + ms.rank();
            Shape covered = x.shape().hasRank()
                    ? x.shape().slice(Math.min(axis, x.shape().rank()), Math.min(end, x.shape().rank()))
                    : x.shape();
            if (!covered.isCompatibleWith(ms)) {
                throw NnError.value("Shapes " + covered + " and " + ms + " are incompatible");
            }
            Output size = g.op("Prod")
                    .input(range(g, Shapes.shape(g, x, null), (long) axis, (long) end))
                    .input(Literal.ofInts(0))
                    .output();
            Output before = range(g, Shapes.shape(g, x, null), null, (long) axis);
            Output after = range(g, Shapes.shape(g, x, null), (long) end, null);
            Output flat = reshape(g, x, concat(g, List.of(before, vector(size), after), Literal.of(0), null), null);
            long first = covered.numElements();
            if (x.shape().hasRank()) {
                flat.refineShape(x.shape()
                        .slice(0, axis)
                        .concatenate(Shape.of(first < 0 ? Shape.UNKNOWN : (int) first))
                        .concatenate(x.shape().slice(end, x.shape().rank())));
            }
            Output places = squeeze(g, where(g, reshape(g, m, Literal.ofInts(-1), null), null), 1);
            return gather(g, flat, places, Literal.of(axis), null);
        }
    }

    /** {@code tf.one_hot}; type null is float32 unless a value has one. Values null are 1 and 0. */
    public static Output oneHot(
            Graph g, Operand indices, Operand depth, Operand on, Operand off, int axis, DType type, String name) {
        try (NameScope scope = g.nameScope(name == null ? "one_hot" : name)) {
            // TensorFlow converts the values once just to see their types.
            Output seenOn = on == null ? null : on.toOutput(g, null, null, "Const");
            Output seenOff = off == null ? null : off.toOutput(g, null, null, "Const");
            if (type != null) {
                checkValue(seenOn, "on_value", type);
                checkValue(seenOff, "off_value", type);
            }
            DType t = type != null ? type : on != null ? seenOn.dtype() : off != null ? seenOff.dtype() : DType.FLOAT32;
            Operand hot = on != null ? on : g.constant(NdArray.full(t, 1), "on_value");
            Operand cold = off != null ? off : g.constant(NdArray.zeros(t), "off_value");
            DType onType = on == null ? t : seenOn.dtype();
            DType offType = off == null ? t : seenOff.dtype();
            if (onType != offType) {
                throw NnError.type("dtype <dtype: '" + onType.tfName() + "'> of on_value does not match dtype <dtype: '"
                        + offType.tfName() + "'> of off_value");
            }
            return g.op("OneHot")
                    .name(scope.operationName())
                    .input(indices)
                    .input(depth)
                    .input(hot)
                    .input(cold)
                    .attr("axis", (long) axis)
                    .output();
        }
    }

    private static void checkValue(Output value, String argument, DType type) {
        if (value != null && value.dtype() != type) {
            throw NnError.type("dtype <dtype: '" + value.dtype().tfName() + "'> of " + argument
                    + " does not match dtype parameter <dtype: '" + type.tfName() + "'>");
        }
    }

    /** {@code tf.sequence_mask}; maxlen null is the longest length. */
    public static Output sequenceMask(Graph g, Operand lengths, Operand maxLength, DType type, String name) {
        try (NameScope scope = g.nameScope(name == null ? "SequenceMask" : name)) {
            Output n = lengths.toOutput(g, null, null, "Const");
            Output max;
            if (maxLength == null) {
                int rank = Math.max(0, n.shape().rank());
                int[] all = new int[rank];
                for (int i = 0; i < rank; i++) {
                    all[i] = i;
                }
                Operand axes = n.shape().hasRank()
                        ? g.constant(NdArray.of(all, rank), "Const")
                        : MathOps.range(g, Shapes.rank(g, n, null));
                max = g.op("Max").input(n).input(axes).output();
                max = MathOps.binary(g, "Maximum", g.constant(NdArray.zeros(max.dtype()), "Const"), max, null);
            } else {
                max = maxLength.toOutput(g, null, null, "Const");
            }
            if (max.shape().hasRank() && max.shape().rank() != 0) {
                throw NnError.value("maxlen must be scalar for sequence_mask");
            }
            Output zero = g.constant(NdArray.zeros(max.dtype()), "Const");
            Output one = g.constant(NdArray.full(max.dtype(), 1), "Const");
            Output row = g.op("Range").input(zero).input(max).input(one).output();
            Output column = g.op("Cast").input(expandDims(g, n, -1)).attr("DstT", max.dtype()).output();
            Output mask = MathOps.binary(g, "Less", row, column, null);
            return type == DType.BOOL ? mask : g.op("Cast").input(mask).attr("DstT", type).output();
        }
    }

    /** {@code tf.pad}; mode is CONSTANT, REFLECT or SYMMETRIC, value null pads with zeros. */
    public static Output pad(Graph g, Operand tensor, Operand paddings, String mode, Operand value, String name) {
        Output out =
                switch (mode) {
                    case "CONSTANT" -> value == null
                            ? g.op("Pad").name(name).input(tensor).input(paddings).output()
                            : g.op("PadV2").name(name).input(tensor).input(paddings).input(value).output();
                    case "REFLECT", "SYMMETRIC" -> g.op("MirrorPad")
                            .name(name).input(tensor).input(paddings).attr("mode", mode).output();
                    default -> throw NnError.value("Unknown padding mode: " + mode);
                };
        return out;
    }

    /**
     * {@code tf.eye}: the identity matrix, or a batch of them.
     *
     * @param rows a Long or an Output, as are the columns; columns null are as many as the rows
     * @param batch the outer dimensions: an int[] or an Output
     */
    public static Output eye(Graph g, Object rows, Object columns, Object batch, DType type, String name) {
        try (NameScope scope = g.nameScope(name == null ? "eye" : name)) {
            Object cols = columns == null ? rows : columns;
            boolean square = columns == null;
            Object diagonal;
            if (rows instanceof Long r && cols instanceof Long c) {
                square = r.equals(c);
                diagonal = Math.min(r, c);
            } else {
                diagonal = MathOps.binary(g, "Minimum", number(rows), number(cols), null);
            }
            if (batch instanceof int[] outer && diagonal instanceof Long d) {
                Shape ones = Shape.of(outer).concatenate(Shape.of((int) (long) d));
                Output filled = Shapes.ones(g, ones, type, null);
                if (square) {
                    return g.op("MatrixDiag").name("diag").input(filled).output();
                }
                Shape whole = Shape.of(outer).concatenate(Shape.of((int) (long) (Long) rows, (int) (long) (Long) cols));
                return g.op("MatrixSetDiag").name("set_diag").input(Shapes.zeros(g, whole, type, null)).input(filled).output();
            }
            Output outer = batch instanceof int[] known
                    ? g.constant(NdArray.of(known, known.length), "shape")
                    : (Output) batch;
            Output ones = concat(g, List.of(outer, vector(number(diagonal))), Literal.of(0), null);
            Output whole = square
                    ? null
                    : concat(g, List.of(outer, vector(number(rows), number(cols))), Literal.of(0), null);
            Output filled = Shapes.ones(g, ones, type, null);
            return square
                    ? g.op("MatrixDiag").name("diag").input(filled).output()
                    : g.op("MatrixSetDiag").name("set_diag").input(Shapes.zeros(g, whole, type, null)).input(filled).output();
        }
    }

    private static Operand number(Object value) {
        return value instanceof Long n ? Literal.of((long) n) : (Output) value;
    }

    /** An operation with one output. */
    public static Operation operation(Graph g, String type, String name, Operand... inputs) {
        var call = g.op(type).name(name);
        for (Operand x : inputs) {
            call.input(x);
        }
        return call.operation();
    }
}
