package io.retrograd.tensor.random;

/**
 * Logarithm, sine and cosine with the bits of glibc 2.28 and later, on which the digits of TensorFlow's and numpy's
 * normal numbers depend. The algorithms and constants are those of Arm Optimized Routines (MIT licence, see NOTICE).
 */
public final class Glibc {
    private static final double LN2_HI = 0x1.62e42fefa3800p-1;
    private static final double LN2_LO = 0x1.ef35793c76730p-45;
    /** Bits of the lower end of the range [0.6875, 1.375) that arguments are scaled into. */
    private static final long LOG_OFF = 0x3fe6000000000000L;
    private static final long NEAR_ONE_FROM = Double.doubleToRawLongBits(1.0 - 0x1p-4);
    private static final long NEAR_ONE_TO = Double.doubleToRawLongBits(1.0 + 0x1.09p-4);

    private static final int LOGF_OFF = 0x3f330000;
    private static final double LN2 = 0x1.62e42fefa39efp-1;
    private static final double[] LOGF_TABLE = {
        0x1.661ec79f8f3bep+0, -0x1.57bf7808caadep-2, 0x1.571ed4aaf883dp+0, -0x1.2bef0a7c06ddbp-2,
        0x1.49539f0f010bp+0, -0x1.01eae7f513a67p-2, 0x1.3c995b0b80385p+0, -0x1.b31d8a68224e9p-3,
        0x1.30d190c8864a5p+0, -0x1.6574f0ac07758p-3, 0x1.25e227b0b8eap+0, -0x1.1aa2bc79c81p-3,
        0x1.1bb4a4a1a343fp+0, -0x1.a4e76ce8c0e5ep-4, 0x1.12358f08ae5bap+0, -0x1.1973c5a611cccp-4,
        0x1.0953f419900a7p+0, -0x1.252f438e10c1ep-5, 0x1p+0, 0x0p+0,
        0x1.e608cfd9a47acp-1, 0x1.aa5aa5df25984p-5, 0x1.ca4b31f026aap-1, 0x1.c5e53aa362eb4p-4,
        0x1.b2036576afce6p-1, 0x1.526e57720db08p-3, 0x1.9c2d163a1aa2dp-1, 0x1.bc2860d22477p-3,
        0x1.886e6037841edp-1, 0x1.1058bc8a07ee1p-2, 0x1.767dcf5534862p-1, 0x1.4043057b6ee09p-2,
    };

    private static final double TWO_OVER_PI = 0x1.45F306DC9C883p+23;
    private static final double HALF_PI = 0x1.921FB54442D18p0;
    private static final double C1 = -0x1.ffffffd0c621cp-2;
    private static final double C2 = 0x1.55553e1068f19p-5;
    private static final double C3 = -0x1.6c087e89a359dp-10;
    private static final double C4 = 0x1.99343027bf8c3p-16;
    private static final double S1 = -0x1.555545995a603p-3;
    private static final double S2 = 0x1.1107605230bc4p-7;
    private static final double S3 = -0x1.994eb3774cf24p-13;
    /** Above this the one-step reduction of the fast path loses accuracy. */
    private static final float FAST_LIMIT = 120f;

    private Glibc() {
    }

    /** The natural logarithm. */
    public static double log(double x) {
        long ix = Double.doubleToRawLongBits(x);
        if (ix >= NEAR_ONE_FROM && ix < NEAR_ONE_TO) {
            return logNearOne(x - 1.0);
        }
        if (!(x >= Double.MIN_NORMAL && x < Double.POSITIVE_INFINITY)) {
            if (x == 0) {
                return Double.NEGATIVE_INFINITY;
            }
            if (!(x > 0) || x == Double.POSITIVE_INFINITY) {
                return x == Double.POSITIVE_INFINITY ? x : Double.NaN;
            }
            ix = Double.doubleToRawLongBits(x * 0x1p52) - (52L << 52);
        }
        long tmp = ix - LOG_OFF;
        int i = (int) (tmp >>> 45) & 127;
        double k = tmp >> 52;
        double z = Double.longBitsToDouble(ix - (tmp & 0xfffL << 52));
        double r = Math.fma(z, LogTable.INVERSE_AND_LOG[2 * i], -1.0);
        double w = Math.fma(k, LN2_HI, LogTable.INVERSE_AND_LOG[2 * i + 1]);
        double hi = w + r;
        double lo = Math.fma(k, LN2_LO, w - hi + r);
        double r2 = r * r;
        double p = Math.fma(r2, Math.fma(r, -0x1.55575e506c89fp-3, 0x1.999b324f10111p-3),
                Math.fma(r, -0x1.fffffffeb459p-3, 0x1.555555551305bp-2));
        return Math.fma(r * r2, p, Math.fma(r2, -0x1.0000000000001p-1, lo)) + hi;
    }

