package io.retrograd.tensor;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.nio.charset.StandardCharsets;

/** Conversion between element types with C's rules, as numpy's astype and TensorFlow's Cast have them on x86. */
final class Casts {
    private Casts() {
    }

    /** x86's conversion: what does not fit becomes the smallest long. */
    static long toLong(double v) {
        return v >= -0x1p63 && v < 0x1p63 ? (long) v : Long.MIN_VALUE;
    }

    /** x86's conversion: what does not fit becomes the smallest int. */
    static int toInt(double v) {
        return v > -2147483649.0 && v < 2147483648.0 ? (int) v : Integer.MIN_VALUE;
    }

    static NdArray cast(NdArray source, DType to) {
        NdArray a = source.contiguous();
        int n = a.size();
        int[] shape = a.shape();
        Object out = Allocation.TENSORFLOW.storage(to, shape);
        DType from = a.dtype();
        int p = a.offset();
        if (from == to) {
            Elements.copy(a, out, 0);
        } else if (to.isReference() || from.isReference()) {
            references(a, to, out);
        } else if (from.isComplex() && to.isComplex()) {
            for (int i = 0; i < 2 * n; i++) {
                if (to == DType.COMPLEX128) {
                    ((double[]) out)[i] = a.floats()[2 * p + i];
                } else {
                    ((float[]) out)[i] = (float) a.doubles()[2 * p + i];
                }
            }
        } else if (from == DType.FLOAT32 && to == DType.FLOAT64) {
            float[] x = a.floats();
            double[] y = (double[]) out;
            for (int i = 0; i < n; i++) {
                y[i] = x[p + i];
            }
        } else if (from == DType.FLOAT64 && to == DType.FLOAT32) {
            double[] x = a.doubles();
            float[] y = (float[]) out;
            for (int i = 0; i < n; i++) {
                y[i] = (float) x[p + i];
            }
        } else if (to == DType.BOOL) {
            boolean[] y = (boolean[]) out;
            for (int i = 0; i < n; i++) {
                y[i] = Elements.booleanAt(from, a.data(), p + i);
            }
        } else if (from.isFloating() || from.isComplex() || from == DType.UINT64) {
            fromDoubles(a, to, out);
        } else {
            fromLongs(a, to, out);
        }
        return NdArray.wrap(to, out, shape);
    }

    private static void fromDoubles(NdArray a, DType to, Object out) {
        int n = a.size();
        int p = a.offset();
        DType from = a.dtype();
        if (from == DType.UINT64 && to.isInteger()) {
            fromLongs(a, to, out);
            return;
        }
        for (int i = 0; i < n; i++) {
            Elements.setDouble(to, out, i, Elements.doubleAt(from, a.data(), p + i));
        }
    }

    private static void fromLongs(NdArray a, DType to, Object out) {
        int n = a.size();
        int p = a.offset();
        DType from = a.dtype();
        if (from == DType.UINT8 && to == DType.FLOAT32) {
            byte[] x = a.bytes();
            float[] y = (float[]) out;
            for (int i = 0; i < n; i++) {
                y[i] = x[p + i] & 0xff;
            }
            return;
        }
        if (from == DType.INT64 && to == DType.INT32) {
            long[] x = a.longs();
            int[] y = (int[]) out;
            for (int i = 0; i < n; i++) {
                y[i] = (int) x[p + i];
            }
            return;
        }
        if (to == DType.FLOAT64) {
            double[] y = (double[]) out;
            for (int i = 0; i < n; i++) {
                y[i] = Elements.longAt(from, a.data(), p + i);
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            Elements.setLong(to, out, i, Elements.longAt(from, a.data(), p + i));
        }
    }

    private static void references(NdArray a, DType to, Object out) {
        Object[] y = to.isReference() ? (Object[]) out : null;
        for (int i = 0; i < a.size(); i++) {
            Object v = a.dtype().isReference() ? a.getObject(i) : boxed(a, i);
            if (y == null) {
                parse(v, to, out, i);
            } else if (to == DType.UNICODE) {
                y[i] = v instanceof byte[] b ? new String(b, StandardCharsets.UTF_8) : text(v);
            } else if (to == DType.STRING) {
                y[i] = v instanceof byte[] ? v : text(v).getBytes(StandardCharsets.UTF_8);
            } else {
                y[i] = v;
            }
        }
    }

    /** An element as the language holds it: Long, Double or Boolean; complex elements become their text. */
    private static Object boxed(NdArray a, int i) {
        DType t = a.dtype();
        if (t == DType.BOOL) {
            return a.getBoolean(i);
        }
        return t.isInteger() ? (Object) a.getLong(i) : (Object) a.getDouble(i);
    }

    private static String text(Object v) {
        if (v instanceof Boolean b) {
            return b ? "True" : "False";
        }
        return v instanceof Double d ? FloatText.repr(d) : String.valueOf(v);
    }

    private static void parse(Object v, DType to, Object out, int i) {
        if (v instanceof Long || v instanceof Integer) {
            Elements.setLong(to, out, i, ((Number) v).longValue());
        } else if (v instanceof Number d) {
            Elements.setDouble(to, out, i, d.doubleValue());
        } else if (v instanceof Boolean b) {
            Elements.setLong(to, out, i, b ? 1 : 0);
        } else if (v instanceof String || v instanceof byte[]) {
            String s = v instanceof byte[] b ? new String(b, StandardCharsets.UTF_8) : (String) v;
            try {
                if (to.isInteger()) {
                    Elements.setLong(to, out, i, Long.parseLong(s.strip()));
                } else {
                    Elements.setDouble(to, out, i, FloatText.parse(s));
                }
            } catch (NumberFormatException e) {
                throw new NnError(ErrorKind.VALUE_ERROR, to.isInteger()
                        ? "invalid literal for int() with base 10: '" + s + "'"
                        : "could not convert string to float: '" + s + "'");
            }
        } else {
            throw new NnError(ErrorKind.VALUE_ERROR, "setting an array element with a sequence.");
        }
    }
}
