package io.retrograd.kernel;

/**
 * Comparisons of floats whose answers are the numbers 1 and 0, without a branch, which every second number would
 * mispredict. They are made of products, least and greatest, of which the compiler makes vector instructions: what is
 * above 0 times 2^127 is 2^-22 at least. Only a nan gets through that; so blocks are first searched for one.
 */
public final class FloatMasks {
    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
    private static final int ONE = Float.floatToRawIntBits(1);
    private static final float UP = 0x1p127f;
    private static final float LEAST = 0x1p-22f;
    private static final float BACK = 0x1p22f;

    /** Elements looked through for a nan at a time: they stay in the first-level cache. */
    private static final int BLOCK = 1024;

    private FloatMasks() {}

    /** c = a &lt; b. */
    public static void less(float[] a, float[] b, float[] c, int from, int to) {
        for (int start = from; start < to; start += BLOCK) {
            int end = Math.min(to, start + BLOCK);
            if (isComparable(a, b, start, end)) {
                for (int i = start; i < end; i++) {
                    c[i] = Math.min(Math.max(b[i] - a[i], 0f) * UP, LEAST) * BACK;
                }
            } else {
                for (int i = start; i < end; i++) {
                    int x = Float.floatToRawIntBits(a[i] + 0f);
                    int y = Float.floatToRawIntBits(b[i] + 0f);
                    c[i] = Float.intBitsToFloat(less(x, y) & ordered(x, y) & ONE);
                }
            }
        }
    }

    /** c = a &gt;= b. */
    public static void atLeast(float[] a, float[] b, float[] c, int from, int to) {
        for (int start = from; start < to; start += BLOCK) {
            int end = Math.min(to, start + BLOCK);
            if (isComparable(a, b, start, end)) {
                for (int i = start; i < end; i++) {
                    c[i] = 1f - Math.min(Math.max(b[i] - a[i], 0f) * UP, LEAST) * BACK;
                }
            } else {
                for (int i = start; i < end; i++) {
                    int x = Float.floatToRawIntBits(a[i] + 0f);
                    int y = Float.floatToRawIntBits(b[i] + 0f);
                    c[i] = Float.intBitsToFloat(~less(x, y) & ordered(x, y) & ONE);
                }
            }
        }
    }

    /** y = g where x is above 0, alpha g elsewhere. */
    public static void gate(float[] g, float[] x, float alpha, float[] y, int from, int to) {
        boolean odd = !Float.isFinite(alpha) || alpha == 0 && 1 / alpha < 0;
        for (int start = from; start < to; start += BLOCK) {
            int end = Math.min(to, start + BLOCK);
            if (odd || !isNumbers(x, start, end)) {
                for (int i = start; i < end; i++) {
                    y[i] = g[i] * (x[i] > 0 ? 1 : alpha);
                }
            } else if (alpha == 0) {
                for (int i = start; i < end; i++) {
                    y[i] = g[i] * (Math.min(Math.max(x[i], 0f) * UP, LEAST) * BACK);
                }
            } else {
                for (int i = start; i < end; i++) {
                    float above = Math.min(Math.max(x[i], 0f) * UP, LEAST) * BACK;
                    y[i] = g[i] * (alpha * (1f - above) + above);
                }
            }
        }
    }

    /** Whether there is no nan among them. It may say no where there are both infinities, or their like. */
    private static boolean isNumbers(float[] x, int from, int to) {
        // Several sums, since each has to wait for its last addition.
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = from;
        for (; i < to - 7; i += 8) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        for (; i < to; i++) {
            s0 += x[i];
        }
        return !Float.isNaN(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7);
    }

    /** Whether no difference is a nan, likewise. */
    private static boolean isComparable(float[] a, float[] b, int from, int to) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = from;
        for (; i < to - 3; i += 4) {
            s0 += b[i] - a[i];
            s1 += b[i + 1] - a[i + 1];
            s2 += b[i + 2] - a[i + 2];
            s3 += b[i + 3] - a[i + 3];
        }
        for (; i < to; i++) {
            s0 += b[i] - a[i];
        }
        return !Float.isNaN(s0 + s1 + s2 + s3);
    }

    /** All bits where the number of bits x is below that of bits y; -0 was made 0 before. */
    private static int less(int x, int y) {
        return (int) ((long) key(x) - key(y) >> 63);
    }

    /** An integer that grows with the number. */
    private static int key(int bits) {
        return bits ^ bits >> 31 & Integer.MAX_VALUE;
    }

    /** All bits where neither is a nan. */
    private static int ordered(int x, int y) {
        return ~((INFINITY - (x & Integer.MAX_VALUE) | INFINITY - (y & Integer.MAX_VALUE)) >> 31);
    }
}
