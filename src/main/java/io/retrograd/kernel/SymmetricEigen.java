package io.retrograd.kernel;

import io.retrograd.error.StopCheck;
import java.util.Arrays;

/**
 * Eigenvalues and vectors of a symmetric matrix: Householder reduction to tridiagonal form, then implicit QR steps
 * with Wilkinson's shift (Golub and Van Loan, "Matrix Computations", 8.3). The order of the operations is the one by
 * which TensorFlow's vectors get their signs.
 */
public final class SymmetricEigen {
    private static final int MOST_STEPS = 30;

    /** Rows between two looks whether the result is still wanted. */
    private static final int ASK = 64;

    private final int n;
    private final double[] q;
    private final double[] diagonal;
    private final double[] below;

    private SymmetricEigen(int n) {
        this.n = n;
        q = new double[n * n];
        diagonal = new double[n];
        below = new double[Math.max(0, n - 1)];
    }

    /**
     * @param a the matrix, row-major; only its lower triangle is read
     * @param values gets the n eigenvalues, smallest first
     * @param vectors gets the eigenvectors as columns, row-major
     * @return false if the iteration did not converge
     */
    public static boolean solve(double[] a, int n, double[] values, double[] vectors) {
        SymmetricEigen e = new SymmetricEigen(n);
        double scale = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                scale = Math.max(scale, Math.abs(a[i * n + j]));
            }
        }
        scale = scale == 0 ? 1 : scale;
        double[] m = new double[n * n];
        for (int i = 0; i < n * n; i++) {
            m[i] = a[i] / scale;
        }
        e.reduce(m);
        boolean converged = e.iterate();
        e.sort();
        for (int i = 0; i < n; i++) {
            values[i] = e.diagonal[i] * scale;
        }
        System.arraycopy(e.q, 0, vectors, 0, n * n);
        return converged;
    }

    private void reduce(double[] m) {
        double[][] vs = new double[Math.max(0, n - 1)][];
        double[] hs = new double[Math.max(0, n - 1)];
        for (int i = 0; i < n - 1; i++) {
            int rest = n - i - 1;
            double[] v = new double[rest];
            double tail = 0;
            for (int k = 0; k < rest; k++) {
                v[k] = m[(i + 1 + k) * n + i];
                tail += k > 0 ? v[k] * v[k] : 0;
            }
            double first = v[0];
            double beta = first;
            double h = 0;
            if (tail > Double.MIN_NORMAL) {
                beta = Math.sqrt(first * first + tail);
                beta = first >= 0 ? -beta : beta;
                for (int k = 1; k < rest; k++) {
                    v[k] /= first - beta;
                }
                h = (beta - first) / beta;
            } else {
                Arrays.fill(v, 1, rest, 0);
            }
            v[0] = 1;
            reflect(m, i, v, h);
            below[i] = beta;
            vs[i] = v;
            hs[i] = h;
        }
        for (int i = 0; i < n; i++) {
            diagonal[i] = m[i * n + i];
            q[i * n + i] = 1;
        }
        for (int i = n - 2; i >= 0; i--) {
            accumulate(vs[i], hs[i], i + 1);
        }
    }

    /** The trailing matrix becomes H A H with H = I − h v vᵀ. */
    private void reflect(double[] m, int i, double[] v, double h) {
        int rest = v.length;
        double[] p = new double[rest];
        double dot = 0;
        for (int r = 0; r < rest; r++) {
            if ((r & ASK - 1) == 0) {
                StopCheck.ask();
            }
            double sum = 0;
            for (int c = 0; c < rest; c++) {
                int row = i + 1 + Math.max(r, c);
                int column = i + 1 + Math.min(r, c);
                sum += m[row * n + column] * (h * v[c]);
            }
            p[r] = sum;
            dot += sum * v[r];
        }
        for (int r = 0; r < rest; r++) {
            p[r] += h * -0.5 * dot * v[r];
        }
        for (int r = 0; r < rest; r++) {
            for (int c = 0; c <= r; c++) {
                m[(i + 1 + r) * n + i + 1 + c] -= v[r] * p[c] + p[r] * v[c];
            }
        }
    }

    private void accumulate(double[] v, double h, int from) {
        for (int c = from; c < n; c++) {
            if ((c & ASK - 1) == 0) {
                StopCheck.ask();
            }
            double dot = 0;
            for (int r = 0; r < v.length; r++) {
                dot += v[r] * q[(from + r) * n + c];
            }
            for (int r = 0; r < v.length; r++) {
                q[(from + r) * n + c] -= h * v[r] * dot;
            }
        }
    }

    private boolean iterate() {
        int end = n - 1;
        int start = 0;
        int steps = 0;
        double precision = 2 * Math.ulp(1.0);
        while (end > 0) {
            for (int i = start; i < end; i++) {
                double size = Math.abs(diagonal[i]) + Math.abs(diagonal[i + 1]);
                if (Math.abs(below[i]) <= size * precision || Math.abs(below[i]) <= Double.MIN_NORMAL) {
                    below[i] = 0;
                }
            }
            while (end > 0 && below[end - 1] == 0) {
                end--;
            }
            if (end <= 0) {
                break;
            }
            if (++steps > MOST_STEPS * n) {
                return false;
            }
            start = end - 1;
            while (start > 0 && below[start - 1] != 0) {
                start--;
            }
            StopCheck.ask();
            step(start, end);
        }
        return true;
    }

    private void step(int start, int end) {
        double td = (diagonal[end - 1] - diagonal[end]) * 0.5;
        double e = below[end - 1];
        double mu = diagonal[end];
        if (td == 0) {
            mu -= Math.abs(e);
        } else {
            double h = Math.hypot(td, e);
            mu -= e * e == 0 ? e / (td + (td > 0 ? 1 : -1)) * (e / h) : e * e / (td + (td > 0 ? h : -h));
        }
        double x = diagonal[start] - mu;
        double z = below[start];
        for (int k = start; k < end; k++) {
            double c;
            double s;
            if (z == 0) {
                c = x < 0 ? -1 : 1;
                s = 0;
            } else if (x == 0) {
                c = 0;
                s = z < 0 ? 1 : -1;
            } else if (Math.abs(x) > Math.abs(z)) {
                double t = z / x;
                double u = Math.copySign(Math.sqrt(1 + t * t), x);
                c = 1 / u;
                s = -t * c;
            } else {
                double t = x / z;
                double u = Math.copySign(Math.sqrt(1 + t * t), z);
                s = -1 / u;
                c = -t * s;
            }
            double sdk = s * diagonal[k] + c * below[k];
            double dkp1 = s * below[k] + c * diagonal[k + 1];
            diagonal[k] = c * (c * diagonal[k] - s * below[k]) - s * (c * below[k] - s * diagonal[k + 1]);
            diagonal[k + 1] = s * sdk + c * dkp1;
            below[k] = c * sdk - s * dkp1;
            if (k > start) {
                below[k - 1] = c * below[k - 1] - s * z;
            }
            x = below[k];
            if (k < end - 1) {
                z = -s * below[k + 1];
                below[k + 1] = c * below[k + 1];
            }
            for (int r = 0; r < n; r++) {
                double a = q[r * n + k];
                double b = q[r * n + k + 1];
                q[r * n + k] = c * a - s * b;
                q[r * n + k + 1] = s * a + c * b;
            }
        }
    }

    private void sort() {
        for (int i = 0; i < n - 1; i++) {
            int least = i;
            for (int j = i + 1; j < n; j++) {
                least = diagonal[j] < diagonal[least] ? j : least;
            }
            if (least > i) {
                double t = diagonal[i];
                diagonal[i] = diagonal[least];
                diagonal[least] = t;
                for (int r = 0; r < n; r++) {
                    t = q[r * n + i];
                    q[r * n + i] = q[r * n + least];
                    q[r * n + least] = t;
                }
            }
        }
    }
}
