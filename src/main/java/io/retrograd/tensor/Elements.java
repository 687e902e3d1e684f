package io.retrograd.tensor;

import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;

/** Reads, writes and copies elements of storage arrays: one switch on the type for each, strided loops innermost. */
final class Elements {
    private Elements() {
    }

    static double doubleAt(DType t, Object data, int p) {
        return switch (t) {
            case FLOAT16, FLOAT32 -> ((float[]) data)[p];
            case FLOAT64 -> ((double[]) data)[p];
            case COMPLEX64 -> ((float[]) data)[2 * p];
            case COMPLEX128 -> ((double[]) data)[2 * p];
            case UINT64 -> unsignedToDouble(((long[]) data)[p]);
            case OBJECT -> number(t, ((Object[]) data)[p]).doubleValue();
            default -> longAt(t, data, p);
        };
    }

    static long longAt(DType t, Object data, int p) {
        return switch (t) {
            case FLOAT16, FLOAT32 -> Casts.toLong(((float[]) data)[p]);
            case FLOAT64 -> Casts.toLong(((double[]) data)[p]);
            case INT8 -> ((byte[]) data)[p];
            case UINT8 -> ((byte[]) data)[p] & 0xff;
            case INT16 -> ((short[]) data)[p];
            case UINT16 -> ((short[]) data)[p] & 0xffff;
            case INT32 -> ((int[]) data)[p];
            case UINT32 -> ((int[]) data)[p] & 0xffffffffL;
            case INT64, UINT64 -> ((long[]) data)[p];
            case BOOL -> ((boolean[]) data)[p] ? 1 : 0;
            case COMPLEX64 -> Casts.toLong(((float[]) data)[2 * p]);
            case COMPLEX128 -> Casts.toLong(((double[]) data)[2 * p]);
            case STRING, UNICODE, OBJECT, RESOURCE, VARIANT -> number(t, ((Object[]) data)[p]).longValue();
        };
    }

    /** The number that an element of an array of objects is. */
    private static Number number(DType t, Object element) {
        if (element instanceof Boolean b) {
            return b ? 1L : 0L;
        }
        if (element instanceof Number n) {
            return n;
        }
        throw notANumber(t);
    }

    private static NnError notANumber(DType t) {
        return NnError.type("a number is required, not an element of type " + t.numpyName());
    }

    static boolean booleanAt(DType t, Object data, int p) {
        return switch (t) {
            case FLOAT16, FLOAT32 -> ((float[]) data)[p] != 0;
            case FLOAT64 -> ((double[]) data)[p] != 0;
            case COMPLEX64 -> ((float[]) data)[2 * p] != 0 || ((float[]) data)[2 * p + 1] != 0;
            case COMPLEX128 -> ((double[]) data)[2 * p] != 0 || ((double[]) data)[2 * p + 1] != 0;
            case STRING -> ((byte[]) ((Object[]) data)[p]).length > 0;
            case UNICODE -> !((String) ((Object[]) data)[p]).isEmpty();
            case OBJECT, RESOURCE, VARIANT -> ((Object[]) data)[p] != null;
            default -> longAt(t, data, p) != 0;
        };
    }

    static void setDouble(DType t, Object data, int p, double v) {
        switch (t) {
            case FLOAT16 -> ((float[]) data)[p] = Half.round(v);
            case FLOAT32 -> ((float[]) data)[p] = (float) v;
            case FLOAT64 -> ((double[]) data)[p] = v;
            case BOOL -> ((boolean[]) data)[p] = v != 0;
            case COMPLEX64 -> {
                ((float[]) data)[2 * p] = (float) v;
                ((float[]) data)[2 * p + 1] = 0;
            }
            case COMPLEX128 -> {
                ((double[]) data)[2 * p] = v;
                ((double[]) data)[2 * p + 1] = 0;
            }
            case UINT64 -> ((long[]) data)[p] = v >= 0x1p63 ? (long) (v - 0x1p63) ^ Long.MIN_VALUE : Casts.toLong(v);
            case INT8, UINT8, INT16, UINT16, INT32 -> setLong(t, data, p, Casts.toInt(v));
            default -> setLong(t, data, p, Casts.toLong(v));
        }
    }

    static void setLong(DType t, Object data, int p, long v) {
        switch (t) {
            case INT8, UINT8 -> ((byte[]) data)[p] = (byte) v;
            case INT16, UINT16 -> ((short[]) data)[p] = (short) v;
            case INT32, UINT32 -> ((int[]) data)[p] = (int) v;
            case INT64, UINT64 -> ((long[]) data)[p] = v;
            case FLOAT32 -> ((float[]) data)[p] = (float) v;
            case BOOL -> ((boolean[]) data)[p] = v != 0;
            case STRING, UNICODE, OBJECT, RESOURCE, VARIANT -> throw notANumber(t);
            default -> setDouble(t, data, p, (double) v);
        }
    }

