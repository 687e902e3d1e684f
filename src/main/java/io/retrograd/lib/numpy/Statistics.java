package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/** Functions of samples and series: quantiles, histograms, differences, interpolation. */
final class Statistics {
    private Statistics() {}

    /** Quantiles along an axis, linear between neighbours. */
    private static NdArray quantiles(Machine m, NdArray a, NdArray q, Object axis, boolean keepdims) {
        NdArray x;
        int[] kept;
        if (axis == None.NONE) {
            x = a.reshape(a.size());
            kept = new int[a.rank()];
            Arrays.fill(kept, 1);
        } else {
            int[] axes = Axes.of(m, axis, a.rank());
            kept = a.shape();
            for (int i : axes) {
                kept[i] = 1;
            }
            int[] order = new int[a.rank()];
            int n = 0;
            for (int i = 0; i < a.rank(); i++) {
                int axisHere = i;
                if (Arrays.stream(axes).noneMatch(k -> k == axisHere)) {
                    order[n++] = i;
                }
            }
            for (int i : axes) {
                order[n++] = i;
            }
            NdArray turned = a.transpose(order);
            int[] shape = Arrays.copyOf(turned.shape(), a.rank() - axes.length + 1);
            int size = 1;
            for (int i : axes) {
                size *= a.dim(i);
            }
            shape[shape.length - 1] = size;
            x = turned.reshape(shape);
        }
        NdArray sorted = Sorted.sort(m, x.astype(x.dtype().isFloating() ? x.dtype() : DType.FLOAT64), x.rank() - 1);
        int n = sorted.dim(-1);
        int rows = n == 0 ? 0 : sorted.size() / n;
        int[] outer = keepdims ? kept : Arrays.copyOf(sorted.shape(), sorted.rank() - 1);
        int[] shape = Arrays.copyOf(q.shape(), q.rank() + outer.length);
        System.arraycopy(outer, 0, shape, q.rank(), outer.length);
        NdArray out = NdArray.zeros(sorted.dtype(), shape);
        for (int k = 0; k < q.size(); k++) {
            double p = q.getDouble(k);
            if (!(p >= 0 && p <= 1)) {
                throw NnError.value("Percentiles must be in the range [0, 100]");
            }
            double at = p * (n - 1);
            int lo = (int) Math.floor(at);
            double t = at - lo;
            for (int r = 0; r < rows; r++) {
                double last = sorted.getDouble(r * n + n - 1);
                double u = sorted.getDouble(r * n + lo);
                double v = sorted.getDouble(r * n + Math.min(lo + 1, n - 1));
                double d = v - u;
                out.setDouble(k * rows + r, Double.isNaN(last) ? Double.NaN : t >= 0.5 ? v - d * (1 - t) : u + d * t);
            }
        }
        return out;
    }

    @Builtin(value = "median", signature = "a, axis=None, out=None, overwrite_input=False, keepdims=False", doc = "The median, along an axis or of all.")
    static Object median(Machine m, Object a, Object axis, Object out, Object overwrite, boolean keepdims) {
        NdArray x = ArrayMaker.from(m, a);
        if (x.size() == 0) {
            return ScalarValue.of(Double.NaN);
        }
        return ArrayValue.orScalar(quantiles(m, x, NdArray.scalar(0.5), axis, keepdims));
    }

    @Builtin(value = "percentile", signature = "a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False", doc = "Percentiles, along an axis or of all.")
    static Object percentile(Machine m, Object a, Object q, Object axis, Object out, Object overwrite, Object method, boolean keepdims) {
        NdArray p = Elementwise.binary(m, BinaryFunctions.DIVIDE, ArrayMaker.from(m, q), NdArray.scalar(100L), null);
        return ArrayValue.orScalar(quantiles(m, ArrayMaker.from(m, a), p, axis, keepdims));
    }

    @Builtin(value = "quantile", signature = "a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False", doc = "Quantiles, along an axis or of all.")
    static Object quantile(Machine m, Object a, Object q, Object axis, Object out, Object overwrite, Object method, boolean keepdims) {
        return ArrayValue.orScalar(quantiles(m, ArrayMaker.from(m, a), ArrayMaker.from(m, q), axis, keepdims));
    }

