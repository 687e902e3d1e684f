package io.retrograd.kernel;

/**
 * The order in which TensorFlow 1.15 adds up the terms of one element of a product in float32 on one thread, so that
 * training which a single rounding can tip over goes the same way here. It is the order of Eigen's block-panel kernel
 * of 2019 for vectors of eight without fused multiply-add (Eigen/src/Core/products/GeneralBlockPanelKernel.h and
 * GeneralMatrixVector.h; the rules below are measured on TensorFlow's own library, to the last bit):
 *
 * <ul>
 *   <li>a sum longer than 400 is cut into blocks of about equal length, each added up from zero;
 *   <li>in the columns up to the last multiple of 16 a block's terms are added one by one;
 *   <li>in the next columns, up to the last multiple of 4, and in the rows up to the last multiple of 4: even and odd
 *       terms apart, as far as they come in eights;
 *   <li>in the columns that are left over, in the same rows: eight sums, joined in a tree;
 *   <li>everywhere else: one by one;
 *   <li>a product with a single row or column has rules of its own.
 * </ul>
 */
final class SumOrder {
    /** Columns that are worked on at once: two vectors. */
    private static final int WIDE = 16;

    /** Rows worked on at once, and columns of half a vector. */
    private static final int FOUR = 4;

    /** Terms that fit the first-level cache together with what they are multiplied with: (32 KiB - 256) / 80, in eights. */
    private static final int DEEPEST = 400;

    /** A matrix times a vector goes through whole columns up to this number of them. */
    private static final int FEW_COLUMNS = 128;

    /** Columns taken together otherwise, and where a row is longer than {@link #LONG_ROW} bytes. */
    private static final int COLUMNS = 16;

    private static final int COLUMNS_OF_LONG = 4;
    private static final int LONG_ROW = 32000;

    private SumOrder() {}

    /** The length of the blocks into which a sum of k terms is cut; the last one may be shorter. */
    static int block(int k) {
        if (k <= DEEPEST) {
            return k;
        }
        int rest = k % DEEPEST;
        return rest == 0 ? DEEPEST : DEEPEST - 8 * ((DEEPEST - 1 - rest) / (8 * (k / DEEPEST + 1)));
    }

    /** Columns, from the first on, whose blocks are added up one by one. */
    static int straightColumns(int n) {
        return n & -WIDE;
    }

    /** Terms added up together in a product of a matrix, stored transposed with rows of m, and a vector of k. */
    static int columnsAtOnce(int m, int k) {
        return k < FEW_COLUMNS ? k : m * Float.BYTES < LONG_ROW ? COLUMNS : COLUMNS_OF_LONG;
    }

    /**
     * One element of a product of m rows and n columns, both at least 2.
     *
     * @param x holds the k factors of row i from xAt on, each xStep after the last
     * @param y holds the k factors of column j from yAt on, each yStep after the last
     */
    static float element(float[] x, int xAt, int xStep, float[] y, int yAt, int yStep, int k, int i, int j, int m, int n) {
        int block = block(k);
        float sum = 0;
        for (int from = 0; from < k; from += block) {
            int count = Math.min(block, k - from);
            if (j < straightColumns(n) || i >= (m & -FOUR)) {
                sum += straight(x, xAt + from * xStep, xStep, y, yAt + from * yStep, yStep, count);
            } else if (j < (n & -FOUR)) {
                sum += inPairs(x, xAt + from * xStep, xStep, y, yAt + from * yStep, yStep, count);
            } else {
                sum += inEights(x, xAt + from * xStep, xStep, y, yAt + from * yStep, yStep, count);
            }
        }
        return sum;
    }

