package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tensors made from shapes, and tensors reshaped, joined, split and turned. */
final class ArrayFunctions {
    private ArrayFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Operand of(Machine m, Object value) {
        return Operands.of(m, value);
    }

    // Made from a shape

    @Builtin(
            value = "zeros",
            signature = "shape, dtype=None, name=None",
            doc = "A tensor of zeros.",
            shapes = "shape",
            example = "tf.zeros([2, 3])")
    static Object zeros(Machine m, Object shape, Object dtype, String name) {
        return filled(m, shape, Dims.type(m, dtype, DType.FLOAT32), name == null ? "zeros" : name, false);
    }

    @Builtin(value = "ones", signature = "shape, dtype=None, name=None", doc = "A tensor of ones.", shapes = "shape")
    static Object ones(Machine m, Object shape, Object dtype, String name) {
        return filled(m, shape, Dims.type(m, dtype, DType.FLOAT32), name == null ? "ones" : name, true);
    }

    private static Object filled(Machine m, Object shape, DType type, String name, boolean one) {
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name)) {
            Object dims = Dims.of(m, g, shape);
            String own = scope.operationName();
            if (dims instanceof Shape s) {
                return Tensors.wrap(one ? Shapes.ones(g, s, type, own) : Shapes.zeros(g, s, type, own));
            }
            Output s = (Output) dims;
            return Tensors.wrap(one ? Shapes.ones(g, s, type, own) : Shapes.zeros(g, s, type, own));
        }
    }

    @Builtin(
            value = "zeros_like",
            signature = "tensor, dtype=None, name=None, optimize=True",
            doc = "Zeros in the shape of another tensor.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object zerosLike(Machine m, Object tensor, Object dtype, String name, boolean optimize) {
        return Tensors.wrap(Shapes.zerosLike(graph(m), of(m, tensor), Dims.type(m, dtype, null), optimize, name));
    }

    @Builtin(
            value = "ones_like",
            signature = "tensor, dtype=None, name=None, optimize=True",
            doc = "Ones in the shape of another tensor.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object onesLike(Machine m, Object tensor, Object dtype, String name, boolean optimize) {
        return Tensors.wrap(Shapes.onesLike(graph(m), of(m, tensor), Dims.type(m, dtype, null), optimize, name));
    }

    @Builtin(value = "fill", signature = "dims, value, name=None", doc = "A tensor filled with one value.",
            gradient = "dvalue = sum(dy)", shapes = "dims")
    static Object fill(Machine m, Object dims, Object value, String name) {
        return Tensors.wrap(Shapes.fill(graph(m), of(m, dims), of(m, value), name));
    }

    @Builtin(
            value = {"eye", "linalg.eye"},
            signature = "num_rows, num_columns=None, batch_shape=None, dtype=None, name=None",
            doc = "An identity matrix, or a batch of them.",
            shapes = "batch_shape + (rows, columns)")
    static Object eye(Machine m, Object rows, Object columns, Object batch, Object dtype, String name) {
        Graph g = graph(m);
        Object cols = columns == None.NONE ? null : size(m, g, columns);
        Object outer = Operands.isTensor(batch) ? of(m, batch).toOutput(g, null, null, "shape") : Dims.ints(m, batch);
        return Tensors.wrap(ArrayOps.eye(g, size(m, g, rows), cols, outer, Dims.type(m, dtype, DType.FLOAT32), name));
    }

    private static Object size(Machine m, Graph g, Object value) {
        if (Operands.isTensor(value)) {
            return of(m, value).toOutput(g, null, null, "Const");
        }
        if (value instanceof Double) {
            throw NnError.type("num_rows and num_columns must be positive integer values.");
        }
        return Semantics.index(m, value instanceof DimensionValue d ? d.asNumber() : value);
    }

    // Shapes

    @Builtin(
            value = "shape",
            signature = "input, name=None, out_type=None",
            doc = "The shape as a tensor; a constant where it is known already.",
            shapes = "any of rank r -> (r)",
            example = "batch = tf.shape(x)[0]",
            gradient = "none")
    static Object shape(Machine m, Object input, String name, Object outType) {
        DType type = Dims.type(m, outType, DType.INT32);
        if (input instanceof SparseTensorValue s) {
            return Tensors.wrap(MathOps.cast(graph(m), s.denseShape(), type, name == null ? "Shape" : name));
        }
        return Tensors.wrap(Shapes.shape(graph(m), of(m, input), type, true, name));
    }

    @Builtin(value = "shape_n", signature = "input, out_type=None, name=None", doc = "The shapes of several tensors.")
    static Object shapeN(Machine m, Object input, Object outType, String name) {
        return Tensors.wrap(graph(m).op("ShapeN").name(name).inputs(Operands.list(m, input))
                .attr("out_type", Dims.type(m, outType, DType.INT32)).operation().outputs());
    }

    @Builtin(
            value = "size",
            signature = "input, name=None, out_type=None",
            doc = "The number of elements.",
            shapes = "any -> ()",
            gradient = "none")
    static Object size(Machine m, Object input, String name, Object outType) {
        return Tensors.wrap(Shapes.size(graph(m), of(m, input), Dims.type(m, outType, DType.INT32), name));
    }

    @Builtin(value = "rank", signature = "input, name=None", doc = "The number of dimensions.",
            shapes = "any -> ()", gradient = "none")
    static Object rank(Machine m, Object input, String name) {
        if (input instanceof SparseTensorValue s) {
            return Tensors.wrap(graph(m).op("Size").name(name == null ? "Rank" : name).input(s.denseShape()).output());
        }
        return Tensors.wrap(Shapes.rank(graph(m), of(m, input), name));
    }

    @Builtin(
            value = {"reshape", "manip.reshape"},
            signature = "tensor, shape, name=None",
            doc = "The same elements under another shape; one size may be -1 and is worked out.",
            shapes = "any -> shape, with as many elements; -1 stands for what is left",
            example = "tf.reshape(x, [-1, 784])",
            gradient = "dx = reshape(dy, shape(x))")
    static Object reshape(Machine m, Object tensor, Object shape, String name) {
        return Tensors.wrap(ArrayOps.reshape(graph(m), of(m, tensor), of(m, shape), name));
    }

    @Builtin(
            value = "expand_dims",
            signature = "input, axis=None, name=None, dim=None",
            doc = "The same elements with one more dimension, of size 1.",
            shapes = "a 1 more, at axis",
            gradient = "dx = reshape(dy, shape(x))")
    static Object expandDims(Machine m, Object input, Object axis, String name, Object dim) {
        Object at = Dims.either("axis", axis, "dim", dim);
        if (at == None.NONE) {
            throw NnError.value("Must specify an axis argument to tf.expand_dims()");
        }
        return Tensors.wrap(ArrayOps.expandDims(graph(m), of(m, input), of(m, at), name));
    }

    @Builtin(
            value = "squeeze",
            signature = "input, axis=None, name=None, squeeze_dims=None",
            doc = "The same elements without dimensions of size 1.",
            shapes = "without its 1s, or those at axis",
            gradient = "dx = reshape(dy, shape(x))")
    static Object squeeze(Machine m, Object input, Object axis, String name, Object dims) {
        int[] axes = Dims.ints(m, Dims.either("axis", axis, "squeeze_dims", dims));
        return Tensors.wrap(ArrayOps.squeeze(graph(m), of(m, input), axes, name));
    }

    @Builtin(
            value = {"ensure_shape"},
            signature = "x, shape, name=None",
            doc = "The tensor, which must have that shape when it runs.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy")
    static Object ensureShape(Machine m, Object x, Object shape, String name) {
        return Tensors.wrap(graph(m).op("EnsureShape").name(name == null ? "EnsureShape" : name).input(of(m, x))
                .attr("shape", ShapeValue.convert(m, shape)).output());
    }

    @Builtin(value = "broadcast_to", signature = "input, shape, name=None", doc = "Repeated to a larger shape.",
            shapes = "any -> shape", gradient = "dx = sum of dy over the repeated dimensions")
    static Object broadcastTo(Machine m, Object input, Object shape, String name) {
        return Tensors.wrap(graph(m).op("BroadcastTo").name(name).input(of(m, input)).input(of(m, shape)).output());
    }

    @Builtin(value = "broadcast_dynamic_shape", signature = "shape_x, shape_y", doc = "The shape that two shapes broadcast to, as a tensor.")
    static Object broadcastDynamicShape(Machine m, Object x, Object y) {
        return Tensors.wrap(graph(m).op("BroadcastArgs").input(of(m, x)).input(of(m, y)).output());
    }

    @Builtin(value = "broadcast_static_shape", signature = "shape_x, shape_y", doc = "The static shape that two shapes broadcast to.")
    static Object broadcastStaticShape(Machine m, Object x, Object y) {
        Shape a = ShapeValue.convert(m, x);
        Shape b = ShapeValue.convert(m, y);
        Optional<Shape> both = a.broadcast(b);
        return new ShapeValue(both.orElseThrow(
                () -> NnError.value("Incompatible shapes for broadcasting: " + a + " and " + b)));
    }

    // Turned

    @Builtin(
            value = "transpose",
            signature = "a, perm=None, name='transpose', conjugate=False",
            doc = "Dimensions in another order; reversed if none is given.",
            shapes = "(n, m) -> (m, n)",
            gradient = "da = transpose(dy, inverse of perm)")
    static Object transpose(Machine m, Object a, Object perm, String name, boolean conjugate) {
        return Tensors.wrap(ArrayOps.transpose(graph(m), of(m, a), Dims.optional(m, perm), conjugate, name));
    }

    @Builtin(
            value = {"matrix_transpose", "linalg.transpose", "linalg.matrix_transpose", "batch_matrix_transpose"},
            signature = "a, name='matrix_transpose', conjugate=False",
            doc = "The last two dimensions exchanged.",
            shapes = "(..., n, m) -> (..., m, n)",
            gradient = "da = matrix_transpose(dy)")
    static Object matrixTranspose(Machine m, Object a, String name, boolean conjugate) {
        return Tensors.wrap(ArrayOps.matrixTranspose(graph(m), of(m, a), conjugate, name));
    }

    @Builtin(
            value = {"reverse", "reverse_v2", "manip.reverse"},
            signature = "tensor, axis, name=None",
            doc = "Backwards along some dimensions.",
            shapes = "the shape of its operand stays",
            gradient = "dx = reverse(dy)")
    static Object reverse(Machine m, Object tensor, Object axis, String name) {
        return Tensors.wrap(graph(m).op("ReverseV2").name(name).input(of(m, tensor)).input(of(m, axis)).output());
    }

    @Builtin(
            value = "reverse_sequence",
            signature = "input, seq_lengths, seq_axis=None, batch_axis=None, name=None, seq_dim=None, batch_dim=None",
            doc = "The first elements of each row backwards, as many as the lengths say.",
            shapes = "the shape of its operand stays",
            gradient = "dx = reverse_sequence(dy)")
    static Object reverseSequence(
            Machine m, Object input, Object lengths, Object seq, Object batch, String name, Object seqDim, Object batchDim) {
        Object s = Dims.either("seq_axis", seq, "seq_dim", seqDim);
        Object b = Dims.either("batch_axis", batch, "batch_dim", batchDim);
        return Tensors.wrap(graph(m).op("ReverseSequence").name(name).input(of(m, input)).input(of(m, lengths))
                .attr("seq_dim", Semantics.index(m, s))
                .attr("batch_dim", b == None.NONE ? 0L : Semantics.index(m, b)).output());
    }

    @Builtin(value = {"invert_permutation", "math.invert_permutation"}, signature = "x, name=None", doc = "The permutation that undoes one.",
            shapes = "the shape of its operand stays", gradient = "none")
    static Object invertPermutation(Machine m, Object x, String name) {
        return Tensors.wrap(graph(m).op("InvertPermutation").name(name).input(of(m, x)).output());
    }

    @Builtin(
            value = {"tile", "manip.tile"},
            signature = "input, multiples, name=None",
            doc = "The tensor repeated along each dimension.",
            shapes = "(n, m), [a, b] -> (a n, b m)",
            gradient = "dx = sum of the copies' gradients")
    static Object tile(Machine m, Object input, Object multiples, String name) {
        return Tensors.wrap(ArrayOps.tile(graph(m), of(m, input), of(m, multiples), name));
    }

    @Builtin(
            value = "pad",
            signature = "tensor, paddings, mode='CONSTANT', name=None, constant_values=0",
            doc = "The tensor with a margin: zeros, or mirrored at its edges.",
            shapes = "(n, m), [[a, b], [c, d]] -> (a + n + b, c + m + d)",
            gradient = "dx = the middle of dy")
    static Object pad(Machine m, Object tensor, Object paddings, String mode, String name, Object value) {
        boolean zero = !Operands.isTensor(value) && value instanceof Number n && n.doubleValue() == 0;
        Output out = ArrayOps.pad(
                graph(m), of(m, tensor), of(m, paddings), mode.toUpperCase(Locale.ROOT), zero ? null : of(m, value), name);
        return Tensors.wrap(out);
    }

    // Joined and split

    private static boolean isList(Object v) {
        return v instanceof ListValue || v instanceof TupleValue;
    }

    @Builtin(
            value = {"concat", "concat_v2"},
            signature = "values, axis, name='concat'",
            doc = "Tensors one behind the other along a dimension.",
            shapes = "(n, k), (m, k) -> (n + m, k) along 0",
            gradient = "each gets its part of dy")
    static Object concat(Machine m, Object values, Object axis, String name) {
        List<Operand> all = Operands.list(m, values);
        try {
            return Tensors.wrap(ArrayOps.concat(graph(m), all, of(m, axis), name));
        } catch (NnError mistake) {
            if (!isList(values) && isList(axis)) {
                throw mistake.help("the tensors come first, then the axis: tf.concat([a, b], 0)");
            }
            throw mistake;
        }
    }

    @Builtin(
            value = {"stack", "pack"},
            signature = "values, axis=0, name='stack'",
            doc = "Tensors of one shape side by side along a new dimension.",
            shapes = "k x (n, m) -> (k, n, m)",
            gradient = "each gets its part of dy")
    static Object stack(Machine m, Object values, long axis, String name) {
        return Tensors.wrap(stacked(m, values, axis, name == null ? "stack" : name));
    }

    static Output stacked(Machine m, Object values, long axis, String name) {
        Graph g = graph(m);
        if (axis == 0) {
            try {
                return of(m, values).toOutput(g, null, null, name);
            } catch (NnError notConstant) {
                if (!isList(values) || Semantics.length(m, values) == 0) {
                    throw notConstant;
                }
            }
        }
        Object first = isList(values) ? Semantics.elements(m, values)[0] : values;
        Shape one = of(m, first).toOutput(g, null, null, name).shape();
        if (one.hasRank() && (axis < -one.rank() - 1 || axis > one.rank())) {
            throw NnError.value("axis = " + axis + " not in [" + (-one.rank() - 1) + ", " + (one.rank() + 1) + ")");
        }
        return ArrayOps.pack(g, Operands.list(m, values), (int) axis, name);
    }

    @Builtin(
            value = {"unstack", "unpack"},
            signature = "value, num=None, axis=0, name='unstack'",
            doc = "The slices of a tensor along a dimension, as a list.",
            shapes = "(k, n, m) -> k x (n, m)",
            gradient = "dx = stack(dy)")
    static Object unstack(Machine m, Object value, Object num, long axis, String name) {
        Graph g = graph(m);
        Operand x = of(m, value);
        long count;
        if (num == None.NONE) {
            Output t = x.toOutput(g, null, null, "Const");
            Shape s = t.shape();
            if (s.hasRank() && (axis < -s.rank() || axis >= s.rank())) {
                throw NnError.value("axis = " + axis + " not in [" + -s.rank() + ", " + s.rank() + ")");
            }
            count = s.dim((int) axis);
            if (count == Shape.UNKNOWN) {
                throw NnError.value("Cannot infer num from shape " + s);
            }
            x = t;
        } else {
            count = Semantics.index(m, num);
        }
        return Tensors.wrap(ArrayOps.unstack(g, x, (int) count, (int) axis, name));
    }

    @Builtin(
            value = "split",
            signature = "value, num_or_size_splits, axis=0, num=None, name='split'",
            doc = "The tensor cut along a dimension into so many equal parts, or parts of the given sizes.",
            shapes = "(2n, m) -> (n, m), (n, m)",
            gradient = "dx = concat(dy)")
    static Object split(Machine m, Object value, Object parts, Object axis, Object num, String name) {
        Graph g = graph(m);
        Object count = parts instanceof DimensionValue d ? d.asNumber() : parts;
        if (count instanceof Long n) {
            return Tensors.wrap(ArrayOps.split(g, of(m, value), (int) (long) n, of(m, axis), name));
        }
        Output sizes;
        try {
            sizes = of(m, parts).toOutput(g, null, null, "Const");
        } catch (NnError mistake) {
            throw mistake.help("the tensor comes first: tf.split(value, num_or_size_splits, axis)");
        }
        if (sizes.shape().hasRank() && sizes.shape().rank() == 0) {
            throw NnError.value("Rank-0 tensors are not supported as the num_or_size_splits argument to split. Argument "
                    + "provided: " + Semantics.str(m, parts));
        }
        long n = num != None.NONE ? Semantics.index(m, num) : sizes.shape().dim(0);
        if (n == Shape.UNKNOWN) {
            throw NnError.value("Cannot infer num from shape " + Semantics.str(m, parts));
        }
        return Tensors.wrap(ArrayOps.splitSizes(g, of(m, value), sizes, of(m, axis), (int) n, name));
    }

    @Builtin(
            value = "meshgrid",
            signature = "*args, indexing='xy', name='meshgrid'",
            doc = "Coordinates of a grid, one tensor for each vector given.",
            shapes = "(n), (m) -> (m, n), (m, n)",
            gradient = "each: the sum of dy along the other axes")
    static Object meshgrid(Machine m, Object[] args, String indexing, String name) {
        if (!indexing.equals("xy") && !indexing.equals("ij")) {
            throw NnError.value("indexing parameter must be either 'xy' or 'ij'");
        }
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name == null ? "meshgrid" : name)) {
            int n = args.length;
            List<Output> grid = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                grid.add(ArrayOps.reshape(g, stacked(m, args[i], 0, "stack"), ones(n, i), null));
            }
            List<Object> sizes = new ArrayList<>();
            for (Object x : args) {
                sizes.add(Tensors.wrap(Shapes.size(g, of(m, x), DType.INT32, null)));
            }
            DType type = of(m, args[0]).toOutput(g, null, null, "Const").dtype();
            if (indexing.equals("xy") && n > 1) {
                grid.set(0, ArrayOps.reshape(g, grid.get(0), ones(n, 1), null));
                grid.set(1, ArrayOps.reshape(g, grid.get(1), ones(n, 0), null));
                Object first = sizes.set(0, sizes.get(1));
                sizes.set(1, first);
            }
            TensorValue factor = (TensorValue) ones(m, ListValue.of(sizes.toArray()), DTypeValue.of(type), null);
            List<Output> result = new ArrayList<>();
            for (Output x : grid) {
                result.add(MathOps.times(g, x, factor.output()));
            }
            return Tensors.wrap(result);
        }
    }

    private static Operand ones(int n, int whole) {
        int[] dims = new int[n];
        for (int i = 0; i < n; i++) {
            dims[i] = i == whole ? -1 : 1;
        }
        return Literal.ofInts(dims);
    }

    // Passed on

    @Builtin(value = "identity_n", signature = "input, name=None", doc = "Tensors of the same values.",
            shapes = "each as it is", gradient = "dx = dy")
    static Object identityN(Machine m, Object input, String name) {
        return Tensors.wrap(graph(m).op("IdentityN").name(name).inputs(Operands.list(m, input)).operation().outputs());
    }

    @Builtin(value = "guarantee_const", signature = "input, name=None", doc = "The tensor, which the caller says never changes.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy")
    static Object guaranteeConst(Machine m, Object input, String name) {
        return Tensors.wrap(graph(m).op("GuaranteeConst").name(name).input(of(m, input)).output());
    }

    @Builtin(
            value = {"check_numerics", "debugging.check_numerics"},
            signature = "tensor, message, name=None",
            doc = "The tensor, or an error where it holds NaN or infinity.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy, checked too")
    static Object checkNumerics(Machine m, Object tensor, String message, String name) {
        return Tensors.wrap(graph(m).op("CheckNumerics").name(name).input(of(m, tensor)).attr("message", message).output());
    }

    // Space, batch and depth

    @Builtin(value = {"space_to_depth", "nn.space_to_depth"}, signature = "input, block_size, name=None, data_format='NHWC'", doc = "Blocks of an image moved to its depth.",
            shapes = "(b, h, w, c) -> (b, h / k, w / k, c k k)", gradient = "dx = depth_to_space(dy)")
    static Object spaceToDepth(Machine m, Object input, long block, String name, String format) {
        return Tensors.wrap(graph(m).op("SpaceToDepth").name(name).input(of(m, input)).attr("block_size", block)
                .attr("data_format", format).output());
    }

    @Builtin(value = {"depth_to_space", "nn.depth_to_space"}, signature = "input, block_size, name=None, data_format='NHWC'", doc = "Depth of an image moved to blocks.",
            shapes = "(b, h, w, c) -> (b, h k, w k, c / k k)", gradient = "dx = space_to_depth(dy)")
    static Object depthToSpace(Machine m, Object input, long block, String name, String format) {
        return Tensors.wrap(graph(m).op("DepthToSpace").name(name).input(of(m, input)).attr("block_size", block)
                .attr("data_format", format).output());
    }

    @Builtin(value = {"space_to_batch_nd", "manip.space_to_batch_nd"}, signature = "input, block_shape, paddings, name=None", doc = "Blocks of space moved to the batch.", gradient = "dx = batch_to_space_nd(dy)")
    static Object spaceToBatchNd(Machine m, Object input, Object block, Object paddings, String name) {
        return Tensors.wrap(graph(m).op("SpaceToBatchND").name(name).input(of(m, input)).input(of(m, block))
                .input(of(m, paddings)).output());
    }

    @Builtin(value = {"batch_to_space_nd", "manip.batch_to_space_nd"}, signature = "input, block_shape, crops, name=None", doc = "Batch entries moved to blocks of space.", gradient = "dx = space_to_batch_nd(dy)")
    static Object batchToSpaceNd(Machine m, Object input, Object block, Object crops, String name) {
        return Tensors.wrap(graph(m).op("BatchToSpaceND").name(name).input(of(m, input)).input(of(m, block))
                .input(of(m, crops)).output());
    }
}
