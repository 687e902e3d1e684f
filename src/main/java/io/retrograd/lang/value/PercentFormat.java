package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.math.BigInteger;
import java.util.Locale;

/** {@code text % values}: C's format codes, with Python's additions. */
public final class PercentFormat {
    private static final int UNSET = -1;

    private final Machine m;
    private final String text;
    private final Object values;
    private final TupleValue tuple;
    private int at;
    private int next;
    private boolean usedMapping;

    // The conversion being read.
    private boolean left;
    private boolean plus;
    private boolean space;
    private boolean alternate;
    private boolean zero;
    private int width;
    private int precision;

    private PercentFormat(Machine m, String text, Object values) {
        this.m = m;
        this.text = text;
        this.values = values;
        this.tuple = values instanceof TupleValue t ? t : null;
    }

    /** The text with its conversions replaced; {@code values} is a tuple, a mapping or a single value. */
    public static String format(Machine m, String text, Object values) {
        return new PercentFormat(m, text, values).run();
    }

    private String run() {
        StringBuilder out = new StringBuilder(text.length() + 16);
        while (at < text.length()) {
            int percent = text.indexOf('%', at);
            if (percent < 0) {
                out.append(text, at, text.length());
                break;
            }
            out.append(text, at, percent);
            at = percent + 1;
            if (!plain(out)) {
                String converted = conversion();
                LargeText.grow(out, converted.length());
                out.append(converted);
            }
        }
        boolean tooMany = tuple != null
                ? next < tuple.size()
                : next == 0 && !usedMapping && !isMapping();
        if (tooMany) {
            throw NnError.type("not all arguments converted during string formatting");
        }
        return LargeText.made(out.toString());
    }

    /** The bare {@code %d} of a whole number and {@code %s} of a text, which most are, without the way round. */
    private boolean plain(StringBuilder out) {
        if (at >= text.length()) {
            return false;
        }
        char code = text.charAt(at);
        if (code != 'd' && code != 's' || (tuple != null ? next >= tuple.size() : next > 0)) {
            return false;
        }
        Object value = tuple != null ? tuple.get(next) : values;
        if (value instanceof Long l) {
            out.append(l.longValue());
        } else if (code == 's' && value instanceof String s) {
            out.append(s);
        } else {
            return false;
        }
        next++;
        at++;
        return true;
    }

    private boolean isMapping() {
        return values instanceof Value v && !(v instanceof BytesValue) && v.type().lookup("__getitem__") != null || values instanceof DictValue
                || values instanceof ListValue;
    }

    private char peek() {
        if (at >= text.length()) {
            throw NnError.value("incomplete format");
        }
        return text.charAt(at);
    }

    private String conversion() {
        Object mapped = null;
        if (peek() == '(') {
            mapped = mapped();
        }
        left = plus = space = alternate = zero = false;
        for (boolean flags = true; flags;) {
            switch (peek()) {
                case '-' -> left = true;
                case '+' -> plus = true;
                case ' ' -> space = true;
                case '#' -> alternate = true;
                case '0' -> zero = true;
                default -> flags = false;
            }
            at += flags ? 1 : 0;
        }
        width = size();
        if (width < UNSET) {
            left = true;
            width = -width;
        }
        precision = UNSET;
        if (peek() == '.') {
            at++;
            precision = Math.max(0, size());
        }
        while (peek() == 'h' || peek() == 'l' || peek() == 'L') {
            at++;
        }
        char code = peek();
        at++;
        if (code == '%') {
            return "%";
        }
        if ("diuoxXeEfFgGcrsa".indexOf(code) < 0) {
            throw NnError.value("unsupported format character '" + code + "' (0x" + Integer.toHexString(code) + ") at index " + (at - 1));
        }
        return convert(code, mapped != null ? mapped : argument());
    }

