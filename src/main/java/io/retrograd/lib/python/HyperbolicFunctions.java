package io.retrograd.lib.python;

/** The formulas of fdlibm (Sun, 1993) on Java's exp and log, which are as exact as a modern C library's. */
final class HyperbolicFunctions {
    private static final double LN2 = Math.log(2);

    private HyperbolicFunctions() {}

    static double sinh(double x) {
        double a = Math.abs(x);
        if (a > 709) {
            double half = Math.exp(a / 2);
            return Math.copySign(0.5 * half * half, x);
        }
        double t = Math.expm1(a);
        return Math.copySign(0.5, x) * (a < 1 ? 2 * t - t * t / (t + 1) : t + t / (t + 1));
    }

    static double cosh(double x) {
        double a = Math.abs(x);
        if (a < 0.5 * LN2) {
            double t = Math.expm1(a);
            return 1 + t * t / (2 * (1 + t));
        }
        if (a > 709) {
            double half = Math.exp(a / 2);
            return 0.5 * half * half;
        }
        double t = Math.exp(a);
        return 0.5 * t + 0.5 / t;
    }

    static double tanh(double x) {
        double a = Math.abs(x);
        double r = a >= 1 ? 1 - 2 / (Math.expm1(2 * a) + 2) : -Math.expm1(-2 * a) / (Math.expm1(-2 * a) + 2);
        return Math.copySign(r, x);
    }

    static double inverseSinh(double x) {
        double a = Math.abs(x);
        if (Double.isInfinite(x) || a < 0x1p-28) {
            return x;
        }
        double r = a > 0x1p28
                ? Math.log(a) + LN2
                : a > 2 ? Math.log(2 * a + 1 / (Math.sqrt(a * a + 1) + a)) : Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
        return Math.copySign(r, x);
    }

    static double inverseCosh(double x) {
        if (x < 1) {
            return Double.NaN;
        }
        double t = x - 1;
        return x > 0x1p28 ? Math.log(x) + LN2 : x > 2 ? Math.log(2 * x - 1 / (x + Math.sqrt(x * x - 1))) : Math.log1p(t + Math.sqrt(2 * t + t * t));
    }

    static double inverseTanh(double x) {
        double a = Math.abs(x);
        double r = a < 0.5 ? 0.5 * Math.log1p(2 * a + 2 * a * a / (1 - a)) : 0.5 * Math.log1p(2 * a / (1 - a));
        return Math.copySign(r, x);
    }
}
