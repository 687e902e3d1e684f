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
    private static final int HALF = 0x3f000000;

    private EstimatedRoot() {}

    /** The estimates of 1 / sqrt(x) for x from 1 to 4. */
    private static final class Table {
        /** By the lowest bit of the exponent and the first twelve bits of the mantissa: how many units of 2^-13 above a half. */
        static final short[] UNITS = read();

        /**
         * The file says for each cell, in two bits, how many units the estimate lies above the rounded root of the cell's
         * middle, plus one.
         */
        private static short[] read() {
            short[] table = new short[CELLS];
            try (InputStream file = EstimatedRoot.class.getResourceAsStream("rsqrt.bin")) {
                byte[] corrections = file.readAllBytes();
                for (int i = 0; i < CELLS; i++) {
                    double low = Float.intBitsToFloat(ONE + i * CELL);
                    double high = Float.intBitsToFloat(ONE + (i + 1) * CELL);
                    double root = 1 / Math.sqrt((low + high) / 2);
                    int units = (int) Math.floor(root * 0x1p13 + 0.5 - 1e-12);
                    int correction = (corrections[i / 4] >> 2 * (i % 4) & 3) - 1;
                    table[ONE / CELL + i & CELLS - 1] = (short) (units + correction - CELLS / 2);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return table;
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

    /** y[i] = {@link #sqrt(float) sqrt}(x[i]) for 0 &lt;= i &lt; n; y is not x. */
    static void sqrt(float[] x, float[] y, int n) {
        boolean ordinary = estimates(x, y, n);
        for (int i = 0; i < n; i++) {
            float half = x[i] * 0.5f;
            y[i] = x[i] * (y[i] * (1.5f - half * (y[i] * y[i])));
        }
        if (!ordinary) {
            for (int i = 0; i < n; i++) {
                if (!isOrdinary(x[i])) {
                    y[i] = sqrt(x[i]);
                }
            }
        }
    }

    /** y[i] = {@link #rsqrt(float) rsqrt}(x[i]) for 0 &lt;= i &lt; n; y is not x. */
    static void rsqrt(float[] x, float[] y, int n) {
        boolean ordinary = estimates(x, y, n);
        for (int i = 0; i < n; i++) {
            y[i] = y[i] * (x[i] * -0.5f * (y[i] * y[i]) + 1.5f);
        }
        if (!ordinary) {
            for (int i = 0; i < n; i++) {
                if (!isOrdinary(x[i])) {
                    y[i] = rsqrt(x[i]);
                }
            }
        }
    }

    /** The estimates; whether all x are positive, finite and normal. The only loop here that is not vectorised. */
    private static boolean estimates(float[] x, float[] y, int n) {
        short[] units = Table.UNITS;
        int odd = 0;
        for (int i = 0; i < n; i++) {
            int bits = Float.floatToRawIntBits(x[i]);
            // Negative: bits below those of the smallest normal number, or above those of the largest.
            odd |= bits - 0x00800000 | 0x7f7fffff - bits;
            y[i] = estimate(bits, units);
        }
        return odd >= 0;
    }

    private static float estimate(int bits, short[] units) {
        int exponent = bits - ONE >> 24 << 23;
        return Float.intBitsToFloat(HALF + units[bits >> 11 & CELLS - 1] * CELL - exponent);
    }

    private static boolean isOrdinary(float x) {
        return x >= Float.MIN_NORMAL && x < Float.POSITIVE_INFINITY;
    }

    private static float estimate(float x) {
        if (!(x > 0)) {
            return Float.NaN;
        }
        return x == Float.POSITIVE_INFINITY ? 0 : estimate(Float.floatToRawIntBits(x), Table.UNITS);
    }
}
