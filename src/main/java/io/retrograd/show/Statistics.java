package io.retrograd.show;

import io.retrograd.tensor.NdArray;

/** A large array in a few numbers; those that are not finite count apart. */
record Statistics(double min, double max, double mean, double norm, int zeros, int notFinite) {
    static Statistics of(NdArray a) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        int zeros = 0;
        int odd = 0;
        for (int i = 0; i < a.size(); i++) {
            double v = a.getDouble(i);
            min = Math.min(min, v);
            max = Math.max(max, v);
            sum += v;
            squares += v * v;
            zeros += v == 0 ? 1 : 0;
            odd += Double.isFinite(v) ? 0 : 1;
        }
        return new Statistics(min, max, a.size() == 0 ? 0 : sum / a.size(), Math.sqrt(squares), zeros, odd);
    }
}
