package io.retrograd.tensor.random;

import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.concurrent.ThreadLocalRandom;

/**
 * numpy's legacy generator (numpy.random.RandomState, and the functions of numpy.random), bit for bit: the Mersenne
 * Twister and the distributions whose streams numpy has frozen. Continuous distributions are one draw a call, in the
 * order in which numpy fills arrays; arguments are taken as checked.
 */
public final class RandomState {
    private static final double[] LOG_GAMMA = {8.333333333333333e-02, -2.777777777777778e-03, 7.936507936507937e-04,
        -5.952380952380952e-04, 8.417508417508418e-04, -1.917526917526918e-03, 6.410256410256410e-03,
        -2.955065359477124e-02, 1.796443723688307e-01, -1.39243221690590e+00};

    private final MersenneTwister bits = new MersenneTwister();
    private boolean hasGauss;
    private double gauss;

    /** Seeded by chance. */
    public RandomState() {
        int[] words = new int[8];
        for (int i = 0; i < words.length; i++) {
            words[i] = ThreadLocalRandom.current().nextInt();
        }
        seed(words);
    }

    /** Seeded with a number from 0 to 2³²−1. */
    public RandomState(long seed) {
        seed(seed);
    }

    /** Starts again with a number from 0 to 2³²−1. */
    public void seed(long seed) {
        bits.seed((int) seed);
        hasGauss = false;
    }

    /** Starts again with several 32-bit words (a seed that is a list). */
    public void seed(int[] words) {
        bits.seed(words);
        hasGauss = false;
    }

    /** The generator underneath. */
    public MersenneTwister bits() {
        return bits;
    }

    public boolean hasGauss() {
        return hasGauss;
    }

    /** The normal number kept for the next draw; meaningful if {@link #hasGauss()}. */
    public double cachedGauss() {
        return gauss;
    }

    /** Restores what get_state gave beside the words. */
    public void restoreGauss(boolean has, double value) {
        hasGauss = has;
        gauss = value;
    }

    // ---- continuous distributions

    /** Uniform in [0, 1). */
    public double random() {
        return bits.nextDouble();
    }

    public double uniform(double low, double range) {
        return low + range * bits.nextDouble();
    }

    /** Standard normal: the polar method, which makes two and keeps one. */
    public double gauss() {
        if (hasGauss) {
            hasGauss = false;
            return gauss;
        }
        double x1;
        double x2;
        double r2;
        do {
            x1 = 2.0 * bits.nextDouble() - 1.0;
            x2 = 2.0 * bits.nextDouble() - 1.0;
            r2 = x1 * x1 + x2 * x2;
        } while (r2 >= 1.0 || r2 == 0.0);
        double f = Math.sqrt(-2.0 * Glibc.log(r2) / r2);
        gauss = f * x1;
        hasGauss = true;
        return f * x2;
    }

    public double normal(double mean, double deviation) {
        return mean + deviation * gauss();
    }

    public double lognormal(double mean, double deviation) {
        return Math.exp(normal(mean, deviation));
    }

    public double standardExponential() {
        return -Glibc.log(1.0 - bits.nextDouble());
    }

    public double exponential(double scale) {
        return scale * standardExponential();
    }

    /** Marsaglia and Tsang's method for shapes above 1. */
    public double standardGamma(double shape) {
        if (shape == 1.0) {
            return standardExponential();
        }
        if (shape == 0.0) {
            return 0.0;
        }
        if (shape < 1.0) {
            while (true) {
                double u = bits.nextDouble();
                double v = standardExponential();
                if (u <= 1.0 - shape) {
                    double x = Math.pow(u, 1.0 / shape);
                    if (x <= v) {
                        return x;
                    }
                } else {
                    double y = -Glibc.log((1 - u) / shape);
                    double x = Math.pow(1.0 - shape + shape * y, 1.0 / shape);
                    if (x <= v + y) {
                        return x;
                    }
                }
            }
        }
        double b = shape - 1 / 3.0;
        double c = 1.0 / Math.sqrt(9 * b);
        while (true) {
            double x;
            double v;
            do {
                x = gauss();
                v = 1.0 + c * x;
            } while (v <= 0.0);
            v = v * v * v;
            double u = bits.nextDouble();
            if (u < 1.0 - 0.0331 * (x * x) * (x * x)
                    || Glibc.log(u) < 0.5 * x * x + b * (1.0 - v + Glibc.log(v))) {
                return b * v;
            }
        }
    }

