package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Signal windows, polynomials as arrays, Fourier transforms, and the rarer functions of arrays. */
final class Windows {
    private Windows() {}

    private static Object window(int n, DoubleUnaryOperator f) {
        double[] w = new double[Math.max(n, 0)];
        for (int i = 0; i < w.length; i++) {
            w[i] = n == 1 ? 1 : f.applyAsDouble(2 * Math.PI * i / (n - 1));
        }
        return new ArrayValue(NdArray.of(w, w.length));
    }

    @Builtin(value = "hanning", signature = "M", doc = "The Hann window.")
    static Object hanning(Machine m, int n) {
        return window(n, t -> 0.5 - 0.5 * Math.cos(t));
    }

    @Builtin(value = "hamming", signature = "M", doc = "The Hamming window.")
    static Object hamming(Machine m, int n) {
        return window(n, t -> 0.54 - 0.46 * Math.cos(t));
    }

    @Builtin(value = "blackman", signature = "M", doc = "The Blackman window.")
    static Object blackman(Machine m, int n) {
        return window(n, t -> 0.42 - 0.5 * Math.cos(t) + 0.08 * Math.cos(2 * t));
    }

    @Builtin(value = "bartlett", signature = "M", doc = "The triangular window.")
    static Object bartlett(Machine m, int n) {
        return window(n, t -> 1 - Math.abs(t / Math.PI - 1));
    }

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
        return Statistics.polyadd(m, a, new ArrayValue(Elementwise.unary(m, Ufuncs.NEGATIVE, ArrayMaker.from(m, b), null)));
    }

    /** The discrete Fourier transform along the last axis, by the definition where the length is no power of two. */
    private static NdArray transform(NdArray a, int n, int sign) {
        int[] shape = a.shape();
        int last = shape.length - 1;
        int old = shape[last];
        shape[last] = n;
        NdArray out = NdArray.zeros(DType.COMPLEX128, shape);
        for (int row = 0; row < out.size() / Math.max(n, 1); row++) {
            double[] re = new double[n];
            double[] im = new double[n];
            for (int i = 0; i < Math.min(n, old); i++) {
                re[i] = a.getDouble(row * old + i);
                im[i] = a.getImaginary(row * old + i);
            }
            if (Integer.bitCount(n) == 1) {
                fast(re, im, sign);
            } else {
                slow(re, im, sign);
            }
            for (int i = 0; i < n; i++) {
                out.setComplex(row * n + i, re[i], im[i]);
            }
        }
        return out;
    }

    private static void slow(double[] re, double[] im, int sign) {
        int n = re.length;
        double[] x = re.clone();
        double[] y = im.clone();
        for (int k = 0; k < n; k++) {
            double s = 0;
            double t = 0;
            for (int i = 0; i < n; i++) {
                double angle = sign * 2 * Math.PI * ((long) i * k % n) / n;
                s += x[i] * Math.cos(angle) - y[i] * Math.sin(angle);
                t += x[i] * Math.sin(angle) + y[i] * Math.cos(angle);
            }
            re[k] = s;
            im[k] = t;
        }
    }

    private static void fast(double[] re, double[] im, int sign) {
        int n = re.length;
        for (int i = 1, j = 0; i < n; i++) {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                double t = re[i];
                re[i] = re[j];
                re[j] = t;
                t = im[i];
                im[i] = im[j];
                im[j] = t;
            }
        }
        for (int size = 2; size <= n; size *= 2) {
            for (int k = 0; k < size / 2; k++) {
                double angle = sign * 2 * Math.PI * k / size;
                double c = Math.cos(angle);
                double s = Math.sin(angle);
                for (int i = k; i < n; i += size) {
                    int j = i + size / 2;
                    double x = re[j] * c - im[j] * s;
                    double y = re[j] * s + im[j] * c;
                    re[j] = re[i] - x;
                    im[j] = im[i] - y;
                    re[i] += x;
                    im[i] += y;
                }
            }
        }
    }

    private static int length(Machine m, NdArray a, Object n) {
        int length = n == None.NONE ? a.dim(-1) : (int) Semantics.index(m, n);
        if (length < 1) {
            throw NnError.value("Invalid number of FFT data points (" + length + ") specified.");
        }
        return length;
    }

    @Builtin(value = "fft.fft", signature = "a, n=None", doc = "The discrete Fourier transform along the last axis.")
    static Object fft(Machine m, Object a, Object n) {
        NdArray x = ArrayMaker.from(m, a);
        return new ArrayValue(transform(x, length(m, x, n), -1));
    }

    @Builtin(value = "fft.ifft", signature = "a, n=None", doc = "The inverse Fourier transform along the last axis.")
    static Object ifft(Machine m, Object a, Object n) {
        NdArray x = ArrayMaker.from(m, a);
        int length = length(m, x, n);
        return new ArrayValue(Elementwise.binary(m, BinaryFunctions.DIVIDE, transform(x, length, 1), NdArray.scalar((long) length), null));
    }

    @Builtin(value = "fft.rfft", signature = "a, n=None", doc = "The Fourier transform of real numbers: the half that determines it.")
    static Object rfft(Machine m, Object a, Object n) {
        NdArray x = ArrayMaker.from(m, a);
        int length = length(m, x, n);
        NdArray full = transform(x, length, -1);
        return new ArrayValue(full.slice(full.rank() - 1, 0, length / 2 + 1, 1).copy());
    }

    @Builtin(value = "fft.fftfreq", signature = "n, d=1.0", doc = "The frequencies of a Fourier transform's elements.")
    static Object fftfreq(Machine m, int n, double d) {
        double[] f = new double[n];
        for (int i = 0; i < n; i++) {
            f[i] = (i < (n + 1) / 2 ? i : i - n) / (n * d);
        }
        return new ArrayValue(NdArray.of(f));
    }

    @Builtin(value = "fft.fftshift", signature = "x", doc = "The zero frequency moved to the middle.")
    static Object fftshift(Machine m, Object x) {
        NdArray a = ArrayMaker.from(m, x);
        Object out = new ArrayValue(a);
        for (int axis = 0; axis < a.rank(); axis++) {
            out = Shaping.roll(m, out, (long) (a.dim(axis) / 2), (long) axis);
        }
        return out;
    }

    @Builtin(value = "modf", signature = "x", doc = "Fractions and whole parts.")
    static Object modf(Machine m, Object x) {
        NdArray a = ArrayMaker.from(m, x);
        DoubleUnaryOperator whole = v -> v < 0 ? Math.ceil(v) : Math.floor(v);
        NdArray i = Elementwise.unary(m, new UnaryFunction("modf", whole, null, false), a, null);
        NdArray f = Elementwise.unary(m, new UnaryFunction("modf", v -> Double.isInfinite(v) ? Math.copySign(0, v)
                : Math.copySign(v - whole.applyAsDouble(v), v), null, false), a, null);
        return TupleValue.of(ArrayValue.orScalar(f), ArrayValue.orScalar(i));
    }

    @Builtin(value = "divmod", signature = "x1, x2", doc = "Quotients rounded down, and remainders.")
    static Object divmod(Machine m, Object a, Object b) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        return TupleValue.of(ArrayValue.orScalar(Elementwise.binary(m, BinaryFunctions.FLOOR_DIVIDE, x, y, null)),
                ArrayValue.orScalar(Elementwise.binary(m, BinaryFunctions.REMAINDER, x, y, null)));
    }

    @Builtin(value = "isposinf", signature = "x", doc = "Whether it is plus infinity.")
    static Object isposinf(Machine m, Object x) {
        return ArrayValue.orScalar(Elementwise.binary(m, BinaryFunctions.EQUAL, ArrayMaker.from(m, x), NdArray.scalar(Double.POSITIVE_INFINITY), null));
    }

    @Builtin(value = "isneginf", signature = "x", doc = "Whether it is minus infinity.")
    static Object isneginf(Machine m, Object x) {
        return ArrayValue.orScalar(Elementwise.binary(m, BinaryFunctions.EQUAL, ArrayMaker.from(m, x), NdArray.scalar(Double.NEGATIVE_INFINITY), null));
    }

    @Builtin(value = "diag_indices", signature = "n, ndim=2", doc = "The places of the diagonal.")
    static Object diagIndices(Machine m, int n, int ndim) {
        long[] at = new long[n];
        Arrays.setAll(at, i -> i);
        Object[] all = new Object[ndim];
        Arrays.fill(all, new ArrayValue(NdArray.of(at, n)));
        return TupleValue.of(all);
    }

    @Builtin(value = "copyto", signature = "dst, src, casting='same_kind', where=True", doc = "Copies an array's elements into another.")
    static void copyto(Machine m, ArrayValue dst, Object src, Object casting, Object where) {
        NdArray from = ArrayMaker.from(m, src);
        if (!Casting.sameKind(from.dtype(), dst.array().dtype())) {
            throw NnError.type("Cannot cast array data from dtype('" + from.dtype().numpyName() + "') to dtype('" + dst.array().dtype().numpyName()
                    + "') according to the rule 'same_kind'");
        }
        dst.array().assign(Boolean.TRUE.equals(where) ? from
                : Selection.where(m, ArrayMaker.from(m, where).astype(DType.BOOL), from, dst.array()));
    }

    @Builtin(value = "put_along_axis", signature = "arr, indices, values, axis", doc = "Along a dimension, sets the elements at the places that another array gives.")
    static void putAlongAxis(Machine m, ArrayValue arr, Object indices, Object values, int axis) {
        NdArray a = arr.array();
        int at = Axes.normal(axis, a.rank());
        NdArray index = ArrayMaker.from(m, indices);
        NdArray v = ArrayMaker.cast(m, ArrayMaker.from(m, values), a.dtype()).broadcastTo(index.shape());
        int inner = 1;
        for (int i = at + 1; i < index.rank(); i++) {
            inner *= index.dim(i);
        }
        int n = index.dim(at);
        for (int i = 0; i < index.size(); i++) {
            int p = Indexing.place(index.getLong(i), a.dim(at), at);
            ArrayMaker.put(m, a, (i / (n * inner) * a.dim(at) + p) * inner + i % inner, ScalarValue.of(v, i));
        }
    }

    @Builtin(value = "block", signature = "arrays", doc = "An array from nested lists of blocks.")
    static Object block(Machine m, Object arrays) {
        return new ArrayValue(block(m, arrays, depth(m, arrays)));
    }

    private static int depth(Machine m, Object o) {
        return o instanceof ListValue l ? 1 + (l.size() == 0 ? 0 : depth(m, l.get(0))) : 0;
    }

    private static NdArray block(Machine m, Object o, int depth) {
        if (!(o instanceof ListValue list)) {
            NdArray a = ArrayMaker.from(m, o);
            while (a.rank() < depth) {
                a = a.newAxis(0);
            }
            return a;
        }
        NdArray[] parts = new NdArray[list.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = block(m, list.get(i), depth);
        }
        int inner = depth(m, o);
        return Shaping.concatenate(m, parts, parts[0].rank() - inner);
    }

    @Builtin(value = "trim_zeros", signature = "filt, trim='fb'", doc = "A series without the zeros at its ends.")
    static Object trimZeros(Machine m, Object filt, String trim) {
        NdArray a = ArrayMaker.from(m, filt);
        int from = 0;
        int to = a.size();
        while (trim.contains("f") && from < to && !a.getBoolean(from)) {
            from++;
        }
        while (trim.contains("b") && to > from && !a.getBoolean(to - 1)) {
            to--;
        }
        return new ArrayValue(a.slice(0, from, to - from, 1));
    }

    @Builtin(value = "broadcast_shapes", signature = "*args", doc = "The shape that shapes broadcast to.")
    static Object broadcastShapes(Machine m, Object[] args) {
        NdArray[] all = new NdArray[args.length];
        for (int i = 0; i < all.length; i++) {
            int[] shape = Axes.ints(Axes.shape(m, args[i]));
            all[i] = NdArray.strided(DType.BOOL, new boolean[0], shape, new int[shape.length], 0);
        }
        return Axes.tuple(Casting.broadcast(all));
    }

    @Builtin(value = "base_repr", signature = "number, base=2, padding=0", doc = "The number in the digits of a base.")
    static String baseRepr(Machine m, long number, int base, int padding) {
        return "0".repeat(padding) + Long.toString(number, base).toUpperCase(java.util.Locale.ROOT);
    }

    @Builtin(value = "unwrap", signature = "p", doc = "Angles without jumps of more than half a turn.")
    static Object unwrap(Machine m, Object p) {
        double[] a = ArrayMaker.from(m, p).toDoubles();
        double shift = 0;
        double before = a.length > 0 ? a[0] : 0;
        for (int i = 1; i < a.length; i++) {
            double raw = a[i];
            double d = raw - before;
            double turned = Math.IEEEremainder(d, 2 * Math.PI);
            if (Math.abs(d) >= Math.PI) {
                shift += turned - d;
            }
            before = raw;
            a[i] = raw + shift;
        }
        return new ArrayValue(NdArray.of(a));
    }
}
