package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.lang.value.Machine;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Folds arrays along axes with a function of two numbers, in numpy's order: along memory, sums pairwise where the
 * innermost axis is folded, so that the digits are numpy's.
 */
final class Reduction {
    /** numpy sums blocks of so many numbers in eight interleaved chains, and halves longer runs. */
    private static final int PAIRWISE_BLOCK = 128;

    /** Elements in numpy's buffer. */
    private static final int BUFFER = 8192;

    private Reduction() {}

    /** The type in which numpy adds or multiplies elements of type {@code t} up. */
    static DType accumulator(BinaryFunction f, DType t) {
        if (f != BinaryFunctions.ADD && f != BinaryFunctions.MULTIPLY) {
            return t;
        }
        return switch (t) {
            case BOOL, INT8, INT16, INT32 -> DType.INT64;
            case UINT8, UINT16, UINT32 -> DType.UINT64;
            default -> t;
        };
    }

    /** {@code a} folded along {@code axes}, in type {@code type}. */
    static NdArray reduce(Machine m, BinaryFunction f, NdArray a, int[] axes, boolean keepdims, DType type) {
        int rank = a.rank();
        boolean[] folded = new boolean[rank];
        for (int axis : axes) {
            folded[axis] = true;
        }
        int[] full = a.shape();
        int[] kept = a.shape();
        long count = 1;
        for (int axis : axes) {
            kept[axis] = 1;
            count *= full[axis];
        }
        DType compute = f.kind == BinaryFunction.Kind.LOGIC ? DType.BOOL : type;
        if (count == 0 && Double.isNaN(f.identity)) {
            throw NnError.value("zero-size array to reduction operation " + f.name + " which has no identity");
        }
        NdArray result = compute.isReference() || compute.isComplex()
                ? generic(m, f, a.astype(compute), axes, kept) : numbers(f, a, folded, kept, compute);
        return keepdims ? result : result.reshape(drop(kept, folded));
    }

    private static int[] drop(int[] shape, boolean[] folded) {
        int n = 0;
        int[] out = new int[shape.length];
        for (int i = 0; i < shape.length; i++) {
            if (!folded[i]) {
                out[n++] = shape[i];
            }
        }
        return Arrays.copyOf(out, n);
    }

    private static NdArray numbers(BinaryFunction f, NdArray array, boolean[] folded, int[] kept, DType type) {
        boolean single = type == DType.FLOAT32 || type == DType.FLOAT16;
        DType work = single ? DType.FLOAT32 : type.isFloating() ? DType.FLOAT64 : DType.INT64;
        NdArray a = array.astype(type).astype(work);
        NdArray result = NdArray.zeros(work, kept);
        if (Double.isNaN(f.identity)) {
            NdArray first = a;
            for (int i = 0; i < folded.length; i++) {
                if (folded[i]) {
                    first = first.slice(i, 0, 1, 1);
                }
            }
            result.assign(first);
        } else if (f.identity != 0) {
            result.fill(f.identity);
        }
        if (f == BinaryFunctions.ADD && result.size() == 1 && work != DType.INT64 && new Lines(a.transpose(byStride(a))).length < a.size()) {
            buffered(result, a.transpose(byStride(a)).copy());
        } else if (a.size() > 0) {
            NdArray out = result.broadcastTo(a.shape());
            int[] order = byStride(a);
            Lines lines = new Lines(out.transpose(order), a.transpose(order));
            for (; lines.hasLine(); lines.advance()) {
                switch (work) {
                    case FLOAT32 -> foldFloats(f, lines, result.floats(), a.floats());
                    case FLOAT64 -> foldDoubles(f, lines, result.doubles(), a.doubles());
                    default -> foldLongs(f, lines, result.longs(), a.longs());
                }
            }
        }
        return result.astype(type);
    }

    /** What lies unevenly in memory numpy sums up through a buffer, so many elements at a time. */
    private static void buffered(NdArray result, NdArray a) {
        for (int from = 0; from < a.size(); from += BUFFER) {
            int n = Math.min(BUFFER, a.size() - from);
            if (a.dtype() == DType.FLOAT32) {
                result.floats()[0] += pairwise(a.floats(), from, 1, n);
            } else {
                result.doubles()[0] += pairwise(a.doubles(), from, 1, n);
            }
        }
    }

    /** The axes from the widest stride to the narrowest. */
    private static int[] byStride(NdArray a) {
        Integer[] axes = new Integer[a.rank()];
        Arrays.setAll(axes, i -> i);
        Arrays.sort(axes, Comparator.comparingInt(i -> -Math.abs(a.stride(i)) * (a.dim(i) == 1 ? 0 : 1)));
        int[] order = new int[axes.length];
        Arrays.setAll(order, i -> axes[i]);
        return order;
    }

