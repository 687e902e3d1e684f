package io.retrograd.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Square roots as TensorFlow 1.15 takes them in vectors of eight floats: the processor's estimate of 1 / sqrt(x) and one
 * step of Newton's iteration (Eigen/src/Core/arch/AVX/MathFunctions.h), right to within two units of the last place.
 * The estimate is the one that AMD's processors give, a function of the first twelve bits of the mantissa and the parity
 * of the exponent; it was read off one of them. Other makers' estimates differ, and TensorFlow's digits with them.
 */
public final class EstimatedRoot {
    private static final int CELLS = 8192;
    private static final int CELL = 2048;
    private static final int ONE = 0x3f800000;

    private EstimatedRoot() {}

    /** The estimates of 1 / sqrt(x) for x from 1 to 4. */
    private static final class Table {
        static final int[] BITS = read();

        /**
         * The file says for each cell, in two bits, how many units the estimate lies above the rounded root of the cell's
         * middle, plus one.
         */
        private static int[] read() {
            int[] bits = new int[CELLS];
            try (InputStream file = EstimatedRoot.class.getResourceAsStream("rsqrt.bin")) {
                byte[] corrections = file.readAllBytes();
                for (int i = 0; i < CELLS; i++) {
                    double low = Float.intBitsToFloat(ONE + i * CELL);
                    double high = Float.intBitsToFloat(ONE + (i + 1) * CELL);
                    double root = 1 / Math.sqrt((low + high) / 2);
                    double units = Math.floor(root * 0x1p13 + 0.5 - 1e-12);
                    int correction = (corrections[i / 4] >> 2 * (i % 4) & 3) - 1;
                    bits[i] = Float.floatToRawIntBits((float) ((units + correction) * 0x1p-13));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bits;
        }
    }

    /** The square root of x; 0 for denormal x. */
    public static float sqrt(float x) {
        if (x >= 0 && x < Float.MIN_NORMAL) {
            return 0;
        }
        float r = estimate(x);
        float half = x * 0.5f;
        return x * (r * (1.5f - half * (r * r)));
    }

    /** 1 / sqrt(x); infinity for zero and denormal x. */
    public static float rsqrt(float x) {
        if (x >= 0 && x < Float.MIN_NORMAL) {
            return Float.POSITIVE_INFINITY;
        }
        float r = estimate(x);
        return r * (x * -0.5f * (r * r) + 1.5f);
    }

    private static float estimate(float x) {
        if (!(x > 0)) {
            return Float.NaN;
        }
        if (x == Float.POSITIVE_INFINITY) {
            return 0;
        }
        int bits = Float.floatToRawIntBits(x);
        int exponent = (bits >>> 23) - 127;
        int cell = (exponent & 1) << 12 | bits >> 11 & 0xfff;
        return Float.intBitsToFloat(Table.BITS[cell] - (exponent >> 1 << 23));
    }
}
