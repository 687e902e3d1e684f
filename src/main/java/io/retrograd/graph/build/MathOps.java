package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** What {@code tf.math} and Python's operators on tensors create, operation by operation. */
public final class MathOps {
    private MathOps() {}

    // Single operations

    /** An operation with one input. */
    public static Output unary(Graph g, String type, Operand x, String name) {
        return g.op(type).name(name).input(x).output();
    }

    /** An operation with two inputs. */
    public static Output binary(Graph g, String type, Operand x, Operand y, String name) {
        return g.op(type).name(name).input(x).input(y).output();
    }

    private static boolean isTensor(Operand x) {
        return x instanceof Output || x instanceof Variable;
    }

    // Python's operators

    /** {@code x + y}. */
    public static Output plus(Graph g, Operand x, Operand y) {
        return operator(g, "add", x, y);
    }

    /** {@code x - y}. */
    public static Output minus(Graph g, Operand x, Operand y) {
        return operator(g, "sub", x, y);
    }

    /** {@code x * y}. */
    public static Output times(Graph g, Operand x, Operand y) {
        return operator(g, "mul", x, y);
    }

    /** {@code x / y} of Python 3. */
    public static Output over(Graph g, Operand x, Operand y) {
        return operator(g, "truediv", x, y);
    }

    /** {@code -x}. */
    public static Output negate(Graph g, Operand x) {
        return unary(g, "Neg", x, null);
    }

    /**
     * A Python operator on two values of which at least one is a tensor or variable.
     *
     * @param stem the operator's name without underscores: add, sub, mul, truediv, div, floordiv, mod, pow, matmul,
     *     and, or, xor
     */
    public static Output operator(Graph g, String stem, Operand x, Operand y) {
        try (NameScope scope = g.nameScope(stem)) {
            Output a;
            Output b;
            if (isTensor(x)) {
                // The other value may keep a type of its own; the operation then says that the two do not match.
                a = x.toOutput(g, null, null, "x");
                b = y.toOutput(g, null, isTensor(y) ? null : a.dtype(), "y");
            } else {
                b = y.toOutput(g, null, null, "y");
                a = x.toOutput(g, b.dtype(), null, "x");
            }
            String name = scope.operationName();
            return switch (stem) {
                case "add" -> binary(g, a.dtype() == DType.STRING ? "Add" : "AddV2", a, b, name);
                case "sub" -> binary(g, "Sub", a, b, name);
                case "mul" -> binary(g, "Mul", a, b, name);
                case "truediv" -> trueDivide(g, a, b, name);
                case "div" -> divide2(g, a, b, name);
                case "floordiv" -> binary(g, "FloorDiv", a, b, name);
                case "mod" -> binary(g, "FloorMod", a, b, name);
                case "pow" -> binary(g, "Pow", a, b, name);
                case "matmul" -> matmul(g, a, b, false, false, false, false, name);
                case "and" -> binary(g, "LogicalAnd", a, b, name);
                case "or" -> binary(g, "LogicalOr", a, b, name);
                case "xor" -> logicalXor(g, a, b, name);
                default -> throw new IllegalArgumentException(stem);
            };
        }
    }

    /** {@code tf.truediv}: integers become floats first. */
    public static Output trueDivide(Graph g, Operand x, Operand y, String name) {
        try (NameScope scope = g.nameScope(name == null ? "truediv" : name)) {
            Output a = x.toOutput(g, null, null, "x");
            Output b = y.toOutput(g, null, null, "y");
            sameType(a, b);
            DType to = switch (a.dtype()) {
                case INT8, UINT8, INT16, UINT16 -> DType.FLOAT32;
                case INT32, INT64 -> DType.FLOAT64;
                case FLOAT16, FLOAT32, FLOAT64, COMPLEX64, COMPLEX128 -> a.dtype();
                default -> throw NnError.type("Invalid dtype tf." + a.dtype().tfName() + " in __truediv__");
            };
            return binary(g, "RealDiv", cast(g, a, to, null), cast(g, b, to, null), scope.operationName());
        }
    }

    /** {@code tf.div}, the division of Python 2: integers are divided downwards. */
    public static Output divide2(Graph g, Operand x, Operand y, String name) {
        try (NameScope scope = g.nameScope(name == null ? "div" : name)) {
            Output a = x.toOutput(g, null, null, "x");
            Output b = y.toOutput(g, a.dtype(), null, "y");
            boolean real = a.dtype().isFloating() || a.dtype().isComplex();
            return binary(g, real ? "RealDiv" : "FloorDiv", a, b, scope.operationName());
        }
    }

