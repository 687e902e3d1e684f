package io.retrograd.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Masks without branches against the comparison itself, on all pairs of the numbers that are special. */
class FloatMasksTest {
    private static final float[] SPECIAL = {
        0f, -0f, 1f, -1f, 0.2f, Math.nextUp(0.2f), Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, -Float.MIN_NORMAL,
        Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN,
        Float.intBitsToFloat(0xffc00001)
    };

    private static final float[] FACTORS = {0f, -0f, 0.2f, 1f, -3f, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NaN};

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
        compare(a, b, less, atLeast);
        // Each pair on its own: those with a nan go another way.
        for (int i = 0; i < n; i++) {
            FloatMasks.less(a, b, less, i, i + 1);
            FloatMasks.atLeast(a, b, atLeast, i, i + 1);
        }
        compare(a, b, less, atLeast);
    }

    private static void compare(float[] a, float[] b, float[] less, float[] atLeast) {
        for (int i = 0; i < a.length; i++) {
            assertEquals(a[i] < b[i] ? 1f : 0f, less[i], a[i] + " < " + b[i]);
            assertEquals(a[i] >= b[i] ? 1f : 0f, atLeast[i], a[i] + " >= " + b[i]);
        }
    }

    @Test
    void gateMultipliesByOneOrAlpha() {
        int n = SPECIAL.length;
        float[] y = new float[n];
        for (float alpha : FACTORS) {
            for (float g : SPECIAL) {
                float[] all = new float[n];
                Arrays.fill(all, g);
                FloatMasks.gate(all, SPECIAL, alpha, y, 0, n);
                compareGate(g, alpha, y);
                for (int i = 0; i < n; i++) {
                    FloatMasks.gate(all, SPECIAL, alpha, y, i, i + 1);
                }
                compareGate(g, alpha, y);
            }
        }
    }

    private static void compareGate(float g, float alpha, float[] y) {
        for (int i = 0; i < y.length; i++) {
            assertEquals(g * (SPECIAL[i] > 0 ? 1 : alpha), y[i], g + " at " + SPECIAL[i] + " with " + alpha);
        }
    }
}
