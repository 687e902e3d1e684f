package io.retrograd.lib.numpy;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ComplexValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.Value;
import io.retrograd.limit.Budget;
import io.retrograd.tensor.Allocation;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arrays from what scripts have: numbers, strings, nested lists and tuples, and arrays among them. */
public final class ArrayMaker {
    private final Machine machine;
    private final List<Integer> shape = new ArrayList<>();
    private final List<Object> leaves = new ArrayList<>();
    private DType found;

    /** As many as numpy allows. */
    private static final int MOST_DIMENSIONS = 32;

    private ArrayMaker(Machine m) {
        machine = m;
    }

    /** The value as an array; arrays as they are, not copied. */
    static NdArray from(Machine m, Object value) {
        if (value instanceof ArrayLike a) {
            return a.array();
        }
        if (value instanceof Double d) {
            return NdArray.scalar(d.doubleValue());
        }
        if (value instanceof Long l) {
            return NdArray.scalar(l.longValue());
        }
        if (value instanceof Boolean b) {
            return NdArray.scalar(b.booleanValue());
        }
        return make(m, value, null);
    }

    /**
     * The value as an array; a new one unless it is one of that type already.
     *
     * @param wanted the element type, or null to find it
     */
    public static NdArray make(Machine m, Object value, DType wanted) {
        if (value instanceof ArrayLike a) {
            return wanted == null ? a.array() : cast(m, a.array(), wanted);
        }
        ArrayMaker maker = new ArrayMaker(m);
        NdArray stacked = maker.stack(value, wanted);
        if (stacked != null) {
            return stacked;
        }
        maker.measure(value);
        maker.askForRoom();
        boolean regular;
        try {
            regular = maker.collect(value, 0, wanted == DType.OBJECT);
        } catch (NnError mistake) {
            if (wanted != null || !areRowsOfArrays(value)) {
                throw mistake;
            }
            return maker.cells(value);
        }
        if (!regular) {
            maker.leaves.clear();
            maker.collect(value, 0, true);
            return maker.build(DType.OBJECT);
        }
        return maker.build(wanted != null ? wanted : maker.found != null ? maker.found : DType.FLOAT64);
    }

    /** As astype; objects convert by the language's rules. */
    static NdArray cast(Machine m, NdArray a, DType to) {
        if (a.dtype() == to || !a.dtype().isReference() && !to.isReference()) {
            return a.astype(to);
        }
        NdArray out = NdArray.zeros(Allocation.NUMPY, to, a.shape());
        for (int i = 0; i < a.size(); i++) {
            Object leaf = ScalarValue.of(a, i);
            if (to == DType.OBJECT && leaf instanceof ScalarValue s) {
                leaf = s.toPython();
            }
            put(m, out, i, leaf);
        }
        return out;
    }

