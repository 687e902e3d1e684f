package io.retrograd.lib.numpy;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.tensor.NdArray;
import java.util.function.DoubleUnaryOperator;

/** Windows for signals. */
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
}
