package io.retrograd.lang.value;

import io.retrograd.tensor.FloatText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floats in the forms of C's {@code %f}, {@code %e} and {@code %g}: digits of the exact binary value, halves
 * rounded to even. Signs, infinities and NaN are the caller's business except in {@link #special}.
 */
final class NumberText {
    private static final int SHORT_EXPONENT = 10;

    private NumberText() {}

    /** {@code inf} or {@code nan} where the magnitude has no digits, else null. */
    static String special(double magnitude) {
        return Double.isNaN(magnitude) ? "nan" : Double.isInfinite(magnitude) ? "inf" : null;
    }

    static String fixed(double magnitude, int digits, boolean pointAlways) {
        LargeText.require(digits);
        return FloatText.format(magnitude, 'f', digits, pointAlways);
    }

    static String scientific(double magnitude, int digits, boolean pointAlways) {
        LargeText.require(digits);
        return FloatText.format(magnitude, 'e', digits, pointAlways);
    }

    /** {@code digits} significant ones; trailing zeros are dropped unless they are kept. */
    static String general(double magnitude, int digits, boolean keepZeros) {
        LargeText.require(digits);
        return FloatText.format(magnitude, 'g', Math.max(1, digits), keepZeros);
    }

    /** The same where fixed notation ends at {@code 10^limit}. */
    static String general(double magnitude, int digits, int limit, boolean keepZeros) {
        if (magnitude == 0) {
            return keepZeros ? mantissa("0".repeat(digits), true) : "0";
        }
        BigDecimal r = rounded(magnitude, digits);
        int exponent = exponent(r);
        if (exponent >= -4 && exponent < limit) {
            BigDecimal scaled = r.setScale(Math.max(0, digits - 1 - exponent), RoundingMode.UNNECESSARY);
            String s = scaled.toPlainString();
            if (keepZeros) {
                return s.indexOf('.') < 0 ? s + "." : s;
            }
            return withoutZeros(s);
        }
        String all = significant(r, digits);
        String m = keepZeros ? mantissa(all, true) : withoutZeros(mantissa(all, false));
        return m + exponentText(exponent);
    }

    private static BigDecimal rounded(double magnitude, int digits) {
        return new BigDecimal(magnitude).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static int exponent(BigDecimal r) {
        return r.precision() - r.scale() - 1;
    }

    private static String significant(BigDecimal r, int digits) {
        String s = r.unscaledValue().toString();
        return s.length() < digits ? s + "0".repeat(digits - s.length()) : s;
    }

    private static String mantissa(String digits, boolean pointAlways) {
        if (digits.length() == 1) {
            return pointAlways ? digits + "." : digits;
        }
        return digits.charAt(0) + "." + digits.substring(1);
    }

    private static String exponentText(int exponent) {
        int e = Math.abs(exponent);
        return (exponent < 0 ? "e-" : "e+") + (e < SHORT_EXPONENT ? "0" : "") + e;
    }

    private static String withoutZeros(String s) {
        if (s.indexOf('.') < 0) {
            return s;
        }
        int end = s.length();
        while (s.charAt(end - 1) == '0') {
            end--;
        }
        return s.substring(0, s.charAt(end - 1) == '.' ? end - 1 : end);
    }

    /** The digits of a non-negative int in a base. */
    static String digits(Object magnitude, int base) {
        return magnitude instanceof BigInteger b ? IntMath.text(b, base) : Long.toString((Long) magnitude, base);
    }
}
