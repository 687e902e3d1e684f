package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/** Functions that fold arrays along axes: sums, means, extremes and their kin. */
final class Reductions {
    private Reductions() {}

    /** A fold as a value, stored where the script wants it. */
    private static Object fold(Machine m, BinaryFunction f, Object a, Object axis, Object dtype, Object out, boolean keepdims) {
        NdArray x = ArrayMaker.from(m, a);
        DType type = dtype == None.NONE ? Reduction.accumulator(f, x.dtype()) : ElementType.convert(m, dtype);
        return finish(m, f.name, Reduction.reduce(m, f, x, Axes.of(m, axis, x.rank()), keepdims, type), out);
    }

    private static Object finish(Machine m, String name, NdArray result, Object out) {
        return out == None.NONE ? ArrayValue.orScalar(result) : Ufunc.store(name, out, result);
    }

    @Builtin(value = "sum", signature = "a, axis=None, dtype=None, out=None, keepdims=False, initial=None", doc = "The sum of the elements, along an axis or of all.")
    static Object sum(Machine m, Object a, Object axis, Object dtype, Object out, boolean keepdims, Object initial) {
        Object s = fold(m, BinaryFunctions.ADD, a, axis, dtype, out, keepdims);
        return initial == None.NONE ? s : Semantics.binary(m, BinaryOperator.ADD, s, initial);
    }

    @Builtin(value = {"prod", "product"}, signature = "a, axis=None, dtype=None, out=None, keepdims=False", doc = "The product of the elements.")
    static Object prod(Machine m, Object a, Object axis, Object dtype, Object out, boolean keepdims) {
        return fold(m, BinaryFunctions.MULTIPLY, a, axis, dtype, out, keepdims);
    }

    @Builtin(value = {"max", "amax"}, signature = "a, axis=None, out=None, keepdims=False, initial=None", doc = "The largest element, along an axis or of all.")
    static Object max(Machine m, Object a, Object axis, Object out, boolean keepdims, Object initial) {
        if (initial != None.NONE && ArrayMaker.from(m, a).size() == 0) {
            return initial;
        }
        Object r = fold(m, BinaryFunctions.MAXIMUM, a, axis, None.NONE, out, keepdims);
        return initial == None.NONE ? r : ArrayValue.orScalar(Elementwise.binary(m, BinaryFunctions.MAXIMUM, ArrayMaker.from(m, r), ArrayMaker.from(m, initial), null));
    }

    @Builtin(value = {"min", "amin"}, signature = "a, axis=None, out=None, keepdims=False, initial=None", doc = "The smallest element, along an axis or of all.")
    static Object min(Machine m, Object a, Object axis, Object out, boolean keepdims, Object initial) {
        if (initial != None.NONE && ArrayMaker.from(m, a).size() == 0) {
            return initial;
        }
        Object r = fold(m, BinaryFunctions.MINIMUM, a, axis, None.NONE, out, keepdims);
        return initial == None.NONE ? r : ArrayValue.orScalar(Elementwise.binary(m, BinaryFunctions.MINIMUM, ArrayMaker.from(m, r), ArrayMaker.from(m, initial), null));
    }

    @Builtin(value = "ptp", signature = "a, axis=None, out=None, keepdims=False", doc = "The distance from the smallest to the largest element.")
    static Object ptp(Machine m, Object a, Object axis, Object out, boolean keepdims) {
        return ArrayOperators.binary(m, BinaryOperator.SUBTRACT,
                max(m, a, axis, None.NONE, keepdims, None.NONE), min(m, a, axis, None.NONE, keepdims, None.NONE));
    }

    @Builtin(value = {"all", "alltrue"}, signature = "a, axis=None, out=None, keepdims=False", doc = "Whether all elements are true.")
    static Object all(Machine m, Object a, Object axis, Object out, boolean keepdims) {
        return fold(m, BinaryFunctions.LOGICAL_AND, a, axis, None.NONE, out, keepdims);
    }

