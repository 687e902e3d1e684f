package io.retrograd.lang.parse;

import io.retrograd.lang.tree.Expression.Imaginary;
import io.retrograd.lang.tree.Span;
import java.math.BigInteger;

/** Reads number literals: Python 3's, and Python 2's {@code 10L} and {@code 0777}. */
final class Numbers {
    /** CPython's limit; beyond it the time to read a decimal number grows with the square of its length. */
    private static final int MOST_DIGITS = 4300;

    private static final int LONG_DIGITS = 18;

    private Numbers() {}

    static boolean isPython2(String literal) {
        char last = literal.charAt(literal.length() - 1);
        boolean leadingZero = literal.length() > 1 && literal.charAt(0) == '0';
        return last == 'l' || last == 'L' || leadingZero && literal.matches("0[0-7_]*[1-7][0-7_]*");
    }

    /** The value: {@code Long}, {@code BigInteger}, {@code Double} or {@link Imaginary}. */
    static Object read(String literal, Places places, Span span) {
        String digits = literal.indexOf('_') < 0 ? literal : literal.replace("_", "");
        char last = digits.charAt(digits.length() - 1);
        if (last == 'l' || last == 'L') {
            digits = digits.substring(0, digits.length() - 1);
        }
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            switch (digits.charAt(1)) {
                case 'x', 'X' -> {
                    return bits(digits.substring(2), 4);
                }
                case 'o', 'O' -> {
                    return bits(digits.substring(2), 3);
                }
                case 'b', 'B' -> {
                    return bits(digits.substring(2), 1);
                }
                default -> {}
            }
        }
        if (last == 'j' || last == 'J') {
            return new Imaginary(Double.parseDouble(digits.substring(0, digits.length() - 1)));
        }
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') {
                return Double.parseDouble(digits);
            }
        }
        return decimal(digits, places, span);
    }

    private static Object decimal(String digits, Places places, Span span) {
        if (digits.charAt(0) == '0' && !digits.matches("0+")) {
            if (isPython2(digits)) {
                return bits(digits, 3);
            }
            throw places.wrong(
                            "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
                            span)
                    .help("write the number without the zeros in front");
        }
        if (digits.length() > MOST_DIGITS) {
            throw places.wrong(
                    "Exceeds the limit (" + MOST_DIGITS + " digits) for integer string conversion: value has " + digits.length()
                            + " digits; use sys.set_int_max_str_digits() to increase the limit"
                            + " - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.",
                    span);
        }
        if (digits.length() <= LONG_DIGITS) {
            return Long.parseLong(digits);
        }
        return normalised(new BigInteger(digits));
    }

    /** Digits of a few bits each, put in place one by one: BigInteger would take the square of their number. */
    private static Object bits(String digits, int size) {
        byte[] value = new byte[(int) (((long) digits.length() * size + 7) / 8) + 1];
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(digits.length() - 1 - i), 16);
            for (int bit = 0; bit < size; bit++) {
                int at = i * size + bit;
                value[value.length - 1 - at / 8] |= (byte) ((digit >> bit & 1) << at % 8);
            }
        }
        return normalised(new BigInteger(value));
    }

    private static Object normalised(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }
}
