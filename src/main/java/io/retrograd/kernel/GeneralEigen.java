package io.retrograd.kernel;

import io.retrograd.error.StopCheck;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Eigenvalues and eigenvectors of a real square matrix that need not be symmetric: reduction to Hessenberg form by
 * Householder reflections, then the shifted QR algorithm to real Schur form, then back-substitution (Golub and Van Loan, Matrix
 * Computations, 7.4–7.6; EISPACK's orthes and hqr2). Values come in the order of the Schur form's diagonal and vectors with
 * length 1, those of complex pairs with their largest component real, as LAPACK's geev gives them.
 */
public final class GeneralEigen {
    private static final double EPS = Math.ulp(1.0);
    private static final int MOST_SWEEPS = 30;

    private final int n;
    private final double[][] h;
    private final double[][] v;
    private final double[] real;
    private final double[] imaginary;

    /**
     * @param a n x n, row by row
     * @throws ArithmeticException if the iteration does not converge
     */
    public GeneralEigen(double[] a, int n) {
        this.n = n;
        h = new double[n][];
        v = new double[n][n];
        real = new double[n];
        imaginary = new double[n];
        for (int i = 0; i < n; i++) {
            h[i] = Arrays.copyOfRange(a, i * n, i * n + n);
            v[i][i] = 1;
        }
        reduce();
        iterate();
        substitute();
        normalize();
    }

    public double real(int i) {
        return real[i];
    }

    public double imaginary(int i) {
        return imaginary[i];
    }

    /** Component j of vector i, its real part. */
    public double vectorReal(int i, int j) {
        return v[j][imaginary[i] < 0 ? i - 1 : i];
    }

    /** Component j of vector i, its imaginary part. */
    public double vectorImaginary(int i, int j) {
        return imaginary[i] == 0 ? 0 : imaginary[i] > 0 ? v[j][i + 1] : -v[j][i];
    }

    /** To Hessenberg form: each column's entries below the subdiagonal are reflected away. */
    private void reduce() {
        double[] u = new double[n];
        for (int m = 1; m < n - 1; m++) {
            StopCheck.ask();
            double length = 0;
            for (int i = m; i < n; i++) {
                length = Math.hypot(length, h[i][m - 1]);
            }
            double below = 0;
            for (int i = m + 1; i < n; i++) {
                below = Math.max(below, Math.abs(h[i][m - 1]));
            }
            if (below == 0) {
                continue;
            }
            double beta = h[m][m - 1] > 0 ? -length : length;
            for (int i = m; i < n; i++) {
                u[i] = h[i][m - 1];
            }
            u[m] -= beta;
            double square = 0;
            for (int i = m; i < n; i++) {
                square += u[i] * u[i];
            }
            for (int j = 0; j < n; j++) {
                double f = 0;
                for (int i = m; i < n; i++) {
                    f += u[i] * h[i][j];
                }
                f = 2 * f / square;
                for (int i = m; i < n; i++) {
                    h[i][j] -= f * u[i];
                }
            }
            fromTheRight(h, u, m, square);
            fromTheRight(v, u, m, square);
            for (int i = m + 1; i < n; i++) {
                h[i][m - 1] = 0;
            }
        }
    }

    private void fromTheRight(double[][] a, double[] u, int m, double square) {
        for (int i = 0; i < n; i++) {
            double f = 0;
            for (int j = m; j < n; j++) {
                f += a[i][j] * u[j];
            }
            f = 2 * f / square;
            for (int j = m; j < n; j++) {
                a[i][j] -= f * u[j];
            }
        }
    }

    /** QR sweeps with double shifts; blocks of one or two rows split off at the bottom. */
    private void iterate() {
        double norm = 0;
        for (double[] row : h) {
            for (double x : row) {
                norm += Math.abs(x);
            }
        }
        int bottom = n - 1;
        int sweeps = 0;
        while (bottom >= 0) {
            StopCheck.ask();
            int l = bottom;
            while (l > 0) {
                double s = Math.abs(h[l - 1][l - 1]) + Math.abs(h[l][l]);
                if (Math.abs(h[l][l - 1]) < EPS * (s == 0 ? norm : s)) {
                    h[l][l - 1] = 0;
                    break;
                }
                l--;
            }
            if (l == bottom) {
                real[bottom] = h[bottom][bottom];
                bottom--;
                sweeps = 0;
            } else if (l == bottom - 1) {
                splitPair(bottom);
                bottom -= 2;
                sweeps = 0;
            } else {
                if (++sweeps > MOST_SWEEPS * Math.max(10, n)) {
                    throw new ArithmeticException("Eigenvalues did not converge");
                }
                sweep(l, bottom, sweeps);
            }
        }
    }

    /** Brings a block of two rows to triangular form if its values are real; else to equal diagonal elements. */
    private void splitPair(int k) {
        double a = h[k - 1][k - 1];
        double b = h[k - 1][k];
        double c = h[k][k - 1];
        double d = h[k][k];
        double p = (a - d) / 2;
        double q = p * p + b * c;
        double cos;
        double sin;
        if (q >= 0) {
            double z = p + Math.copySign(Math.sqrt(q), p);
            double r = Math.hypot(z, c);
            cos = z / r;
            sin = c / r;
        } else if (p == 0) {
            cos = 1;
            sin = 0;
        } else {
            // The rotation that makes both diagonal elements equal, as LAPACK's standard form has them.
            double sigma = b + c;
            double tau = Math.hypot(sigma, a - d);
            cos = Math.sqrt((1 + Math.abs(sigma) / tau) / 2);
            sin = -(p / (tau * cos)) * Math.signum(sigma == 0 ? 1 : sigma);
        }
        rotate(k, cos, sin);
        if (q >= 0) {
            h[k][k - 1] = 0;
            real[k - 1] = h[k - 1][k - 1];
            real[k] = h[k][k];
        } else {
            double middle = (h[k - 1][k - 1] + h[k][k]) / 2;
            h[k - 1][k - 1] = middle;
            h[k][k] = middle;
            real[k - 1] = middle;
            real[k] = middle;
            imaginary[k - 1] = Math.sqrt(Math.abs(h[k - 1][k])) * Math.sqrt(Math.abs(h[k][k - 1]));
            imaginary[k] = -imaginary[k - 1];
        }
    }

    private void rotate(int k, double cos, double sin) {
        for (int j = k - 1; j < n; j++) {
            double x = h[k - 1][j];
            double y = h[k][j];
            h[k - 1][j] = cos * x + sin * y;
            h[k][j] = cos * y - sin * x;
        }
        for (int i = 0; i <= k; i++) {
            turn(h[i], k, cos, sin);
        }
        for (int i = 0; i < n; i++) {
            turn(v[i], k, cos, sin);
        }
    }

    private static void turn(double[] row, int k, double cos, double sin) {
        double x = row[k - 1];
        double y = row[k];
        row[k - 1] = cos * x + sin * y;
        row[k] = cos * y - sin * x;
    }

    /** One step with both shifts at once, chasing a bulge of three rows down the diagonal. */
    private void sweep(int l, int bottom, int count) {
        double x = h[bottom][bottom];
        double y = h[bottom - 1][bottom - 1];
        double w = h[bottom][bottom - 1] * h[bottom - 1][bottom];
        if (count % 10 == 0) {
            // Shifts by chance, where the usual ones turn in a circle.
            double s = Math.abs(h[bottom][bottom - 1]) + Math.abs(h[bottom - 1][bottom - 2]);
            x = 0.75 * s + h[bottom][bottom];
            y = x;
            w = -0.4375 * s * s;
        }
        int m = bottom - 2;
        double p = 0;
        double q = 0;
        double r = 0;
        while (m >= l) {
            double z = h[m][m];
            double a = x - z;
            double b = y - z;
            p = (a * b - w) / h[m + 1][m] + h[m][m + 1];
            q = h[m + 1][m + 1] - z - a - b;
            r = h[m + 2][m + 1];
            double s = Math.abs(p) + Math.abs(q) + Math.abs(r);
            p /= s;
            q /= s;
            r /= s;
            if (m == l || Math.abs(h[m][m - 1]) * (Math.abs(q) + Math.abs(r))
                    < EPS * Math.abs(p) * (Math.abs(h[m - 1][m - 1]) + Math.abs(z) + Math.abs(h[m + 1][m + 1]))) {
                break;
            }
            m--;
        }
        for (int i = m + 2; i <= bottom; i++) {
            h[i][i - 2] = 0;
            if (i > m + 2) {
                h[i][i - 3] = 0;
            }
        }
        for (int k = m; k < bottom; k++) {
            boolean three = k != bottom - 1;
            if (k != m) {
                p = h[k][k - 1];
                q = h[k + 1][k - 1];
                r = three ? h[k + 2][k - 1] : 0;
            }
            double scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
            if (scale == 0) {
                continue;
            }
            p /= scale;
            q /= scale;
            r /= scale;
            double s = Math.copySign(Math.sqrt(p * p + q * q + r * r), p);
            if (k != m) {
                h[k][k - 1] = -s * scale;
            } else if (l != m) {
                h[k][k - 1] = -h[k][k - 1];
            }
            double u = p + s;
            double f0 = u / s;
            double f1 = q / s;
            double f2 = r / s;
            q /= u;
            r /= u;
            for (int j = k; j < n; j++) {
                double t = h[k][j] + q * h[k + 1][j] + (three ? r * h[k + 2][j] : 0);
                h[k][j] -= t * f0;
                h[k + 1][j] -= t * f1;
                if (three) {
                    h[k + 2][j] -= t * f2;
                }
            }
            for (int i = 0; i <= Math.min(bottom, k + 3); i++) {
                reflect(h[i], k, three, f0, f1, f2, q, r);
            }
            for (int i = 0; i < n; i++) {
                reflect(v[i], k, three, f0, f1, f2, q, r);
            }
        }
    }

    private static void reflect(double[] row, int k, boolean three, double f0, double f1, double f2, double q, double r) {
        double t = f0 * row[k] + f1 * row[k + 1] + (three ? f2 * row[k + 2] : 0);
        row[k] -= t;
        row[k + 1] -= t * q;
        if (three) {
            row[k + 2] -= t * r;
        }
    }

    /** Vectors of the triangular form, from the bottom up, and back through the transformations. */
    private void substitute() {
        double norm = 0;
        for (double[] row : h) {
            for (double x : row) {
                norm = Math.max(norm, Math.abs(x));
            }
        }
        double least = Math.max(EPS * norm, Double.MIN_NORMAL);
        double[][] re = new double[n][n];
        double[][] im = new double[n][n];
        for (int k = 0; k < n; k++) {
            if (imaginary[k] < 0) {
                continue;
            }
            double[] x = re[k];
            double[] y = im[k];
            int i;
            if (imaginary[k] == 0) {
                x[k] = 1;
                i = k - 1;
            } else if (Math.abs(h[k][k + 1]) >= Math.abs(h[k + 1][k])) {
                x[k] = 1;
                y[k + 1] = imaginary[k] / h[k][k + 1];
                i = k - 1;
            } else {
                x[k] = -imaginary[k] / h[k + 1][k];
                y[k + 1] = 1;
                // Turned by a right angle, so that it belongs to the value with the positive imaginary part.
                double t = x[k];
                x[k] = 0;
                y[k] = t;
                x[k + 1] = -1;
                y[k + 1] = 0;
                i = k - 1;
            }
            int last = imaginary[k] == 0 ? k : k + 1;
            while (i >= 0) {
                if (imaginary[i] < 0) {
                    solvePair(i - 1, last, k, x, y, least);
                    i -= 2;
                } else {
                    double sr = 0;
                    double si = 0;
                    for (int j = i + 1; j <= last; j++) {
                        sr -= h[i][j] * x[j];
                        si -= h[i][j] * y[j];
                    }
                    divide(sr, si, h[i][i] - real[k], -imaginary[k], least, x, y, i);
                    i--;
                }
            }
        }
        double[][] product = new double[n][n];
        for (int k = 0; k < n; k++) {
            if (imaginary[k] < 0) {
                continue;
            }
            int last = imaginary[k] == 0 ? k : k + 1;
            for (int i = 0; i < n; i++) {
                double sr = 0;
                double si = 0;
                for (int j = 0; j <= last; j++) {
                    sr += v[i][j] * re[k][j];
                    si += v[i][j] * im[k][j];
                }
                product[i][k] = sr;
                if (imaginary[k] > 0) {
                    product[i][k + 1] = si;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            v[i] = product[i];
        }
    }

    /** Both rows of a complex pair at once: a system of two complex equations. */
    private void solvePair(int i, int last, int k, double[] x, double[] y, double least) {
        double s0 = 0;
        double t0 = 0;
        double s1 = 0;
        double t1 = 0;
        for (int j = i + 2; j <= last; j++) {
            s0 -= h[i][j] * x[j];
            t0 -= h[i][j] * y[j];
            s1 -= h[i + 1][j] * x[j];
            t1 -= h[i + 1][j] * y[j];
        }
        double ar = h[i][i] - real[k];
        double dr = h[i + 1][i + 1] - real[k];
        double w = -imaginary[k];
        double b = h[i][i + 1];
        double c = h[i + 1][i];
        // Cramer's rule: the determinant (a + iw)(d + iw) - bc.
        double er = ar * dr - w * w - b * c;
        double ei = w * (ar + dr);
        double pr = s0 * dr - t0 * w - b * s1;
        double pi = s0 * w + t0 * dr - b * t1;
        double qr = s1 * ar - t1 * w - c * s0;
        double qi = s1 * w + t1 * ar - c * t0;
        divide(pr, pi, er, ei, least * least, x, y, i);
        divide(qr, qi, er, ei, least * least, x, y, i + 1);
    }

    private static void divide(double ar, double ai, double br, double bi, double least, double[] x, double[] y, int at) {
        double r = br;
        if (Math.abs(br) + Math.abs(bi) < least) {
            r = least;
        }
        double size = r * r + bi * bi;
        x[at] = (ar * r + ai * bi) / size;
        y[at] = (ai * r - ar * bi) / size;
    }

    private void normalize() {
        for (int k = 0; k < n; k++) {
            int at = k;
            if (imaginary[k] == 0) {
                scale(k, 1 / length(i -> v[i][at]));
            } else if (imaginary[k] > 0) {
                double length = length(i -> Math.hypot(v[i][at], v[i][at + 1]));
                int largest = 0;
                for (int i = 1; i < n; i++) {
                    if (Math.hypot(v[i][k], v[i][k + 1]) > Math.hypot(v[largest][k], v[largest][k + 1])) {
                        largest = i;
                    }
                }
                double size = Math.hypot(v[largest][k], v[largest][k + 1]);
                double cos = v[largest][k] / size / length;
                double sin = v[largest][k + 1] / size / length;
                for (int i = 0; i < n; i++) {
                    double x = v[i][k];
                    double y = v[i][k + 1];
                    v[i][k] = x * cos + y * sin;
                    v[i][k + 1] = y * cos - x * sin;
                }
                v[largest][k + 1] = 0;
            }
        }
    }

    private double length(IntFunction<Double> component) {
        double length = 0;
        for (int i = 0; i < n; i++) {
            length = Math.hypot(length, component.apply(i));
        }
        return length;
    }

    private void scale(int k, double by) {
        for (int i = 0; i < n; i++) {
            v[i][k] *= by;
        }
    }
}
