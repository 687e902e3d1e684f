package io.retrograd.lib.numpy;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.kernel.GeneralEigen;
import io.retrograd.kernel.Householder;
import io.retrograd.kernel.SymmetricEigen;
import io.retrograd.lang.value.Machine;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.random.Glibc;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** Matrices taken apart: inverses, eigenvalues, singular values, all in doubles, mostly by EJML. */
final class Decompositions {
    private Decompositions() {}

    static NnError error(String message) {
        return new NnError(ErrorKind.LIN_ALG_ERROR, message);
    }

    static DMatrixRMaj matrix(NdArray a) {
        return DMatrixRMaj.wrap(a.dim(0), a.dim(1), a.toDoubles());
    }

    static NdArray array(DMatrixRMaj a) {
        return NdArray.of(Arrays.copyOf(a.data, a.numRows * a.numCols), a.numRows, a.numCols);
    }

    static void requireMatrix(NdArray a) {
        if (a.rank() != 2) {
            throw error(a.rank() + "-dimensional array given. Array must be at least two-dimensional");
        }
        for (int i = 0; i < a.size(); i++) {
            if (!Double.isFinite(a.getDouble(i))) {
                throw error("Array must not contain infs or NaNs");
            }
        }
    }

    static void requireSquare(NdArray a) {
        if (a.rank() < 2) {
            throw error(a.rank() + "-dimensional array given. Array must be at least two-dimensional");
        }
        if (a.dim(-1) != a.dim(-2)) {
            throw error("Last 2 dimensions of the array must be square");
        }
    }

    static NdArray inverse(NdArray a) {
        requireSquare(a);
        return solve(a, NdArray.wrap(DType.FLOAT64, identity(a.dim(0)), a.dim(0), a.dim(0)));
    }

    private static double[] identity(int n) {
        double[] one = new double[n * n];
        for (int i = 0; i < n; i++) {
            one[i * n + i] = 1;
        }
        return one;
    }

