package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.limit.Budget;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A numpy array: a view of storage that other arrays may share. */
public class ArrayValue implements ArrayLike {
    static final TypeValue TYPE = new TypeValue("numpy", "ndarray", CoreTypes.OBJECT, ArrayMethodsTable.TABLE, null);

    /** The functions of the module that arrays have as methods, with themselves as first argument. */
    private static final List<String> AS_METHODS = List.of("sum", "prod", "mean", "std", "var", "max", "min", "argmax",
            "argmin", "all", "any", "cumsum", "cumprod", "clip", "round", "dot", "ravel", "squeeze", "swapaxes", "repeat",
            "take", "trace", "diagonal", "nonzero", "argsort", "searchsorted", "compress", "choose", "ptp", "conj", "conjugate",
            "argpartition");

    private NdArray array;

    public ArrayValue(NdArray array) {
        this.array = array;
    }

    /** The array as a value of the language; one without dimensions becomes a scalar. */
    public static Object orScalar(NdArray a) {
        return a.rank() == 0 ? ScalarValue.of(a, 0) : new ArrayValue(a);
    }

    @Override
    public NdArray array() {
        return array;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    /** An array of the same class around another view. */
    ArrayValue like(NdArray a) {
        return new ArrayValue(a);
    }

    /** Takes another array's place: for the few methods that change an array's size. */
    void replace(NdArray a) {
        array = a;
    }

    /** A part of it as a value. */
    Object part(NdArray a) {
        return orScalar(a);
    }

    @Override
    public boolean hasPlainAttributes() {
        return getClass() == ArrayValue.class;
    }

    @Override
    public Object attribute(Machine m, String name) {
        Object own = type().attributeOf(m, this, name);
        if (own == null && AS_METHODS.contains(name)) {
            Object function = NumpyModule.of(m).exact(m, name);
            own = function == null ? null : new FunctionAsMethod(function, this, name);
        }
        return own;
    }

    @Override
    public void setAttribute(Machine m, String name, Object value) {
        switch (name) {
            case "shape" -> array = array.reshape(ArrayMethods.resolve(array.size(), Axes.tupleOrInt(m, value)));
            case "dtype" -> array = array.astype(ElementType.convert(m, value));
            case "flat" -> {
                NdArray from = ArrayMaker.from(m, value);
                for (int i = 0; i < array.size() && from.size() > 0; i++) {
                    ArrayMaker.put(m, array, i, ScalarValue.of(from, i % from.size()));
                }
            }
            default -> ArrayLike.super.setAttribute(m, name, value);
        }
    }

    @Override
    public Collection<String> attributeNames(Machine m) {
        List<String> names = new ArrayList<>(type().attributeNames());
        names.addAll(AS_METHODS);
        return names;
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        return ArrayOperators.binary(m, op, this, right);
    }

    @Override
    public Object reflected(Machine m, BinaryOperator op, Object left) {
        return ArrayOperators.binary(m, op, left, this);
    }

    @Override
    public Object inPlace(Machine m, BinaryOperator op, Object right) {
        return ArrayOperators.inPlace(m, op, this, right);
    }

    @Override
    public Object unary(Machine m, UnaryOperator op) {
        return ArrayOperators.unary(m, op, this);
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        return ArrayOperators.compare(m, op, this, other);
    }

    @Override
    public long hash(Machine m) {
        throw NnError.type("unhashable type: 'numpy.ndarray'");
    }

    @Override
    public boolean truth(Machine m) {
        if (array.size() == 1) {
            Object v = array.dtype() == DType.OBJECT ? ScalarValue.of(array, 0) : null;
            return v == null ? array.getBoolean(0) : Semantics.truth(m, v);
        }
        if (array.size() == 0) {
            return false;
        }
        throw NnError.value("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()");
    }

    @Override
    public int length(Machine m) {
        if (array.rank() == 0) {
            throw NnError.type("len() of unsized object");
        }
        return array.dim(0);
    }

    @Override
    public Iteration iterate(Machine m) {
        if (array.rank() == 0) {
            throw NnError.type("iteration over a 0-d array");
        }
        NdArray a = array;
        int n = a.dim(0);
        if (a.rank() == 1) {
            return new Iteration() {
                private int at;

                @Override
                public Object next(Machine machine) {
                    return at < n ? ScalarValue.of(a, at++) : null;
                }
            };
        }
        return new Iteration() {
            private int at;

            @Override
            public Object next(Machine machine) {
                return at < n ? like(a.at(0, at++)) : null;
            }
        };
    }

    @Override
    public boolean contains(Machine m, Object element) {
        Object equal = ArrayOperators.compare(m, CompareOperator.EQUAL, this, element);
        if (!(equal instanceof ArrayLike a)) {
            return Semantics.truth(m, equal);
        }
        NdArray e = a.array();
        for (int i = 0; i < e.size(); i++) {
            if (e.getBoolean(i)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Object item(Machine m, Object key) {
        if (key instanceof Long i && array.rank() == 1) {
            return ScalarValue.of(array, Indexing.place(i, array.dim(0), 0));
        }
        if (key instanceof TupleValue t && t.size() == 2 && array.rank() == 2 && t.get(0) instanceof Long i
                && t.get(1) instanceof Long j && !(this instanceof MatrixValue)) {
            int row = Indexing.place(i, array.dim(0), 0);
            return ScalarValue.of(array, row * array.dim(1) + Indexing.place(j, array.dim(1), 1));
        }
        NdArray found = Indexing.get(m, array, key);
        return found.rank() == 0 && !Indexing.answersScalar(key) ? new ArrayValue(found) : part(found);
    }

    /** Whether a number was put into one element of a vector or matrix of floats: what loops do all day. */
    private boolean setElement(Object key, Object value) {
        if (array.dtype() != DType.FLOAT64) {
            return false;
        }
        double v;
        if (value instanceof Double d) {
            v = d;
        } else if (value instanceof Long l) {
            v = l;
        } else if (value instanceof ScalarValue s && s.dtype() == DType.FLOAT64) {
            v = s.doubleValue();
        } else {
            return false;
        }
        if (key instanceof Long i && array.rank() == 1) {
            array.setDouble(Indexing.place(i, array.dim(0), 0), v);
            return true;
        }
        if (key instanceof TupleValue t && t.size() == 2 && array.rank() == 2 && t.get(0) instanceof Long i
                && t.get(1) instanceof Long j) {
            int row = Indexing.place(i, array.dim(0), 0);
            array.setDouble(row * array.dim(1) + Indexing.place(j, array.dim(1), 1), v);
            return true;
        }
        return false;
    }

    @Override
    public void setItem(Machine m, Object key, Object value) {
        if (setElement(key, value)) {
            return;
        }
        if (value instanceof ListValue || value instanceof TupleValue || value instanceof RangeValue) {
            if (array.dtype() == DType.OBJECT) {
                NdArray target = Indexing.get(m, array, key);
                if (target.rank() == 0 && target.data() == array.data()) {
                    target.setObject(0, value);
                    return;
                }
            }
            NdArray list = ArrayMaker.make(m, value, array.dtype() == DType.OBJECT ? DType.OBJECT : null);
            NdArray target = key instanceof Long ? Indexing.get(m, array, key) : null;
            if (target != null && target.rank() == 0) {
                throw NnError.value("setting an array element with a sequence.");
            }
            Indexing.set(m, array, key, ArrayMaker.cast(m, list, array.dtype()));
            return;
        }
        NdArray a;
        if (value instanceof ArrayLike like) {
            a = ArrayMaker.cast(m, like.array(), array.dtype());
            if (a.size() == 1 && a.rank() > 0 && key instanceof Long && array.rank() == 1) {
                a = a.reshape();
            }
        } else {
            a = NdArray.zeros(array.dtype());
            ArrayMaker.put(m, a, 0, value);
        }
        Indexing.set(m, array, key, a);
    }

    @Override
    public void deleteItem(Machine m, Object key) {
        throw NnError.value("cannot delete array elements");
    }

    private Object only(Machine m, String into) {
        if (array.size() != 1) {
            throw NnError.type("only size-1 arrays can be converted to Python scalars");
        }
        return ScalarValue.of(array, 0);
    }

    @Override
    public Object asIndex(Machine m) {
        if (array.dtype().isInteger() && array.rank() == 0) {
            return array.getLong(0);
        }
        return null;
    }

    @Override
    public Object asInt(Machine m) {
        Object v = only(m, "int");
        return v instanceof ScalarValue s ? s.asInt(m) : v instanceof Long || v instanceof BigInteger ? v : null;
    }

    @Override
    public Double asFloat(Machine m) {
        return Semantics.realOrNull(m, only(m, "float"));
    }

    @Override
    public String str(Machine m) {
        return array.rank() == 0 ? Semantics.str(m, ScalarValue.of(array, 0)) : NumpyState.of(m).format().toStr(array);
    }

    @Override
    public String describe(Machine m) {
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < array.rank(); i++) {
            shape.append(i == 0 ? "" : ", ").append(array.dim(i));
        }
        String comma = array.rank() == 1 ? "," : "";
        return "an array of shape (" + shape + comma + "), dtype " + array.dtype().numpyName();
    }

    @Override
    public String repr(Machine m) {
        return NumpyState.of(m).format().toRepr(array, "array");
    }

    @Override
    public String format(Machine m, String spec) {
        if (array.rank() == 0 && !spec.isEmpty()) {
            return Semantics.format(m, ScalarValue.of(array, 0), spec);
        }
        if (!spec.isEmpty()) {
            throw NnError.type("unsupported format string passed to numpy.ndarray.__format__");
        }
        return str(m);
    }

    /** All elements as Python numbers in nested lists. */
    static Object toList(NdArray a) {
        Budget.require((long) a.size() * (Budget.REFERENCE + Budget.ELEMENT));
        return nested(a);
    }

    private static Object nested(NdArray a) {
        if (a.rank() == 0) {
            Object v = ScalarValue.of(a, 0);
            return v instanceof ScalarValue s ? s.toPython() : v;
        }
        Object[] items = new Object[a.dim(0)];
        if (a.rank() == 1) {
            for (int i = 0; i < items.length; i++) {
                Object v = ScalarValue.of(a, i);
                items[i] = v instanceof ScalarValue s ? s.toPython() : v;
            }
        } else {
            Arrays.setAll(items, i -> {
                Budget.check();
                return nested(a.at(0, i));
            });
        }
        return ListValue.of(items);
    }
}