    public double gamma(double shape, double scale) {
        return scale * standardGamma(shape);
    }

    /** Jöhnk's method where both parameters are at most 1, else a ratio of gammas. */
    public double beta(double a, double b) {
        if (a > 1.0 || b > 1.0) {
            double ga = standardGamma(a);
            double gb = standardGamma(b);
            return ga / (ga + gb);
        }
        while (true) {
            double u = bits.nextDouble();
            double v = bits.nextDouble();
            double x = Math.pow(u, 1.0 / a);
            double y = Math.pow(v, 1.0 / b);
            if (x + y <= 1.0) {
                if (x + y > 0) {
                    return x / (x + y);
                }
                double logX = Glibc.log(u) / a;
                double logY = Glibc.log(v) / b;
                double logM = Math.max(logX, logY);
                logX -= logM;
                logY -= logM;
                return Math.exp(logX - Glibc.log(Math.exp(logX) + Math.exp(logY)));
            }
        }
    }

    public double chisquare(double df) {
        return 2.0 * standardGamma(df / 2.0);
    }

    public double f(double dfnum, double dfden) {
        double subexpr1 = chisquare(dfnum) * dfden;
        double subexpr2 = chisquare(dfden) * dfnum;
        return subexpr1 / subexpr2;
    }

    public double standardCauchy() {
        double n = gauss();
        return n / gauss();
    }

    public double standardT(double df) {
        double n = gauss();
        double g = standardGamma(df / 2);
        return Math.sqrt(df / 2) * n / Math.sqrt(g);
    }

    public double pareto(double a) {
        return Math.exp(standardExponential() / a) - 1;
    }

    public double weibull(double a) {
        return a == 0.0 ? 0.0 : Math.pow(standardExponential(), 1.0 / a);
    }

    public double power(double a) {
        return Math.pow(1 - Math.exp(-standardExponential()), 1.0 / a);
    }

    public double laplace(double mean, double scale) {
        while (true) {
            double u = bits.nextDouble();
            if (u >= 0.5) {
                return mean - scale * Glibc.log(2.0 - u - u);
            }
            if (u > 0.0) {
                return mean + scale * Glibc.log(u + u);
            }
        }
    }

    public double gumbel(double mode, double scale) {
        while (true) {
            double u = 1.0 - bits.nextDouble();
            if (u < 1.0) {
                return mode - scale * Glibc.log(-Glibc.log(u));
            }
        }
    }

    public double logistic(double mean, double scale) {
        while (true) {
            double u = bits.nextDouble();
            if (u > 0.0) {
                return mean + scale * Glibc.log(u / (1.0 - u));
            }
        }
    }

    public double rayleigh(double mode) {
        return mode * Math.sqrt(-2.0 * Math.log1p(-bits.nextDouble()));
    }

    public double wald(double mean, double scale) {
        double mu2l = mean / (2 * scale);
        double y = gauss();
        y = mean * y * y;
        double x = mean + mu2l * (y - Math.sqrt(4 * scale * y + y * y));
        double u = bits.nextDouble();
        return u <= mean / (mean + x) ? x : mean * mean / x;
    }

    public double triangular(double left, double mode, double right) {
        double base = right - left;
        double leftBase = mode - left;
        double ratio = leftBase / base;
        double leftProduct = leftBase * base;
        double rightProduct = (right - mode) * base;
        double u = bits.nextDouble();
        return u <= ratio ? left + Math.sqrt(u * leftProduct) : right - Math.sqrt((1.0 - u) * rightProduct);
    }

    // ---- discrete distributions

    /** A number in [0, max]: masked, drawn again while too large. */
    public long interval(long max) {
        if (max == 0) {
            return 0;
        }
        long mask = mask(max);
        long value;
        if (max > 0 && max <= 0xffffffffL) {
            do {
                value = bits.nextUnsigned() & mask;
            } while (value > max);
        } else {
            do {
                value = bits.nextLong() & mask;
            } while (Long.compareUnsigned(value, max) > 0);
        }
        return value;
    }

    private static long mask(long max) {
        return max == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(max);
    }

