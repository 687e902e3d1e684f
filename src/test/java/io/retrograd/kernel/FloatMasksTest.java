package io.retrograd.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Masks without branches against the comparison itself, on all pairs of the numbers that are special. */
class FloatMasksTest {
    private static final float[] SPECIAL = {
        0f, -0f, 1f, -1f, 0.2f, Math.nextUp(0.2f), Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, -Float.MIN_NORMAL,
        Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN,
        Float.intBitsToFloat(0xffc00001)
    };

    @Test
    void masksAreComparisons() {
        int n = SPECIAL.length * SPECIAL.length;
        float[] a = new float[n];
        float[] b = new float[n];
        float[] less = new float[n];
        float[] atLeast = new float[n];
        for (int i = 0; i < n; i++) {
            a[i] = SPECIAL[i / SPECIAL.length];
            b[i] = SPECIAL[i % SPECIAL.length];
        }
        FloatMasks.less(a, b, less, 0, n);
        FloatMasks.atLeast(a, b, atLeast, 0, n);
        for (int i = 0; i < n; i++) {
            assertEquals(a[i] < b[i] ? 1f : 0f, less[i], a[i] + " < " + b[i]);
            assertEquals(a[i] >= b[i] ? 1f : 0f, atLeast[i], a[i] + " >= " + b[i]);
        }
    }
}