    private static void foldFloats(BinaryFunction f, Lines lines, float[] out, float[] a) {
        int p = lines.at[1];
        int dp = lines.step[1];
        int q = lines.at[0];
        int dq = lines.step[0];
        int n = lines.length;
        if (f == BinaryFunctions.ADD) {
            if (dq == 0) {
                out[q] += pairwise(a, p, dp, n);
            } else {
                for (int i = 0; i < n; i++) {
                    out[q + i * dq] += a[p + i * dp];
                }
            }
            return;
        }
        StopCheck.loop(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                out[q + i * dq] = (float) f.apply(out[q + i * dq], a[p + i * dp]);
            }
        });
    }

    private static void foldDoubles(BinaryFunction f, Lines lines, double[] out, double[] a) {
        int p = lines.at[1];
        int dp = lines.step[1];
        int q = lines.at[0];
        int dq = lines.step[0];
        int n = lines.length;
        if (f == BinaryFunctions.ADD) {
            if (dq == 0) {
                out[q] += pairwise(a, p, dp, n);
            } else {
                for (int i = 0; i < n; i++) {
                    out[q + i * dq] += a[p + i * dp];
                }
            }
            return;
        }
        StopCheck.loop(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                out[q + i * dq] = f.apply(out[q + i * dq], a[p + i * dp]);
            }
        });
    }

    private static void foldLongs(BinaryFunction f, Lines lines, long[] out, long[] a) {
        int p = lines.at[1];
        int dp = lines.step[1];
        int q = lines.at[0];
        int dq = lines.step[0];
        StopCheck.loop(lines.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                out[q + i * dq] = f.apply(out[q + i * dq], a[p + i * dp]);
            }
        });
    }

    static float pairwise(float[] a, int p, int dp, int n) {
        if (n < 8) {
            float s = 0;
            for (int i = 0; i < n; i++) {
                s += a[p + i * dp];
            }
            return s;
        }
        if (n <= PAIRWISE_BLOCK) {
            float r0 = a[p];
            float r1 = a[p + dp];
            float r2 = a[p + 2 * dp];
            float r3 = a[p + 3 * dp];
            float r4 = a[p + 4 * dp];
            float r5 = a[p + 5 * dp];
            float r6 = a[p + 6 * dp];
            float r7 = a[p + 7 * dp];
            int i = 8;
            for (; i < n - n % 8; i += 8) {
                int k = p + i * dp;
                r0 += a[k];
                r1 += a[k + dp];
                r2 += a[k + 2 * dp];
                r3 += a[k + 3 * dp];
                r4 += a[k + 4 * dp];
                r5 += a[k + 5 * dp];
                r6 += a[k + 6 * dp];
                r7 += a[k + 7 * dp];
            }
            float s = ((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7));
            for (; i < n; i++) {
                s += a[p + i * dp];
            }
            return s;
        }
        if (n > StopCheck.INTERVAL) {
            StopCheck.ask();
        }
        int half = n / 2;
        half -= half % 8;
        return pairwise(a, p, dp, half) + pairwise(a, p + half * dp, dp, n - half);
    }

    static double pairwise(double[] a, int p, int dp, int n) {
        if (n < 8) {
            double s = 0;
            for (int i = 0; i < n; i++) {
                s += a[p + i * dp];
            }
            return s;
        }
        if (n <= PAIRWISE_BLOCK) {
            double r0 = a[p];
            double r1 = a[p + dp];
            double r2 = a[p + 2 * dp];
            double r3 = a[p + 3 * dp];
            double r4 = a[p + 4 * dp];
            double r5 = a[p + 5 * dp];
            double r6 = a[p + 6 * dp];
            double r7 = a[p + 7 * dp];
            int i = 8;
            for (; i < n - n % 8; i += 8) {
                int k = p + i * dp;
                r0 += a[k];
                r1 += a[k + dp];
                r2 += a[k + 2 * dp];
                r3 += a[k + 3 * dp];
                r4 += a[k + 4 * dp];
                r5 += a[k + 5 * dp];
                r6 += a[k + 6 * dp];
                r7 += a[k + 7 * dp];
            }
            double s = ((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7));
            for (; i < n; i++) {
                s += a[p + i * dp];
            }
            return s;
        }
        if (n > StopCheck.INTERVAL) {
            StopCheck.ask();
        }
        int half = n / 2;
        half -= half % 8;
        return pairwise(a, p, dp, half) + pairwise(a, p + half * dp, dp, n - half);
    }

    /** Objects and complex numbers: one axis after the other, slice by slice. */
    private static NdArray generic(Machine m, BinaryFunction f, NdArray a, int[] axes, int[] kept) {
        NdArray acc = a;
        for (int axis : axes) {
            int n = acc.dim(axis);
            NdArray total = n == 0 ? NdArray.full(DType.FLOAT64, f.identity, 1).astype(a.dtype()) : acc.slice(axis, 0, 1, 1);
            if (n == 0) {
                int[] shape = acc.shape();
                shape[axis] = 1;
                NdArray empty = NdArray.zeros(a.dtype(), shape);
                empty.assign(total);
                total = empty;
            }
            for (int i = 1; i < n; i++) {
                total = Elementwise.binary(m, f, total, acc.slice(axis, i, 1, 1), a.dtype());
            }
            acc = total;
        }
        return acc.reshape(kept);
    }

    /** The running fold along {@code axis}. */
    static NdArray accumulate(Machine m, BinaryFunction f, NdArray array, int axis, DType type) {
        NdArray a = array.astype(type);
        NdArray result = a.copy();
        for (int i = 1; i < a.dim(axis); i++) {
            NdArray next = result.slice(axis, i, 1, 1);
            next.assign(Elementwise.binary(m, f, result.slice(axis, i - 1, 1, 1), next, type));
        }
        return result;
    }

    /** The running sum or product along {@code axis}: as accumulate, without a call for each slice. */
    static NdArray runningDoubles(BinaryFunction f, NdArray array, int axis, DType type) {
        NdArray result = array.astype(type).astype(DType.FLOAT64).copy();
        double[] d = result.doubles();
        int n = result.dim(axis);
        int step = result.stride(axis);
        NdArray starts = result.slice(axis, 0, Math.min(n, 1), 1);
        boolean single = type == DType.FLOAT32;
        for (int i = 0; i < starts.size(); i++) {
            if ((i & 255) == 0) {
                StopCheck.ask();
            }
            int p = starts.position(i);
            for (int k = 1; k < n; k++, p += step) {
                if ((k & StopCheck.INTERVAL - 1) == 0) {
                    StopCheck.ask();
                }
                double v = f.apply(d[p], d[p + step]);
                d[p + step] = single ? (float) v : v;
            }
        }
        return result.astype(type);
    }
}
