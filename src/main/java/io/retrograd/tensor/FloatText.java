package io.retrograd.tensor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Floating-point numbers as text, in Python's and numpy's form: shortest digits for {@code repr}, correctly rounded
 * ones (half to even on the exact binary value) for {@code %e}, {@code %f}, {@code %g}.
 */
public final class FloatText {
    /** Apart, because printing needs no regular expressions. */
    private static final class Syntax {
        /** What Python's float() reads, besides infinities and nan. Java alone would also take 1f, 1d and hexadecimal. */
        private static final Pattern NUMBER =
                Pattern.compile("[-+]?(\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)([eE][-+]?\\d+(_\\d+)*)?");
    }

    private static final double[] SMALL_POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    /** A number of at most this many significant digits is the same whether rounded from the exact value or from the shortest digits. */
    static final int SAFE_DIGITS = 15;

    private FloatText() {
    }

    /** Python's {@code repr} of a float: the shortest digits that read back, as in {@code 0.1}, {@code 1e+16}, {@code 1e-05}, {@code inf}, {@code nan}. */
    public static String repr(double v) {
        return Double.isFinite(v) ? shortText(Digits.shortest(Math.abs(v)), negative(v)) : special(v);
    }

    /** numpy's {@code str} of a float32 scalar: as {@link #repr(double)} with the digits that a float needs. */
    public static String repr(float v) {
        return Float.isFinite(v) ? shortText(Digits.shortest(Math.abs(v)), negative(v)) : special(v);
    }

    /** numpy's {@code str} of a float16 scalar. */
    public static String reprHalf(float v) {
        return Float.isFinite(v) ? shortText(Digits.shortestHalf(Math.abs(v)), negative(v)) : special(v);
    }

    private static String shortText(Digits d, boolean negative) {
        String sign = negative ? "-" : "";
        int exponent = d.exponent();
        if (exponent >= -4 && exponent < 16) {
            String fraction = d.fraction();
            return sign + d.integerPart() + "." + (fraction.isEmpty() ? "0" : fraction);
        }
        String fraction = d.scientificFraction();
        return sign + d.lead() + (fraction.isEmpty() ? "" : "." + fraction) + exponentText(exponent, 2);
    }

    static String special(double v) {
        return Double.isNaN(v) ? "nan" : v < 0 ? "-inf" : "inf";
    }

    static boolean negative(double v) {
        return v < 0 || v == 0 && 1 / v < 0;
    }

    static String exponentText(int exponent, int minDigits) {
        String s = Integer.toString(Math.abs(exponent));
        return (exponent < 0 ? "e-" : "e+") + "0".repeat(Math.max(0, minDigits - s.length())) + s;
    }

    /**
     * The number as C's and Python's formats write it, with a minus sign where it is negative; width, plus signs and
     * filling are the caller's.
     *
     * @param type one of e, E, f, F, g, G
     * @param precision digits after the point (e, f) or significant digits (g)
     * @param alternate the {@code #} flag: keep the point, and trailing zeros under g
     */
    public static String format(double v, char type, int precision, boolean alternate) {
        String text;
        if (!Double.isFinite(v)) {
            text = special(v);
        } else {
            double a = Math.abs(v);
            String body = switch (Character.toLowerCase(type)) {
                case 'f' -> fixed(a, precision, alternate);
                case 'e' -> scientific(a, precision, alternate);
                case 'g' -> general(a, Math.max(precision, 1), alternate);
                default -> throw new IllegalArgumentException("format type " + type);
            };
            text = negative(v) ? "-" + body : body;
        }
        return Character.isUpperCase(type) ? text.toUpperCase(Locale.ROOT) : text;
    }

    /** The most digits behind the point that {@link #units} knows. */
    public static final int PLAIN_DIGITS = SMALL_POWERS.length - 1;

    /** {@code 10^digits}, for up to {@link #PLAIN_DIGITS}. */
    public static double power(int digits) {
        return SMALL_POWERS[digits];
    }