    @Builtin(value = "diff", signature = "a, n=1, axis=-1", doc = "The differences of neighbours.")
    static Object diff(Machine m, Object a, int n, int axis) {
        NdArray x = ArrayMaker.from(m, a);
        int at = Axes.normal(axis, x.rank());
        for (int i = 0; i < n; i++) {
            int size = x.dim(at);
            BinaryFunction f = x.dtype() == DType.BOOL ? BinaryFunctions.NOT_EQUAL : BinaryFunctions.SUBTRACT;
            x = Elementwise.binary(m, f, x.slice(at, Math.min(1, size), Math.max(0, size - 1), 1), x.slice(at, 0, Math.max(0, size - 1), 1), null);
        }
        return new ArrayValue(x);
    }

    @Builtin(value = "ediff1d", signature = "ary", doc = "The differences of neighbours in the flattened array.")
    static Object ediff1d(Machine m, Object a) {
        return diff(m, Shaping.ravel(m, a, "C"), 1, -1);
    }

    @Builtin(value = "gradient", signature = "f, *varargs, axis=None", doc = "Central differences inside, one-sided ones at the ends.")
    static Object gradient(Machine m, Object f, Object[] spacing, Object axis) {
        NdArray x = ArrayMaker.from(m, f);
        if (!x.dtype().isFloating()) {
            x = x.astype(DType.FLOAT64);
        }
        int[] axes = Axes.of(m, axis, x.rank());
        Object[] all = new Object[axes.length];
        for (int k = 0; k < axes.length; k++) {
            double h = spacing.length == 0 ? 1 : Semantics.real(m, spacing[spacing.length == 1 ? 0 : k]);
            int at = axes[k];
            int n = x.dim(at);
            if (n < 2) {
                throw NnError.value("Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.");
            }
            NdArray out = NdArray.zeros(x.dtype(), x.shape());
            for (int i = 0; i < n; i++) {
                int lo = Math.max(0, i - 1);
                int hi = Math.min(n - 1, i + 1);
                NdArray d = Elementwise.binary(m, BinaryFunctions.SUBTRACT, x.slice(at, hi, 1, 1), x.slice(at, lo, 1, 1), null);
                out.slice(at, i, 1, 1).assign(Elementwise.binary(m, BinaryFunctions.DIVIDE, d, NdArray.scalar(h * (hi - lo)), null));
            }
            all[k] = new ArrayValue(out);
        }
        return all.length == 1 ? all[0] : ListValue.of(all);
    }

    @Builtin(value = "bincount", signature = "x, weights=None, minlength=0", doc = "How often each whole number occurs.")
    static Object bincount(Machine m, Object x, Object weights, int minlength) {
        NdArray a = ArrayMaker.from(m, x);
        if (!a.dtype().isInteger() && a.dtype() != DType.BOOL && a.size() > 0) {
            throw NnError.type("Cannot cast array data from dtype('" + a.dtype().numpyName() + "') to dtype('int64') according to the rule 'safe'");
        }
        if (a.rank() != 1) {
            throw NnError.value(a.rank() == 0 ? "object of too small depth for desired array" : "object too deep for desired array");
        }
        long top = -1;
        for (int i = 0; i < a.size(); i++) {
            if (a.getLong(i) < 0) {
                throw NnError.value("'list' argument must have no negative elements");
            }
            top = Math.max(top, a.getLong(i));
        }
        NdArray w = weights == None.NONE ? null : ArrayMaker.from(m, weights);
        if (w != null && w.size() != a.size()) {
            throw NnError.value("The weights and list don't have the same length.");
        }
        NdArray out = Creation.zeros(w == null ? DType.INT64 : DType.FLOAT64, Math.max(minlength, top + 1));
        for (int i = 0; i < a.size(); i++) {
            int at = (int) a.getLong(i);
            if (w == null) {
                out.longs()[at]++;
            } else {
                out.doubles()[at] += w.getDouble(i);
            }
        }
        return new ArrayValue(out);
    }

