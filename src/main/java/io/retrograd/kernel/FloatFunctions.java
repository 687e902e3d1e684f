package io.retrograd.kernel;

/**
 * exp, log, tanh and the logistic function on float arrays, in loops that are vectorised. The approximations are those
 * that TensorFlow 1.15 computes with, so that the last digits agree: for exp and log Moshier's polynomials (Cephes
 * library, expf and logf, 1992) as Pommier arranged them for vectors (sse_mathfun, 2007), for the two others rational
 * interpolants (Eigen 3.3). TensorFlow takes eight elements at a time, and for what is left at the end rounds the exact
 * value of exp and log, and computes the logistic function from exp; so do these. Loops that must look at bits are not
 * vectorised by Java 17, and are kept apart from those that are.
 */
public final class FloatFunctions {
    /** Elements at a time: the arrays in between stay in the first-level cache. */
    private static final int TILE = 512;

    /** Fewer elements are done one by one: it is not worth the arrays in between. */
    private static final int FEW = 32;

    /** Elements of a TensorFlow vector. */
    private static final int VECTOR = 8;

    private static final float EXP_MOST = 88.3762626647950f;
    private static final float LOG2_E = 1.44269504088896341f;
    private static final float LN_2_HIGH = 0.693359375f;
    private static final float LN_2_LOW = -2.12194440e-4f;

    /** 1.5 · 2²³: adding it to a small float rounds it, and leaves the integer in the lowest bits. */
    private static final float ROUNDER = 12582912f;

    private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

    /** The bits of -125 + {@link #ROUNDER}. */
    private static final int LEAST_POWER = ROUNDER_BITS - 125;

    /** The bits of the square root of a half. */
    private static final int HALF_ROOT = 0x3f3504f3;

    private static final float TANH_MOST = 9;
    private static final float LOGISTIC_MOST = 18;

    private FloatFunctions() {}

    /** y[i] = e^x[i] for {@code from} &lt;= i &lt; {@code to}; y may be x. */
    public static void exp(float[] x, float[] y, int from, int to) {
        int end = from + (to - from & -VECTOR);
        if (end - from >= FEW) {
            float[] p = new float[TILE];
            float[] m = new float[TILE];
            for (int i = from; i < end; i += TILE) {
                int n = Math.min(TILE, end - i);
                System.arraycopy(x, i, p, 0, n);
                expParts(p, m, n);
                if (powers(m, n)) {
                    multiply(p, m, n);
                    System.arraycopy(x, i, m, 0, n);
                    larger(p, m, n);
                    System.arraycopy(p, 0, y, i, n);
                } else {
                    System.arraycopy(x, i, p, 0, n);
                    expParts(p, m, n);
                    scale(x, p, m, y, i, n);
                }
            }
        } else {
            for (int i = from; i < end; i++) {
                y[i] = exp(x[i]);
            }
        }
        for (int i = end; i < to; i++) {
            y[i] = (float) Math.exp(x[i]);
        }
    }

    /** Replaces x = m ln 2 + r by a polynomial for e^r, and puts m + {@link #ROUNDER} beside it. */
    private static void expParts(float[] p, float[] m, int n) {
        // Several loops, since long ones are not vectorised.
        for (int i = 0; i < n; i++) {
            float x = Math.max(Math.min(p[i], EXP_MOST), -EXP_MOST);
            p[i] = x;
            m[i] = x * LOG2_E + 0.5f;
        }
        for (int i = 0; i < n; i++) {
            float u = m[i];
            float nearest = u + ROUNDER - ROUNDER;
            // floor(u): one less where rounding went up. The difference is a multiple of 2^-26 or 0.
            m[i] = nearest + Math.max(Math.min((u - nearest) * 0x1p30f, 0f), -1f);
        }
        for (int i = 0; i < n; i++) {
            float whole = m[i];
            p[i] = p[i] - whole * LN_2_HIGH - whole * LN_2_LOW;
            m[i] = whole + ROUNDER;
        }
        for (int i = 0; i < n; i++) {
            float r = p[i];
            float s = 1.9875691500E-4f * r + 1.3981999507E-3f;
            s = s * r + 8.3334519073E-3f;
            s = s * r + 4.1665795894E-2f;
            s = s * r + 1.6666665459E-1f;
            s = s * r + 5.0000001201E-1f;
            p[i] = s * (r * r) + r + 1f;
        }
    }

