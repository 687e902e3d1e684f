package io.retrograd.kernel;

import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/** Moves runs of elements between contiguous arrays of one type, whatever the type. */
public final class Blocks {
    private static final byte[] EMPTY = {};

    private Blocks() {}

    /** Copies {@code count} elements from flat index {@code at} of one array to flat index {@code to} of another. */
    public static void copy(NdArray from, int at, NdArray target, int to, int count) {
        int slots = from.dtype().isComplex() ? 2 : 1;
        System.arraycopy(
                from.data(),
                (from.offset() + at) * slots,
                target.data(),
                (target.offset() + to) * slots,
                count * slots);
    }

    /** Sets all elements to zero, false or the empty string. */
    public static void clear(NdArray a) {
        int from = a.offset();
        int to = from + a.size();
        switch (a.dtype()) {
            case FLOAT16, FLOAT32 -> Arrays.fill(a.floats(), from, to, 0);
            case FLOAT64 -> Arrays.fill(a.doubles(), from, to, 0);
            case INT32, UINT32 -> Arrays.fill(a.ints(), from, to, 0);
            case INT64, UINT64 -> Arrays.fill(a.longs(), from, to, 0);
            case INT16, UINT16 -> Arrays.fill(a.shorts(), from, to, (short) 0);
            case INT8, UINT8 -> Arrays.fill(a.bytes(), from, to, (byte) 0);
            case BOOL -> Arrays.fill(a.booleans(), from, to, false);
            case COMPLEX64 -> Arrays.fill(a.floats(), 2 * from, 2 * to, 0);
            case COMPLEX128 -> Arrays.fill(a.doubles(), 2 * from, 2 * to, 0);
            default -> Arrays.fill(a.objects(), from, to, EMPTY);
        }
    }

    /** Sets all elements to the one that {@code value} holds. */
    public static void fill(NdArray a, NdArray value) {
        int from = a.offset();
        int to = from + a.size();
        switch (a.dtype()) {
            case FLOAT16, FLOAT32 -> Arrays.fill(a.floats(), from, to, value.getFloat(0));
            case FLOAT64 -> Arrays.fill(a.doubles(), from, to, value.getDouble(0));
            case INT32, UINT32 -> Arrays.fill(a.ints(), from, to, value.getInt(0));
            case INT64, UINT64 -> Arrays.fill(a.longs(), from, to, value.getLong(0));
            case BOOL -> Arrays.fill(a.booleans(), from, to, value.getBoolean(0));
            default -> a.assign(value);
        }
    }

    /** Adds {@code count} elements of one array to those of another, from the given flat indices on. */
    public static void add(NdArray from, int at, NdArray target, int to, int count) {
        int p = from.offset() + at;
        int q = target.offset() + to;
        switch (from.dtype()) {
            case FLOAT32 -> {
                float[] a = from.floats();
                float[] b = target.floats();
                for (int j = 0; j < count; j++) {
                    b[q + j] += a[p + j];
                }
            }
            case FLOAT64 -> {
                double[] a = from.doubles();
                double[] b = target.doubles();
                for (int j = 0; j < count; j++) {
                    b[q + j] += a[p + j];
                }
            }
            case COMPLEX64, COMPLEX128 -> {
                for (int j = 0; j < count; j++) {
                    target.setComplex(
                            to + j,
                            target.getDouble(to + j) + from.getDouble(at + j),
                            target.getImaginary(to + j) + from.getImaginary(at + j));
                }
            }
            case FLOAT16 -> {
                for (int j = 0; j < count; j++) {
                    target.setDouble(to + j, target.getDouble(to + j) + from.getDouble(at + j));
                }
            }
            default -> {
                for (int j = 0; j < count; j++) {
                    target.setLong(to + j, target.getLong(to + j) + from.getLong(at + j));
                }
            }
        }
    }

    /** Subtracts {@code count} floats of one array from those of another, from the given flat indices on. */
    public static void subtract(NdArray from, int at, NdArray target, int to, int count) {
        float[] a = from.floats();
        float[] b = target.floats();
        int p = from.offset() + at;
        int q = target.offset() + to;
        for (int j = 0; j < count; j++) {
            b[q + j] -= a[p + j];
        }
    }

    /** The product of the dimensions {@code from} (inclusive) to {@code to} (exclusive). */
    public static int product(int[] shape, int from, int to) {
        int n = 1;
        for (int i = from; i < to; i++) {
            n *= shape[i];
        }
        return n;
    }
}