    private static double[] edges(Machine m, NdArray a, Object bins, Object range) {
        if (bins instanceof ListValue || bins instanceof TupleValue || bins instanceof ArrayValue) {
            double[] given = ArrayMaker.from(m, bins).toDoubles();
            if (given.length == 0) {
                throw NnError.value("`bins` must have at least one edge");
            }
            return given;
        }
        int n = bins instanceof String ? sturges(a.size()) : (int) Semantics.index(m, bins);
        if (n < 1) {
            throw NnError.value("`bins` must be positive, when an integer");
        }
        double lo = Double.POSITIVE_INFINITY;
        double hi = Double.NEGATIVE_INFINITY;
        if (range != None.NONE) {
            lo = Semantics.real(m, Semantics.item(m, range, 0L));
            hi = Semantics.real(m, Semantics.item(m, range, 1L));
        } else {
            for (int i = 0; i < a.size(); i++) {
                lo = Math.min(lo, a.getDouble(i));
                hi = Math.max(hi, a.getDouble(i));
            }
            if (a.size() == 0) {
                lo = 0;
                hi = 1;
            }
        }
        if (!Double.isFinite(lo) || !Double.isFinite(hi)) {
            throw NnError.value("autodetected range of [" + FloatText.repr(lo) + ", "
                    + FloatText.repr(hi) + "] is not finite");
        }
        if (lo == hi) {
            lo -= 0.5;
            hi += 0.5;
        }
        return ((ArrayValue) Creation.linspace(m, lo, hi, n + 1L, true, false, None.NONE, 0L)).array().toDoubles();
    }

    private static int sturges(int n) {
        return n == 0 ? 1 : (int) Math.ceil(Math.log(n) / Math.log(2) + 1);
    }

    private static int bin(double[] edges, double v) {
        int n = edges.length - 1;
        if (!(v >= edges[0] && v <= edges[n])) {
            return -1;
        }
        return v == edges[n] ? n - 1 : Searching.search(edges, v, true) - 1;
    }