    /** A magnitude in units of the last of so many digits behind the point, rounded; -1 where that needs a closer look. */
    public static long units(double magnitude, int digits) {
        double scaled = magnitude * SMALL_POWERS[digits];
        double whole = Math.floor(scaled);
        double rest = scaled - whole;
        // The product is off by 2^-13 at the most here, which matters only near a tie.
        return scaled < 1L << 40 && Math.abs(rest - 0.5) > 1e-3 ? (long) whole + (rest > 0.5 ? 1 : 0) : -1;
    }

    private static String fixed(double a, int precision, boolean alternate) {
        if (precision > 0 && precision < SMALL_POWERS.length) {
            long units = units(a, precision);
            if (units >= 0) {
                return fixed(units, precision);
            }
        }
        Digits d = Digits.shortest(a);
        if (d.point() + precision > SAFE_DIGITS || a < Double.MIN_NORMAL) {
            d = Digits.exact(a);
        }
        d = d.roundedAt(precision, a);
        String fraction = d.fraction();
        String tail = fraction + "0".repeat(precision - fraction.length());
        return d.integerPart() + (tail.isEmpty() && !alternate ? "" : "." + tail);
    }

    /** An integer with a point before its last digits. */
    private static String fixed(long scaled, int precision) {
        String digits = Long.toString(scaled);
        if (digits.length() <= precision) {
            digits = "0".repeat(precision + 1 - digits.length()).concat(digits);
        }
        int point = digits.length() - precision;
        return new StringBuilder(digits.length() + 1).append(digits, 0, point).append('.')
                .append(digits, point, digits.length()).toString();
    }

    /** {@code a} rounded to {@code n} significant digits. */
    private static Digits significant(double a, int n) {
        Digits d = Digits.shortest(a);
        if (d.digits().isEmpty()) {
            return d;
        }
        if (n > SAFE_DIGITS || a < Double.MIN_NORMAL) {
            BigDecimal r = new BigDecimal(a).round(new MathContext(n, RoundingMode.HALF_EVEN));
            String s = r.unscaledValue().toString();
            return new Digits(s.replaceFirst("0+$", ""), s.length() - r.scale());
        }
        return d.roundedAt(n - d.point(), a);
    }

    private static String scientific(double a, int precision, boolean alternate) {
        Digits d = significant(a, precision + 1);
        String fraction = d.scientificFraction();
        String tail = fraction + "0".repeat(precision - fraction.length());
        return d.lead() + (tail.isEmpty() && !alternate ? "" : "." + tail) + exponentText(d.exponent(), 2);
    }

    private static String general(double a, int precision, boolean alternate) {
        Digits d = significant(a, precision);
        int exponent = d.exponent();
        boolean positional = exponent >= -4 && exponent < precision;
        String head = positional ? d.integerPart() : d.lead();
        String fraction = positional ? d.fraction() : d.scientificFraction();
        if (alternate) {
            int shown = positional ? precision - 1 - exponent : precision - 1;
            fraction += "0".repeat(Math.max(0, shown - fraction.length()));
        }
        String body = head + (fraction.isEmpty() && !alternate ? "" : "." + fraction);
        return positional ? body : body + exponentText(exponent, 2);
    }

    /**
     * Reads a number as Python's {@code float(text)} does: decimal digits with single underscores between them,
     * {@code inf}, {@code infinity} and {@code nan} in any case, blanks around.
     *
     * @throws NumberFormatException if it is none
     */
    public static double parse(String text) {
        String s = text.strip();
        if (Syntax.NUMBER.matcher(s).matches()) {
            return Double.parseDouble(s.indexOf('_') < 0 ? s : s.replace("_", ""));
        }
        boolean signed = s.startsWith("-") || s.startsWith("+");
        double sign = s.startsWith("-") ? -1 : 1;
        return switch ((signed ? s.substring(1) : s).toLowerCase(Locale.ROOT)) {
            case "inf", "infinity" -> sign * Double.POSITIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> throw new NumberFormatException(text);
        };
    }
}
