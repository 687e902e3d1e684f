package io.retrograd.kernel;

/**
 * Functions that the Java library lacks, in double precision: error function, gamma function and its relatives.
 * Formulas: Abramowitz and Stegun, "Handbook of Mathematical Functions", chapters 6, 7 and 23.
 */
public final class SpecialFunctions {
    private static final double LOG_SQRT_2PI = 0.91893853320467274178;
    private static final double TWO_OVER_SQRT_PI = 1.12837916709551257390;
    private static final double EPSILON = 1e-17;
    private static final int MOST_TERMS = 2000;

    /** B(2k) / (2k)! for k = 1 … 12: the Euler-Maclaurin coefficients. */
    private static final double[] BERNOULLI = {
        1.0 / 12,
        -1.0 / 720,
        1.0 / 30240,
        -1.0 / 1209600,
        1.0 / 47900160,
        -691.0 / 1307674368000.0,
        1.0 / 74724249600.0,
        -3617.0 / 10670622842880000.0,
        43867.0 / 5109094217170944000.0,
        -174611.0 / 802857662698291200000.0,
        77683.0 / 14101100039391805440000.0,
        -236364091.0 / 1693824136731743669452800000.0
    };

    private SpecialFunctions() {}

    /** The error function (A&amp;S 7.1.6 near 0, 7.1.14 in the tails). */
    public static double erf(double x) {
        double a = Math.abs(x);
        if (Double.isNaN(x)) {
            return x;
        }
        if (a > 2.5) {
            return Math.copySign(1 - tail(a), x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > EPSILON * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
    }

    /** 1 - erf(x), without cancellation for large x. */
    public static double erfc(double x) {
        return x > 2.5 ? tail(x) : 1 - erf(x);
    }

    /** erfc for x above 2 as a continued fraction, from its far end. */
    private static double tail(double x) {
        double f = 0;
        for (int k = 120; k >= 1; k--) {
            f = k / 2.0 / (x + f);
        }
        return Math.exp(-x * x) / ((x + f) * Math.sqrt(Math.PI));
    }

    /** log |gamma(x)|: Stirling's series above 10, recurrence below, reflection for negative x. */
    public static double logGamma(double x) {
        if (x <= 0) {
            if (x == Math.floor(x)) {
                return Double.POSITIVE_INFINITY;
            }
            return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * (x - Math.floor(x))))) - logGamma(1 - x);
        }
        if (x == 1 || x == 2) {
            return 0;
        }
        double product = 1;
        while (x < 10) {
            product *= x;
            x++;
        }
        double q = 1 / (x * x);
        double series = 1 / x * (1.0 / 12 - q * (1.0 / 360 - q * (1.0 / 1260 - q * (1.0 / 1680 - q * (1.0 / 1188
                - q * (691.0 / 360360 - q / 156))))));
        return (x - 0.5) * Math.log(x) - x + LOG_SQRT_2PI + series - Math.log(product);
    }

    /** The derivative of log gamma. */
    public static double digamma(double x) {
        if (x <= 0) {
            if (x == Math.floor(x)) {
                return Double.POSITIVE_INFINITY;
            }
            return digamma(1 - x) - Math.PI / Math.tan(Math.PI * (x - Math.floor(x)));
        }
        double sum = 0;
        while (x < 10) {
            sum -= 1 / x;
            x++;
        }
        double q = 1 / (x * x);
        return sum + Math.log(x) - 0.5 / x - q * (1.0 / 12 - q * (1.0 / 120 - q * (1.0 / 252 - q * (1.0 / 240
                - q * (1.0 / 132 - q * (691.0 / 32760 - q / 12))))));
    }

    /** Hurwitz's zeta function: the sum of (q + k) to the power -x over k = 0, 1 …, for x above 1 (Euler-Maclaurin). */
    public static double zeta(double x, double q) {
        if (x == 1) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < 1 || Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q <= 0) {
            if (q == Math.floor(q)) {
                return Double.POSITIVE_INFINITY;
            }
            if (x != Math.floor(x)) {
                return Double.NaN;
            }
        }
        double sum = 0;
        double a = q;
        for (int k = 0; k < 10 || a < 10; k++, a++) {
            sum += Math.pow(a, -x);
        }
        sum += Math.pow(a, 1 - x) / (x - 1) + 0.5 * Math.pow(a, -x);
        double rising = x;
        double power = Math.pow(a, -x - 1);
        for (int k = 0; k < BERNOULLI.length; k++) {
            sum += BERNOULLI[k] * rising * power;
            rising *= (x + 2 * k + 1) * (x + 2 * k + 2);
            power /= a * a;
        }
        return sum;
    }

    /** The n-th derivative of digamma; NaN unless n is a natural number. */
    public static double polygamma(double n, double x) {
        if (n < 0 || n != Math.floor(n)) {
            return Double.NaN;
        }
        if (n == 0) {
            return digamma(x);
        }
        double sign = n % 2 == 0 ? -1 : 1;
        return sign * Math.exp(logGamma(n + 1)) * zeta(n + 1, x);
    }

    /** The lower regularised incomplete gamma function P(a, x). */
    public static double igamma(double a, double x) {
        if (x == 0) {
            return 0;
        }
        if (x < 0 || a <= 0 || Double.isNaN(x + a)) {
            return Double.NaN;
        }
        return x > 1 && x > a ? 1 - upperFraction(a, x) : lowerSeries(a, x);
    }

    /** The upper regularised incomplete gamma function Q(a, x). */
    public static double igammac(double a, double x) {
        if (x < 0 || a <= 0 || Double.isNaN(x + a)) {
            return Double.NaN;
        }
        return x < 1 || x < a ? 1 - lowerSeries(a, x) : upperFraction(a, x);
    }

    private static double lowerSeries(double a, double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; k < MOST_TERMS && term > EPSILON * sum; k++) {
            term *= x / (a + k);
            sum += term;
        }
        return sum * Math.exp(a * Math.log(x) - x - logGamma(a + 1));
    }

    private static double upperFraction(double a, double x) {
        if (Double.isInfinite(x)) {
            return 0;
        }
        // Lentz's method on A&S 6.5.31.
        double tiny = 1e-300;
        double b = x + 1 - a;
        double c = 1 / tiny;
        double d = 1 / b;
        double h = d;
        for (int i = 1; i < MOST_TERMS; i++) {
            double an = -i * (i - a);
            b += 2;
            d = an * d + b;
            d = 1 / (Math.abs(d) < tiny ? tiny : d);
            c = b + an / c;
            c = Math.abs(c) < tiny ? tiny : c;
            double step = c * d;
            h *= step;
            if (Math.abs(step - 1) < 1e-16) {
                break;
            }
        }
        return h * Math.exp(a * Math.log(x) - x - logGamma(a));
    }

    /** The modified Bessel function of order 0 or 1, scaled by exp(-|x|) (A&amp;S 9.6.10 near 0, 9.7.1 far out). */
    public static double besselIe(int order, double x) {
        double a = Math.abs(x);
        double value;
        if (a < 30) {
            double q = a * a / 4;
            double term = order == 0 ? 1 : a / 2;
            double sum = term;
            for (int k = 1; term > EPSILON * sum; k++) {
                term *= q / ((double) k * (k + order));
                sum += term;
            }
            value = sum * Math.exp(-a);
        } else {
            double mu = 4.0 * order * order;
            double term = 1;
            double sum = 1;
            for (int k = 1; k < 20; k++) {
                term *= -(mu - (2.0 * k - 1) * (2 * k - 1)) / (k * 8 * a);
                sum += term;
            }
            value = sum / Math.sqrt(2 * Math.PI * a);
        }
        return order == 1 && x < 0 ? -value : value;
    }

    /** log(1 + exp(-|d|)) + max(x, y): the logarithm of a sum of two exponentials. */
    public static double logAddExp(double x, double y) {
        double max = Math.max(x, y);
        return Double.isInfinite(max) ? max : max + Math.log1p(Math.exp(-Math.abs(x - y)));
    }

    /** The regularized incomplete beta function I_x(a, b), by its continued fraction (Abramowitz and Stegun 26.5.8, evaluated after Lentz). */
    public static double betainc(double a, double b, double x) {
        if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) {
            return Double.NaN;
        }
        if (x == 0 || x == 1) {
            return x;
        }
        double front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
        return x < (a + 1) / (a + b + 2) ? front * fraction(a, b, x) / a : 1 - front * fraction(b, a, 1 - x) / b;
    }

    private static double fraction(double a, double b, double x) {
        final double tiny = 1e-300;
        double c = 1;
        double d = 1 - (a + b) * x / (a + 1);
        d = 1 / (Math.abs(d) < tiny ? tiny : d);
        double value = d;
        for (int m = 1; m < 10_000; m++) {
            for (int odd = 0; odd < 2; odd++) {
                double step = odd == 0
                        ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                        : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
                d = 1 + step * d;
                d = 1 / (Math.abs(d) < tiny ? tiny : d);
                c = 1 + step / c;
                c = Math.abs(c) < tiny ? tiny : c;
                value *= d * c;
            }
            if (Math.abs(d * c - 1) < 1e-16) {
                break;
            }
        }
        return value;
    }
}
