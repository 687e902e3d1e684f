package io.retrograd.lib.numpy;

import io.retrograd.lang.value.Machine;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Elements by truth: where, nonzero. */
final class Selection {
    private Selection() {}

    /** The places of the true elements in row-major order, one array of numbers for each dimension. */
    static List<NdArray> nonzero(NdArray a) {
        int n = a.size();
        int[] flats = new int[n];
        int count = 0;
        NdArray truth = a.astype(DType.BOOL).contiguous();
        boolean[] t = truth.booleans();
        for (int i = 0; i < n; i++) {
            if (t[truth.offset() + i]) {
                flats[count++] = i;
            }
        }
        List<NdArray> places = new ArrayList<>();
        int step = n;
        for (int axis = 0; axis < a.rank(); axis++) {
            int d = a.dim(axis);
            step = d == 0 ? 0 : step / d;
            long[] at = new long[count];
            for (int i = 0; i < count; i++) {
                at[i] = flats[i] / step % d;
            }
            places.add(NdArray.of(at, count));
        }
        return places;
    }

    /** Elements of {@code a} where the mask is true, of {@code b} elsewhere. */
    static NdArray where(Machine m, NdArray mask, NdArray a, NdArray b) {
        DType type = Casting.resultType(a, b);
        int[] shape = Casting.broadcast(mask, a, b);
        NdArray out = NdArray.zeros(type, shape);
        NdArray x = ArrayMaker.cast(m, a, type).broadcastTo(shape);
        NdArray y = ArrayMaker.cast(m, b, type).broadcastTo(shape);
        NdArray c = mask.broadcastTo(shape);
        if (type == DType.FLOAT64 || type == DType.FLOAT32 || type == DType.INT64) {
            pick(c, x, y, out);
            return out;
        }
        out.assign(y);
        int n = out.size();
        for (int i = 0; i < n; i++) {
            if (!c.getBoolean(i)) {
                continue;
            }
            switch (type.kind()) {
                case 'f' -> out.setDouble(i, x.getDouble(i));
                case 'c' -> out.setComplex(i, x.getDouble(i), x.getImaginary(i));
                case 'O', 'U', 'S' -> out.setObject(i, x.getObject(i));
                default -> out.setLong(i, x.getLong(i));
            }
        }
        return out;
    }

    /** where for the common types, line by line. */
    private static void pick(NdArray mask, NdArray x, NdArray y, NdArray out) {
        NdArray c = mask.astype(DType.BOOL);
        boolean[] which = c.booleans();
        int at = 0;
        for (Lines l = new Lines(c, x, y); l.hasLine(); l.advance(), at += l.length) {
            int p = l.at[0];
            int q = l.at[1];
            int r = l.at[2];
            int dp = l.step[0];
            int dq = l.step[1];
            int dr = l.step[2];
            switch (out.dtype()) {
                case FLOAT64 -> {
                    double[] a = x.doubles();
                    double[] b = y.doubles();
                    double[] to = out.doubles();
                    for (int i = 0; i < l.length; i++) {
                        to[at + i] = which[p + i * dp] ? a[q + i * dq] : b[r + i * dr];
                    }
                }
                case FLOAT32 -> {
                    float[] a = x.floats();
                    float[] b = y.floats();
                    float[] to = out.floats();
                    for (int i = 0; i < l.length; i++) {
                        to[at + i] = which[p + i * dp] ? a[q + i * dq] : b[r + i * dr];
                    }
                }
                default -> {
                    long[] a = x.longs();
                    long[] b = y.longs();
                    long[] to = out.longs();
                    for (int i = 0; i < l.length; i++) {
                        to[at + i] = which[p + i * dp] ? a[q + i * dq] : b[r + i * dr];
                    }
                }
            }
        }
    }

    /** The elements of a flattened array as boxed values for containers. */
    static Object[] scalars(NdArray a) {
        Object[] all = new Object[a.size()];
        Arrays.setAll(all, i -> ScalarValue.of(a, i));
        return all;
    }
}
