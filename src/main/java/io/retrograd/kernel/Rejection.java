package io.retrograd.kernel;

import io.retrograd.tensor.random.PhiloxRandom;

/** Distributions that are drawn by proposing numbers and rejecting some, in TensorFlow's order of draws. */
public final class Rejection {
    /** From this rate on, Poisson numbers are drawn by transformed rejection. */
    private static final double LARGE_RATE = 10;

    private Rejection() {}

    /** A gamma-distributed number (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000). */
    public static double gamma(double alpha, PhiloxRandom.Draws draws) {
        if (alpha == 1) {
            return -Math.log(1 - draws.uniform());
        }
        boolean small = alpha < 1;
        double d = alpha + (small ? 2.0 / 3 : -1.0 / 3);
        double c = 1.0 / 3 / Math.sqrt(d);
        while (true) {
            double x = draws.normal();
            double v = 1 + c * x;
            if (v <= 0) {
                continue;
            }
            v = v * v * v;
            double u = draws.uniform();
            if (u < 1 - 0.0331 * (x * x) * (x * x) || Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) {
                double result = d * v;
                return small ? result * Math.pow(draws.uniform(), 1 / alpha) : result;
            }
        }
    }

    /** A Poisson-distributed number (Knuth's product for small rates, Hörmann's transformed rejection, 1993, for large ones). */
    public static double poisson(double rate, PhiloxRandom.Draws draws) {
        if (rate < LARGE_RATE) {
            double limit = Math.exp(-rate);
            double product = 1;
            for (double x = 0; ; x++) {
                product *= draws.uniform();
                if (product <= limit) {
                    return x;
                }
            }
        }
        double logRate = Math.log(rate);
        double b = 0.931 + 2.53 * Math.sqrt(rate);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        while (true) {
            double u = draws.uniform() - 0.5;
            double v = draws.uniform();
            double shifted = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / shifted + b) * u + rate + 0.43);
            if (shifted >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) {
                return k;
            }
            if (k < 0 || shifted < 0.013 && v > shifted) {
                continue;
            }
            double s = Math.log(v * inverseAlpha / (a / (shifted * shifted) + b));
            if (s <= -rate + k * logRate - SpecialFunctions.logGamma(k + 1)) {
                return k;
            }
        }
    }
}