    /** Functions that open a scope and convert y to x's type: {@code div_no_nan}, {@code multiply_no_nan}. */
    public static Output likeFirst(Graph g, String type, String scopeName, Operand x, Operand y, String name) {
        try (NameScope scope = g.nameScope(name == null ? scopeName : name)) {
            Output a = x.toOutput(g, null, null, "x");
            return binary(g, type, a, y.toOutput(g, a.dtype(), null, "y"), scope.operationName());
        }
    }

    private static void sameType(Output a, Output b) {
        if (a.dtype() != b.dtype()) {
            throw NnError.type("x and y must have the same dtype, got tf." + a.dtype().tfName() + " != tf."
                    + b.dtype().tfName());
        }
    }

    /** {@code tf.logical_xor}. */
    public static Output logicalXor(Graph g, Operand x, Operand y, String name) {
        Output either = binary(g, "LogicalOr", x, y, null);
        Output notBoth = unary(g, "LogicalNot", binary(g, "LogicalAnd", x, y, null), null);
        return binary(g, "LogicalAnd", either, notBoth, name == null ? "LogicalXor" : name);
    }

    // Functions of one tensor

    /** {@code tf.cast}: a tensor that has the type already is returned as it is. */
    public static Output cast(Graph g, Operand x, DType type, String name) {
        if (x instanceof Output o && o.dtype() == type) {
            return o;
        }
        try (NameScope scope = g.nameScope(name == null ? "Cast" : name)) {
            Output in = x.toOutput(g, null, null, "x");
            return in.dtype() == type
                    ? in
                    : g.op("Cast").name(scope.operationName()).input(in).attr("DstT", type).output();
        }
    }

    /** {@code tf.saturate_cast}. */
    public static Output saturateCast(Graph g, Operand value, DType type, String name) {
        try (NameScope scope = g.nameScope(name == null ? "saturate_cast" : name)) {
            Output x = value.toOutput(g, null, null, "value");
            if (lowest(x.dtype()) < lowest(type)) {
                x = binary(g, "Maximum", x, g.constant(NdArray.full(x.dtype(), lowest(type)), "min"), null);
            }
            if (highest(x.dtype()) > highest(type)) {
                x = binary(g, "Minimum", x, g.constant(NdArray.full(x.dtype(), highest(type)), "max"), null);
            }
            return cast(g, x, type, scope.operationName());
        }
    }

    private static double lowest(DType t) {
        return switch (t) {
            case INT8 -> Byte.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT64 -> Long.MIN_VALUE;
            case UINT8, UINT16, UINT32, UINT64, BOOL -> 0;
            default -> -highest(t);
        };
    }

    private static double highest(DType t) {
        return switch (t) {
            case INT8 -> Byte.MAX_VALUE;
            case UINT8 -> 255;
            case INT16 -> Short.MAX_VALUE;
            case UINT16 -> 65535;
            case INT32 -> Integer.MAX_VALUE;
            case UINT32 -> 4294967295.0;
            case INT64 -> Long.MAX_VALUE;
            case UINT64 -> 18446744073709551615.0;
            case BOOL -> 1;
            case FLOAT16 -> 65504;
            case FLOAT32, COMPLEX64 -> Float.MAX_VALUE;
            default -> Double.MAX_VALUE;
        };
    }

    /** {@code tf.abs}: the modulus of a complex tensor. */
    public static Output abs(Graph g, Operand x, String name) {
        try (NameScope scope = g.nameScope(name == null ? "Abs" : name)) {
            Output in = x.toOutput(g, null, null, "x");
            return in.dtype().isComplex()
                    ? g.op("ComplexAbs").name(scope.operationName()).input(in).attr("Tout", realOf(in.dtype())).output()
                    : unary(g, "Abs", in, scope.operationName());
        }
    }

    static DType realOf(DType complex) {
        return complex == DType.COMPLEX128 ? DType.FLOAT64 : DType.FLOAT32;
    }

    /** {@code tf.round}: integers are returned as they are. */
    public static Output round(Graph g, Operand x, String name) {
        Output in = x.toOutput(g, null, null, "x");
        return in.dtype().isInteger() ? in : unary(g, "Round", in, name);
    }

    /** {@code tf.conj}: real tensors are returned as they are. */
    public static Output conj(Graph g, Operand x, String name) {
        if (x instanceof Output o && (o.dtype().isFloating() || o.dtype().isInteger())) {
            return o;
        }
        try (NameScope scope = g.nameScope(name == null ? "Conj" : name)) {
            Output in = x.toOutput(g, null, null, "x");
            if (in.dtype().isComplex()) {
                return unary(g, "Conj", in, scope.operationName());
            }
            if (in.dtype().isNumeric()) {
                return in;
            }
            throw NnError.type("Expected numeric or variant tensor, got dtype tf." + in.dtype().tfName());
        }
    }

