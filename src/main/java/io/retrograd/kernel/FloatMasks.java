package io.retrograd.kernel;

/**
 * Comparisons of floats whose answers are the numbers 1 and 0, without a branch: on random numbers, as dropout compares
 * them, every fifth one would be predicted wrongly.
 */
public final class FloatMasks {
    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
    private static final int ONE = Float.floatToRawIntBits(1);

    private FloatMasks() {}

    /** c = a &lt; b. */
    public static void less(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            int x = Float.floatToRawIntBits(a[i] + 0f);
            int y = Float.floatToRawIntBits(b[i] + 0f);
            c[i] = Float.intBitsToFloat(less(x, y) & ordered(x, y) & ONE);
        }
    }

    /** c = a &gt;= b. */
    public static void atLeast(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            int x = Float.floatToRawIntBits(a[i] + 0f);
            int y = Float.floatToRawIntBits(b[i] + 0f);
            c[i] = Float.intBitsToFloat(~less(x, y) & ordered(x, y) & ONE);
        }
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
