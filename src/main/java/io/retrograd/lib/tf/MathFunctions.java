package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.Graph;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.TensorProducts;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import java.util.List;

/** Mathematics of {@code tf} that is more than one operation: division, casts, matrices, sums of lists, sequences. */
final class MathFunctions {
    private MathFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Operand optional(Machine m, Object value) {
        return value == None.NONE ? null : Operands.of(m, value);
    }

    @Builtin(
            value = {"abs", "math.abs", "complex_abs"},
            signature = "x, name=None",
            doc = "The absolute value of x.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * sign(x)")
    static Object abs(Machine m, Object x, String name) {
        return Tensors.wrap(MathOps.abs(graph(m), Operands.of(m, x), name));
    }

    @Builtin(
            value = {"round", "math.round"},
            signature = "x, name=None",
            doc = "The nearest whole number, halves to even.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object round(Machine m, Object x, String name) {
        return Tensors.wrap(MathOps.round(graph(m), Operands.of(m, x), name));
    }

    @Builtin(
            value = {"log_sigmoid", "math.log_sigmoid"},
            signature = "x, name=None",
            doc = "log(sigmoid(x)), exact for large |x|.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * sigmoid(-x)")
    static Object logSigmoid(Machine m, Object x, String name) {
        return Tensors.wrap(MathOps.logSigmoid(graph(m), Operands.of(m, x), name));
    }

    @Builtin(value = "math.reciprocal_no_nan", signature = "x, name=None", doc = "1 / x, and 0 where x is 0.",
            shapes = "the shape of its operand stays",
            gradient = "dx = -dy * y**2")
    static Object reciprocalNoNan(Machine m, Object x, String name) {
        return Tensors.wrap(MathOps.reciprocalNoNan(graph(m), Operands.of(m, x), name));
    }

    // Division

    @Builtin(
            value = {"divide", "math.divide"},
            signature = "x, y, name=None",
            doc = "x / y as Python divides.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dz / y, dy = -dz * x / y**2")
    static Object divide(Machine m, Object x, Object y, String name) {
        return name == null ? Semantics.binary(m, BinaryOperator.DIVIDE, x, y) : truediv(m, x, y, name);
    }

    @Builtin(
            value = {"truediv", "math.truediv"},
            signature = "x, y, name=None",
            doc = "x / y; whole numbers become floats first.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dz / y, dy = -dz * x / y**2")
    static Object truediv(Machine m, Object x, Object y, String name) {
        return Tensors.wrap(MathOps.trueDivide(graph(m), Operands.of(m, x), Operands.of(m, y), name));
    }

    @Builtin(
            value = "div",
            signature = "x, y, name=None",
            doc = "x / y as Python 2 divides: whole numbers are rounded down.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dz / y, dy = -dz * x / y**2")
    static Object div(Machine m, Object x, Object y, String name) {
        return Tensors.wrap(MathOps.divide2(graph(m), Operands.of(m, x), Operands.of(m, y), name));
    }

    @Builtin(
            value = {"floordiv", "math.floordiv"},
            signature = "x, y, name=None",
            doc = "x / y rounded down.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object floordiv(Machine m, Object x, Object y, String name) {
        String wanted = name == null ? "floordiv" : name;
        return Tensors.wrap(MathOps.binary(graph(m), "FloorDiv", Operands.of(m, x), Operands.of(m, y), wanted));
    }

    @Builtin(
            value = {"div_no_nan", "math.divide_no_nan"},
            signature = "x, y, name=None",
            doc = "x / y, and 0 where y is 0.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dz / y, dy = -dz * x / y**2")
    static Object divNoNan(Machine m, Object x, Object y, String name) {
        return Tensors.wrap(
                MathOps.likeFirst(graph(m), "DivNoNan", "div_no_nan", Operands.of(m, x), Operands.of(m, y), name));
    }