    /** {@code tf.real}, {@code tf.imag}, {@code tf.angle}: type is Real, Imag or Angle. */
    public static Output complexPart(Graph g, String type, Operand x, String name) {
        try (NameScope scope = g.nameScope(name == null ? type : name)) {
            Output in = x.toOutput(g, null, null, "input");
            if (in.dtype().isComplex()) {
                return g.op(type).name(scope.operationName()).input(in).attr("Tout", realOf(in.dtype())).output();
            }
            return type.equals("Real") ? in : Shapes.zerosLike(g, in, null);
        }
    }

    /** {@code tf.complex}. */
    public static Output complex(Graph g, Operand real, Operand imaginary, String name) {
        Output re = real.toOutput(g, null, null, "real");
        Output im = imaginary.toOutput(g, null, null, "imag");
        if (re.dtype() != im.dtype() || re.dtype() != DType.FLOAT32 && re.dtype() != DType.FLOAT64) {
            throw NnError.type("real and imag have incorrect types: " + re.dtype().tfName() + " " + im.dtype().tfName());
        }
        DType out = re.dtype() == DType.FLOAT64 ? DType.COMPLEX128 : DType.COMPLEX64;
        return g.op("Complex").name(name).input(re).input(im).attr("Tout", out).output();
    }

    /** {@code tf.log_sigmoid}. */
    public static Output logSigmoid(Graph g, Operand x, String name) {
        try (NameScope scope = g.nameScope(name == null ? "LogSigmoid" : name)) {
            Output in = x.toOutput(g, null, null, "x");
            return unary(g, "Neg", unary(g, "Softplus", negate(g, in), null), scope.operationName());
        }
    }

    /** {@code tf.math.reciprocal_no_nan}. */
    public static Output reciprocalNoNan(Graph g, Operand x, String name) {
        try (NameScope scope = g.nameScope(name == null ? "reciprocal_no_nan" : name)) {
            Output in = x.toOutput(g, null, null, "x");
            return binary(g, "DivNoNan", g.constant(NdArray.full(in.dtype(), 1), "one"), in, scope.operationName());
        }
    }

    /** {@code tf.clip_by_value}. */
    public static Output clipByValue(Graph g, Operand value, Operand low, Operand high, String name) {
        try (NameScope scope = g.nameScope(name == null ? "clip_by_value" : name)) {
            Output x = value.toOutput(g, null, null, "t");
            Output upper = binary(g, "Minimum", x, high, null);
            mustFit(x, upper);
            Output both = binary(g, "Maximum", upper, low, scope.operationName());
            mustFit(x, both);
            return both;
        }
    }

    private static void mustFit(Output x, Output clipped) {
        clipped.shape().merge(x.shape());
    }

    /** {@code tf.scalar_mul}. */
    public static Output scalarMultiply(Graph g, Operand scalar, Output x, String name) {
        Output s = scalar.toOutput(g, x.dtype(), null, "scalar");
        if (!s.shape().hasRank() || s.shape().rank() != 0) {
            throw NnError.value("Only scalar multiply works, got shape " + s.shape());
        }
        return binary(g, "Mul", s, x, name);
    }

    // Sums of lists

    /** {@code tf.add_n}; a single tensor is returned as it is, or under the name given. */
    public static Output addN(Graph g, List<? extends Operand> inputs, String name) {
        if (inputs.isEmpty()) {
            throw NnError.value(
                    "inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape");
        }
        List<Output> converted = convertAll(g, inputs);
        if (converted.size() == 1) {
            return name == null ? converted.get(0) : unary(g, "Identity", converted.get(0), name);
        }
        return g.op("AddN").name(name).inputs(converted).output();
    }

    /** {@code tf.accumulate_n}; shape and type may be null. */
    public static Output accumulateN(Graph g, List<? extends Operand> inputs, Shape shape, DType type, String name) {
        String wrong = "inputs must be a list of at least one Tensor with the same dtype and shape";
        if (inputs.isEmpty()) {
            throw NnError.value(wrong);
        }
        List<Output> converted = convertAll(g, inputs);
        Shape all = shape == null ? Shape.unknown() : shape;
        for (Output x : converted) {
            if (x.dtype() != converted.get(0).dtype()) {
                throw NnError.value(wrong);
            }
            all = all.merge(x.shape());
        }
        if (type != null && type != converted.get(0).dtype()) {
            throw NnError.type("tensor_dtype is <dtype: '" + type.tfName() + "'>, but input is of type <dtype: '"
                    + converted.get(0).dtype().tfName() + "'>");
        }
        if (converted.size() == 1) {
            return name == null ? converted.get(0) : unary(g, "Identity", converted.get(0), name);
        }
        return g.op("AccumulateNV2").name(name).inputs(converted).attr("shape", all).output();
    }

