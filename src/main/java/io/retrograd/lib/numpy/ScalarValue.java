package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ComplexValue;
import io.retrograd.lang.value.FormatSpec;
import io.retrograd.lang.value.IntMath;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.ArrayFormat;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A numpy scalar: one number or truth value with an element type of its own. float64 scalars behave as Python
 * floats do. What an array can be asked, a scalar can be asked too.
 */
public final class ScalarValue implements ArrayLike {
    private final DType dtype;
    private final double real;
    private final double imaginary;
    private final long whole;

    private ScalarValue(DType dtype, double real, double imaginary, long whole) {
        this.dtype = dtype;
        this.real = real;
        this.imaginary = imaginary;
        this.whole = whole;
    }

    /** The element with flat index {@code flat}: a numpy scalar; str, bytes and objects as they are. */
    static Object of(NdArray a, int flat) {
        DType t = a.dtype();
        return switch (t.kind()) {
            case 'f' -> new ScalarValue(t, a.getDouble(flat), 0, 0);
            case 'c' -> new ScalarValue(t, a.getDouble(flat), a.getImaginary(flat), 0);
            case 'U' -> a.getObject(flat);
            case 'S' -> new BytesValue((byte[]) a.getObject(flat));
            case 'O' -> a.getObject(flat) == null ? None.NONE : a.getObject(flat);
            default -> new ScalarValue(t, 0, 0, a.getLong(flat));
        };
    }

    /** A float64 scalar. */
    public static ScalarValue of(double v) {
        return new ScalarValue(DType.FLOAT64, v, 0, 0);
    }

    /** A float32 scalar. */
    public static ScalarValue of(float v) {
        return new ScalarValue(DType.FLOAT32, v, 0, 0);
    }

    /** An int64 scalar. */
    public static ScalarValue of(long v) {
        return new ScalarValue(DType.INT64, 0, 0, v);
    }

    /** A bool scalar. */
    public static ScalarValue of(boolean v) {
        return new ScalarValue(DType.BOOL, 0, 0, v ? 1 : 0);
    }

    /** A scalar of a real floating type; the value must be one of that type. */
    static ScalarValue of(DType t, double v) {
        return new ScalarValue(t, v, 0, 0);
    }

    /** A scalar of an integer type or BOOL; the value must be one of that type. */
    static ScalarValue of(DType t, long v) {
        return new ScalarValue(t, 0, 0, v);
    }

    DType dtype() {
        return dtype;
    }

    double doubleValue() {
        return dtype.isFloating() || dtype.isComplex() ? real : dtype == DType.UINT64 && whole < 0
                ? (whole >>> 1) * 2.0 : whole;
    }

    long longValue() {
        return dtype.isFloating() || dtype.isComplex() ? (long) real : whole;
    }

    @Override
    public NdArray array() {
        if (dtype == DType.FLOAT32) {
            return NdArray.scalar((float) real);
        }
        if (dtype == DType.FLOAT64) {
            return NdArray.scalar(real);
        }
        NdArray a = NdArray.zeros(dtype);
        if (dtype.isComplex()) {
            a.setComplex(0, real, imaginary);
        } else if (dtype.isFloating()) {
            a.setDouble(0, real);
        } else {
            a.setLong(0, whole);
        }
        return a;
    }

    /** The Python number that it equals. */
    Object toPython() {
        return switch (dtype.kind()) {
            case 'f' -> (Object) real;
            case 'c' -> new ComplexValue(real, imaginary);
            case 'b' -> (Object) (whole != 0);
            default -> dtype == DType.UINT64 && whole < 0 ? new BigInteger(Long.toUnsignedString(whole)) : (Object) whole;
        };
    }

    @Override
    public TypeValue type() {
        return ScalarTypes.of(dtype);
    }

    @Override
    public boolean sameAs(Object other) {
        return this == other;
    }

    @Override
    public Object attribute(Machine m, String name) {
        Object own = type().attributeOf(m, this, name);
        if (own != null || name.startsWith("__")) {
            return own;
        }
        return new ArrayValue(array()).attribute(m, name);
    }

    @Override
    public Collection<String> attributeNames(Machine m) {
        List<String> names = new ArrayList<>(type().attributeNames());
        names.addAll(ArrayValue.TYPE.attributeNames());
        return names;
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        Object quick = right instanceof ScalarValue || right instanceof Double || right instanceof Long
                ? ScalarMath.quick(op, this, right) : null;
        return quick != null ? quick : ArrayOperators.binary(m, op, this, right);
    }

    @Override
    public Object reflected(Machine m, BinaryOperator op, Object left) {
        return ArrayOperators.binary(m, op, left, this);
    }

    @Override
    public Object inPlace(Machine m, BinaryOperator op, Object right) {
        return binary(m, op, right);
    }

    @Override
    public Object unary(Machine m, UnaryOperator op) {
        return ArrayOperators.unary(m, op, this);
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (other instanceof Double || other instanceof Long || other instanceof Boolean || other instanceof ScalarValue) {
            Object mine = dtype.isComplex() ? null : toPython();
            Object theirs = other instanceof ScalarValue s ? (s.dtype.isComplex() ? null : s.toPython()) : other;
            if (mine != null && theirs != null) {
                return of(Semantics.truth(m, Semantics.compare(m, op, mine, theirs)));
            }
        }
        if (other instanceof None || other instanceof String) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return ArrayOperators.compare(m, op, this, other);
    }

    @Override
    public long hash(Machine m) {
        return Semantics.hash(m, toPython());
    }

    @Override
    public boolean truth(Machine m) {
        return dtype.isFloating() ? real != 0 : dtype.isComplex() ? real != 0 || imaginary != 0 : whole != 0;
    }

    @Override
    public Object asIndex(Machine m) {
        return dtype.isInteger() ? toPython() : null;
    }

    @Override
    public Object asInt(Machine m) {
        if (dtype.isFloating()) {
            return IntMath.truncate(real);
        }
        return dtype.isComplex() ? null : dtype == DType.BOOL ? (Object) whole : toPython();
    }

    @Override
    public Double asFloat(Machine m) {
        return dtype.isComplex() ? null : (Double) doubleValue();
    }

    @Override
    public Object item(Machine m, Object key) {
        if (key instanceof TupleValue t && t.size() == 0) {
            return this;
        }
        if (key instanceof Value || key == None.NONE) {
            return ArrayValue.orScalar(Indexing.get(m, array(), key));
        }
        throw NnError.index("invalid index to scalar variable.");
    }

    @Override
    public String repr(Machine m) {
        return switch (dtype) {
            case FLOAT64 -> FloatText.repr(real);
            case FLOAT32 -> FloatText.repr((float) real);
            case FLOAT16 -> FloatText.reprHalf((float) real);
            case BOOL -> whole != 0 ? "True" : "False";
            case COMPLEX64, COMPLEX128 -> ArrayFormat.str(array());
            default -> dtype == DType.UINT64 ? Long.toUnsignedString(whole) : Long.toString(whole);
        };
    }

    @Override
    public String format(Machine m, String spec) {
        // As the Python number, so that an empty specification shows a float32's digits as a double.
        return spec.isEmpty() ? Semantics.str(m, toPython()) : FormatSpec.parse(spec).apply(m, toPython());
    }
}
