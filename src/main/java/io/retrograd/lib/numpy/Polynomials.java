package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/** Polynomials as arrays of coefficients, highest power first. */
final class Polynomials {
    private Polynomials() {}

    @Builtin(value = "poly", signature = "seq_of_zeros", doc = "The polynomial with these roots.")
    static Object poly(Machine m, Object roots) {
        double[] r = ArrayMaker.from(m, roots).toDoubles();
        double[] c = {1};
        for (double root : r) {
            double[] next = Arrays.copyOf(c, c.length + 1);
            for (int i = 0; i < c.length; i++) {
                next[i + 1] -= root * c[i];
            }
            c = next;
        }
        return new ArrayValue(NdArray.of(c));
    }

    @Builtin(value = "polyint", signature = "p, m=1, k=0", doc = "The integral of a polynomial.")
    static Object polyint(Machine m, Object p, int order, double constant) {
        double[] c = ArrayMaker.from(m, p).toDoubles();
        for (int k = 0; k < order; k++) {
            double[] next = Arrays.copyOf(c, c.length + 1);
            for (int i = 0; i < c.length; i++) {
                next[i] = c[i] / (c.length - i);
            }
            next[c.length] = constant;
            c = next;
        }
        return new ArrayValue(NdArray.of(c));
    }

    @Builtin(value = "polysub", signature = "a1, a2", doc = "The difference of two polynomials.")
    static Object polysub(Machine m, Object a, Object b) {
        return polyadd(m, a, new ArrayValue(Elementwise.unary(m, UnaryFunctions.NEGATIVE, ArrayMaker.from(m, b), null)));
    }

    @Builtin(value = "polyval", signature = "p, x", doc = "The value of a polynomial, highest power first.")
    static Object polyval(Machine m, Object p, Object x) {
        NdArray c = ArrayMaker.from(m, p);
        c = c.reshape(c.size());
        NdArray a = ArrayMaker.from(m, x);
        NdArray y = NdArray.zeros(a.dtype(), a.shape());
        for (int i = 0; i < c.size(); i++) {
            NdArray next = c.at(0, i);
            y = Elementwise.binary(m, BinaryFunctions.ADD, Elementwise.binary(m, BinaryFunctions.MULTIPLY, y, a, null), next, null);
        }
        return ArrayValue.orScalar(y);
    }

    @Builtin(value = "polyfit", signature = "x, y, deg, rcond=None, full=False, w=None", doc = "The polynomial that fits points best, highest power first.")
    static Object polyfit(Machine m, Object x, Object y, int degree, Object rcond, Object full, Object weights) {
        NdArray a = ArrayMaker.from(m, x).astype(DType.FLOAT64);
        NdArray b = ArrayMaker.from(m, y).astype(DType.FLOAT64);
        if (a.rank() != 1 || a.size() == 0) {
            throw NnError.type(a.rank() != 1 ? "expected 1D vector for x" : "expected non-empty vector for x");
        }
        if (b.rank() < 1 || b.rank() > 2) {
            throw NnError.type("expected 1D or 2D array for y");
        }
        if (degree < 0) {
            throw NnError.value("expected deg >= 0");
        }
        if (a.size() != b.dim(0)) {
            throw NnError.type("expected x and y to have same length");
        }
        NdArray v = ((ArrayValue) Creation.vander(m, new ArrayValue(a), degree + 1L, false)).array().copy();
        int n = a.size();
        int k = degree + 1;
        if (weights != None.NONE) {
            NdArray w = ArrayMaker.from(m, weights).astype(DType.FLOAT64);
            v = Elementwise.binary(m, BinaryFunctions.MULTIPLY, v, w.reshape(n, 1), null);
            b = Elementwise.binary(m, BinaryFunctions.MULTIPLY, b, w, null);
        }
        double[] scale = new double[k];
        for (int j = 0; j < k; j++) {
            for (int i = 0; i < n; i++) {
                scale[j] += v.getDouble(i * k + j) * v.getDouble(i * k + j);
            }
            scale[j] = Math.sqrt(scale[j]);
        }
        NdArray s = NdArray.of(scale);
        NdArray scaled = Elementwise.binary(m, BinaryFunctions.DIVIDE, v, s, null);
        NdArray c = Decompositions.leastSquares(scaled, b.reshape(n, b.size() / n)).reshape(b.rank() == 1 ? new int[] {k} : new int[] {k, b.dim(1)});
        return new ArrayValue(Elementwise.binary(m, BinaryFunctions.DIVIDE, c, b.rank() == 1 ? s : s.reshape(k, 1), null));
    }

    @Builtin(value = "polyder", signature = "p, m=1", doc = "The derivative of a polynomial.")
    static Object polyder(Machine m, Object p, int order) {
        NdArray c = ArrayMaker.from(m, p);
        for (int k = 0; k < order; k++) {
            int n = c.size() - 1;
            NdArray d = NdArray.zeros(c.dtype(), Math.max(n, 0));
            for (int i = 0; i < n; i++) {
                d.setDouble(i, c.getDouble(i) * (n - i));
            }
            c = d;
        }
        return new ArrayValue(c);
    }

    @Builtin(value = "polyadd", signature = "a1, a2", doc = "The sum of two polynomials.")
    static Object polyadd(Machine m, Object a, Object b) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        int n = Math.max(x.size(), y.size());
        NdArray out = NdArray.zeros(Products.type(x, y), n);
        out.slice(0, n - x.size(), x.size(), 1).assign(x);
        NdArray tail = out.slice(0, n - y.size(), y.size(), 1);
        tail.assign(Elementwise.binary(m, BinaryFunctions.ADD, tail, y, null));
        return new ArrayValue(out);
    }

    @Builtin(value = "polymul", signature = "a1, a2", doc = "The product of two polynomials.")
    static Object polymul(Machine m, Object a, Object b) {
        return Statistics.convolve(m, a, b, "full");
    }

    @Builtin(value = "roots", signature = "p", doc = "The roots of a polynomial, highest power first.")
    static Object roots(Machine m, Object p) {
        double[] c = ArrayMaker.from(m, p).toDoubles();
        int from = 0;
        int to = c.length;
        while (from < to && c[from] == 0) {
            from++;
        }
        int zeros = 0;
        while (to > from && c[to - 1] == 0) {
            to--;
            zeros++;
        }
        int n = to - from - 1;
        NdArray companion = Creation.zeros(DType.FLOAT64, Math.max(n, 0), Math.max(n, 0));
        for (int i = 0; i < n; i++) {
            companion.setDouble(i, -c[from + 1 + i] / c[from]);
            if (i > 0) {
                companion.setDouble(i * n + i - 1, 1);
            }
        }
        NdArray found = n > 0 ? Decompositions.eigenvalues(companion) : NdArray.zeros(DType.FLOAT64, 0);
        return new ArrayValue(zeros == 0 ? found : Joining.concatenate(m, new NdArray[] {found, NdArray.zeros(found.dtype(), zeros)}, 0));
    }
}