    private static List<Output> convertAll(Graph g, List<? extends Operand> inputs) {
        List<Output> converted = new ArrayList<>();
        for (Operand x : inputs) {
            converted.add(x.toOutput(g, null, null, "Const"));
        }
        return converted;
    }

    // Sequences

    /** {@code tf.range}; type null takes the widest of the three. */
    public static Output range(Graph g, Operand start, Operand limit, Operand delta, DType type, String name) {
        try (NameScope scope = g.nameScope(name == null ? "range" : name)) {
            Output a = start.toOutput(g, type, null, "start");
            Output b = limit.toOutput(g, type, null, "limit");
            Output d = delta.toOutput(g, type, null, "delta");
            if (type == null) {
                DType widest = wider(wider(a.dtype(), b.dtype()), d.dtype());
                a = cast(g, a, widest, null);
                b = cast(g, b, widest, null);
                d = cast(g, d, widest, null);
            }
            return g.op("Range").name(scope.operationName()).input(a).input(b).input(d).output();
        }
    }

    /** {@code tf.range(limit)}. */
    public static Output range(Graph g, Operand limit) {
        return range(g, Literal.of(0), limit, Literal.of(1), null, null);
    }

    private static DType wider(DType a, DType b) {
        List<DType> order = List.of(DType.INT32, DType.INT64, DType.FLOAT32, DType.FLOAT64);
        return order.indexOf(a) >= order.indexOf(b) ? a : b;
    }

    // Reductions

    /**
     * A reduction: {@code tf.reduce_sum} and its kin.
     *
     * @param type Sum, Mean, Prod, Max, Min, All, Any or EuclideanNorm
     * @param axis the dimensions to reduce; null for all of them
     */
    public static Output reduce(Graph g, String type, Operand input, Operand axis, boolean keepDims, String name) {
        Operand dims = axis != null ? axis : allDimensions(g, input);
        Output out = g.op(type).name(name).input(input).input(dims).attr("keep_dims", keepDims).output();
        if (axis == null && !keepDims && !out.shape().isFullyDefined()) {
            out.refineShape(Shape.scalar());
        }
        return out;
    }

    /** {@code tf.reduce_sum} without the dimensions reduced. */
    public static Output sum(Graph g, Operand input, Operand axis) {
        return reduce(g, "Sum", input, axis, false, null);
    }

    private static Operand allDimensions(Graph g, Operand input) {
        if (input instanceof Output o && o.shape().hasRank()) {
            int[] all = new int[o.shape().rank()];
            for (int i = 0; i < all.length; i++) {
                all[i] = i;
            }
            return g.constant(NdArray.of(all, all.length), "Const");
        }
        return range(g, Shapes.rank(g, input, null));
    }

    /** {@code tf.count_nonzero}. */
    public static Output countNonzero(Graph g, Operand input, Operand axis, boolean keepDims, DType type, String name) {
        try (NameScope scope = g.nameScope(name == null ? "count_nonzero" : name)) {
            Output x = input.toOutput(g, null, null, "input");
            Output zero = Shapes.zeros(g, Shape.scalar(), x.dtype(), null);
            Output differs = cast(g, binary(g, "NotEqual", x, zero, null), DType.INT64, null);
            return cast(g, reduce(g, "Sum", differs, axis, keepDims, null), type, null);
        }
    }

    /** {@code tf.math.reduce_variance}. */
    public static Output variance(Graph g, Operand input, Operand axis, boolean keepDims, String name) {
        try (NameScope scope = g.nameScope(name == null ? "reduce_variance" : name)) {
            Output means = reduce(g, "Mean", input, axis, true, null);
            Output squares = unary(g, "Square", minus(g, input, means), null);
            return reduce(g, "Mean", squares, axis, keepDims, null);
        }
    }

    /** {@code tf.math.reduce_std}. */
    public static Output standardDeviation(Graph g, Operand input, Operand axis, boolean keepDims, String name) {
        try (NameScope scope = g.nameScope(name == null ? "reduce_std" : name)) {
            return unary(g, "Sqrt", variance(g, input, axis, keepDims, null), null);
        }
    }

