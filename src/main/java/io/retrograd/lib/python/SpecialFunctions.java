package io.retrograd.lib.python;

/** Functions that Java's Math lacks: the error function and the gamma function. */
final class SpecialFunctions {
    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
    /** Below this the power series of erf converges fast without cancellation that hurts. */
    private static final double SERIES_LIMIT = 2.5;

    /** Lanczos' approximation with g = 7 and nine terms (P. Godfrey's coefficients). */
    private static final double LANCZOS_G = 7;
    private static final double[] LANCZOS = {
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    };

    private SpecialFunctions() {}

    /** The series of Abramowitz and Stegun 7.1.6, whose terms are all positive; beyond it the complement. */
    static double erf(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        double a = Math.abs(x);
        if (a > SERIES_LIMIT) {
            return Math.copySign(1 - erfc(a), x);
        }
        double term = a;
        double sum = a;
        for (int n = 1; term > sum * 1e-18; n++) {
            term *= 2 * a * a / (2 * n + 1);
            sum += term;
        }
        return Math.copySign(TWO_OVER_ROOT_PI * Math.exp(-a * a) * sum, x);
    }

    /** The continued fraction of Abramowitz and Stegun 7.1.14, evaluated from its far end. */
    static double erfc(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        if (x < SERIES_LIMIT) {
            return 1 - erf(x);
        }
        if (x > 28) {
            return 0;
        }
        double fraction = x;
        for (int n = 120; n > 0; n--) {
            fraction = x + n / 2.0 / fraction;
        }
        return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
    }

    static double gamma(double x) {
        if (x == Math.rint(x) && x > 0 && x < 24) {
            double r = 1;
            for (int i = 2; i < x; i++) {
                r *= i;
            }
            return r;
        }
        if (x < 0.5) {
            return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
        }
        double t = x + LANCZOS_G - 0.5;
        // The power in two halves, so that it overflows no earlier than the result.
        double half = Math.pow(t, (x - 0.5) / 2);
        return Math.sqrt(2 * Math.PI) * half * Math.exp(-t) * half * lanczosSum(x);
    }

    private static double lanczosSum(double x) {
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x - 1 + i);
        }
        return sum;
    }

    static double logGamma(double x) {
        if (Double.isInfinite(x)) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < 0.5) {
            return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
        }
        if (x == 1 || x == 2) {
            return 0;
        }
        double t = x + LANCZOS_G - 0.5;
        return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(lanczosSum(x));
    }
}