    /**
     * Fills an integer or BOOL array with uniform numbers as numpy's randint does: 8- and 16-bit types share words.
     *
     * @param out contiguous, of the type to draw
     * @param range highest minus lowest number, as an unsigned long
     */
    public void randint(NdArray out, long low, long range) {
        int n = out.size();
        int width = out.dtype() == DType.BOOL ? 1 : 8 * out.dtype().byteSize();
        long mask = mask(range);
        if (width >= 32) {
            for (int i = 0; i < n; i++) {
                out.setLong(i, low + (range == -1 ? bits.nextLong() : interval(range)));
            }
            return;
        }
        int left = 0;
        int word = 0;
        for (int i = 0; i < n; i++) {
            long value = 0;
            do {
                if (range == 0) {
                    break;
                }
                if (left == 0) {
                    word = bits.nextInt();
                    left = 32 / width;
                } else {
                    word >>>= width;
                }
                left--;
                value = word & mask;
            } while (value > range);
            out.setLong(i, low + value);
        }
    }

    /** A long from 0 to 2⁶³−1. */
    public long tomaxint() {
        return bits.nextLong() >>> 1;
    }

    public long poisson(double lambda) {
        if (lambda >= 10) {
            return poissonRejected(lambda);
        }
        if (lambda == 0) {
            return 0;
        }
        double limit = Math.exp(-lambda);
        long x = 0;
        double product = 1.0;
        while (true) {
            product *= bits.nextDouble();
            if (product <= limit) {
                return x;
            }
            x++;
        }
    }