    /** {@code tf.reduce_logsumexp}: the largest element is taken out before exponentiating. */
    public static Output logSumExp(Graph g, Operand input, Operand axis, boolean keepDims, String name) {
        Output x = input.toOutput(g, null, null, "Const");
        try (NameScope scope = g.nameScope(name == null ? "ReduceLogSumExp" : name)) {
            Output raw = reduce(g, "Max", x, axis, true, null);
            Output finite = unary(g, "IsFinite", raw, null);
            Output max = g.op("Select").input(finite).input(raw).input(Shapes.zerosLike(g, raw, null)).output();
            max = unary(g, "StopGradient", max, null);
            Output sum = reduce(g, "Sum", unary(g, "Exp", binary(g, "Sub", x, max, null), null), axis, keepDims, null);
            Output result = unary(g, "Log", sum, null);
            if (!keepDims) {
                max = binary(g, "Reshape", max, Shapes.shape(g, result, null), null);
            }
            result = binary(g, "Add", result, max, null);
            if (axis == null && !keepDims && !result.shape().isFullyDefined()) {
                result.refineShape(Shape.scalar());
            }
            return result;
        }
    }

    /** {@code tf.argmax} and {@code tf.argmin}; axis null is 0. */
    public static Output arg(Graph g, String type, Operand input, Operand axis, DType outputType, String name) {
        return g.op(type)
                .name(name)
                .input(input)
                .input(axis == null ? Literal.of(0) : axis)
                .attr("output_type", outputType)
                .output();
    }

    /** {@code tf.cumsum}, {@code tf.cumprod}: type is Cumsum, Cumprod or CumulativeLogsumexp. */
    public static Output scan(
            Graph g, String type, Operand x, Operand axis, boolean exclusive, boolean reverse, String name) {
        try (NameScope scope = g.nameScope(name == null ? type : name)) {
            Output in = x.toOutput(g, null, null, "x");
            return g.op(type)
                    .name(scope.operationName())
                    .input(in)
                    .input(axis)
                    .attr("exclusive", exclusive)
                    .attr("reverse", reverse)
                    .output();
        }
    }

    // Matrices

    /** A plain MatMul of two matrices. */
    public static Output matrixProduct(Graph g, Operand a, Operand b, boolean transposeA, boolean transposeB) {
        return g.op("MatMul").input(a).input(b).attr("transpose_a", transposeA).attr("transpose_b", transposeB).output();
    }

    /** {@code tf.matmul}: MatMul for matrices, BatchMatMulV2 where a factor has, or may have, more dimensions. */
    public static Output matmul(
            Graph g,
            Operand a,
            Operand b,
            boolean transposeA,
            boolean transposeB,
            boolean adjointA,
            boolean adjointB,
            String name) {
        try (NameScope scope = g.nameScope(name == null ? "MatMul" : name)) {
            if (transposeA && adjointA) {
                throw NnError.value("Only one of transpose_a and adjoint_a can be True.");
            }
            if (transposeB && adjointB) {
                throw NnError.value("Only one of transpose_b and adjoint_b can be True.");
            }
            Output x = a.toOutput(g, null, null, "a");
            Output y = b.toOutput(g, null, null, "b");
            boolean batch = !x.shape().hasRank() || x.shape().rank() > 2 || !y.shape().hasRank() || y.shape().rank() > 2;
            if (batch) {
                return g.op("BatchMatMulV2")
                        .name(scope.operationName())
                        .input(transposeA ? conj(g, x, null) : x)
                        .input(transposeB ? conj(g, y, null) : y)
                        .attr("adj_x", transposeA || adjointA)
                        .attr("adj_y", transposeB || adjointB)
                        .output();
            }
            return g.op("MatMul")
                    .name(scope.operationName())
                    .input(adjointA ? conj(g, x, null) : x)
                    .input(adjointB ? conj(g, y, null) : y)
                    .attr("transpose_a", transposeA || adjointA)
                    .attr("transpose_b", transposeB || adjointB)
                    .output();
        }
    }

    /** {@code tf.linalg.matvec}. */
    public static Output matvec(
            Graph g, Operand a, Operand b, boolean transposeA, boolean adjointA, String name) {
        try (NameScope scope = g.nameScope(name == null ? "MatVec" : name)) {
            Output column = binary(g, "ExpandDims", b, Literal.of(-1), null);
            Output product = matmul(g, a, column, transposeA, false, adjointA, false, null);
            return g.op("Squeeze").input(product).attr("squeeze_dims", List.of(-1L)).output();
        }
    }

    /** A gradient of rows as a tensor; tensors as they are. */
    public static Output dense(Graph g, Gradient gradient) {
        return GradientContext.dense(g, gradient);
    }
}