    /** Whether it is what {@code list(zip(x, y))} makes of arrays whose rows differ: tuples, as many arrays in each. */
    private static boolean areRowsOfArrays(Object value) {
        if (!(value instanceof ListValue list) || list.size() == 0 || !(list.get(0) instanceof TupleValue first)) {
            return false;
        }
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof TupleValue row) || row.size() != first.size()) {
                return false;
            }
            for (int j = 0; j < row.size(); j++) {
                if (!(row.get(j) instanceof ArrayValue)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** An array of objects, a cell for each array: what numpy made of such rows in TensorFlow 1's time, and scripts of that time shuffle. */
    private NdArray cells(Object value) {
        ListValue list = (ListValue) value;
        shape.clear();
        leaves.clear();
        shape.add(list.size());
        shape.add(((TupleValue) list.get(0)).size());
        for (int i = 0; i < list.size(); i++) {
            leaves.addAll(Arrays.asList(((TupleValue) list.get(i)).toArray()));
        }
        return build(DType.OBJECT);
    }

    /** A list of arrays of one shape, which needs no look at elements; null if it is anything else. */
    private NdArray stack(Object value, DType wanted) {
        if (!(value instanceof ListValue list) || list.size() == 0 || !(list.get(0) instanceof ArrayValue first)
                || first.array().rank() == 0) {
            return null;
        }
        DType type = first.array().dtype();
        int[] each = first.array().shape();
        for (int i = 1; i < list.size(); i++) {
            if (!(list.get(i) instanceof ArrayValue a) || !a.array().hasShape(each)) {
                return null;
            }
            type = DType.promote(type, a.array().dtype());
        }
        DType to = wanted != null ? wanted : type;
        int[] whole = new int[each.length + 1];
        whole[0] = list.size();
        System.arraycopy(each, 0, whole, 1, each.length);
        NdArray out = NdArray.zeros(Allocation.NUMPY, to, whole);
        for (int i = 0; i < list.size(); i++) {
            out.at(0, i).assign(cast(machine, ((ArrayValue) list.get(i)).array(), to));
        }
        return out;
    }

    private static boolean isSequence(Object v) {
        return v instanceof ListValue || v instanceof TupleValue || v instanceof RangeValue
                || v instanceof ArrayValue a && a.array().rank() > 0;
    }

    /** The shape, by going down the first elements. */
    private void measure(Object value) {
        Object v = value;
        while (isSequence(v) && shape.size() < MOST_DIMENSIONS) {
            if (v instanceof ArrayValue a) {
                for (int d : a.array().shape()) {
                    shape.add(d);
                }
                return;
            }
            int n = Semantics.length(machine, v);
            shape.add(n);
            if (n == 0) {
                return;
            }
            v = v instanceof ListValue list ? list.get(0) : Semantics.iterate(machine, v).next(machine);
        }
    }

    /** What is nested shares its lists perhaps, and is larger as an array than it is now. */
    private void askForRoom() {
        long n = 1;
        for (int d : shape) {
            n = d != 0 && n > Long.MAX_VALUE / d ? Long.MAX_VALUE : n * d;
        }
        if (n > Integer.MAX_VALUE) {
            build(DType.FLOAT64);
        }
        Budget.require(n > Long.MAX_VALUE / Budget.REFERENCE ? n : n * Budget.REFERENCE);
    }

    /** Gathers the leaves; false where a ragged nesting shall become an array of lists. */
    private boolean collect(Object v, int depth, boolean objects) {
        if (depth == shape.size()) {
            if (isSequence(v)) {
                if (!objects) {
                    throw ragged(depth);
                }
            }
            leaf(v);
            return true;
        }
        if (!isSequence(v) || Semantics.length(machine, v) != shape.get(depth)) {
            if (!objects) {
                throw ragged(depth);
            }
            // The nesting is regular down to here alone.
            while (shape.size() > depth) {
                shape.remove(shape.size() - 1);
            }
            return false;
        }
        if (v instanceof ListValue list) {
            StopCheck.ask();
            for (int i = 0; i < list.size(); i++) {
                if (!collect(list.get(i), depth + 1, objects)) {
                    return false;
                }
            }
            return true;
        }
        if (v instanceof ArrayValue a) {
            NdArray array = a.array();
            if (array.rank() != shape.size() - depth) {
                throw ragged(depth + array.rank());
            }
            for (int i = 0; i < array.rank(); i++) {
                if (array.dim(i) != shape.get(depth + i)) {
                    throw ragged(depth + i);
                }
            }
            for (int i = 0; i < array.size(); i++) {
                leaf(ScalarValue.of(array, i));
            }
            return true;
        }
        Iteration all = Semantics.iterate(machine, v);
        for (Object x = all.next(machine); x != null; x = all.next(machine)) {
            machine.step();
            if (!collect(x, depth + 1, objects)) {
                return false;
            }
        }
        return true;
    }

    private NnError ragged(int depth) {
        int[] seen = new int[Math.min(depth, shape.size())];
        Arrays.setAll(seen, shape::get);
        if (seen.length == 0) {
            return NnError.value("setting an array element with a sequence.");
        }
        return NnError.value("setting an array element with a sequence. The requested array has an inhomogeneous shape after "
                        + seen.length + " dimensions. The detected shape was "
                        + NdArray.tuple(seen).replace(",", ", ").replace(", )", ",)") + " + inhomogeneous part.")
                .help("every row of a list needs the same length");
    }

    private void leaf(Object v) {
        leaves.add(v);
        DType t;
        if (v instanceof Double) {
            t = DType.FLOAT64;
        } else if (v instanceof Long) {
            t = DType.INT64;
        } else if (v instanceof Boolean) {
            t = DType.BOOL;
        } else if (v instanceof ScalarValue s) {
            t = s.dtype();
        } else if (v instanceof String) {
            t = DType.UNICODE;
        } else if (v instanceof BigInteger b) {
            t = b.signum() > 0 && b.bitLength() <= 64 ? DType.UINT64 : DType.OBJECT;
        } else if (v instanceof ComplexValue) {
            t = DType.COMPLEX128;
        } else if (v instanceof BytesValue) {
            t = DType.STRING;
        } else if (v instanceof ArrayLike a) {
            t = a.array().dtype();
        } else {
            t = DType.OBJECT;
        }
        found = found == null || found == t ? t : DType.promote(found, t);
    }

    private NdArray build(DType type) {
        long[] dims = shape.stream().mapToLong(Integer::longValue).toArray();
        NdArray out = NdArray.zeros(Allocation.NUMPY, type, dims);
        if (type == DType.FLOAT64) {
            double[] d = out.doubles();
            for (int i = 0; i < d.length; i++) {
                Object v = leaves.get(i);
                if (v instanceof Double x) {
                    d[i] = x;
                } else {
                    put(machine, out, i, v);
                }
            }
            return out;
        }
        for (int i = 0; i < leaves.size(); i++) {
            put(machine, out, i, leaves.get(i));
        }
        return out;
    }

    /** Sets an element from a number, a string or an object. */
    static void put(Machine m, NdArray out, int i, Object v) {
        DType t = out.dtype();
        switch (t.kind()) {
            case 'O' -> out.setObject(i, v);
            case 'U' -> out.setObject(i, v instanceof BytesValue b ? new String(b.bytes(), StandardCharsets.UTF_8) : Semantics.str(m, v));
            case 'S' -> out.setObject(i, v instanceof BytesValue b ? b.bytes() : Semantics.str(m, v).getBytes(StandardCharsets.UTF_8));
            case 'b' -> out.setLong(i, Semantics.truth(m, v) ? 1 : 0);
            case 'c' -> {
                ComplexValue c = v instanceof ScalarValue s ? s.toPython() instanceof ComplexValue z ? z : new ComplexValue(s.doubleValue(), 0)
                        : ComplexValue.from(m, v);
                if (c == null) {
                    throw NnError.type("must be real number, not " + Semantics.typeOf(v).name());
                }
                out.setComplex(i, c.re(), c.im());
            }
            case 'f' -> out.setDouble(i, real(m, v));
            default -> out.setLong(i, whole(m, v, t));
        }
    }

    private static double real(Machine m, Object v) {
        if (v instanceof Double d) {
            return d;
        }
        if (v instanceof String || v instanceof BytesValue) {
            String s = v instanceof BytesValue b ? new String(b.bytes(), StandardCharsets.UTF_8) : (String) v;
            try {
                return FloatText.parse(s);
            } catch (NumberFormatException e) {
                throw NnError.value("could not convert string to float: " + Semantics.repr(m, s));
            }
        }
        if (v == None.NONE) {
            return Double.NaN;
        }
        if (isSequence(v)) {
            throw NnError.value("setting an array element with a sequence.");
        }
        Double d = Semantics.realOrNull(m, v);
        if (d == null) {
            throw NnError.type("float() argument must be a string or a real number, not '" + Semantics.typeOf(v).name() + "'");
        }
        return d;
    }

    private static long whole(Machine m, Object v, DType t) {
        if (v instanceof Long l) {
            return l;
        }
        if (v instanceof Double d) {
            if (Double.isNaN(d)) {
                throw NnError.value("cannot convert float NaN to integer");
            }
            return d.longValue();
        }
        if (v instanceof Boolean b) {
            return b ? 1 : 0;
        }
        if (v instanceof BigInteger b) {
            if (b.bitLength() > 64 || t != DType.UINT64) {
                throw new NnError(ErrorKind.OVERFLOW_ERROR, "Python int too large to convert to C long");
            }
            return b.longValue();
        }
        if (v instanceof String s) {
            try {
                return Long.parseLong(s.strip());
            } catch (NumberFormatException e) {
                throw NnError.value("invalid literal for int() with base 10: " + Semantics.repr(m, s));
            }
        }
        if (v instanceof ScalarValue s) {
            return s.longValue();
        }
        if (isSequence(v)) {
            throw NnError.value("setting an array element with a sequence.");
        }
        Object n = v instanceof Value x ? x.asInt(m) : null;
        if (n instanceof Long l) {
            return l;
        }
        throw NnError.type("int() argument must be a string, a bytes-like object or a real number, not '"
                + Semantics.typeOf(v).name() + "'");
    }
}
