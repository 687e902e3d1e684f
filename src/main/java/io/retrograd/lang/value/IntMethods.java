package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import java.math.BigInteger;

/** What scripts can ask an int; a bool answers too. */
final class IntMethods {
    private IntMethods() {}

    @Builtin(value = "__new__", signature = "x=0, /, base=None", doc = "The int that a number is cut down to or a text spells, in a base.")
    static Object make(Machine m, Object x, Object base) {
        if (base != None.NONE) {
            int b = (int) Math.max(-1, Math.min(99, Semantics.index(m, base)));
            if (x instanceof String s) {
                return IntMath.parse(s, b, () -> StringText.repr(s));
            }
            if (x instanceof BytesValue bytes) {
                return IntMath.parse(bytes.latin(), b, bytes::literal);
            }
            throw NnError.type("int() can't convert non-string with explicit base");
        }
        if (x instanceof Long || x instanceof BigInteger) {
            return x;
        }
        if (x instanceof Double d) {
            return IntMath.truncate(d);
        }
        if (x instanceof String s) {
            return IntMath.parse(s, 10, () -> StringText.repr(s));
        }
        if (x instanceof Boolean b) {
            return b ? 1L : 0L;
        }
        if (x instanceof BytesValue bytes) {
            return IntMath.parse(bytes.latin(), 10, bytes::literal);
        }
        Object found = ((Value) x).asInt(m);
        if (found == null) {
            throw NnError.type("int() argument must be a string, a bytes-like object or a real number, not '" + Semantics.typeOf(x).name() + "'");
        }
        return found;
    }

    @Builtin(value = "bit_length", method = true, doc = "How many bits its magnitude needs.")
    static long bitLength(Machine m, Object self) {
        return IntMath.big(self).abs().bitLength();
    }

    @Builtin(value = "bit_count", method = true, doc = "How many bits of its magnitude are one.")
    static long bitCount(Machine m, Object self) {
        return IntMath.big(self).abs().bitCount();
    }

    @Builtin(value = "to_bytes", method = true, signature = "length=1, byteorder='big', *, signed=False", doc = "The value in that many bytes.")
    static Object toBytes(Machine m, Object self, int length, String byteorder, boolean signed) {
        BigInteger v = IntMath.big(self);
        if (v.signum() < 0 && !signed) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "can't convert negative int to unsigned");
        }
        if (v.bitLength() > length * 8L - (signed ? 1 : 0)) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "int too big to convert");
        }
        byte[] out = new byte[length];
        boolean little = isLittle(byteorder);
        for (int i = 0; i < length; i++) {
            out[little ? i : length - 1 - i] = v.shiftRight(8 * i).byteValue();
        }
        return new BytesValue(out);
    }

    private static boolean isLittle(String order) {
        if (!order.equals("little") && !order.equals("big")) {
            throw NnError.value("byteorder must be either 'little' or 'big'");
        }
        return order.equals("little");
    }

    @Builtin(value = "from_bytes", signature = "bytes, byteorder='big', *, signed=False", doc = "The value that bytes stand for.")
    static Object fromBytes(Machine m, Object bytes, String byteorder, boolean signed) {
        Object made = BytesMethods.make(m, bytes, None.NONE, None.NONE);
        byte[] big = ((BytesValue) made).bytes().clone();
        if (isLittle(byteorder)) {
            for (int i = 0, j = big.length - 1; i < j; i++, j--) {
                byte b = big[i];
                big[i] = big[j];
                big[j] = b;
            }
        }
        if (big.length == 0) {
            return 0L;
        }
        LargeInt.bits(8L * big.length);
        if (big.length >= Integer.MAX_VALUE / Byte.SIZE) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "int too large to convert");
        }
        return IntMath.normal(signed ? new BigInteger(big) : new BigInteger(1, big));
    }

    @Builtin(value = "as_integer_ratio", method = true, doc = "The pair of the number and 1.")
    static Object ratio(Machine m, Object self) {
        return TupleValue.of(plain(self), 1L);
    }

    @Builtin(value = {"conjugate", "__int__", "__index__", "__trunc__", "__floor__", "__ceil__", "__pos__"}, method = true, doc = "The number itself.")
    static Object conjugate(Machine m, Object self) {
        return plain(self);
    }

    @Builtin(value = {"real", "numerator"}, property = true, doc = "The number itself.")
    static Object real(Machine m, Object self) {
        return plain(self);
    }

    @Builtin(value = "imag", property = true, doc = "Zero.")
    static long imag(Machine m, Object self) {
        return 0;
    }

    @Builtin(value = "denominator", property = true, doc = "One.")
    static long denominator(Machine m, Object self) {
        return 1;
    }

    private static Object plain(Object self) {
        return self instanceof Boolean b ? (Object) (b ? 1L : 0L) : self;
    }
}