    /** Transformed rejection (Hörmann, "The transformed rejection method for generating Poisson random variables", 1993). */
    private long poissonRejected(double lambda) {
        double root = Math.sqrt(lambda);
        double logLambda = Glibc.log(lambda);
        double b = 0.931 + 2.53 * root;
        double a = -0.059 + 0.02483 * b;
        double invAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double vr = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = bits.nextDouble() - 0.5;
            double v = bits.nextDouble();
            double us = 0.5 - Math.abs(u);
            long k = (long) Math.floor((2 * a / us + b) * u + lambda + 0.43);
            if (us >= 0.07 && v <= vr) {
                return k;
            }
            if (k < 0 || us < 0.013 && v > us) {
                continue;
            }
            if (Glibc.log(v) + Glibc.log(invAlpha) - Glibc.log(a / (us * us) + b)
                    <= -lambda + k * logLambda - logGamma(k + 1)) {
                return k;
            }
        }
    }

    private static double logGamma(double x) {
        if (x == 1.0 || x == 2.0) {
            return 0.0;
        }
        long n = x < 7.0 ? (long) (7 - x) : 0;
        double x0 = x + n;
        double x2 = 1.0 / x0 * (1.0 / x0);
        double g = LOG_GAMMA[9];
        for (int k = 8; k >= 0; k--) {
            g = g * x2 + LOG_GAMMA[k];
        }
        double result = g / x0 + 0.5 * 1.8378770664093453 + (x0 - 0.5) * Glibc.log(x0) - x0;
        for (long k = 1; k <= n; k++) {
            result -= Glibc.log(x0 - 1.0);
            x0 -= 1.0;
        }
        return result;
    }

    public long binomial(long n, double p) {
        if (n == 0 || p == 0) {
            return 0;
        }
        if (p <= 0.5) {
            return p * n <= 30.0 ? binomialInverted(n, p) : binomialRejected(n, p);
        }
        double q = 1.0 - p;
        return q * n <= 30.0 ? n - binomialInverted(n, q) : n - binomialRejected(n, q);
    }

    private long binomialInverted(long n, double p) {
        double q = 1.0 - p;
        double qn = Math.exp(n * Glibc.log(q));
        double np = n * p;
        long bound = (long) Math.min(n, np + 10.0 * Math.sqrt(np * q + 1));
        long x = 0;
        double px = qn;
        double u = bits.nextDouble();
        while (u > px) {
            x++;
            if (x > bound) {
                x = 0;
                px = qn;
                u = bits.nextDouble();
            } else {
                u -= px;
                px = (n - x + 1) * p * px / (x * q);
            }
        }
        return x;
    }

    /** BTPE (Kachitvichyanukul and Schmeiser, "Binomial random variate generation", 1988). */
    private long binomialRejected(long n, double p) {
        double r = Math.min(p, 1.0 - p);
        double q = 1.0 - r;
        double fm = n * r + r;
        long m = (long) Math.floor(fm);
        double p1 = Math.floor(2.195 * Math.sqrt(n * r * q) - 4.6 * q) + 0.5;
        double xm = m + 0.5;
        double xl = xm - p1;
        double xr = xm + p1;
        double c = 0.134 + 20.5 / (15.3 + m);
        double a = (fm - xl) / (fm - xl * r);
        double laml = a * (1.0 + a / 2.0);
        a = (xr - fm) / (xr * q);
        double lamr = a * (1.0 + a / 2.0);
        double p2 = p1 * (1.0 + 2.0 * c);
        double p3 = p2 + c / laml;
        double p4 = p3 + c / lamr;
        double nrq = n * r * q;
        while (true) {
            double u = bits.nextDouble() * p4;
            double v = bits.nextDouble();
            long y;
            if (u <= p1) {
                y = (long) Math.floor(xm - p1 * v + u);
                return p > 0.5 ? n - y : y;
            }
            if (u <= p2) {
                double x = xl + (u - p1) / c;
                v = v * c + 1.0 - Math.abs(m - x + 0.5) / p1;
                if (v > 1.0) {
                    continue;
                }
                y = (long) Math.floor(x);
            } else if (u <= p3) {
                y = (long) Math.floor(xl + Glibc.log(v) / laml);
                if (y < 0 || v == 0.0) {
                    continue;
                }
                v = v * (u - p2) * laml;
            } else {
                y = (long) Math.floor(xr - Glibc.log(v) / lamr);
                if (y > n || v == 0.0) {
                    continue;
                }
                v = v * (u - p3) * lamr;
            }
            if (accepted(v, y, n, m, r, q, nrq, xm)) {
                return p > 0.5 ? n - y : y;
            }
        }
    }

    private static boolean accepted(double v, long y, long n, long m, double r, double q, double nrq, double xm) {
        long k = Math.abs(y - m);
        if (!(k > 20 && k < nrq / 2.0 - 1)) {
            double s = r / q;
            double a = s * (n + 1);
            double f = 1.0;
            for (long i = m + 1; i <= y; i++) {
                f *= a / i - s;
            }
            for (long i = y + 1; i <= m; i++) {
                f /= a / i - s;
            }
            return v <= f;
        }
        double rho = k / nrq * ((k * (k / 3.0 + 0.625) + 0.16666666666666666) / nrq + 0.5);
        double t = -k * k / (2 * nrq);
        double logV = Glibc.log(v);
        if (logV < t - rho) {
            return true;
        }
        if (logV > t + rho) {
            return false;
        }
        double x1 = y + 1;
        double f1 = m + 1;
        double z = n + 1 - m;
        double w = n - y + 1;
        return logV <= xm * Glibc.log(f1 / x1) + (n - m + 0.5) * Glibc.log(z / w)
                + (y - m) * Glibc.log(w * r / (x1 * q)) + stirling(f1) + stirling(z) + stirling(x1) + stirling(w);
    }

    private static double stirling(double x) {
        double x2 = x * x;
        return (13680. - (462. - (132. - (99. - 140. / x2) / x2) / x2) / x2) / x / 166320.;
    }

    public long negativeBinomial(double n, double p) {
        return poisson(gamma(n, (1 - p) / p));
    }

    public long geometric(double p) {
        if (p >= 0.333333333333333333333333) {
            long x = 1;
            double sum = p;
            double product = p;
            double u = bits.nextDouble();
            while (u > sum) {
                product *= 1.0 - p;
                sum += product;
                x++;
            }
            return x;
        }
        return (long) Math.ceil(Glibc.log(1.0 - bits.nextDouble()) / Glibc.log(1.0 - p));
    }

    /** How often each of {@code p.length} outcomes occurs in {@code n} trials. */
    public long[] multinomial(long n, double[] p) {
        long[] counts = new long[p.length];
        double remaining = 1.0;
        long left = n;
        for (int j = 0; j < p.length - 1; j++) {
            counts[j] = binomial(left, p[j] / remaining);
            left -= counts[j];
            if (left <= 0) {
                break;
            }
            remaining -= p[j];
        }
        if (left > 0) {
            counts[p.length - 1] = left;
        }
        return counts;
    }

    // ---- order

    /** The order into which shuffle brings {@code n} things. */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        shuffle(n, (i, j) -> {
            int t = order[i];
            order[i] = order[j];
            order[j] = t;
        });
        return order;
    }

    /** Exchanges two things. */
    @FunctionalInterface
    public interface Swap {
        void swap(int i, int j);
    }

    /** Shuffles {@code n} things in place. */
    public void shuffle(int n, Swap swap) {
        for (int i = n - 1; i > 0; i--) {
            int j = (int) interval(i);
            if (i != j) {
                swap.swap(i, j);
            }
        }
    }
}