    @Builtin(
            value = "math.multiply_no_nan",
            signature = "x, y, name=None",
            doc = "x * y, and 0 where y is 0, even if x is infinite.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dx = dout * y, dy = dout * x")
    static Object multiplyNoNan(Machine m, Object x, Object y, String name) {
        return Tensors.wrap(
                MathOps.likeFirst(graph(m), "MulNoNan", "multiply_no_nan", Operands.of(m, x), Operands.of(m, y), name));
    }

    @Builtin(
            value = {"logical_xor", "math.logical_xor"},
            signature = "x, y, name='LogicalXor'",
            doc = "Either x or y, not both.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object logicalXor(Machine m, Object x, Object y, String name) {
        return Tensors.wrap(MathOps.logicalXor(graph(m), Operands.of(m, x), Operands.of(m, y), name));
    }

    @Builtin(
            value = "approximate_equal",
            signature = "x, y, tolerance=1e-05, name=None",
            doc = "Whether x and y differ by less than the tolerance.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "none")
    static Object approximateEqual(Machine m, Object x, Object y, double tolerance, String name) {
        return Tensors.wrap(graph(m).op("ApproximateEqual").name(name)
                .input(Operands.of(m, x))
                .input(Operands.of(m, y))
                .attr("tolerance", (float) tolerance)
                .output());
    }

    // Casts

    private static Object cast(Machine m, Object x, DType type, String name) {
        return Tensors.wrap(MathOps.cast(graph(m), Operands.of(m, x), type, name));
    }

    @Builtin(
            value = {"cast", "dtypes.cast"},
            signature = "x, dtype, name=None",
            doc = "x with elements of another type; floats are cut towards 0.",
            shapes = "the shape of its operand stays",
            example = "tf.cast(tf.equal(a, b), tf.float32)",
            gradient = "dx = dy, between float types")
    static Object cast(Machine m, Object x, Object dtype, String name) {
        return cast(m, x, DTypeValue.convert(m, dtype), name);
    }

    @Builtin(
            value = {"saturate_cast", "dtypes.saturate_cast"},
            signature = "value, dtype, name=None",
            doc = "x with elements of another type, clipped to what that type holds.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy inside the range, 0 outside")
    static Object saturateCast(Machine m, Object value, Object dtype, String name) {
        return Tensors.wrap(
                MathOps.saturateCast(graph(m), Operands.of(m, value), DTypeValue.convert(m, dtype), name));
    }

    @Builtin(value = "to_float", signature = "x, name='ToFloat'", doc = "x as float32.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy")
    static Object toFloat(Machine m, Object x, String name) {
        return cast(m, x, DType.FLOAT32, name);
    }

    @Builtin(value = "to_double", signature = "x, name='ToDouble'", doc = "x as float64.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy")
    static Object toDouble(Machine m, Object x, String name) {
        return cast(m, x, DType.FLOAT64, name);
    }

    @Builtin(value = "to_int32", signature = "x, name='ToInt32'", doc = "x as int32.")
    static Object toInt32(Machine m, Object x, String name) {
        return cast(m, x, DType.INT32, name);
    }

    @Builtin(value = "to_int64", signature = "x, name='ToInt64'", doc = "x as int64.")
    static Object toInt64(Machine m, Object x, String name) {
        return cast(m, x, DType.INT64, name);
    }

    @Builtin(value = "to_complex64", signature = "x, name='ToComplex64'", doc = "x as complex64.")
    static Object toComplex64(Machine m, Object x, String name) {
        return cast(m, x, DType.COMPLEX64, name);
    }

    @Builtin(value = "to_complex128", signature = "x, name='ToComplex128'", doc = "x as complex128.")
    static Object toComplex128(Machine m, Object x, String name) {
        return cast(m, x, DType.COMPLEX128, name);
    }

    @Builtin(
            value = "bitcast",
            signature = "input, type, name=None",
            doc = "The bits of x seen as elements of another type.")
    static Object bitcast(Machine m, Object input, Object type, String name) {
        return Tensors.wrap(graph(m).op("Bitcast").name(name).input(Operands.of(m, input))
                .attr("type", DTypeValue.convert(m, type)).output());
    }

    @Builtin(
            value = {"complex", "dtypes.complex"},
            signature = "real, imag, name=None",
            doc = "Complex numbers from their parts.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)",
            gradient = "dreal = real(dy), dimag = imag(dy)")
    static Object complex(Machine m, Object real, Object imag, String name) {
        return Tensors.wrap(MathOps.complex(graph(m), Operands.of(m, real), Operands.of(m, imag), name));
    }

    @Builtin(value = {"real", "math.real"}, signature = "input, name=None", doc = "The real part.",
            shapes = "the shape of its operand stays",
            gradient = "dx = complex(dy, 0)")
    static Object real(Machine m, Object input, String name) {
        return Tensors.wrap(MathOps.complexPart(graph(m), "Real", Operands.of(m, input), name));
    }

    @Builtin(value = {"imag", "math.imag"}, signature = "input, name=None", doc = "The imaginary part.",
            shapes = "the shape of its operand stays",
            gradient = "dx = complex(0, dy)")
    static Object imag(Machine m, Object input, String name) {
        return Tensors.wrap(MathOps.complexPart(graph(m), "Imag", Operands.of(m, input), name));
    }

    @Builtin(value = {"angle", "math.angle"}, signature = "input, name=None", doc = "The angle of complex numbers.",
            shapes = "the shape of its operand stays",
            gradient = "dx = -dy / (imag(x) + i * real(x))")
    static Object angle(Machine m, Object input, String name) {
        return Tensors.wrap(MathOps.complexPart(graph(m), "Angle", Operands.of(m, input), name));
    }

    @Builtin(value = {"conj", "math.conj"}, signature = "x, name=None", doc = "The complex conjugate.",
            shapes = "the shape of its operand stays",
            gradient = "dx = conj(dy)")
    static Object conj(Machine m, Object x, String name) {
        return Tensors.wrap(MathOps.conj(graph(m), Operands.of(m, x), name));
    }

    // Sums, clipping, sequences

    private static List<Operand> list(Machine m, Object inputs, String mistake) {
        if (!(inputs instanceof ListValue) && !(inputs instanceof TupleValue)) {
            throw NnError.value(mistake);
        }
        return Operands.list(m, inputs);
    }

    @Builtin(
            value = {"add_n", "math.add_n"},
            signature = "inputs, name=None",
            doc = "The sum of tensors of one shape.",
            shapes = "all alike -> the same",
            gradient = "dy to each")
    static Object addN(Machine m, Object inputs, String name) {
        List<Operand> all = list(
                m, inputs, "inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape");
        return Tensors.wrap(MathOps.addN(graph(m), all, name));
    }

    @Builtin(
            value = {"accumulate_n", "math.accumulate_n"},
            signature = "inputs, shape=None, tensor_dtype=None, name=None",
            doc = "The sum of tensors of one shape.",
            shapes = "all alike -> the same",
            gradient = "dy to each")
    static Object accumulateN(Machine m, Object inputs, Object shape, Object dtype, String name) {
        List<Operand> all =
                list(m, inputs, "inputs must be a list of at least one Tensor with the same dtype and shape");
        return Tensors.wrap(MathOps.accumulateN(
                graph(m),
                all,
                shape == None.NONE ? null : ShapeValue.convert(m, shape),
                dtype == None.NONE ? null : DTypeValue.convert(m, dtype),
                name));
    }

    @Builtin(
            value = {"scalar_mul", "math.scalar_mul"},
            signature = "scalar, x, name=None",
            doc = "A number times a tensor.",
            shapes = "the shape of its operand stays",
            gradient = "dx = scalar * dy, dscalar = sum(dy * x)")
    static Object scalarMul(Machine m, Object scalar, Object x, String name) {
        if (x instanceof IndexedSlicesValue rows) {
            Output scaled =
                    MathOps.scalarMultiply(graph(m), Operands.of(m, scalar), rows.slices().values(), name);
            return Tensors.wrap(
                    (Gradient) new IndexedSlices(scaled, rows.slices().indices(), rows.slices().denseShape()));
        }
        if (!Operands.isTensor(x)) {
            throw NnError.attribute("'" + Semantics.typeOf(x).name() + "' object has no attribute 'dtype'");
        }
        Output tensor = Operands.of(m, x).toOutput(graph(m), null, null, "x");
        return Tensors.wrap(MathOps.scalarMultiply(graph(m), Operands.of(m, scalar), tensor, name));
    }

    @Builtin(
            value = "clip_by_value",
            signature = "t, clip_value_min, clip_value_max, name=None",
            doc = "x, but no less than the one and no more than the other.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy where x was not clipped, else 0")
    static Object clipByValue(Machine m, Object t, Object min, Object max, String name) {
        return Tensors.wrap(
                MathOps.clipByValue(graph(m), Operands.of(m, t), Operands.of(m, min), Operands.of(m, max), name));
    }

    @Builtin(
            value = "range",
            signature = "start, limit=None, delta=1, dtype=None, name='range'",
            doc = "start, start + delta … below limit; from 0 if only one number is given.",
            shapes = "-> (ceil((limit - start) / delta))",
            example = "tf.range(5)",
            gradient = "none")
    static Object range(Machine m, Object start, Object limit, Object delta, Object dtype, String name) {
        Operand from = Operands.of(m, limit == None.NONE ? (Object) 0L : start);
        Operand to = Operands.of(m, limit == None.NONE ? start : limit);
        DType type = dtype == None.NONE ? null : DTypeValue.convert(m, dtype);
        return Tensors.wrap(MathOps.range(graph(m), from, to, Operands.of(m, delta), type, name));
    }

    @Builtin(
            value = {"linspace", "lin_space", "math.linspace"},
            signature = "start, stop, num, name=None",
            doc = "num evenly spaced numbers from start to stop, both included.",
            shapes = "-> (num)",
            gradient = "none")
    static Object linspace(Machine m, Object start, Object stop, Object num, String name) {
        return Tensors.wrap(graph(m).op("LinSpace").name(name)
                .input(Operands.of(m, start))
                .input(Operands.of(m, stop))
                .input(Operands.of(m, num))
                .output());
    }

    @Builtin(
            value = {"bincount", "math.bincount"},
            signature = "arr, weights=None, minlength=None, maxlength=None, dtype=None",
            doc = "How often each of 0, 1 … occurs.",
            shapes = "any -> (the largest number + 1)",
            gradient = "none")
    static Object bincount(Machine m, Object arr, Object weights, Object least, Object most, Object dtype) {
        DType type = dtype == None.NONE ? DType.INT32 : DTypeValue.convert(m, dtype);
        return Tensors.wrap(TensorProducts.bincount(
                graph(m), Operands.of(m, arr), optional(m, weights), optional(m, least), optional(m, most), type, null));
    }

    @Builtin(
            value = "histogram_fixed_width",
            signature = "values, value_range, nbins=100, dtype=None, name=None",
            doc = "How many values lie in each of nbins equal parts of a range.",
            gradient = "none")
    static Object histogramFixedWidth(
            Machine m, Object values, Object range, Object nbins, Object dtype, String name) {
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name == null ? "histogram_fixed_width" : name)) {
            return Tensors.wrap(g.op("HistogramFixedWidth")
                    .name(scope.operationName())
                    .input(Operands.of(m, values))
                    .input(Operands.of(m, range))
                    .input(Operands.of(m, nbins))
                    .attr("dtype", dtype == None.NONE ? DType.INT32 : DTypeValue.convert(m, dtype))
                    .output());
        }
    }

    @Builtin(
            value = {"unsorted_segment_mean", "math.unsorted_segment_mean"},
            signature = "data, segment_ids, num_segments, name=None",
            doc = "Means of the rows with the same number, in any order.",
            shapes = "(n, m), ids (n) -> (num_segments, m)",
            gradient = "ddata = dy[segment_ids] / the size of the segment")
    static Object unsortedSegmentMean(Machine m, Object data, Object ids, Object count, String name) {
        return Tensors.wrap(TensorProducts.segmentMean(
                graph(m), Operands.of(m, data), Operands.of(m, ids), Operands.of(m, count), false, name));
    }

    @Builtin(
            value = {"unsorted_segment_sqrt_n", "math.unsorted_segment_sqrt_n"},
            signature = "data, segment_ids, num_segments, name=None",
            doc = "Sums of the rows with the same number divided by the root of their count.",
            shapes = "(n, m), ids (n) -> (num_segments, m)",
            gradient = "ddata = dy[segment_ids] / sqrt(the size of the segment)")
    static Object unsortedSegmentSqrtN(Machine m, Object data, Object ids, Object count, String name) {
        return Tensors.wrap(TensorProducts.segmentMean(
                graph(m), Operands.of(m, data), Operands.of(m, ids), Operands.of(m, count), true, name));
    }

    @Builtin(
            value = "math.polyval",
            signature = "coeffs, x, name=None",
            doc = "The polynomial with these coefficients, the highest power first.",
            shapes = "the shape of its operand stays",
            gradient = "dx = dy * the derivative at x, dcoeffs_k = dy * x**(n - k)")
    static Object polyval(Machine m, Object coeffs, Object x, String name) {
        return Tensors.wrap(TensorProducts.polynomial(graph(m), Operands.list(m, coeffs), Operands.of(m, x), name));
    }

    // Matrices

    @Builtin(
            value = {"matmul", "linalg.matmul"},
            signature = "a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False,"
                    + " b_is_sparse=False, name=None",
            doc = "The product of two matrices, or of each pair in two batches of them.",
            shapes = "(n, k) x (k, m) -> (n, m)",
            example = "tf.matmul(x, w)",
            gradient = "da = dy @ b.T, db = a.T @ dy")
    static Object matmul(
            Machine m,
            Object a,
            Object b,
            boolean transposeA,
            boolean transposeB,
            boolean adjointA,
            boolean adjointB,
            boolean sparseA,
            boolean sparseB,
            String name) {
        return Tensors.wrap(MathOps.matmul(
                graph(m), Operands.of(m, a), Operands.of(m, b), transposeA, transposeB, adjointA, adjointB, name));
    }

    @Builtin(
            value = "batch_matmul",
            signature = "x, y, adj_x=False, adj_y=False, name=None",
            doc = "The product of each pair in two batches of matrices; tf.matmul does that too.",
            shapes = "(b, n, k) x (b, k, m) -> (b, n, m)",
            gradient = "dx = dz @ y.T, dy = x.T @ dz")
    static Object batchMatmul(Machine m, Object x, Object y, boolean adjointX, boolean adjointY, String name) {
        return Tensors.wrap(graph(m).op("BatchMatMul").name(name)
                .input(Operands.of(m, x))
                .input(Operands.of(m, y))
                .attr("adj_x", adjointX)
                .attr("adj_y", adjointY)
                .output());
    }

    @Builtin(
            value = "linalg.matvec",
            signature = "a, b, transpose_a=False, adjoint_a=False, a_is_sparse=False, b_is_sparse=False, name=None",
            doc = "The product of a matrix and a vector.",
            gradient = "da = outer(dy, b), db = a.T @ dy",
            shapes = "(n, k) x (k) -> (n)")
    static Object matvec(
            Machine m, Object a, Object b, boolean transpose, boolean adjoint, boolean sparseA, boolean sparseB, String name) {
        return Tensors.wrap(
                MathOps.matvec(graph(m), Operands.of(m, a), Operands.of(m, b), transpose, adjoint, name));
    }

    @Builtin(
            value = {"cross", "linalg.cross"},
            signature = "a, b, name=None",
            doc = "The vector product of triples.",
            shapes = "the shape of its operand stays",
            gradient = "da = b x dc, db = dc x a")
    static Object cross(Machine m, Object a, Object b, String name) {
        return Tensors.wrap(MathOps.binary(graph(m), "Cross", Operands.of(m, a), Operands.of(m, b), name));
    }

    @Builtin(
            value = {"tensordot", "linalg.tensordot"},
            signature = "a, b, axes, name=None",
            doc = "Sums products over pairs of dimensions: the last of a and first of b, or two lists of them.",
            shapes = "the axes contracted are dropped: (n, k), (k, m) -> (n, m)",
            gradient = "da, db: dy contracted with the other one")
    static Object tensordot(Machine m, Object a, Object b, Object axes, String name) {
        Operand x = Operands.of(m, a);
        Operand y = Operands.of(m, b);
        if (axes instanceof Long count) {
            return Tensors.wrap(TensorProducts.tensordot(graph(m), x, y, count.intValue(), name));
        }
        if (!(axes instanceof ListValue) && !(axes instanceof TupleValue) || Semantics.length(m, axes) != 2) {
            throw NnError.value("'axes' must be an integer or have length 2.");
        }
        int[] axesA = ints(m, Semantics.item(m, axes, 0L));
        int[] axesB = ints(m, Semantics.item(m, axes, 1L));
        if (axesA.length != axesB.length) {
            throw NnError.value("Different number of contraction axes 'a' and 'b', " + axesA.length + " != "
                    + axesB.length + ".");
        }
        return Tensors.wrap(TensorProducts.tensordot(graph(m), x, y, axesA, axesB, name));
    }

    /** An int, or a list of ints. */
    private static int[] ints(Machine m, Object value) {
        if (value instanceof Long one) {
            return new int[] {one.intValue()};
        }
        int[] all = new int[Semantics.length(m, value)];
        for (int i = 0; i < all.length; i++) {
            all[i] = (int) Semantics.index(m, Semantics.item(m, value, (long) i));
        }
        return all;
    }

    @Builtin(
            value = {"norm", "linalg.norm"},
            signature = "tensor, ord='euclidean', axis=None, keepdims=None, name=None, keep_dims=None",
            doc = "The length of vectors: Euclidean, or of another order.",
            shapes = "without axis -> (); else the axes are dropped, or become 1 with keepdims",
            gradient = "dx = dy * x / y")
    static Object norm(Machine m, Object tensor, Object ord, Object axis, Object keep, String name, Object oldKeep) {
        int[] axes = axis == None.NONE ? null : ints(m, axis);
        boolean matrix = axes != null && axes.length == 2;
        boolean named = "euclidean".equals(ord) || matrix && "fro".equals(ord);
        if (!named && (ord instanceof String || !(Semantics.real(m, ord) > 0))) {
            String kinds = matrix ? "matrix norm in ['euclidean', 'fro', 1, 2, inf]" : "vector norm in ['euclidean', 1, 2, inf]";
            throw NnError.value("'ord' must be a supported " + kinds + ", got " + Semantics.str(m, ord));
        }
        if (axes != null && axes.length > 2 || axes != null && axes.length == 1 && !(axis instanceof Long)) {
            throw NnError.value("'axis' must be None, an integer, or a tuple of 2 unique integers");
        }
        boolean keeps = Semantics.truth(m, oldKeep == None.NONE ? keep : oldKeep);
        double p = named ? 2 : Semantics.real(m, ord);
        return Tensors.wrap(TensorProducts.norm(graph(m), Operands.of(m, tensor), p, axes, keeps, name));
    }
}
