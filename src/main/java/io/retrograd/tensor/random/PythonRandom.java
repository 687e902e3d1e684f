package io.retrograd.tensor.random;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Python's random.Random with CPython 3.11's streams: the Mersenne Twister and the methods drawn from it. */
public final class PythonRandom {
    private static final double NORMAL_MAGIC = 4 * Math.exp(-0.5) / Math.sqrt(2.0);
    private static final double LOG4 = Math.log(4.0);
    private static final double SG_MAGIC = 1.0 + Math.log(4.5);

    private final MersenneTwister bits = new MersenneTwister();
    private boolean hasGauss;
    private double gauss;

    /** Seeded by chance. */
    public PythonRandom() {
        seed();
    }

    /** Starts again by chance. */
    public void seed() {
        seed(BigInteger.valueOf(ThreadLocalRandom.current().nextLong()));
    }

    /** Starts again with an integer of any size; its sign does not matter. */
    public void seed(BigInteger seed) {
        BigInteger n = seed.abs();
        int[] words = new int[Math.max(1, (n.bitLength() + 31) / 32)];
        for (int i = 0; i < words.length; i++) {
            words[i] = n.shiftRight(32 * i).intValue();
        }
        bits.seed(words);
        hasGauss = false;
    }

    /** The generator underneath. */
    public MersenneTwister bits() {
        return bits;
    }

    /** Uniform in [0, 1). */
    public double random() {
        return bits.nextDouble();
    }

    /** {@code k} random bits; {@code k} &gt; 0. */
    public BigInteger getrandbits(int k) {
        BigInteger result = BigInteger.ZERO;
        for (int shift = 0; shift < k; shift += 32) {
            int left = k - shift;
            long word = bits.nextUnsigned();
            result = result.or(BigInteger.valueOf(left < 32 ? word >>> 32 - left : word).shiftLeft(shift));
        }
        return result;
    }

    /** A number in [0, n); n &gt; 0. */
    public long below(long n) {
        int k = 64 - Long.numberOfLeadingZeros(n);
        long r;
        do {
            if (k <= 32) {
                r = bits.nextUnsigned() >>> 32 - k;
            } else {
                long low = bits.nextUnsigned();
                r = bits.nextUnsigned() >>> 64 - k << 32 | low;
            }
        } while (r >= n);
        return r;
    }

    /** A number in [0, n); n &gt; 0. */
    public BigInteger below(BigInteger n) {
        BigInteger r;
        do {
            r = getrandbits(n.bitLength());
        } while (r.compareTo(n) >= 0);
        return r;
    }

    public double uniform(double a, double b) {
        return a + (b - a) * random();
    }

    public double triangular(double low, double high, double mode) {
        if (high == low) {
            random();
            return low;
        }
        double u = random();
        double c = (mode - low) / (high - low);
        if (u > c) {
            u = 1.0 - u;
            c = 1.0 - c;
            double t = low;
            low = high;
            high = t;
        }
        return low + (high - low) * Math.sqrt(u * c);
    }

    public double gauss(double mean, double deviation) {
        double z;
        if (hasGauss) {
            z = gauss;
            hasGauss = false;
        } else {
            double angle = random() * (2 * Math.PI);
            double radius = Math.sqrt(-2.0 * Glibc.log(1.0 - random()));
            z = Math.cos(angle) * radius;
            gauss = Math.sin(angle) * radius;
            hasGauss = true;
        }
        return mean + z * deviation;
    }

    /** Kinderman and Monahan's ratio of uniforms. */
    public double normalvariate(double mean, double deviation) {
        while (true) {
            double u1 = random();
            double u2 = 1.0 - random();
            double z = NORMAL_MAGIC * (u1 - 0.5) / u2;
            if (z * z / 4.0 <= -Glibc.log(u2)) {
                return mean + z * deviation;
            }
        }
    }

    public double lognormvariate(double mean, double deviation) {
        return Math.exp(normalvariate(mean, deviation));
    }

    public double expovariate(double lambda) {
        return -Glibc.log(1.0 - random()) / lambda;
    }

    public double gammavariate(double alpha, double beta) {
        if (alpha > 1.0) {
            double ainv = Math.sqrt(2.0 * alpha - 1.0);
            double bbb = alpha - LOG4;
            double ccc = alpha + ainv;
            while (true) {
                double u1 = random();
                if (!(1e-7 < u1 && u1 < 0.9999999)) {
                    continue;
                }
                double u2 = 1.0 - random();
                double v = Glibc.log(u1 / (1.0 - u1)) / ainv;
                double x = alpha * Math.exp(v);
                double z = u1 * u1 * u2;
                double r = bbb + ccc * v - x;
                if (r + SG_MAGIC - 4.5 * z >= 0.0 || r >= Glibc.log(z)) {
                    return x * beta;
                }
            }
        }
        if (alpha == 1.0) {
            return -Glibc.log(1.0 - random()) * beta;
        }
        while (true) {
            double u = random();
            double b = (Math.E + alpha) / Math.E;
            double p = b * u;
            double x = p <= 1.0 ? Math.pow(p, 1.0 / alpha) : -Glibc.log((b - p) / alpha);
            double u1 = random();
            if (p > 1.0 ? u1 <= Math.pow(x, alpha - 1.0) : u1 <= Math.exp(-x)) {
                return x * beta;
            }
        }
    }

    public double betavariate(double alpha, double beta) {
        double y = gammavariate(alpha, 1.0);
        return y == 0 ? 0 : y / (y + gammavariate(beta, 1.0));
    }

    public double paretovariate(double alpha) {
        return Math.pow(1.0 - random(), -1.0 / alpha);
    }

    public double weibullvariate(double alpha, double beta) {
        return alpha * Math.pow(-Glibc.log(1.0 - random()), 1.0 / beta);
    }

    /** Shuffles {@code n} things in place. */
    public void shuffle(int n, RandomState.Swap swap) {
        for (int i = n - 1; i > 0; i--) {
            swap.swap(i, (int) below(i + 1L));
        }
    }

    /** Which {@code k} of {@code n} things sample takes, in its order; 0 ≤ k ≤ n. */
    public int[] sample(int n, int k) {
        int[] result = new int[k];
        int setSize = 21;
        if (k > 5) {
            setSize += 1 << 2 * (int) Math.ceil(Math.log(k * 3L) / Math.log(4));
        }
        if (n <= setSize) {
            int[] pool = new int[n];
            for (int i = 0; i < n; i++) {
                pool[i] = i;
            }
            for (int i = 0; i < k; i++) {
                int j = (int) below(n - i);
                result[i] = pool[j];
                pool[j] = pool[n - i - 1];
            }
            return result;
        }
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < k; i++) {
            int j;
            do {
                j = (int) below(n);
            } while (!taken.add(j));
            result[i] = j;
        }
        return result;
    }

    /** Which of {@code n} things choices takes at one draw without weights. */
    public int choice(int n) {
        return (int) Math.floor(random() * (double) n);
    }

    /** Which of the things with these cumulative weights choices takes at one draw. */
    public int choice(double[] cumulative) {
        double target = random() * cumulative[cumulative.length - 1];
        int lo = 0;
        int hi = cumulative.length - 1;
        while (lo < hi) {
            int mid = lo + hi >>> 1;
            if (target < cumulative[mid]) {
                hi = mid;
            } else {
                lo = mid + 1;
            }
        }
        return lo;
    }
}