    /** Gaussian elimination with row pivots, as LAPACK's gesv: singular exactly where a pivot is zero. */
    static NdArray solve(NdArray a, NdArray b) {
        int n = a.dim(0);
        int w = b.dim(1);
        double[] x = a.toDoubles();
        double[] y = b.toDoubles();
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                if (Math.abs(x[i * n + k]) > Math.abs(x[pivot * n + k])) {
                    pivot = i;
                }
            }
            if (x[pivot * n + k] == 0) {
                throw error("Singular matrix");
            }
            swapRows(x, n, pivot, k);
            swapRows(y, w, pivot, k);
            StopCheck.ask();
            for (int i = k + 1; i < n; i++) {
                double f = x[i * n + k] / x[k * n + k];
                if (f != 0) {
                    for (int j = k; j < n; j++) {
                        x[i * n + j] -= f * x[k * n + j];
                    }
                    for (int j = 0; j < w; j++) {
                        y[i * w + j] -= f * y[k * w + j];
                    }
                }
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            StopCheck.ask();
            for (int i = k + 1; i < n; i++) {
                double f = x[k * n + i];
                for (int j = 0; j < w; j++) {
                    y[k * w + j] -= f * y[i * w + j];
                }
            }
            for (int j = 0; j < w; j++) {
                y[k * w + j] /= x[k * n + k];
            }
        }
        return NdArray.of(y, n, w);
    }

    private static void swapRows(double[] a, int width, int i, int j) {
        if (i == j) {
            return;
        }
        for (int k = 0; k < width; k++) {
            double t = a[i * width + k];
            a[i * width + k] = a[j * width + k];
            a[j * width + k] = t;
        }
    }

    /** Sign and logarithm of the determinant's size. */
    static double[] signAndLog(NdArray a) {
        requireSquare(a);
        int n = a.dim(0);
        double[] x = a.toDoubles();
        double sign = 1;
        double log = 0;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                if (Math.abs(x[i * n + k]) > Math.abs(x[pivot * n + k])) {
                    pivot = i;
                }
            }
            double p = x[pivot * n + k];
            if (p == 0) {
                return new double[] {0, Double.NEGATIVE_INFINITY, 0};
            }
            if (pivot != k) {
                swapRows(x, n, pivot, k);
                sign = -sign;
            }
            sign = p < 0 ? -sign : sign;
            log += Glibc.log(Math.abs(p));
            StopCheck.ask();
            for (int i = k + 1; i < n; i++) {
                double f = x[i * n + k] / p;
                for (int j = k; j < n; j++) {
                    x[i * n + j] -= f * x[k * n + j];
                }
            }
        }
        // numpy comes to the determinant through the logarithm, which shows in its last digits.
        return new double[] {sign, log, sign * Math.exp(log)};
    }

    static NdArray power(Machine m, NdArray a, long n) {
        requireSquare(a);
        if (n < 0) {
            return power(m, inverse(a), -n);
        }
        NdArray result = NdArray.wrap(DType.FLOAT64, identity(a.dim(0)), a.dim(0), a.dim(0)).astype(a.dtype());
        NdArray base = a;
        for (long e = n; e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                result = Products.dot(m, result, base);
            }
            base = e > 1 ? Products.dot(m, base, base) : base;
        }
        return result;
    }

    /** Singular values, largest first, with both bases. */
    record Singular(NdArray u, NdArray values, NdArray vt) {}

    static Singular svd(NdArray a, boolean full) {
        requireMatrix(a);
        int n = a.dim(0);
        int k = a.dim(1);
        SingularValueDecomposition_F64<DMatrixRMaj> d = DecompositionFactory_DDRM.svd(n, k, true, true, !full);
        if (!StopCheck.aside(a.size(), () -> d.decompose(matrix(a)))) {
            throw error("SVD did not converge");
        }
        DMatrixRMaj u = d.getU(null, false);
        DMatrixRMaj w = d.getW(null);
        DMatrixRMaj v = d.getV(null, false);
        SingularOps_DDRM.descendingOrder(u, false, w, v, false);
        int r = Math.min(n, k);
        double[] s = new double[r];
        for (int i = 0; i < r; i++) {
            s[i] = w.get(i, i);
        }
        DMatrixRMaj vt = CommonOps_DDRM.transpose(v, null);
        leadNegative(u, vt, r);
        return new Singular(array(u), NdArray.of(s), array(vt));
    }

    /** Bases are unique up to sign; LAPACK's, built from Householder reflections, mostly begin with a minus. */
    private static void leadNegative(DMatrixRMaj u, DMatrixRMaj vt, int r) {
        for (int i = 0; i < r; i++) {
            int big = 0;
            for (int j = 0; j < u.numRows; j++) {
                if (Math.abs(u.get(j, i)) > 1e-12) {
                    big = j;
                    break;
                }
            }
            if (u.get(big, i) > 0) {
                for (int j = 0; j < u.numRows; j++) {
                    u.set(j, i, -u.get(j, i));
                }
                for (int j = 0; j < vt.numCols; j++) {
                    vt.set(i, j, -vt.get(i, j));
                }
            }
        }
    }

    /** Eigenvalues in ascending order and their vectors as columns, of a symmetric matrix. */
    static NdArray[] symmetric(NdArray a) {
        requireSquare(a);
        int n = a.dim(0);
        double[] values = new double[n];
        double[] vectors = new double[n * n];
        if (!SymmetricEigen.solve(a.toDoubles(), n, values, vectors)) {
            throw error("Eigenvalues did not converge");
        }
        return new NdArray[] {NdArray.of(values), NdArray.of(vectors, n, n)};
    }

    static NdArray eigenvalues(NdArray a) {
        return general(a)[0];
    }

    /** Eigenvalues and unit vectors as columns, real where all values are. */
    static NdArray[] general(NdArray a) {
        requireSquare(a);
        requireMatrix(a);
        int n = a.dim(0);
        GeneralEigen d;
        try {
            d = StopCheck.aside(a.size(), () -> new GeneralEigen(a.toDoubles(), n));
        } catch (ArithmeticException e) {
            throw error(e.getMessage());
        }
        boolean real = true;
        for (int i = 0; i < n; i++) {
            real &= d.imaginary(i) == 0;
        }
        DType t = real ? DType.FLOAT64 : DType.COMPLEX128;
        NdArray values = NdArray.zeros(t, n);
        NdArray vectors = NdArray.zeros(t, n, n);
        for (int i = 0; i < n; i++) {
            if (real) {
                values.setDouble(i, d.real(i));
            } else {
                values.setComplex(i, d.real(i), d.imaginary(i));
            }
            for (int j = 0; j < n; j++) {
                if (real) {
                    vectors.setDouble(j * n + i, d.vectorReal(i, j));
                } else {
                    vectors.setComplex(j * n + i, d.vectorReal(i, j), d.vectorImaginary(i, j));
                }
            }
        }
        return new NdArray[] {values, vectors};
    }

    static NdArray cholesky(NdArray a) {
        requireSquare(a);
        CholeskyDecomposition_F64<DMatrixRMaj> d = DecompositionFactory_DDRM.chol(a.dim(0), true);
        if (!StopCheck.aside(a.size(), () -> d.decompose(matrix(a)))) {
            throw error("Matrix is not positive definite");
        }
        return array(d.getT(null));
    }

    /** Q and R, by the reflections that LAPACK takes. */
    static NdArray[] qr(NdArray a) {
        requireMatrix(a);
        int n = a.dim(0);
        int k = a.dim(1);
        double[] r = a.toDoubles();
        double[] q = new double[n * n];
        Householder.qr(r, n, k, q);
        int rank = Math.min(n, k);
        return new NdArray[] {NdArray.of(q, n, n).slice(1, 0, rank, 1).copy(), NdArray.of(r, n, k).slice(0, 0, rank, 1).copy()};
    }

    /** The pseudo-inverse: singular values below {@code rcond} times the largest count as zero. */
    static NdArray pseudoInverse(Machine m, NdArray a, double rcond) {
        Singular s = svd(a, false);
        int r = s.values().size();
        NdArray inverse = NdArray.zeros(DType.FLOAT64, r, 1);
        for (int i = 0; i < r; i++) {
            double v = s.values().getDouble(i);
            inverse.setDouble(i, v > rcond * s.values().getDouble(0) ? 1 / v : 0);
        }
        NdArray scaled = Elementwise.binary(m, BinaryFunctions.MULTIPLY, inverse, s.u().transpose(), null);
        return Products.dot(m, s.vt().transpose(), scaled);
    }

    /** The least-squares solution of a system whose matrix has full column rank, or the smallest one where it has not. */
    static NdArray leastSquares(NdArray a, NdArray b) {
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.pseudoInverse(true);
        DMatrixRMaj x = new DMatrixRMaj(a.dim(1), b.dim(1));
        if (!StopCheck.aside(a.size(), () -> solver.setA(matrix(a)))) {
            throw error("SVD did not converge in Linear Least Squares");
        }
        StopCheck.aside(b.size(), () -> solver.solve(matrix(b), x));
        return array(x);
    }
}
