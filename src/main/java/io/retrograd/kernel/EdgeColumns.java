package io.retrograd.kernel;

import java.util.Arrays;

/**
 * The columns at the edge of a product, in {@link SumOrder}'s order, many rows at a time: A is unpacked so that each
 * term of all the rows is an array, and what an element adds up apart (even and odd terms, or eight sums) is one, too.
 */
final class EdgeColumns {
    /** Rows and multiplications from which unpacking A pays. */
    static final int LEAST_ROWS = 16;
    static final long LEAST = 1L << 13;

    private static final int LANES = 8;

    private EdgeColumns() {}

    /** Rows {@code from} (inclusive) to {@code to} (exclusive) of the columns from {@code first} on. */
    static void rows(
            Scratch scratch, MatrixProduct.FloatFactor a, MatrixProduct.FloatFactor b, float[] c, int at, int m, int n, int k,
            int first, int from, int to) {
        int end = Math.min(to, m & -4);
        int count = Math.max(0, end - from);
        int block = SumOrder.block(k);
        int step = b.transposed() ? 1 : n;
        if (count > 0) {
            float[][] x = scratch.rows(Scratch.Use.RIGHT, block, count);
            float[][] sums = scratch.rows(Scratch.Use.RESULT, LANES, count);
            MatrixProduct.FloatFactor turned = new MatrixProduct.FloatFactor(a.data(), a.at(), !a.transposed());
            for (int start = 0; start < k; start += block) {
                int terms = Math.min(block, k - start);
                MatrixProduct.unpack(turned, x, start, terms, from, count, m, k);
                for (int j = first; j < n; j++) {
                    int q = b.at() + (b.transposed() ? j * k + start : start * n + j);
                    if (j < (n & -4)) {
                        inPairs(x, b.data(), q, step, terms, sums, count);
                    } else {
                        inEights(x, b.data(), q, step, terms, sums, count);
                    }
                    hand(sums[0], c, at + from * n + j, n, count, start > 0);
                }
            }
        }
        int aRow = a.transposed() ? 1 : k;
        int aStep = a.transposed() ? m : 1;
        int bColumn = b.transposed() ? k : 1;
        for (int i = Math.max(from, m & -4); i < to; i++) {
            for (int j = first; j < n; j++) {
                c[at + i * n + j] = SumOrder.element(
                        a.data(), a.at() + i * aRow, aStep, b.data(), b.at() + j * bColumn, step, k, i, j, m, n);
            }
        }
    }

    private static void hand(float[] sum, float[] c, int at, int stride, int count, boolean add) {
        for (int i = 0; i < count; i++) {
            // From zero, as a sum begins: that makes -0 to 0.
            c[at + i * stride] = (add ? c[at + i * stride] : 0) + sum[i];
        }
    }

    /** sums[0] = even and odd terms apart as far as they come in eights, then what is left. */
    private static void inPairs(float[][] x, float[] y, int q, int step, int terms, float[][] sums, int count) {
        clear(sums, 2, count);
        int l = 0;
        for (; l + 8 <= terms; l += 8) {
            int p = q + l * step;
            for (int odd = 0; odd < 2; odd++, p += step) {
                RowProduct.four(y[p], y[p + 2 * step], y[p + 4 * step], y[p + 6 * step],
                        x[l + odd], x[l + odd + 2], x[l + odd + 4], x[l + odd + 6], sums[odd], count);
            }
        }
        add(sums[0], sums[1], count);
        for (; l < terms; l++) {
            RowProduct.one(y[q + l * step], x[l], sums[0], count);
        }
    }

    /** sums[0] = eight sums joined in a tree, then even and odd terms of what is left. */
    private static void inEights(float[][] x, float[] y, int q, int step, int terms, float[][] sums, int count) {
        clear(sums, LANES, count);
        int l = 0;
        for (; l + 32 <= terms; l += 32) {
            for (int s = 0; s < LANES; s++) {
                int p = q + (l + s) * step;
                RowProduct.four(y[p], y[p + 8 * step], y[p + 16 * step], y[p + 24 * step],
                        x[l + s], x[l + s + 8], x[l + s + 16], x[l + s + 24], sums[s], count);
            }
        }
        for (; l + 8 <= terms; l += 8) {
            for (int s = 0; s < LANES; s++) {
                RowProduct.one(y[q + (l + s) * step], x[l + s], sums[s], count);
            }
        }
        add(sums[0], sums[2], count);
        add(sums[4], sums[6], count);
        add(sums[0], sums[4], count);
        add(sums[1], sums[3], count);
        add(sums[5], sums[7], count);
        add(sums[1], sums[5], count);
        for (; l + 1 < terms; l += 2) {
            RowProduct.one(y[q + l * step], x[l], sums[0], count);
            RowProduct.one(y[q + (l + 1) * step], x[l + 1], sums[1], count);
        }
        add(sums[0], sums[1], count);
        if (l < terms) {
            RowProduct.one(y[q + l * step], x[l], sums[0], count);
        }
    }

    private static void clear(float[][] sums, int rows, int count) {
        for (int s = 0; s < rows; s++) {
            Arrays.fill(sums[s], 0, count, 0);
        }
    }

    private static void add(float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            a[i] += b[i];
        }
    }
}
