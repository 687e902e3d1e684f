package io.retrograd.lib.numpy;

import io.retrograd.error.StopCheck;
import java.util.Arrays;

/**
 * Sorts long arrays in blocks, which it merges, so that the script can be interrupted in between; the result is that of
 * the library's sort.
 */
final class LongSort {
    /** Sorted in about 20 ms. */
    private static final int BLOCK = 1 << 18;

    private LongSort() {}

    /** Sorts as {@link Arrays#sort(double[])} does. */
    static void sort(double[] a) {
        int n = a.length;
        if (n <= BLOCK) {
            Arrays.sort(a);
            return;
        }
        for (int from = 0; from < n; from += BLOCK) {
            StopCheck.ask();
            Arrays.sort(a, from, Math.min(n, from + BLOCK));
        }
        double[] in = a;
        double[] out = new double[n];
        for (long width = BLOCK; width < n; width *= 2) {
            for (long from = 0; from < n; from += 2 * width) {
                merge(in, out, (int) from, (int) Math.min(n, from + width), (int) Math.min(n, from + 2 * width));
            }
            double[] sorted = out;
            out = in;
            in = sorted;
        }
        if (in != a) {
            System.arraycopy(in, 0, a, 0, n);
        }
    }

    private static void merge(double[] in, double[] out, int left, int middle, int end) {
        int i = left;
        int j = middle;
        for (int k = left; k < end; k++) {
            if ((k & StopCheck.INTERVAL - 1) == 0) {
                StopCheck.ask();
            }
            out[k] = j >= end || i < middle && Double.compare(in[i], in[j]) <= 0 ? in[i++] : in[j++];
        }
    }

    /** Sorts as {@link Arrays#sort(float[])} does. */
    static void sort(float[] a) {
        int n = a.length;
        if (n <= BLOCK) {
            Arrays.sort(a);
            return;
        }
        for (int from = 0; from < n; from += BLOCK) {
            StopCheck.ask();
            Arrays.sort(a, from, Math.min(n, from + BLOCK));
        }
        float[] in = a;
        float[] out = new float[n];
        for (long width = BLOCK; width < n; width *= 2) {
            for (long from = 0; from < n; from += 2 * width) {
                merge(in, out, (int) from, (int) Math.min(n, from + width), (int) Math.min(n, from + 2 * width));
            }
            float[] sorted = out;
            out = in;
            in = sorted;
        }
        if (in != a) {
            System.arraycopy(in, 0, a, 0, n);
        }
    }

    private static void merge(float[] in, float[] out, int left, int middle, int end) {
        int i = left;
        int j = middle;
        for (int k = left; k < end; k++) {
            if ((k & StopCheck.INTERVAL - 1) == 0) {
                StopCheck.ask();
            }
            out[k] = j >= end || i < middle && Float.compare(in[i], in[j]) <= 0 ? in[i++] : in[j++];
        }
    }

    /** Sorts as {@link Arrays#sort(long[])} does. */
    static void sort(long[] a) {
        int n = a.length;
        if (n <= BLOCK) {
            Arrays.sort(a);
            return;
        }
        for (int from = 0; from < n; from += BLOCK) {
            StopCheck.ask();
            Arrays.sort(a, from, Math.min(n, from + BLOCK));
        }
        long[] in = a;
        long[] out = new long[n];
        for (long width = BLOCK; width < n; width *= 2) {
            for (long from = 0; from < n; from += 2 * width) {
                merge(in, out, (int) from, (int) Math.min(n, from + width), (int) Math.min(n, from + 2 * width));
            }
            long[] sorted = out;
            out = in;
            in = sorted;
        }
        if (in != a) {
            System.arraycopy(in, 0, a, 0, n);
        }
    }

    private static void merge(long[] in, long[] out, int left, int middle, int end) {
        int i = left;
        int j = middle;
        for (int k = left; k < end; k++) {
            if ((k & StopCheck.INTERVAL - 1) == 0) {
                StopCheck.ask();
            }
            out[k] = j >= end || i < middle && in[i] <= in[j] ? in[i++] : in[j++];
        }
    }
}