    /**
     * A product of few multiplications, element by element: less than it takes to lay out rows for it.
     *
     * @param x holds the factors of row i from xAt + i xRow on, each xStep after the last
     * @param y holds the factors of column j from yAt + j yColumn on, each yStep after the last
     * @param k at most {@link #DEEPEST}: one block
     */
    static void small(
            float[] x, int xAt, int xRow, int xStep, float[] y, int yAt, int yColumn, int yStep, float[] c, int at,
            int m, int n, int k) {
        int straight = k < FOUR ? n : straightColumns(n);
        int pairs = n & -FOUR;
        int fours = m & -FOUR;
        for (int i = 0; i < m; i++) {
            int p = xAt + i * xRow;
            for (int j = 0; j < n; j++) {
                int q = yAt + j * yColumn;
                float sum;
                if (k == 1) {
                    sum = 0 + x[p] * y[q];
                } else if (k == 2) {
                    sum = 0 + x[p] * y[q] + x[p + xStep] * y[q + yStep];
                } else if (j < straight || i >= fours) {
                    sum = straight(x, p, xStep, y, q, yStep, k);
                } else if (j < pairs) {
                    sum = inPairs(x, p, xStep, y, q, yStep, k);
                } else {
                    sum = inEights(x, p, xStep, y, q, yStep, k);
                }
                c[at + i * n + j] = sum;
            }
        }
    }

    static float straight(float[] x, int p, int ps, float[] y, int q, int qs, int count) {
        float s = 0;
        for (int l = 0; l < count; l++) {
            s += x[p + l * ps] * y[q + l * qs];
        }
        return s;
    }

    private static float inPairs(float[] x, int p, int ps, float[] y, int q, int qs, int count) {
        float even = 0;
        float odd = 0;
        int eights = count & -8;
        int l = 0;
        for (; l < eights; l += 2) {
            even += x[p + l * ps] * y[q + l * qs];
            odd += x[p + (l + 1) * ps] * y[q + (l + 1) * qs];
        }
        float s = even + odd;
        for (; l < count; l++) {
            s += x[p + l * ps] * y[q + l * qs];
        }
        return s;
    }

    private static float inEights(float[] x, int p, int ps, float[] y, int q, int qs, int count) {
        float even = 0;
        float odd = 0;
        int l = 0;
        if (count >= 8) {
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            float s4 = 0;
            float s5 = 0;
            float s6 = 0;
            float s7 = 0;
            int eights = count & -8;
            for (; l < eights; l += 8) {
                int a = p + l * ps;
                int b = q + l * qs;
                s0 += x[a] * y[b];
                s1 += x[a + ps] * y[b + qs];
                s2 += x[a + 2 * ps] * y[b + 2 * qs];
                s3 += x[a + 3 * ps] * y[b + 3 * qs];
                s4 += x[a + 4 * ps] * y[b + 4 * qs];
                s5 += x[a + 5 * ps] * y[b + 5 * qs];
                s6 += x[a + 6 * ps] * y[b + 6 * qs];
                s7 += x[a + 7 * ps] * y[b + 7 * qs];
            }
            even = (s0 + s2) + (s4 + s6);
            odd = (s1 + s3) + (s5 + s7);
        }
        for (; l + 1 < count; l += 2) {
            even += x[p + l * ps] * y[q + l * qs];
            odd += x[p + (l + 1) * ps] * y[q + (l + 1) * qs];
        }
        float s = even + odd;
        return l < count ? s + x[p + l * ps] * y[q + l * qs] : s;
    }

    /**
     * A row times a vector, both stored one term after the other: eight sums, then what is left, one by one.
     *
     * @param alone the row is the last one of an odd number: four of the terms that are left are added up apart
     */
    static float dot(float[] x, int p, float[] y, int q, int k, boolean alone) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int eights = k & -8;
        int l = 0;
        for (; l < eights; l += 8) {
            s0 += x[p + l] * y[q + l];
            s1 += x[p + l + 1] * y[q + l + 1];
            s2 += x[p + l + 2] * y[q + l + 2];
            s3 += x[p + l + 3] * y[q + l + 3];
            s4 += x[p + l + 4] * y[q + l + 4];
            s5 += x[p + l + 5] * y[q + l + 5];
            s6 += x[p + l + 6] * y[q + l + 6];
            s7 += x[p + l + 7] * y[q + l + 7];
        }
        float s = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
        if (alone && l + 4 <= k) {
            s += (x[p + l] * y[q + l] + x[p + l + 2] * y[q + l + 2])
                    + (x[p + l + 1] * y[q + l + 1] + x[p + l + 3] * y[q + l + 3]);
            l += 4;
        }
        for (; l < k; l++) {
            s += x[p + l] * y[q + l];
        }
        return s;
    }
}
