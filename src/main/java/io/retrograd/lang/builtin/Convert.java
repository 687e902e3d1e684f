package io.retrograd.lang.builtin;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;

/** How an argument becomes the Java type that a builtin's parameter has; called by the generated tables. */
public final class Convert {
    private Convert() {}

    public static boolean truth(Machine m, Object value) {
        return Semantics.truth(m, value);
    }

    /** An int, or anything with {@code __index__}. */
    public static long index(Machine m, Object value) {
        return Semantics.index(m, value);
    }

    public static int smallIndex(Machine m, Object value) {
        long v = Semantics.index(m, value);
        if (v != (int) v) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "Python int too large to convert to C int");
        }
        return (int) v;
    }

    public static double real(Machine m, Object value) {
        return Semantics.real(m, value);
    }

    /** A str; null for None. */
    public static String text(Machine m, Object value, String function, String parameter) {
        if (value == None.NONE) {
            return null;
        }
        if (value instanceof String s) {
            return s;
        }
        throw NnError.type(function + "() argument '" + parameter + "' must be str, not " + Semantics.typeOf(value).name());
    }

    /** An object of the Java class; null for None. */
    public static <T> T instance(Machine m, Object value, Class<T> wanted, String function, String parameter) {
        if (value == None.NONE) {
            return null;
        }
        if (wanted.isInstance(value)) {
            return wanted.cast(value);
        }
        throw NnError.type(function + "() argument '" + parameter + "' has the wrong type: " + Semantics.typeOf(value).name());
    }
}
