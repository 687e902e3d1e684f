package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.tensor.FloatText;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Python's format specification, {@code [[fill]align][sign][z][#][0][width][grouping][.precision][type]}, applied
 * to strings and numbers.
 */
public final class FormatSpec {
    private static final int NONE = -1;
    private static final int DEFAULT_PRECISION = 6;

    private final String text;
    private String fill = " ";
    private char align;
    private char sign = '-';
    private boolean positiveZero;
    private boolean alternate;
    private int width = NONE;
    private char grouping;
    private int precision = NONE;
    private char type;
    private boolean wrong;

    /** Whether a number is digits and spaces or zeros at the most. */
    private boolean bare;

    private FormatSpec(String text) {
        this.text = text;
    }

    /** The specifications that a script used lately, read. */
    private static final class Known {
        private static final int MOST = 64;
        private final Map<String, FormatSpec> specs = new HashMap<>();

        Known(Machine m) {}
    }

    /** The same as {@link #parse}, which is done once for each text. */
    static FormatSpec of(Machine m, String s) {
        Map<String, FormatSpec> specs = m.state(Known.class, Known::new).specs;
        FormatSpec spec = specs.get(s);
        if (spec == null) {
            spec = parse(s);
            if (specs.size() >= Known.MOST) {
                specs.clear();
            }
            specs.put(s, spec);
        }
        return spec;
    }

    /** Reads a specification; what is wrong with it is said when it is applied, since the text names the type. */
    public static FormatSpec parse(String s) {
        FormatSpec spec = new FormatSpec(s);
        int n = s.length();
        int at = 0;
        int first = n > 0 ? Character.charCount(s.codePointAt(0)) : 0;
        if (n > first && isAlign(s.charAt(first))) {
            spec.fill = s.substring(0, first);
            spec.align = s.charAt(first);
            at = first + 1;
        } else if (n > 0 && isAlign(s.charAt(0))) {
            spec.align = s.charAt(0);
            at = 1;
        }
        boolean explicitFill = at > 1;
        if (at < n && (s.charAt(at) == '+' || s.charAt(at) == '-' || s.charAt(at) == ' ')) {
            spec.sign = s.charAt(at++);
        }
        if (at < n && s.charAt(at) == 'z') {
            spec.positiveZero = true;
            at++;
        }
        if (at < n && s.charAt(at) == '#') {
            spec.alternate = true;
            at++;
        }
        if (!explicitFill && at < n && s.charAt(at) == '0') {
            spec.fill = "0";
            if (spec.align == 0) {
                spec.align = 'z';
            }
            at++;
        }
        int end = digitsEnd(s, at);
        if (end > at) {
            spec.width = number(s, at, end);
            at = end;
        }
        if (at < n && (s.charAt(at) == ',' || s.charAt(at) == '_')) {
            spec.grouping = s.charAt(at++);
            if (at < n && (s.charAt(at) == ',' || s.charAt(at) == '_')) {
                throw NnError.value(spec.grouping == s.charAt(at)
                        ? "Cannot specify '" + spec.grouping + "' with '" + s.charAt(at) + "'."
                        : "Cannot specify both ',' and '_'.");
            }
        }
        if (at < n && s.charAt(at) == '.') {
            end = digitsEnd(s, at + 1);
            if (end == at + 1) {
                throw NnError.value("Format specifier missing precision");
            }
            spec.precision = number(s, at + 1, end);
            at = end;
        }
        if (at < n) {
            spec.type = s.charAt(at++);
        }
        spec.wrong = at < n;
        spec.bare = !spec.wrong && spec.sign == '-' && !spec.positiveZero && !spec.alternate && spec.grouping == 0
                && spec.fill.length() == 1 && spec.fill.charAt(0) < 128 && spec.width <= PaddedNumber.WIDEST;
        return spec;
    }

    private static boolean isAlign(char c) {
        return c == '<' || c == '>' || c == '=' || c == '^';
    }

