package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;

/** The module numpy.fft: discrete Fourier transforms. */
final class Fourier {
    private Fourier() {}

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
            StopCheck.ask();
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
        if (a.rank() == 0) {
            throw NnError.value("a Fourier transform needs at least one dimension");
        }
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
        if (n < 1) {
            throw NnError.value("n should be positive");
        }
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
}
