package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.tensor.FloatText;

/** What scripts can ask a complex number. */
final class ComplexMethods {
    private ComplexMethods() {}

    @Builtin(value = "__new__", signature = "real=0, imag=0", doc = "The number real + imag*1j, or what a text says.")
    static Object make(Machine m, Object real, Object imag) {
        if (real instanceof String s) {
            return parse(s);
        }
        ComplexValue re = part(m, real, "first");
        ComplexValue im = part(m, imag, "second");
        // Adding the zero of a real number would lose the sign of a zero.
        double below = real instanceof ComplexValue ? re.im() + im.re() : im.re();
        return new ComplexValue(imag instanceof ComplexValue ? re.re() - im.im() : re.re(), below);
    }

    private static ComplexValue part(Machine m, Object o, String which) {
        ComplexValue c = ComplexValue.from(m, o);
        if (c == null) {
            throw NnError.type("complex() " + which + " argument must be a string or a number, not '" + Semantics.typeOf(o).name() + "'");
        }
        return c;
    }

    private static ComplexValue parse(String text) {
        String s = StringText.strip(text);
        if (s.startsWith("(") && s.endsWith(")")) {
            s = StringText.strip(s.substring(1, s.length() - 1));
        }
        try {
            if (!s.endsWith("j") && !s.endsWith("J")) {
                return new ComplexValue(FloatText.parse(s), 0);
            }
            s = s.substring(0, s.length() - 1);
            int split = s.length() - 1;
            while (split > 0 && !(isSign(s.charAt(split)) && s.charAt(split - 1) != 'e' && s.charAt(split - 1) != 'E')) {
                split--;
            }
            String im = s.substring(Math.max(0, split));
            double re = split > 0 ? FloatText.parse(s.substring(0, split)) : 0;
            return new ComplexValue(re, im.isEmpty() || im.equals("+") ? 1 : im.equals("-") ? -1 : FloatText.parse(im));
        } catch (NumberFormatException malformed) {
            throw NnError.value("complex() arg is a malformed string");
        }
    }

    private static boolean isSign(char c) {
        return c == '+' || c == '-';
    }

    @Builtin(value = "real", property = true, doc = "The real part.")
    static double real(Machine m, ComplexValue self) {
        return self.re();
    }

    @Builtin(value = "imag", property = true, doc = "The imaginary part.")
    static double imag(Machine m, ComplexValue self) {
        return self.im();
    }

    @Builtin(value = "conjugate", method = true, doc = "The number with its imaginary part negated.")
    static Object conjugate(Machine m, ComplexValue self) {
        return new ComplexValue(self.re(), -self.im());
    }

    @Builtin(value = "__abs__", method = true, doc = "Its distance from zero.")
    static double absolute(Machine m, ComplexValue self) {
        return Math.hypot(self.re(), self.im());
    }
}