    @Builtin(value = "histogram", signature = "a, bins=10, range=None, normed=None, weights=None, density=None", doc = "How many elements fall into each bin, and the bins' edges.")
    static Object histogram(Machine m, Object a, Object bins, Object range, Object normed, Object weights, Object density) {
        NdArray x = ArrayMaker.from(m, a);
        double[] edges = edges(m, x, bins, range);
        boolean dense = density != None.NONE && Semantics.truth(m, density) || normed != None.NONE && Semantics.truth(m, normed);
        NdArray w = weights == None.NONE ? null : ArrayMaker.from(m, weights);
        double[] counts = new double[edges.length - 1];
        double total = 0;
        for (int i = 0; i < x.size(); i++) {
            if ((i & StopCheck.INTERVAL - 1) == 0) {
                StopCheck.ask();
            }
            int at = bin(edges, x.getDouble(i));
            if (at >= 0) {
                double v = w == null ? 1 : w.getDouble(i);
                counts[at] += v;
                total += v;
            }
        }
        NdArray n = NdArray.of(counts);
        if (dense) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] = counts[i] / (edges[i + 1] - edges[i]) / total;
            }
        } else if (w == null) {
            n = n.astype(DType.INT64);
        }
        boolean given = bins instanceof ListValue || bins instanceof TupleValue || bins instanceof ArrayValue;
        return TupleValue.of(new ArrayValue(n), new ArrayValue(given ? ArrayMaker.from(m, bins) : NdArray.of(edges)));
    }

    @Builtin(value = "histogram2d", signature = "x, y, bins=10, range=None", doc = "How many points fall into each cell of a grid, and the grid's edges.")
    static Object histogram2d(Machine m, Object x, Object y, Object bins, Object range) {
        NdArray a = ArrayMaker.from(m, x);
        NdArray b = ArrayMaker.from(m, y);
        if (a.rank() != 1 || b.rank() != 1 || a.size() != b.size()) {
            throw NnError.value("x and y must have the same length.");
        }
        boolean each = bins instanceof ListValue l && l.size() == 2 || bins instanceof TupleValue t && t.size() == 2;
        double[] p = edges(m, a, each ? Semantics.item(m, bins, 0L) : bins, range == None.NONE ? range : Semantics.item(m, range, 0L));
        double[] q = edges(m, b, each ? Semantics.item(m, bins, 1L) : bins, range == None.NONE ? range : Semantics.item(m, range, 1L));
        NdArray out = Creation.zeros(DType.FLOAT64, p.length - 1, q.length - 1);
        for (int i = 0; i < a.size(); i++) {
            int r = bin(p, a.getDouble(i));
            int c = bin(q, b.getDouble(i));
            if (r >= 0 && c >= 0) {
                out.doubles()[r * (q.length - 1) + c]++;
            }
        }
        return TupleValue.of(new ArrayValue(out), new ArrayValue(NdArray.of(p)), new ArrayValue(NdArray.of(q)));
    }

    static NdArray cov(Machine m, NdArray a, boolean rowvar, double ddof) {
        if (a.rank() > 2) {
            throw NnError.value("m has more than 2 dimensions");
        }
        NdArray x = (a.rank() < 2 ? a.reshape(1, a.size()) : rowvar ? a : a.transpose()).astype(DType.FLOAT64);
        NdArray d = Elementwise.binary(m, BinaryFunctions.SUBTRACT, x, Reductions.mean(m, x, new int[] {1}, true, null), null);
        NdArray c = Products.dot(m, d, d.transpose());
        return Elementwise.binary(m, BinaryFunctions.DIVIDE, c, NdArray.scalar(x.dim(1) - ddof), null);
    }

    private static NdArray withMore(Machine m, Object x, Object y, boolean rowvar) {
        NdArray a = ArrayMaker.from(m, x);
        if (y == None.NONE) {
            return a;
        }
        NdArray b = ArrayMaker.from(m, y);
        return Joining.concatenate(m, new NdArray[] {a.rank() == 1 ? a.newAxis(0) : a, b.rank() == 1 ? b.newAxis(0) : b}, 0);
    }

    @Builtin(value = "cov", signature = "m, y=None, rowvar=True, bias=False, ddof=None", doc = "The covariance matrix.")
    static Object cov(Machine m, Object a, Object y, boolean rowvar, boolean bias, Object ddof) {
        double less = ddof == None.NONE ? bias ? 0 : 1 : Semantics.real(m, ddof);
        NdArray c = cov(m, withMore(m, a, y, rowvar), rowvar, less);
        return c.size() == 1 ? new ArrayValue(c.reshape()) : new ArrayValue(c);
    }

    @Builtin(value = "corrcoef", signature = "x, y=None, rowvar=True", doc = "The matrix of correlation coefficients.")
    static Object corrcoef(Machine m, Object x, Object y, boolean rowvar) {
        NdArray c = cov(m, withMore(m, x, y, rowvar), rowvar, 1);
        int n = c.dim(0);
        NdArray d = Elementwise.unary(m, UnaryFunctions.SQRT, Products.diagonal(c, 0, 0, 1).copy(), null);
        NdArray r = Elementwise.binary(m, BinaryFunctions.DIVIDE, c, d.reshape(n, 1), null);
        r = Elementwise.binary(m, BinaryFunctions.DIVIDE, r, d.reshape(1, n), null);
        return n == 1 ? ScalarValue.of(r, 0) : new ArrayValue(r);
    }

    @Builtin(value = "interp", signature = "x, xp, fp, left=None, right=None", doc = "Values between the points of a piecewise linear function.")
    static Object interp(Machine m, Object x, Object xp, Object fp, Object left, Object right) {
        NdArray a = ArrayMaker.from(m, x);
        double[] p = ArrayMaker.from(m, xp).toDoubles();
        double[] f = ArrayMaker.from(m, fp).toDoubles();
        if (p.length == 0) {
            throw NnError.value("array of sample points is empty");
        }
        NdArray out = NdArray.zeros(DType.FLOAT64, a.shape());
        for (int i = 0; i < a.size(); i++) {
            double v = a.getDouble(i);
            int j = Searching.search(p, v, true) - 1;
            double y;
            if (j < 0) {
                y = left == None.NONE ? f[0] : Semantics.real(m, left);
            } else if (j == p.length - 1) {
                y = v > p[j] && right != None.NONE ? Semantics.real(m, right) : f[j];
            } else {
                y = (f[j + 1] - f[j]) / (p[j + 1] - p[j]) * (v - p[j]) + f[j];
            }
            out.setDouble(i, Double.isNaN(v) ? v : y);
        }
        return ArrayValue.orScalar(out);
    }

    @Builtin(value = "trapz", signature = "y, x=None, dx=1.0, axis=-1", doc = "The integral by the trapezoidal rule.")
    static Object trapz(Machine m, Object y, Object x, double dx, int axis) {
        NdArray v = ArrayMaker.from(m, y).astype(DType.FLOAT64);
        int at = Axes.normal(axis, v.rank());
        int n = Math.max(0, v.dim(at) - 1);
        NdArray step = NdArray.scalar(dx);
        if (x != None.NONE) {
            NdArray p = ArrayMaker.from(m, diff(m, x, 1, -1)).astype(DType.FLOAT64);
            int[] shape = new int[v.rank()];
            Arrays.fill(shape, 1);
            shape[at] = p.size();
            step = p.rank() == 1 ? p.reshape(shape) : p;
        }
        NdArray sums = Elementwise.binary(m, BinaryFunctions.ADD, v.slice(at, Math.min(1, v.dim(at)), n, 1), v.slice(at, 0, n, 1), null);
        NdArray areas = Elementwise.binary(m, BinaryFunctions.DIVIDE, Elementwise.binary(m, BinaryFunctions.MULTIPLY, step, sums, null),
                NdArray.scalar(2.0), null);
        return ArrayValue.orScalar(Reduction.reduce(m, BinaryFunctions.ADD, areas, new int[] {at}, false, DType.FLOAT64));
    }

    @Builtin(value = "convolve", signature = "a, v, mode='full'", doc = "The discrete convolution of two series.")
    static Object convolve(Machine m, Object a, Object v, String mode) {
        return convolution(series(m, a, "a"), series(m, v, "v"), mode);
    }

    @Builtin(value = "correlate", signature = "a, v, mode='valid'", doc = "The sums of products of two series, one moved along the other.")
    static Object correlate(Machine m, Object a, Object v, String mode) {
        NdArray x = series(m, a, "a");
        NdArray y = series(m, v, "v");
        if (x.size() < y.size()) {
            // The longer series stays where it is; seen from the shorter one the sums come in the other order.
            return new ArrayValue(backwards(convolution(y, backwards(x), mode).array()));
        }
        return convolution(x, backwards(y), mode);
    }

    private static NdArray backwards(NdArray x) {
        return x.slice(0, x.size() - 1, x.size(), -1);
    }

    private static NdArray series(Machine m, Object values, String name) {
        NdArray x = ArrayMaker.from(m, values);
        if (x.size() == 0) {
            throw NnError.value(name + " cannot be empty");
        }
        if (x.rank() > 1) {
            throw NnError.value("object too deep for desired array");
        }
        return x.rank() == 0 ? x.reshape(1) : x;
    }

    private static ArrayValue convolution(NdArray a, NdArray v, String mode) {
        NdArray x = a.size() < v.size() ? v : a;
        NdArray y = a.size() < v.size() ? a : v;
        int n = x.size();
        int k = y.size();
        double[] full = new double[n + k - 1];
        for (int i = 0; i < n; i++) {
            if ((i & 255) == 0 || k > 1 << 12) {
                StopCheck.ask();
            }
            for (int j = 0; j < k; j++) {
                full[i + j] += x.getDouble(i) * y.getDouble(j);
            }
        }
        int from;
        int size;
        switch (mode) {
            case "full" -> {
                from = 0;
                size = full.length;
            }
            case "same" -> {
                from = (k - 1) / 2;
                size = n;
            }
            case "valid" -> {
                from = k - 1;
                size = n - k + 1;
            }
            default -> throw NnError.value("mode must be one of 'valid', 'same', or 'full' (got '" + mode + "')");
        }
        return new ArrayValue(NdArray.of(Arrays.copyOfRange(full, from, from + size)).astype(Products.type(x, y)));
    }
}
