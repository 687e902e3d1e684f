package io.retrograd.kernel;

/**
 * Plain Java matrix products C = A B with each factor as stored or transposed. Matrices are row-major parts of flat
 * arrays. The float product unpacks B into one array a row, so that its inner loop runs over arrays with a common
 * index and is vectorised; products too thin for that take dot products.
 */
public final class MatrixProduct {
    /** Columns below which rows are too short to vectorise. */
    private static final int NARROW = 8;

    /** Rows below which unpacking B costs more than it saves. */
    private static final int FLAT = 4;

    /** Floats of B worked on at a time: half of a second-level cache of 512 KB. */
    private static final int PANEL = 1 << 16;

    /** Multiplications between two questions whether to go on. */
    private static final long ASK = 1L << 24;

    private MatrixProduct() {}

    /** A matrix stored in a flat array from position {@code at}; {@code transposed}: the factor is its transpose. */
    public record FloatFactor(float[] data, int at, boolean transposed) {}

    /**
     * C = A B.
     *
     * @param m rows of the product
     * @param n columns of the product
     * @param k columns of A as a factor, rows of B as a factor
     */
    public static void floats(FloatFactor a, FloatFactor b, float[] c, int at, int m, int n, int k, Runnable poll) {
        if (n < NARROW || m < FLAT) {
            dots(a, b, c, at, m, n, k, poll);
        } else {
            rows(a, b, c, at, m, n, k, poll);
        }
    }

    private static void rows(FloatFactor a, FloatFactor b, float[] c, int at, int m, int n, int k, Runnable poll) {
        float[][] product = new float[m][n];
        int panel = Math.max(16, PANEL / n & ~3);
        float[][] rows = new float[Math.min(panel, k)][n];
        float[] ad = a.data();
        int stepRow = a.transposed() ? 1 : k;
        int stepColumn = a.transposed() ? m : 1;
        long since = 0;
        for (int from = 0; from < k; from += panel) {
            int count = Math.min(panel, k - from);
            unpack(b, rows, from, count, n, k);
            for (int i = 0; i < m; i++) {
                float[] ci = product[i];
                int p = a.at() + i * stepRow + from * stepColumn;
                int q = 0;
                for (; q + 4 <= count; q += 4, p += 4 * stepColumn) {
                    axpy4(ad[p], rows[q], ad[p + stepColumn], rows[q + 1], ad[p + 2 * stepColumn], rows[q + 2],
                            ad[p + 3 * stepColumn], rows[q + 3], ci, n);
                }
                for (; q < count; q++, p += stepColumn) {
                    axpy(ad[p], rows[q], ci, n);
                }
                since += (long) count * n;
                if (since > ASK) {
                    poll.run();
                    since = 0;
                }
            }
        }
        for (int i = 0; i < m; i++) {
            System.arraycopy(product[i], 0, c, at + i * n, n);
        }
    }

    private static void unpack(FloatFactor b, float[][] rows, int from, int count, int n, int k) {
        float[] d = b.data();
        for (int q = 0; q < count; q++) {
            if (b.transposed()) {
                float[] row = rows[q];
                int p = b.at() + from + q;
                for (int j = 0; j < n; j++, p += k) {
                    row[j] = d[p];
                }
            } else {
                System.arraycopy(d, b.at() + (from + q) * n, rows[q], 0, n);
            }
        }
    }

    private static void axpy(float a, float[] x, float[] c, int n) {
        for (int j = 0; j < n; j++) {
            c[j] += a * x[j];
        }
    }

    private static void axpy4(
            float a0, float[] x0, float a1, float[] x1, float a2, float[] x2, float a3, float[] x3, float[] c, int n) {
        for (int j = 0; j < n; j++) {
            c[j] += a0 * x0[j] + a1 * x1[j] + (a2 * x2[j] + a3 * x3[j]);
        }
    }

    private static void dots(FloatFactor a, FloatFactor b, float[] c, int at, int m, int n, int k, Runnable poll) {
        float[] ad = a.data();
        float[] bd = b.data();
        int aRow = a.transposed() ? 1 : k;
        int aStep = a.transposed() ? m : 1;
        int bColumn = b.transposed() ? k : 1;
        int bStep = b.transposed() ? 1 : n;
        long since = 0;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                int p = a.at() + i * aRow;
                int q = b.at() + j * bColumn;
                double s0 = 0;
                double s1 = 0;
                int l = 0;
                for (; l + 2 <= k; l += 2, p += 2 * aStep, q += 2 * bStep) {
                    s0 += (double) ad[p] * bd[q];
                    s1 += (double) ad[p + aStep] * bd[q + bStep];
                }
                if (l < k) {
                    s0 += (double) ad[p] * bd[q];
                }
                c[at + i * n + j] = (float) (s0 + s1);
                since += k;
                if (since > ASK) {
                    poll.run();
                    since = 0;
                }
            }
        }
    }

    /** As {@link #floats}, for float64. */
    public static void doubles(
            double[] a, int aAt, boolean ta, double[] b, int bAt, boolean tb, double[] c, int at, int m, int n, int k,
            Runnable poll) {
        double[] column = new double[k];
        for (int j = 0; j < n; j++) {
            for (int l = 0; l < k; l++) {
                column[l] = b[bAt + (tb ? j * k + l : l * n + j)];
            }
            for (int i = 0; i < m; i++) {
                double s = 0;
                int p = aAt + (ta ? i : i * k);
                for (int l = 0; l < k; l++, p += ta ? m : 1) {
                    s += a[p] * column[l];
                }
                c[at + i * n + j] = s;
            }
            poll.run();
        }
    }

    /** As {@link #floats}, for any integers, modulo 2⁶⁴. */
    public static void longs(
            long[] a, int aAt, boolean ta, long[] b, int bAt, boolean tb, long[] c, int at, int m, int n, int k,
            Runnable poll) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                long s = 0;
                for (int l = 0; l < k; l++) {
                    s += a[aAt + (ta ? l * m + i : i * k + l)] * b[bAt + (tb ? j * k + l : l * n + j)];
                }
                c[at + i * n + j] = s;
            }
            poll.run();
        }
    }
}
