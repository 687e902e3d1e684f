package io.retrograd.kernel;

import io.retrograd.error.StopCheck;

/** The QR decomposition by Householder reflections (Golub and Van Loan, "Matrix Computations", 5.2). */
public final class Householder {
    /** Columns between two looks whether the result is still wanted. */
    private static final int ASK = 64;

    private Householder() {}

    /**
     * @param a an m x n matrix, row-major; becomes R in its upper triangle, zero below
     * @param q gets the m x m orthogonal factor, row-major
     */
    public static void qr(double[] a, int m, int n, double[] q) {
        for (int i = 0; i < m; i++) {
            q[i * m + i] = 1;
        }
        int steps = Math.min(m, n);
        double[][] vs = new double[steps][];
        double[] hs = new double[steps];
        for (int k = 0; k < steps; k++) {
            double[] v = new double[m - k];
            double tail = 0;
            for (int i = k; i < m; i++) {
                v[i - k] = a[i * n + k];
                tail += i > k ? v[i - k] * v[i - k] : 0;
            }
            double first = v[0];
            double beta = first;
            double h = 0;
            if (tail > Double.MIN_NORMAL) {
                beta = Math.sqrt(first * first + tail);
                beta = first >= 0 ? -beta : beta;
                for (int i = 1; i < v.length; i++) {
                    v[i] /= first - beta;
                }
                h = (beta - first) / beta;
            }
            v[0] = 1;
            apply(a, n, k, k + 1, v, h);
            a[k * n + k] = beta;
            for (int i = k + 1; i < m; i++) {
                a[i * n + k] = 0;
            }
            vs[k] = v;
            hs[k] = h;
        }
        for (int k = steps - 1; k >= 0; k--) {
            apply(q, m, k, k, vs[k], hs[k]);
        }
    }

    private static void apply(double[] a, int width, int row, int column, double[] v, double h) {
        for (int j = column; j < width; j++) {
            if ((j & ASK - 1) == 0) {
                StopCheck.ask();
            }
            double dot = 0;
            for (int i = 0; i < v.length; i++) {
                dot += v[i] * a[(row + i) * width + j];
            }
            for (int i = 0; i < v.length; i++) {
                a[(row + i) * width + j] -= h * v[i] * dot;
            }
        }
    }
}