    static double unsignedToDouble(long v) {
        return v >= 0 ? v : ((v >>> 1) | (v & 1)) * 2.0;
    }

    /** Copies {@code a} in row-major order to {@code to}, an array of the same kind, from position {@code at}. */
    static void copy(NdArray a, Object to, int at) {
        int slots = a.dtype().slots();
        if (a.isContiguous()) {
            System.arraycopy(a.data(), a.offset() * slots, to, at * slots, a.size() * slots);
            return;
        }
        int[] shape = a.shape();
        assign(a, NdArray.strided(a.dtype(), to, shape, NdArray.rowMajorStrides(shape), at), StopCheck.INTERVAL);
    }

    /** Sets the elements of {@code to} to those of {@code from}: same type, same shape, no shared elements unless in place. */
    static void assign(NdArray from, NdArray to) {
        // Somebody may hold the array: it is changed whole, however long that takes.
        assign(from, to, Integer.MAX_VALUE);
    }

    /** Asks after so many elements whether the copy is still wanted. */
    private static void assign(NdArray from, NdArray to, int interval) {
        int slots = to.dtype().slots();
        if (from.isContiguous() && to.isContiguous()) {
            System.arraycopy(from.data(), from.offset() * slots, to.data(), to.offset() * slots, to.size() * slots);
            return;
        }
        if (to.size() == 0) {
            return;
        }
        int rank = to.rank();
        int last = rank - 1;
        int n = to.dim(last);
        int[] index = new int[rank];
        int p = from.offset();
        int q = to.offset();
        int passed = 0;
        while (true) {
            passed += n;
            if (passed >= interval) {
                passed = 0;
                StopCheck.ask();
            }
            line(to.dtype(), from.data(), p, from.stride(last), to.data(), q, to.stride(last), n);
            int axis = last - 1;
            while (axis >= 0 && ++index[axis] == to.dim(axis)) {
                p -= (index[axis] - 1) * from.stride(axis);
                q -= (index[axis] - 1) * to.stride(axis);
                index[axis--] = 0;
            }
            if (axis < 0) {
                return;
            }
            p += from.stride(axis);
            q += to.stride(axis);
        }
    }

    private static void line(DType t, Object from, int p, int dp, Object to, int q, int dq, int n) {
        if (dp == 1 && dq == 1) {
            int slots = t.slots();
            System.arraycopy(from, p * slots, to, q * slots, n * slots);
            return;
        }
        switch (t) {
            case FLOAT16, FLOAT32 -> {
                float[] a = (float[]) from;
                float[] b = (float[]) to;
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    b[q] = a[p];
                }
            }
            case FLOAT64 -> {
                double[] a = (double[]) from;
                double[] b = (double[]) to;
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    b[q] = a[p];
                }
            }
            case INT8, UINT8 -> {
                byte[] a = (byte[]) from;
                byte[] b = (byte[]) to;
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    b[q] = a[p];
                }
            }
            case INT16, UINT16 -> {
                short[] a = (short[]) from;
                short[] b = (short[]) to;
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    b[q] = a[p];
                }
            }
            case INT32, UINT32 -> {
                int[] a = (int[]) from;
                int[] b = (int[]) to;
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    b[q] = a[p];
                }
            }
            case INT64, UINT64 -> {
                long[] a = (long[]) from;
                long[] b = (long[]) to;
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    b[q] = a[p];
                }
            }
            case BOOL -> {
                boolean[] a = (boolean[]) from;
                boolean[] b = (boolean[]) to;
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    b[q] = a[p];
                }
            }
            case COMPLEX64 -> {
                float[] a = (float[]) from;
                float[] b = (float[]) to;
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    b[2 * q] = a[2 * p];
                    b[2 * q + 1] = a[2 * p + 1];
                }
            }
            case COMPLEX128 -> {
                double[] a = (double[]) from;
                double[] b = (double[]) to;
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    b[2 * q] = a[2 * p];
                    b[2 * q + 1] = a[2 * p + 1];
                }
            }
            case STRING, UNICODE, OBJECT, RESOURCE, VARIANT -> {
                Object[] a = (Object[]) from;
                Object[] b = (Object[]) to;
                for (int i = 0; i < n; i++, p += dp, q += dq) {
                    b[q] = a[p];
                }
            }
        }
    }
}