    private static int digitsEnd(String s, int at) {
        while (at < s.length() && s.charAt(at) >= '0' && s.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static int number(String s, int from, int to) {
        if (to - from > 9) {
            throw NnError.value("Too many decimal digits in format string");
        }
        return Integer.parseInt(s, from, to, 10);
    }

    /** The value as this says; ValueError for a type that the value does not know. */
    public String apply(Machine m, Object value) {
        String quick = bare ? quick(value) : null;
        return quick != null ? quick : thoroughly(m, value);
    }

    /** The forms that nearly all numbers take; null for any other. */
    private String quick(Object value) {
        char side = align == 0 ? '>' : align == 'z' ? '=' : align;
        if (value instanceof Long l && precision == NONE && (type == 0 || type == 'd')) {
            return PaddedNumber.of(l, width, side, fill.charAt(0));
        }
        if (value instanceof Double d && type == 'f') {
            return PaddedNumber.of(d, precision == NONE ? DEFAULT_PRECISION : precision, width, side, fill.charAt(0));
        }
        return null;
    }

    private String thoroughly(Machine m, Object value) {
        if (wrong) {
            throw NnError.value("Invalid format specifier '" + text + "' for object of type '" + Semantics.typeOf(value).name() + "'");
        }
        if (value instanceof String s) {
            return string(m, s);
        }
        if (value instanceof Double d) {
            return real(d, value);
        }
        if (value instanceof ComplexValue c) {
            return complex(c);
        }
        return integer(value);
    }

    private NnError unknown(Object value) {
        String code = type < 128 && type > 32 ? "'" + type + "'" : "'\\x" + Integer.toHexString(type) + "'";
        return NnError.value("Unknown format code " + code + " for object of type '" + Semantics.typeOf(value).name() + "'");
    }

    private String string(Machine m, String s) {
        if (type != 0 && type != 's') {
            throw unknown(s);
        }
        if (sign != '-' || text.indexOf('-') >= 0 && signGiven()) {
            throw NnError.value(sign == ' '
                    ? "Space not allowed in string format specifier"
                    : "Sign not allowed in string format specifier");
        }
        if (alternate) {
            throw NnError.value("Alternate form (#) not allowed in string format specifier");
        }
        if (align == '=') {
            throw NnError.value("'=' alignment not allowed in string format specifier");
        }
        if (grouping != 0) {
            throw NnError.value("Cannot specify '" + grouping + "' with 's'.");
        }
        String shown = s;
        if (precision != NONE && CodePoints.length(m, s) > precision) {
            shown = s.substring(0, s.offsetByCodePoints(0, precision));
        }
        return pad(shown, '<');
    }

    private boolean signGiven() {
        int from = align == 0 || align == 'z' ? 0 : text.indexOf(align) + 1;
        return from < text.length() && text.charAt(from) == '-';
    }

    private String pad(String s, char usual) {
        int missing = width - s.codePointCount(0, s.length());
        if (missing <= 0) {
            return s;
        }
        char side = align == 0 || align == 'z' ? usual : align;
        int before = side == '<' ? 0 : side == '^' ? missing / 2 : missing;
        return LargeText.repeat(fill, before) + s + LargeText.repeat(fill, missing - before);
    }

    private String integer(Object value) {
        if (type == 'e' || type == 'E' || type == 'f' || type == 'F' || type == 'g' || type == 'G' || type == '%') {
            return real(Numbers.real(value), value);
        }
        if (precision != NONE) {
            throw NnError.value("Precision not allowed in integer format specifier");
        }
        Object index = value instanceof Boolean b ? (Object) (b ? 1L : 0L) : value;
        if (type == 'c') {
            return character(index);
        }
        int base = switch (type) {
            case 0, 'd', 'n' -> 10;
            case 'b' -> 2;
            case 'o' -> 8;
            case 'x', 'X' -> 16;
            default -> throw unknown(value);
        };
        if (grouping == ',' && base != 10 || grouping != 0 && type == 'n') {
            throw NnError.value("Cannot specify '" + grouping + "' with '" + type + "'.");
        }
        if (positiveZero) {
            throw NnError.value("Negative zero coercion (z) not allowed in format specifier with integer format code"
                    + (type == 0 ? " 'd'" : " '" + type + "'"));
        }
        boolean negative = index instanceof Long l ? l < 0 : ((BigInteger) index).signum() < 0;
        String digits = NumberText.digits(negative ? IntMath.negate(index) : index, base);
        String prefix = alternate && base != 10 ? "0" + type : "";
        if (type == 'X') {
            digits = digits.toUpperCase(Locale.ROOT);
        }
        return assemble(negative, prefix, digits, "", base == 10 ? 3 : 4);
    }

    private String character(Object index) {
        if (sign != '-') {
            throw NnError.value("Sign not allowed with integer format specifier 'c'");
        }
        if (alternate) {
            throw NnError.value("Alternate form (#) not allowed with integer format specifier 'c'");
        }
        if (grouping != 0) {
            throw NnError.value("Cannot specify '" + grouping + "' with 'c'.");
        }
        if (!(index instanceof Long code) || code < 0 || code > Character.MAX_CODE_POINT) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "%c arg not in range(0x110000)");
        }
        return pad(Character.toString((int) (long) code), '<');
    }