    private static double logNearOne(double r) {
        if (r == 0) {
            return 0;
        }
        double r2 = r * r;
        double r3 = r * r2;
        double c = Math.fma(r3, -0x1.5521375d145cdp-4,
                Math.fma(r2, 0x1.78182f7afd085p-4, Math.fma(r, -0x1.999eb43b068ffp-4, 0x1.c7184282ad6cap-4)));
        double b = Math.fma(r3, c,
                Math.fma(r2, -0x1.fffffa4423d65p-4, Math.fma(r, 0x1.24924a344de3p-3, -0x1.55555556745a7p-3)));
        double a = Math.fma(r3, b,
                Math.fma(r2, 0x1.999999995dd0cp-3, Math.fma(r, -0x1.ffffffffffdcbp-3, 0x1.5555555555577p-2)));
        double w = r * 0x1p27;
        double rhi = r + w - w;
        double rlo = r - rhi;
        w = rhi * rhi * -0.5;
        double hi = r + w;
        double lo = r - hi + w;
        lo = Math.fma(-0.5 * rlo, rhi + r, lo);
        return Math.fma(r3, a, lo) + hi;
    }

    /** The natural logarithm of a positive normal float. */
    static float log(float x) {
        if (x == 1) {
            return 0;
        }
        int ix = Float.floatToRawIntBits(x);
        int tmp = ix - LOGF_OFF;
        int i = tmp >>> 19 & 15;
        double z = Float.intBitsToFloat(ix - (tmp & 0xff800000));
        double r = z * LOGF_TABLE[2 * i] - 1;
        double y0 = LOGF_TABLE[2 * i + 1] + (tmp >> 23) * LN2;
        double r2 = r * r;
        double y = 0x1.5575b0be00b6ap-2 * r + -0x1.ffffef20a4123p-2;
        y = -0x1.00ea348b88334p-2 * r2 + y;
        return (float) (y * r2 + (y0 + r));
    }

    /** The sine of an angle of at most 120 in absolute value. */
    static float sin(float y) {
        return sine(y, 0);
    }

    /** The cosine of an angle of at most 120 in absolute value. */
    static float cos(float y) {
        return sine(y, 1);
    }

    /** The sine of {@code y} advanced by {@code quarter} right angles. */
    private static float sine(float y, int quarter) {
        double x = y;
        float a = Math.abs(y);
        if (a < 0x1.921FB6p-1f && Float.floatToRawIntBits(a) >>> 20 < Float.floatToRawIntBits(0x1.921FB6p-1f) >>> 20) {
            if (a < 0x1p-12f) {
                return quarter == 0 ? y : 1f;
            }
            return polynomial(x, x * x, 1, quarter);
        }
        if (!(a < FAST_LIMIT)) {
            return (float) (quarter == 0 ? Math.sin(x) : Math.cos(x));
        }
        int n = (int) (x * TWO_OVER_PI) + 0x800000 >> 24;
        x -= n * HALF_PI;
        double sign = (n & 3) == 1 || (n & 3) == 2 ? -1 : 1;
        return polynomial(x * sign, x * x, (n & 2) != 0 ? -1 : 1, n ^ quarter);
    }

    private static float polynomial(double x, double x2, int cosineSign, int n) {
        if ((n & 1) == 0) {
            double x3 = x * x2;
            double s1 = S2 + x2 * S3;
            return (float) (x + x3 * S1 + x3 * x2 * s1);
        }
        double x4 = x2 * x2;
        double c2 = C3 + x2 * C4;
        double c = 1 + x2 * C1 + x4 * C2;
        return (float) (cosineSign * (c + x4 * x2 * c2));
    }
}
