package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.FloatMath;
import io.retrograd.lang.value.IntMath;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.Value;
import java.math.BigInteger;

/** Python's builtin functions on numbers and characters. */
final class NumberFunctions {
    private NumberFunctions() {}

    private static boolean isInt(Object o) {
        return o instanceof Long || o instanceof BigInteger || o instanceof Boolean;
    }

    @Builtin(value = "abs", signature = "x, /", doc = "The magnitude of a number.")
    static Object abs(Machine m, Object x) {
        if (x instanceof Double d) {
            return Math.abs(d);
        }
        if (isInt(x)) {
            return IntMath.absolute(x);
        }
        Object found = x instanceof Value v ? v.special(m, "__abs__") : null;
        if (found == null) {
            throw NnError.type("bad operand type for abs(): '" + Semantics.typeOf(x).name() + "'");
        }
        return found;
    }

    @Builtin(value = "round", signature = "number, ndigits=None", doc = "The nearest int, or the nearest number with so many digits behind the point; halves go to the even neighbour.")
    static Object round(Machine m, Object number, Object ndigits) {
        if (number instanceof Double d) {
            if (ndigits != None.NONE) {
                return FloatMath.round(d, Semantics.index(m, ndigits));
            }
            return IntMath.truncate(Math.rint(d));
        }
        if (isInt(number)) {
            return roundInt(m, Semantics.indexObject(m, number), ndigits);
        }
        Object found = null;
        if (number instanceof Value v) {
            found = ndigits == None.NONE ? v.special(m, "__round__") : v.special(m, "__round__", ndigits);
        }
        if (found == null) {
            throw NnError.type("type " + Semantics.typeOf(number).name() + " doesn't define __round__ method");
        }
        return found;
    }

    private static Object roundInt(Machine m, Object number, Object ndigits) {
        long digits = ndigits == None.NONE ? 0 : Semantics.index(m, ndigits);
        if (digits >= 0) {
            return number;
        }
        BigInteger value = IntMath.big(number);
        if (-digits > value.bitLength() / 3 + 2) {
            return 0L;
        }
        BigInteger unit = BigInteger.TEN.pow((int) -digits);
        BigInteger[] parts = value.divideAndRemainder(unit);
        int half = parts[1].abs().shiftLeft(1).compareTo(unit);
        boolean away = half > 0 || half == 0 && parts[0].testBit(0);
        BigInteger whole = away ? parts[0].add(BigInteger.valueOf(value.signum())) : parts[0];
        return IntMath.normal(whole.multiply(unit));
    }

    @Builtin(value = "pow", signature = "base, exp, mod=None", doc = "base ** exp, modulo mod if that is given.")
    static Object pow(Machine m, Object base, Object exp, Object mod) {
        if (mod == None.NONE) {
            return Semantics.binary(m, BinaryOperator.POWER, base, exp);
        }
        if (!isInt(base) || !isInt(exp) || !isInt(mod)) {
            throw NnError.type("pow() 3rd argument not allowed unless all arguments are integers");
        }
        return IntMath.powerModulo(base, exp, mod);
    }

    @Builtin(value = "divmod", signature = "x, y, /", doc = "The pair of x // y and x % y.")
    static Object divmod(Machine m, Object x, Object y) {
        if (isInt(x) && isInt(y)) {
            return IntMath.divmod(x, y);
        }
        if (!(x instanceof Value) && !(y instanceof Value) && !(x instanceof String) && !(y instanceof String)) {
            return FloatMath.divmod(Semantics.real(m, x), Semantics.real(m, y));
        }
        Object own = x instanceof Value v ? v.special(m, "__divmod__", y) : null;
        if (own != null) {
            return own;
        }
        try {
            return TupleValue.of(Semantics.binary(m, BinaryOperator.FLOOR_DIVIDE, x, y), Semantics.binary(m, BinaryOperator.REMAINDER, x, y));
        } catch (NnError e) {
            if (e.kind() == ErrorKind.TYPE_ERROR && e.getMessage().startsWith("unsupported operand")) {
                throw NnError.type("unsupported operand type(s) for divmod(): '" + Semantics.typeOf(x).name() + "' and '"
                        + Semantics.typeOf(y).name() + "'");
            }
            throw e;
        }
    }

    private static String inBase(Machine m, Object x, String prefix, int base) {
        BigInteger v = IntMath.big(Semantics.indexObject(m, x));
        return (v.signum() < 0 ? "-" : "") + prefix + v.abs().toString(base);
    }

    @Builtin(value = "hex", signature = "x, /", doc = "An int in hexadecimal.")
    static String hex(Machine m, Object x) {
        return inBase(m, x, "0x", 16);
    }

    @Builtin(value = "oct", signature = "x, /", doc = "An int in octal.")
    static String oct(Machine m, Object x) {
        return inBase(m, x, "0o", 8);
    }

    @Builtin(value = "bin", signature = "x, /", doc = "An int in binary.")
    static String bin(Machine m, Object x) {
        return inBase(m, x, "0b", 2);
    }

    @Builtin(value = "ord", signature = "c, /", doc = "The code of a character.")
    static long ord(Machine m, Object c) {
        if (c instanceof String s) {
            int n = s.codePointCount(0, s.length());
            if (n == 1) {
                return s.codePointAt(0);
            }
            throw NnError.type("ord() expected a character, but string of length " + n + " found");
        }
        if (c instanceof BytesValue b) {
            if (b.size() == 1) {
                return b.bytes()[0] & 0xff;
            }
            throw NnError.type("ord() expected a character, but string of length " + b.size() + " found");
        }
        throw NnError.type("ord() expected string of length 1, but " + Semantics.typeOf(c).name() + " found");
    }

    @Builtin(value = {"chr", "unichr"}, signature = "i, /", doc = "The character of a code.")
    static String chr(Machine m, Object i) {
        Object index = Semantics.indexObject(m, i);
        if (!(index instanceof Long code)) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "Python int too large to convert to C int");
        }
        if (code < 0 || code > Character.MAX_CODE_POINT) {
            throw NnError.value("chr() arg not in range(0x110000)");
        }
        return Character.toString((int) (long) code);
    }
}