    @Builtin(value = {"any", "sometrue"}, signature = "a, axis=None, out=None, keepdims=False", doc = "Whether any element is true.")
    static Object any(Machine m, Object a, Object axis, Object out, boolean keepdims) {
        return fold(m, BinaryFunctions.LOGICAL_OR, a, axis, None.NONE, out, keepdims);
    }

    private static int count(NdArray x, int[] axes) {
        int n = 1;
        for (int axis : axes) {
            n *= x.dim(axis);
        }
        return n;
    }

    static NdArray mean(Machine m, NdArray x, int[] axes, boolean keepdims, DType wanted) {
        DType type = wanted != null ? wanted : x.dtype().isInteger() || x.dtype() == DType.BOOL ? DType.FLOAT64 : x.dtype();
        DType work = type == DType.FLOAT16 ? DType.FLOAT32 : type;
        NdArray sum = Reduction.reduce(m, BinaryFunctions.ADD, x, axes, keepdims, work);
        int n = count(x, axes);
        return Elementwise.binary(m, BinaryFunctions.DIVIDE, sum, NdArray.scalar((long) n), work == DType.OBJECT ? null : work).astype(type);
    }

    @Builtin(value = "mean", signature = "a, axis=None, dtype=None, out=None, keepdims=False", doc = "The arithmetic mean, along an axis or of all.")
    static Object mean(Machine m, Object a, Object axis, Object dtype, Object out, boolean keepdims) {
        NdArray x = ArrayMaker.from(m, a);
        return finish(m, "mean", mean(m, x, Axes.of(m, axis, x.rank()), keepdims, ElementType.orNull(m, dtype)), out);
    }

    @Builtin(value = "average", signature = "a, axis=None, weights=None, returned=False, keepdims=False", doc = "The mean, weighted where weights are given.")
    static Object average(Machine m, Object a, Object axis, Object weights, boolean returned, boolean keepdims) {
        NdArray x = ArrayMaker.from(m, a);
        if (weights == None.NONE) {
            Object mean = mean(m, a, axis, None.NONE, None.NONE, keepdims);
            return returned ? TupleValue.of(mean, ScalarValue.of((double) count(x, Axes.of(m, axis, x.rank())))) : mean;
        }
        NdArray w = ArrayMaker.from(m, weights);
        int[] axes = Axes.of(m, axis, x.rank());
        if (w.rank() == 1 && x.rank() > 1) {
            int[] shape = new int[x.rank()];
            Arrays.fill(shape, 1);
            shape[axes[0]] = w.size();
            w = w.reshape(shape);
        }
        NdArray full = w.broadcastTo(x.shape());
        DType t = DType.promote(DType.promote(x.dtype(), w.dtype()), DType.FLOAT64);
        NdArray total = Reduction.reduce(m, BinaryFunctions.ADD, full, axes, keepdims, t);
        NdArray product = Elementwise.binary(m, BinaryFunctions.MULTIPLY, x, full, t);
        Object mean = ArrayValue.orScalar(Elementwise.binary(
                m, BinaryFunctions.DIVIDE, Reduction.reduce(m, BinaryFunctions.ADD, product, axes, keepdims, t), total, null));
        return returned ? TupleValue.of(mean, ArrayValue.orScalar(total)) : mean;
    }

    static NdArray var(Machine m, NdArray x, int[] axes, double ddof, boolean keepdims, DType wanted) {
        DType type = wanted != null ? wanted : x.dtype().isInteger() || x.dtype() == DType.BOOL ? DType.FLOAT64 : x.dtype();
        DType work = type == DType.FLOAT16 ? DType.FLOAT32 : type;
        NdArray mean = mean(m, x, axes, true, work);
        NdArray d = Elementwise.binary(m, BinaryFunctions.SUBTRACT, x.astype(work), mean, null);
        NdArray sum = Reduction.reduce(m, BinaryFunctions.ADD, Elementwise.binary(m, BinaryFunctions.MULTIPLY, d, d, null), axes, keepdims, work);
        return Elementwise.binary(m, BinaryFunctions.DIVIDE, sum, NdArray.scalar(Math.max(count(x, axes) - ddof, 0)), work).astype(type);
    }

