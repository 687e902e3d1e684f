package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.tensor.FloatText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** What scripts can ask a float. */
final class FloatMethods {
    private FloatMethods() {}

    @Builtin(value = "__new__", signature = "x=0.0, /", doc = "The float nearest to a number or to what a text says.")
    static double make(Machine m, Object x) {
        if (x instanceof String s) {
            return parse(s, StringText.repr(s));
        }
        if (x instanceof BytesValue b) {
            return parse(b.latin(), b.literal());
        }
        Double found = Semantics.realOrNull(m, x);
        if (found == null) {
            throw NnError.type("float() argument must be a string or a real number, not '" + Semantics.typeOf(x).name() + "'");
        }
        return found;
    }

    private static double parse(String text, String shown) {
        String s = StringText.strip(text);
        if (isPlainNumber(s)) {
            return Double.parseDouble(s);
        }
        if (!mayBeNumber(s)) {
            throw malformed(shown);
        }
        try {
            return FloatText.parse(s);
        } catch (NumberFormatException malformed) {
            throw malformed(shown);
        }
    }

    private static NnError malformed(String shown) {
        return NnError.value("could not convert string to float: " + shown);
    }

    /** False for most texts that are none, for which Java's own exception would cost a thousand times this look. */
    private static boolean mayBeNumber(String s) {
        char last = s.isEmpty() ? ' ' : s.charAt(s.length() - 1);
        return last == '.' || Character.isDigit(last) || Character.toLowerCase(last) == 'n' || Character.toLowerCase(last) == 'f'
                || Character.toLowerCase(last) == 'y';
    }

    /** Digits with a point at most and a sign: what files are full of, read without the general rules. */
    private static boolean isPlainNumber(String s) {
        int digits = 0;
        int points = 0;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                points++;
            } else if (i > 0 || c != '-' && c != '+') {
                return false;
            }
        }
        return digits > 0 && points <= 1;
    }

    @Builtin(value = "is_integer", method = true, doc = "Whether it is a whole number.")
    static boolean isInteger(Machine m, double self) {
        return self == Math.rint(self) && !Double.isInfinite(self);
    }

    @Builtin(value = "as_integer_ratio", method = true, doc = "The pair of ints whose quotient it is exactly.")
    static Object ratio(Machine m, double self) {
        if (Double.isNaN(self)) {
            throw NnError.value("cannot convert NaN to integer ratio");
        }
        if (Double.isInfinite(self)) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "cannot convert Infinity to integer ratio");
        }
        BigDecimal exact = new BigDecimal(self);
        BigInteger above = exact.unscaledValue();
        BigInteger below = BigInteger.TEN.pow(Math.max(0, exact.scale()));
        if (exact.scale() < 0) {
            above = above.multiply(BigInteger.TEN.pow(-exact.scale()));
        }
        BigInteger common = IntMath.gcd(above, below);
        if (common.signum() == 0) {
            return TupleValue.of(0L, 1L);
        }
        return TupleValue.of(IntMath.normal(above.divide(common)), IntMath.normal(below.divide(common)));
    }

    @Builtin(value = "hex", method = true, doc = "The exact value in hexadecimal.")
    static String hex(Machine m, double self) {
        if (!Double.isFinite(self)) {
            return FloatText.repr(self);
        }
        String sign = Math.copySign(1, self) < 0 ? "-" : "";
        long bits = Double.doubleToLongBits(Math.abs(self));
        if (bits == 0) {
            return sign + "0x0.0p+0";
        }
        int exponent = (int) (bits >>> 52);
        StringBuilder out = new StringBuilder(sign).append(exponent == 0 ? "0x0." : "0x1.");
        for (int shift = 48; shift >= 0; shift -= 4) {
            out.append(Character.forDigit((int) (bits >>> shift & 15), 16));
        }
        int e = exponent == 0 ? -1022 : exponent - 1023;
        return out.append('p').append(e < 0 ? "-" : "+").append(Math.abs(e)).toString();
    }

    @Builtin(value = "fromhex", signature = "text, /", doc = "The float that a hexadecimal text says.")
    static double fromHex(Machine m, String text) {
        String s = StringText.strip(text).toLowerCase(Locale.ROOT);
        try {
            boolean marked = s.contains("0x");
            String body = marked ? s : s.startsWith("-") ? "-0x" + s.substring(1) : "0x" + s;
            return Double.parseDouble(body.contains("p") ? body : body + "p0");
        } catch (NumberFormatException malformed) {
            throw NnError.value("invalid hexadecimal floating-point string");
        }
    }

    @Builtin(value = {"conjugate", "__float__"}, method = true, doc = "The number itself.")
    static double conjugate(Machine m, double self) {
        return self;
    }

    @Builtin(value = "real", property = true, doc = "The number itself.")
    static double real(Machine m, double self) {
        return self;
    }

    @Builtin(value = "imag", property = true, doc = "Zero.")
    static double imag(Machine m, double self) {
        return 0;
    }
}
