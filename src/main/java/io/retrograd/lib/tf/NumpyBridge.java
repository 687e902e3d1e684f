package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lib.numpy.ArrayMaker;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;

/** Between what sessions compute and numpy's values. */
public final class NumpyBridge {
    /** Integers up to here are doubles, too, so that one rounding makes floats of them. */
    private static final long EXACT = 1L << 53;

    private NumpyBridge() {}

    /** A result as a script gets it: a numpy scalar or array; strings as bytes. */
    public static Object result(NdArray value) {
        if (value.dtype() != DType.STRING) {
            return ArrayValue.orScalar(value);
        }
        if (value.rank() == 0) {
            return new BytesValue((byte[]) value.getObject(0));
        }
        Object[] bytes = new Object[value.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = new BytesValue((byte[]) value.getObject(i));
        }
        return new ArrayValue(NdArray.wrap(DType.OBJECT, bytes, value.shape()));
    }

    /** A fed value as {@code np.asarray(value, dtype)} makes it. */
    static NdArray feed(Machine m, Output tensor, Object value) {
        DType dtype = tensor.dtype();
        if (value instanceof ArrayLike a && a.array().dtype() == dtype) {
            return a.array();
        }
        if (dtype == DType.STRING) {
            return ArrayOperand.toTensorArray(PythonArrays.convert(m, value, null));
        }
        if (value instanceof Long l && dtype.isInteger()) {
            NdArray one = NdArray.zeros(dtype);
            one.setLong(0, l);
            if (one.getLong(0) != l) {
                throw NnError.type("Type of feed value " + l + " with type <class 'int'> is not compatible with Tensor type "
                        + "<class 'numpy." + dtype.numpyName() + "'>. Try explicitly setting the type of the feed tensor to a "
                        + "larger type (e.g. int64).");
            }
            return one;
        }
        if (dtype == DType.FLOAT32 && value instanceof ListValue list) {
            NdArray quick = numbers(list);
            if (quick != null) {
                return quick;
            }
        }
        return ArrayMaker.make(m, value, dtype);
    }

    /** A list of numbers, or of lists of numbers of one length; null if it is anything else. */
    private static NdArray numbers(ListValue list) {
        int rows = list.size();
        if (rows == 0) {
            return null;
        }
        if (!(list.get(0) instanceof ListValue first)) {
            float[] to = new float[rows];
            return row(list, to, 0) ? NdArray.of(to, rows) : null;
        }
        int columns = first.size();
        long size = (long) rows * columns;
        if (size == 0 || size > Integer.MAX_VALUE - 8) {
            return null;
        }
        float[] to = new float[(int) size];
        for (int i = 0; i < rows; i++) {
            if (!(list.get(i) instanceof ListValue row) || row.size() != columns || !row(row, to, i * columns)) {
                return null;
            }
        }
        return NdArray.of(to, rows, columns);
    }

    private static boolean row(ListValue from, float[] to, int at) {
        int n = from.size();
        for (int j = 0; j < n; j++) {
            Object x = from.get(j);
            if (x instanceof Double d) {
                to[at + j] = (float) d.doubleValue();
            } else if (x instanceof Long l && Math.abs(l) <= EXACT) {
                to[at + j] = l;
            } else {
                return false;
            }
        }
        return true;
    }
}