    private String real(double d, Object value) {
        boolean negative = Math.copySign(1, d) < 0 && !Double.isNaN(d);
        double magnitude = Math.abs(d);
        boolean upper = type == 'E' || type == 'F' || type == 'G';
        int p = precision == NONE ? DEFAULT_PRECISION : precision;
        if (grouping != 0 && type == 'n') {
            throw NnError.value("Cannot specify '" + grouping + "' with 'n'.");
        }
        String special = NumberText.special(magnitude);
        String s;
        switch (type) {
            case 0 -> s = special != null ? special : plain(magnitude);
            case 'e', 'E' -> s = special != null ? special : NumberText.scientific(magnitude, p, alternate);
            case 'f', 'F' -> s = special != null ? special : NumberText.fixed(magnitude, p, alternate);
            case 'g', 'G', 'n' -> s = special != null ? special : NumberText.general(magnitude, p, alternate);
            case '%' -> {
                double hundredfold = magnitude * 100;
                special = NumberText.special(hundredfold);
                s = (special != null ? special : NumberText.fixed(hundredfold, p, alternate)) + "%";
            }
            default -> throw unknown(value);
        }
        if (upper) {
            s = s.toUpperCase(Locale.ROOT);
        }
        if (positiveZero && negative && special == null && isZero(s)) {
            negative = false;
        }
        int whole = 0;
        while (whole < s.length() && Character.isDigit(s.charAt(whole))) {
            whole++;
        }
        return assemble(negative, "", s.substring(0, whole), s.substring(whole), 3);
    }

    private static boolean isZero(String s) {
        for (int i = 0; i < s.length() && s.charAt(i) != 'e' && s.charAt(i) != 'E'; i++) {
            if (s.charAt(i) >= '1' && s.charAt(i) <= '9') {
                return false;
            }
        }
        return true;
    }

    /** Without a type: the shortest digits, or as many as asked for with one behind the point at least. */
    private String plain(double magnitude) {
        if (precision == NONE) {
            String s = FloatText.repr(magnitude);
            return s;
        }
        int p = Math.max(1, precision);
        String s = NumberText.general(magnitude, p, p - 1, alternate);
        if (magnitude == 0 && p == 1 || s.indexOf('.') < 0 && s.indexOf('e') < 0) {
            return magnitude == 0 && p == 1 ? "0e+00" : s + ".0";
        }
        return s;
    }

    private String complex(ComplexValue c) {
        char shown = type == 0 ? 'g' : type;
        if (type == '%' || "eEfFgGn".indexOf(shown) < 0) {
            throw unknown(c);
        }
        if (fill.equals("0")) {
            throw NnError.value("Zero padding is not allowed in complex format specifier");
        }
        if (align == '=') {
            throw NnError.value("'=' alignment flag is not allowed in complex format specifier");
        }
        FormatSpec part = new FormatSpec(text);
        part.type = precision == NONE && type == 0 ? 0 : shown;
        part.precision = precision;
        part.grouping = grouping;
        part.alternate = alternate;
        part.sign = sign;
        String re = bare(part.real(c.re(), c));
        part.sign = '+';
        String im = bare(part.real(c.im(), c)) + "j";
        boolean both = type != 0 || c.re() != 0 || Math.copySign(1, c.re()) < 0;
        String s = both ? re + im : im.startsWith("+") ? im.substring(1) : im;
        return pad(type == 0 && both ? "(" + s + ")" : s, '>');
    }

    private static String bare(String s) {
        return s.endsWith(".0") ? s.substring(0, s.length() - 2) : s;
    }

    /** Sign, prefix, grouped digits and the rest, padded to the width. */
    private String assemble(boolean negative, String prefix, String whole, String rest, int group) {
        String head = (negative ? "-" : sign == '-' ? "" : String.valueOf(sign)) + prefix;
        boolean zeros = fill.equals("0") && (align == 'z' || align == '=');
        String digits = whole;
        if (grouping != 0 && !whole.isEmpty()) {
            int room = zeros ? width - head.length() - rest.length() : 0;
            digits = grouped(whole, group, room);
        }
        int missing = width - head.length() - digits.length() - rest.length();
        if (missing > 0 && (align == 'z' || align == '=')) {
            return head + LargeText.repeat(fill, missing) + digits + rest;
        }
        return pad(head + digits + rest, '>');
    }

    /** The digits with separators, led by zeros until they fill the room. */
    private String grouped(String digits, int group, int room) {
        LargeText.require(room);
        StringBuilder out = new StringBuilder();
        int n = 0;
        for (int i = digits.length() - 1; i >= 0 || out.length() < room; i--) {
            if (n > 0 && n % group == 0) {
                out.append(grouping);
            }
            out.append(i >= 0 ? digits.charAt(i) : '0');
            n++;
        }
        return out.reverse().toString();
    }
}