    private Object mapped() {
        int depth = 1;
        int start = ++at;
        while (depth > 0) {
            if (at >= text.length()) {
                throw NnError.value("incomplete format key");
            }
            char c = text.charAt(at++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        if (tuple != null || !isMapping()) {
            throw NnError.type("format requires a mapping");
        }
        usedMapping = true;
        return Semantics.item(m, values, text.substring(start, at - 1));
    }

    /** A width or precision: digits, or the next argument for a star; unset if there is none. */
    private int size() {
        if (peek() == '*') {
            at++;
            Object given = argument();
            if (!(given instanceof Long l)) {
                throw NnError.type("* wants int");
            }
            // Minus one would read as unset; as a width it means one column, which changes nothing.
            return l == UNSET ? 0 : (int) (long) l;
        }
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at - start > 9) {
            throw NnError.value("width too big");
        }
        return at == start ? UNSET : Integer.parseInt(text, start, at, 10);
    }

    private Object argument() {
        if (tuple != null) {
            if (next >= tuple.size()) {
                throw NnError.type("not enough arguments for format string");
            }
            return tuple.get(next++);
        }
        if (next++ > 0) {
            throw NnError.type("not enough arguments for format string");
        }
        return values;
    }

    /** The decimal forms that nearly all numbers take; null for any other. */
    private String quick(char code, Object value) {
        if (plus || space || alternate || width > PaddedNumber.WIDEST) {
            return null;
        }
        char side = left ? '<' : zero ? '=' : '>';
        char fill = zero && !left ? '0' : ' ';
        if (code == 'd' && value instanceof Long l && precision == UNSET) {
            return PaddedNumber.of(l, width, side, fill);
        }
        if (code == 'f' && (value instanceof Double || value instanceof Long)) {
            return PaddedNumber.of(((Number) value).doubleValue(), precision == UNSET ? 6 : precision, width, side, fill);
        }
        return null;
    }

    private String convert(char code, Object value) {
        String quick = quick(code, value);
        if (quick != null) {
            return quick;
        }
        switch (code) {
            case 's':
                return pad(cut(Semantics.str(m, value)));
            case 'r':
                return pad(cut(Semantics.repr(m, value)));
            case 'a':
                return pad(cut(StringText.asciiOnly(Semantics.repr(m, value))));
            case 'c':
                return pad(character(value));
            case 'd', 'i', 'u', 'o', 'x', 'X':
                return integer(code, value);
            default:
                return real(code, Semantics.real(m, value));
        }
    }

    private String cut(String s) {
        boolean longer = precision != UNSET && s.codePointCount(0, s.length()) > precision;
        return longer ? s.substring(0, s.offsetByCodePoints(0, precision)) : s;
    }

    private String pad(String s) {
        int missing = width - s.codePointCount(0, s.length());
        if (missing <= 0) {
            return s;
        }
        String spaces = LargeText.repeat(" ", missing);
        return left ? s + spaces : spaces + s;
    }

    private String character(Object value) {
        if (value instanceof String s) {
            if (s.codePointCount(0, s.length()) == 1) {
                return s;
            }
            throw NnError.type("%c requires int or char");
        }
        Object index = Semantics.indexOrNull(m, value);
        if (index == null) {
            throw NnError.type("%c requires int or char");
        }
        if (!(index instanceof Long code) || code < 0 || code > Character.MAX_CODE_POINT) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "%c arg not in range(0x110000)");
        }
        return Character.toString((int) (long) code);
    }

    private String integer(char code, Object value) {
        boolean decimal = code == 'd' || code == 'i' || code == 'u';
        Object index = Semantics.indexOrNull(m, value);
        if (index == null && decimal) {
            index = value instanceof Double d ? IntMath.truncate(d) : value instanceof Value v ? v.asInt(m) : null;
        }
        if (index == null) {
            throw NnError.type("%" + code + " format: " + (decimal ? "a real number" : "an integer") + " is required, not "
                    + Semantics.typeOf(value).name());
        }
        int base = decimal ? 10 : code == 'o' ? 8 : 16;
        boolean negative = index instanceof Long l ? l < 0 : ((BigInteger) index).signum() < 0;
        String digits = NumberText.digits(negative ? IntMath.negate(index) : index, base);
        if (precision > digits.length()) {
            digits = LargeText.repeat("0", precision - digits.length()) + digits;
        }
        if (code == 'X') {
            digits = digits.toUpperCase(Locale.ROOT);
        }
        return signed(negative, alternate && !decimal ? "0" + code : "", digits);
    }

    private String real(char code, double d) {
        double magnitude = Math.abs(d);
        boolean negative = Math.copySign(1, d) < 0 && !Double.isNaN(d);
        int p = precision == UNSET ? 6 : precision;
        String s = NumberText.special(magnitude);
        if (s == null) {
            s = switch (code) {
                case 'e', 'E' -> NumberText.scientific(magnitude, p, alternate);
                case 'f', 'F' -> NumberText.fixed(magnitude, p, alternate);
                default -> NumberText.general(magnitude, p, alternate);
            };
        }
        return signed(negative, "", Character.isUpperCase(code) ? s.toUpperCase(Locale.ROOT) : s);
    }

    private String signed(boolean negative, String prefix, String digits) {
        String head = (negative ? "-" : plus ? "+" : space ? " " : "") + prefix;
        int missing = width - head.length() - digits.length();
        if (zero && !left && missing > 0) {
            return head + LargeText.repeat("0", missing) + digits;
        }
        return pad(head + digits);
    }
}