    @Builtin(value = "var", signature = "a, axis=None, dtype=None, out=None, ddof=0, keepdims=False", doc = "The variance, along an axis or of all.")
    static Object var(Machine m, Object a, Object axis, Object dtype, Object out, double ddof, boolean keepdims) {
        NdArray x = ArrayMaker.from(m, a);
        return finish(m, "var", var(m, x, Axes.of(m, axis, x.rank()), ddof, keepdims, ElementType.orNull(m, dtype)), out);
    }

    @Builtin(value = "std", signature = "a, axis=None, dtype=None, out=None, ddof=0, keepdims=False", doc = "The standard deviation, along an axis or of all.")
    static Object std(Machine m, Object a, Object axis, Object dtype, Object out, double ddof, boolean keepdims) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray v = var(m, x, Axes.of(m, axis, x.rank()), ddof, keepdims, ElementType.orNull(m, dtype));
        return finish(m, "std", Elementwise.unary(m, UnaryFunctions.SQRT, v, null), out);
    }

    private static Object arg(Machine m, Object a, Object axis, Object out, boolean keepdims, boolean largest) {
        NdArray x = ArrayMaker.from(m, a);
        int[] kept = x.shape();
        NdArray flat = axis == None.NONE ? x.reshape(x.size()) : x;
        int at = axis == None.NONE ? 0 : Axes.normal(Semantics.index(m, axis), x.rank());
        if (flat.dim(at) == 0) {
            throw NnError.value("attempt to get " + (largest ? "argmax" : "argmin") + " of an empty sequence");
        }
        NdArray starts = flat.slice(at, 0, 1, 1);
        NdArray result = NdArray.zeros(DType.INT64, starts.shape());
        int n = flat.dim(at);
        int step = flat.stride(at);
        for (int s = 0; s < starts.size(); s++) {
            NdArray line = NdArray.strided(flat.dtype(), flat.data(), new int[] {n}, new int[] {step}, starts.position(s));
            result.setLong(s, best(m, line, largest));
        }
        NdArray r = keepdims ? axis == None.NONE ? result.reshape(ones(kept)) : result : result.at(at, 0);
        return finish(m, "argmax", r, out);
    }

    private static int[] ones(int[] shape) {
        int[] one = shape.clone();
        Arrays.fill(one, 1);
        return one;
    }

    /** The place of the first largest or smallest element; NaN counts as both. */
    private static int best(Machine m, NdArray line, boolean largest) {
        int best = 0;
        if (line.dtype() == DType.FLOAT32) {
            return best(line.floats(), line.offset(), line.stride(0), line.size(), largest);
        }
        if (line.dtype() == DType.FLOAT64) {
            return best(line.doubles(), line.offset(), line.stride(0), line.size(), largest);
        }
        if (line.dtype().isFloating()) {
            double top = line.getDouble(0);
            for (int i = 1; i < line.size() && !Double.isNaN(top); i++) {
                double v = line.getDouble(i);
                if (largest ? v > top : v < top) {
                    best = i;
                    top = v;
                } else if (Double.isNaN(v)) {
                    return i;
                }
            }
            return best;
        }
        if (line.dtype().isReference() || line.dtype().isComplex()) {
            for (int i = 1; i < line.size(); i++) {
                Object v = ScalarValue.of(line, i);
                Object top = ScalarValue.of(line, best);
                if (largest ? Semantics.less(m, top, v) : Semantics.less(m, v, top)) {
                    best = i;
                }
            }
            return best;
        }
        for (int i = 1; i < line.size(); i++) {
            if (largest ? line.getLong(i) > line.getLong(best) : line.getLong(i) < line.getLong(best)) {
                best = i;
            }
        }
        return best;
    }

    private static int best(float[] a, int p, int dp, int n, boolean largest) {
        int best = 0;
        float top = a[p];
        for (int i = 1; i < n && top == top; i++) {
            float v = a[p + i * dp];
            // A NaN fails both comparisons and thereby wins.
            if (largest ? !(v <= top) : !(v >= top)) {
                best = i;
                top = v;
            }
        }
        return best;
    }

    private static int best(double[] a, int p, int dp, int n, boolean largest) {
        int best = 0;
        double top = a[p];
        for (int i = 1; i < n && top == top; i++) {
            double v = a[p + i * dp];
            if (largest ? !(v <= top) : !(v >= top)) {
                best = i;
                top = v;
            }
        }
        return best;
    }

    @Builtin(value = "argmax", signature = "a, axis=None, out=None, keepdims=False", doc = "The place of the largest element, along an axis or in the flattened array.")
    static Object argmax(Machine m, Object a, Object axis, Object out, boolean keepdims) {
        return arg(m, a, axis, out, keepdims, true);
    }

    @Builtin(value = "argmin", signature = "a, axis=None, out=None, keepdims=False", doc = "The place of the smallest element, along an axis or in the flattened array.")
    static Object argmin(Machine m, Object a, Object axis, Object out, boolean keepdims) {
        return arg(m, a, axis, out, keepdims, false);
    }

    private static Object running(Machine m, BinaryFunction f, Object a, Object axis, Object dtype, Object out) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray flat = axis == None.NONE ? x.reshape(x.size()) : x;
        int at = axis == None.NONE ? 0 : Axes.normal(Semantics.index(m, axis), x.rank());
        DType type = dtype == None.NONE ? Reduction.accumulator(f, x.dtype()) : ElementType.convert(m, dtype);
        NdArray r = type == DType.FLOAT64 || type == DType.FLOAT32
                ? Reduction.runningDoubles(f, flat, at, type) : Reduction.accumulate(m, f, flat, at, type);
        return finish(m, f.name, r, out);
    }

    @Builtin(value = "cumsum", signature = "a, axis=None, dtype=None, out=None", doc = "The running sums.")
    static Object cumsum(Machine m, Object a, Object axis, Object dtype, Object out) {
        return running(m, BinaryFunctions.ADD, a, axis, dtype, out);
    }

    @Builtin(value = {"cumprod", "cumproduct"}, signature = "a, axis=None, dtype=None, out=None", doc = "The running products.")
    static Object cumprod(Machine m, Object a, Object axis, Object dtype, Object out) {
        return running(m, BinaryFunctions.MULTIPLY, a, axis, dtype, out);
    }

    /** NaN replaced, for the functions that leave NaN out. */
    private static NdArray without(Machine m, Object a, double by) {
        NdArray x = ArrayMaker.from(m, a);
        if (!x.dtype().isFloating()) {
            return x;
        }
        NdArray out = x.copy();
        for (int i = 0; i < out.size(); i++) {
            if (Double.isNaN(out.getDouble(i))) {
                out.setDouble(i, by);
            }
        }
        return out;
    }

    @Builtin(value = "nansum", signature = "a, axis=None, dtype=None, out=None, keepdims=False", doc = "The sum of the elements that are numbers.")
    static Object nansum(Machine m, Object a, Object axis, Object dtype, Object out, boolean keepdims) {
        return fold(m, BinaryFunctions.ADD, new ArrayValue(without(m, a, 0)), axis, dtype, out, keepdims);
    }

    @Builtin(value = "nanmax", signature = "a, axis=None, out=None, keepdims=False", doc = "The largest of the elements that are numbers.")
    static Object nanmax(Machine m, Object a, Object axis, Object out, boolean keepdims) {
        return fold(m, BinaryFunctions.FMAX, a, axis, None.NONE, out, keepdims);
    }

    @Builtin(value = "nanmin", signature = "a, axis=None, out=None, keepdims=False", doc = "The smallest of the elements that are numbers.")
    static Object nanmin(Machine m, Object a, Object axis, Object out, boolean keepdims) {
        return fold(m, BinaryFunctions.FMIN, a, axis, None.NONE, out, keepdims);
    }

    @Builtin(value = "nanargmax", signature = "a, axis=None", doc = "The position of the largest of the elements that are numbers.")
    static Object nanargmax(Machine m, Object a, Object axis) {
        return position(m, a, axis, true);
    }

    @Builtin(value = "nanargmin", signature = "a, axis=None", doc = "The position of the smallest of the elements that are numbers.")
    static Object nanargmin(Machine m, Object a, Object axis) {
        return position(m, a, axis, false);
    }

    private static Object position(Machine m, Object a, Object axis, boolean largest) {
        NdArray counts = numbers(m, a, Axes.of(m, axis, ArrayMaker.from(m, a).rank()), false);
        for (int i = 0; i < counts.size(); i++) {
            if (counts.getDouble(i) == 0) {
                throw NnError.value("All-NaN slice encountered");
            }
        }
        Object known = new ArrayValue(without(m, a, largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY));
        return arg(m, known, axis, None.NONE, false, largest);
    }

    private static NdArray numbers(Machine m, Object a, int[] axes, boolean keepdims) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray ok = NdArray.zeros(DType.FLOAT64, x.shape());
        for (int i = 0; i < x.size(); i++) {
            ok.setDouble(i, Double.isNaN(x.getDouble(i)) ? 0 : 1);
        }
        return Reduction.reduce(m, BinaryFunctions.ADD, ok, axes, keepdims, DType.FLOAT64);
    }

    @Builtin(value = "nanmean", signature = "a, axis=None, dtype=None, out=None, keepdims=False", doc = "The mean of the elements that are numbers.")
    static Object nanmean(Machine m, Object a, Object axis, Object dtype, Object out, boolean keepdims) {
        NdArray x = without(m, a, 0);
        int[] axes = Axes.of(m, axis, x.rank());
        DType t = x.dtype().isFloating() ? x.dtype() : DType.FLOAT64;
        NdArray sum = Reduction.reduce(m, BinaryFunctions.ADD, x, axes, keepdims, t);
        return finish(m, "mean", Elementwise.binary(m, BinaryFunctions.DIVIDE, sum, numbers(m, a, axes, keepdims), t), out);
    }

    @Builtin(value = "nanvar", signature = "a, axis=None, dtype=None, out=None, ddof=0, keepdims=False", doc = "The variance of the elements that are numbers.")
    static Object nanvar(Machine m, Object a, Object axis, Object dtype, Object out, double ddof, boolean keepdims) {
        NdArray x = ArrayMaker.from(m, a);
        int[] axes = Axes.of(m, axis, x.rank());
        NdArray mean = ArrayMaker.from(m, nanmean(m, a, axis, None.NONE, None.NONE, true));
        NdArray d = Elementwise.binary(m, BinaryFunctions.SUBTRACT, x, mean, null);
        NdArray square = without(m, new ArrayValue(Elementwise.binary(m, BinaryFunctions.MULTIPLY, d, d, null)), 0);
        NdArray sum = Reduction.reduce(m, BinaryFunctions.ADD, square, axes, keepdims, square.dtype());
        NdArray n = Elementwise.binary(m, BinaryFunctions.SUBTRACT, numbers(m, a, axes, keepdims), NdArray.scalar(ddof), null);
        return finish(m, "var", Elementwise.binary(m, BinaryFunctions.DIVIDE, sum, n, square.dtype()), out);
    }

    @Builtin(value = "nanstd", signature = "a, axis=None, dtype=None, out=None, ddof=0, keepdims=False", doc = "The standard deviation of the elements that are numbers.")
    static Object nanstd(Machine m, Object a, Object axis, Object dtype, Object out, double ddof, boolean keepdims) {
        NdArray v = ArrayMaker.from(m, nanvar(m, a, axis, dtype, None.NONE, ddof, keepdims));
        return finish(m, "std", Elementwise.unary(m, UnaryFunctions.SQRT, v, null), out);
    }
}
