package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.random.RandomState;
import java.util.Arrays;

/** Which elements a sample takes, with and without replacement, as numpy's legacy generator chooses them. */
final class Samples {
    private Samples() {}

    static double[] weights(Machine m, Object p, int n) {
        NdArray w = ArrayMaker.from(m, p);
        if (w.rank() != 1) {
            throw NnError.value("'p' must be 1-dimensional");
        }
        if (w.size() != n) {
            throw NnError.value("'a' and 'p' must have same size");
        }
        double[] weights = w.toDoubles();
        double sum = 0;
        for (double v : weights) {
            if (Double.isNaN(v)) {
                throw NnError.value("probabilities contain NaN");
            }
            if (v < 0) {
                throw NnError.value("probabilities are not non-negative");
            }
            sum += v;
        }
        double tolerance = w.dtype() == DType.FLOAT32 ? 3.5e-4 : 1.5e-8;
        if (Math.abs(sum - 1) > tolerance) {
            throw NnError.value("probabilities do not sum to 1");
        }
        return weights;
    }

    private static double[] cumulative(double[] weights) {
        double[] c = weights.clone();
        for (int i = 1; i < c.length; i++) {
            c[i] += c[i - 1];
        }
        double total = c[c.length - 1];
        for (int i = 0; i < c.length; i++) {
            c[i] /= total;
        }
        return c;
    }

    static long[] withReplacement(RandomState r, int n, int wanted, double[] weights) {
        long[] places = new long[wanted];
        if (weights == null) {
            for (int i = 0; i < wanted; i++) {
                places[i] = r.interval(n - 1);
            }
            return places;
        }
        double[] c = cumulative(weights);
        for (int i = 0; i < wanted; i++) {
            places[i] = Searching.search(c, r.random(), true);
        }
        return places;
    }

    static long[] without(RandomState r, int n, int wanted, double[] weights) {
        if (wanted > n) {
            throw NnError.value("Cannot take a larger sample than population when 'replace=False'");
        }
        if (weights == null) {
            int[] order = r.permutation(n);
            return Arrays.stream(order).limit(wanted).asLongStream().toArray();
        }
        if (Arrays.stream(weights).filter(v -> v > 0).count() < wanted) {
            throw NnError.value("Fewer non-zero entries in p than size");
        }
        long[] places = new long[wanted];
        double[] p = weights.clone();
        int found = 0;
        while (found < wanted) {
            double[] x = new double[wanted - found];
            for (int i = 0; i < x.length; i++) {
                x[i] = r.random();
            }
            for (int i = 0; i < found; i++) {
                p[(int) places[i]] = 0;
            }
            double[] c = cumulative(p);
            int before = found;
            for (double v : x) {
                int at = Searching.search(c, v, true);
                boolean seen = false;
                for (int i = before; i < found; i++) {
                    seen |= places[i] == at;
                }
                if (!seen) {
                    places[found++] = at;
                }
            }
        }
        return places;
    }
}