    /** Replaces m + {@link #ROUNDER} by 2^m; whether all m are so large that what is multiplied by it stays normal. */
    private static boolean powers(float[] m, int n) {
        int odd = 0;
        for (int i = 0; i < n; i++) {
            // Its exponent field is m + 127, and ROUNDER's own bits are shifted out.
            int bits = Float.floatToRawIntBits(m[i]);
            odd |= bits - LEAST_POWER;
            m[i] = Float.intBitsToFloat(bits + 127 << 23);
        }
        return odd >= 0;
    }

    private static void multiply(float[] p, float[] m, int n) {
        for (int i = 0; i < n; i++) {
            p[i] *= m[i];
        }
    }

    private static void larger(float[] p, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            p[i] = Math.max(p[i], x[i]);
        }
    }

    private static void scale(float[] x, float[] p, float[] m, float[] y, int at, int n) {
        for (int i = 0; i < n; i++) {
            // 2^m: its exponent field is m + 127, and ROUNDER's own bits are shifted out.
            float power = Float.intBitsToFloat((Float.floatToRawIntBits(m[i]) + 127) << 23);
            float e = p[i] * power;
            y[at + i] = Math.max(e < Float.MIN_NORMAL ? 0 : e, x[at + i]);
        }
    }

    private static float exp(float v) {
        float x = Math.max(Math.min(v, EXP_MOST), -EXP_MOST);
        float u = x * LOG2_E + 0.5f;
        float nearest = u + ROUNDER - ROUNDER;
        float whole = nearest > u ? nearest - 1 : nearest;
        float r = x - whole * LN_2_HIGH - whole * LN_2_LOW;
        float s = 1.9875691500E-4f * r + 1.3981999507E-3f;
        s = s * r + 8.3334519073E-3f;
        s = s * r + 4.1665795894E-2f;
        s = s * r + 1.6666665459E-1f;
        s = s * r + 5.0000001201E-1f;
        float e = (s * (r * r) + r + 1f) * Float.intBitsToFloat((Float.floatToRawIntBits(whole + ROUNDER) + 127) << 23);
        return Math.max(e < Float.MIN_NORMAL ? 0 : e, v);
    }

    /** y[i] = ln x[i]; y may be x. Numbers too small to be normal count as 0. */
    public static void log(float[] x, float[] y, int from, int to) {
        int end = from + (to - from & -VECTOR);
        if (end - from >= FEW) {
            float[] f = new float[TILE];
            float[] e = new float[TILE];
            float[] s = new float[TILE];
            for (int i = from; i < end; i += TILE) {
                int n = Math.min(TILE, end - i);
                boolean ordinary = split(x, i, f, e, n);
                logParts(f, e, s, n);
                if (!ordinary) {
                    for (int j = 0; j < n; j++) {
                        f[j] = isOrdinary(x[i + j]) ? f[j] : unusual(x[i + j]);
                    }
                }
                System.arraycopy(f, 0, y, i, n);
            }
        } else {
            for (int i = from; i < end; i++) {
                y[i] = log(x[i]);
            }
        }
        for (int i = end; i < to; i++) {
            y[i] = (float) Math.log(x[i]);
        }
    }

    private static boolean isOrdinary(float x) {
        return x >= Float.MIN_NORMAL && x < Float.POSITIVE_INFINITY;
    }

    /** The logarithm of a number that is not positive, finite and normal. */
    private static float unusual(float x) {
        if (Math.abs(x) < Float.MIN_NORMAL) {
            return Float.NEGATIVE_INFINITY;
        }
        return x == Float.POSITIVE_INFINITY ? x : Float.NaN;
    }

    /** x = f 2^e with f from the root of a half to the root of two, e + {@link #ROUNDER} in place of e; whether all are positive, finite and normal. */
    private static boolean split(float[] x, int at, float[] f, float[] e, int n) {
        int odd = 0;
        for (int i = 0; i < n; i++) {
            int bits = Float.floatToRawIntBits(x[at + i]);
            int exponent = bits - HALF_ROOT >> 23;
            f[i] = Float.intBitsToFloat(bits - (exponent << 23));
            e[i] = Float.intBitsToFloat(exponent + ROUNDER_BITS);
            // Negative: bits below those of the smallest normal number, or above those of the largest.
            odd |= bits - 0x00800000 | 0x7f7fffff - bits;
        }
        return odd >= 0;
    }

    /** Replaces f by the logarithm of f 2^e; {@code s} holds what is between the loops. */
    private static void logParts(float[] f, float[] e, float[] s, int n) {
        for (int i = 0; i < n; i++) {
            float x = f[i] - 1f;
            f[i] = x;
            s[i] = (7.0376836292E-2f * x - 1.1514610310E-1f) * x + 1.1676998740E-1f;
        }
        for (int i = 0; i < n; i++) {
            float x = f[i];
            s[i] = s[i] * (x * x * x) + ((-1.2420140846E-1f * x + 1.4249322787E-1f) * x - 1.6668057665E-1f);
        }
        for (int i = 0; i < n; i++) {
            float x = f[i];
            s[i] = s[i] * (x * x * x) + ((2.0000714765E-1f * x - 2.4999993993E-1f) * x + 3.3333331174E-1f);
        }
        for (int i = 0; i < n; i++) {
            float x = f[i];
            float x2 = x * x;
            float whole = e[i] - ROUNDER;
            float y = s[i] * (x2 * x) + whole * LN_2_LOW;
            f[i] = x - x2 * 0.5f + y + whole * LN_2_HIGH;
        }
    }

    private static float log(float v) {
        if (!isOrdinary(v)) {
            return unusual(v);
        }
        int bits = Float.floatToRawIntBits(v);
        int exponent = bits - HALF_ROOT >> 23;
        float x = Float.intBitsToFloat(bits - (exponent << 23)) - 1f;
        float x2 = x * x;
        float x3 = x2 * x;
        float a = (7.0376836292E-2f * x - 1.1514610310E-1f) * x + 1.1676998740E-1f;
        float b = (-1.2420140846E-1f * x + 1.4249322787E-1f) * x - 1.6668057665E-1f;
        float c = (2.0000714765E-1f * x - 2.4999993993E-1f) * x + 3.3333331174E-1f;
        float y = ((a * x3 + b) * x3 + c) * x3 + exponent * LN_2_LOW;
        return x - x2 * 0.5f + y + exponent * LN_2_HIGH;
    }

    /** y[i] = tanh x[i], within eight units in the last place; y may be x. */
    public static void tanh(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            float v = Math.max(Math.min(x[i], TANH_MOST), -TANH_MOST);
            float q = v * v;
            float p = q * -2.76076847742355e-16f + 2.00018790482477e-13f;
            p = q * p - 8.60467152213735e-11f;
            p = q * p + 5.12229709037114e-08f;
            p = q * p + 1.48572235717979e-05f;
            p = q * p + 6.37261928875436e-04f;
            p = q * p + 4.89352455891786e-03f;
            float d = q * 1.19825839466702e-06f + 1.18534705686654e-04f;
            d = q * d + 2.26843463243900e-03f;
            d = q * d + 4.89352518554385e-03f;
            y[i] = v * p / d;
        }
    }

    /** y[i] = 1 / (1 + e^-x[i]), within 2.5e-7; y may be x. */
    public static void logistic(float[] x, float[] y, int from, int to) {
        int end = from + (to - from & -VECTOR);
        for (int i = from; i < end; i++) {
            float v = Math.max(Math.min(x[i], LOGISTIC_MOST), -LOGISTIC_MOST);
            float q = v * v;
            float p = q * 4.37031012579801e-11f + 1.15627324459942e-07f;
            p = q * p + 6.08574864600143e-05f;
            p = q * p + 8.51377133304701e-03f;
            p = q * p + 2.48287947061529e-01f;
            float d = q * 6.10247389755681e-13f + 5.76102136993427e-09f;
            d = q * d + 6.29106785017040e-06f;
            d = q * d + 1.70198817374094e-03f;
            d = q * d + 1.16817656904453e-01f;
            d = q * d + 9.93151921023180e-01f;
            y[i] = Math.max(Math.min(v * p / d + 0.5f, 1f), 0f);
        }
        for (int i = end; i < to; i++) {
            float v = x[i];
            y[i] = v < -LOGISTIC_MOST ? 0 : v > LOGISTIC_MOST ? 1 : 1 / (1 + (float) Math.exp(-v));
        }
    }
}
