package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import java.math.BigInteger;

/** What Python's operations mean for any object, be it a plain Java value or a {@link Value}. */
public final class Semantics {
    private Semantics() {}

    /** {@code a is b}. */
    public static boolean same(Object a, Object b) {
        return a == b || a instanceof Value v && v.sameAs(b);
    }

    public static TypeValue typeOf(Object value) {
        if (value instanceof Value v) {
            return v.type();
        }
        throw new IllegalStateException(value.getClass().getName());
    }

    public static boolean equal(Machine m, Object a, Object b) {
        return a.equals(b);
    }

    public static boolean truth(Machine m, Object value) {
        if (value instanceof Boolean b) {
            return b;
        }
        if (value instanceof Long l) {
            return l != 0;
        }
        return value instanceof Value v ? v.truth(m) : !value.equals("") && !value.equals(0.0);
    }

    /** The value as an int that fits a Java long; TypeError if it is no integer, OverflowError if too large. */
    public static long index(Machine m, Object value) {
        if (value instanceof Long l) {
            return l;
        }
        if (value instanceof Boolean b) {
            return b ? 1 : 0;
        }
        if (value instanceof BigInteger) {
            throw new NnError(io.retrograd.error.ErrorKind.OVERFLOW_ERROR, "Python int too large to convert to C long");
        }
        throw NnError.type("'" + typeOf(value).name() + "' object cannot be interpreted as an integer");
    }

    /** The value as a float; TypeError if it is no number. */
    public static double real(Machine m, Object value) {
        if (value instanceof Number n) {
            return n.doubleValue();
        }
        return index(m, value);
    }
}
