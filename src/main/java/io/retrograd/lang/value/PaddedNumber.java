package io.retrograd.lang.value;

import io.retrograd.tensor.FloatText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decimal numbers in columns: what most formats ask for, written digit by digit into a text of the right length. */
final class PaddedNumber {
    /** Wider columns are asked for elsewhere, since they may be too large. */
    static final int WIDEST = 1000;

    private PaddedNumber() {}

    /** A whole number in a column of so many places. */
    static String of(long value, int width, char side, char fill) {
        // The least int has no magnitude.
        return value == Long.MIN_VALUE ? null : of(Math.abs(value), 0, value < 0, width, side, fill);
    }

    /** A float with so many digits behind the point; null where that takes a closer look. */
    static String of(double value, int places, int width, char side, char fill) {
        if (places <= 0 || places > FloatText.PLAIN_DIGITS) {
            return null;
        }
        long units = FloatText.units(Math.abs(value), places);
        boolean negative = value < 0 || value == 0 && 1 / value < 0;
        return units < 0 ? null : of(units, places, negative, width, side, fill);
    }

    /**
     * @param units the digits, of which {@code places} come behind the point
     * @param side where the number stands in its column: {@code <}, {@code >}, {@code ^}, or {@code =} for filling behind the sign
     */
    private static String of(long units, int places, boolean negative, int width, char side, char fill) {
        int digits = Math.max(digits(units), places + 1);
        int length = digits + (places > 0 ? 1 : 0) + (negative ? 1 : 0);
        int missing = Math.max(0, width - length);
        byte[] out = new byte[length + missing];
        int before = side == '<' ? 0 : side == '^' ? missing / 2 : missing;
        int from = side == '=' ? 0 : before;
        int end = before + length;
        int at = end;
        long left = units;
        for (int i = 0; i < places; i++) {
            long tenth = left / 10;
            out[--at] = (byte) ('0' + (left - tenth * 10));
            left = tenth;
        }
        if (places > 0) {
            out[--at] = '.';
        }
        for (int i = places; i < digits; i++) {
            long tenth = left / 10;
            out[--at] = (byte) ('0' + (left - tenth * 10));
            left = tenth;
        }
        if (negative) {
            out[from] = '-';
        }
        if (missing > 0) {
            int first = side == '=' && negative ? 1 : 0;
            Arrays.fill(out, first, first + before, (byte) fill);
            Arrays.fill(out, end, out.length, (byte) fill);
        }
        return new String(out, StandardCharsets.ISO_8859_1);
    }

    private static int digits(long units) {
        int n = 1;
        for (long bound = 10; n < 19 && units >= bound; bound *= 10) {
            n++;
        }
        return n;
    }
}
