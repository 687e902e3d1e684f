package io.retrograd;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers, booleans and texts as one of Java's classes for them; a whole number only where it fits. */
final class PlainTypes {
    private PlainTypes() {}

    /** Whether it is a class of numbers, or of booleans. */
    static boolean isNumber(Class<?> type) {
        return type.isPrimitive() && type != char.class && type != void.class || Number.class.isAssignableFrom(type) || type == Boolean.class;
    }

    /** The value as a number, boolean, string or character class; null if it is none. */
    static Object of(Object v, Class<?> type) {
        if (v instanceof Boolean b) {
            return type == boolean.class || type == Boolean.class ? b : null;
        }
        if (v instanceof String s) {
            if (type == char.class || type == Character.class) {
                return s.length() == 1 ? s.charAt(0) : null;
            }
            return type == String.class ? s : null;
        }
        if (!(v instanceof Number n)) {
            return null;
        }
        if (type == double.class || type == Double.class) {
            return n.doubleValue();
        }
        if (type == float.class || type == Float.class) {
            return n.floatValue();
        }
        if (type == BigDecimal.class) {
            return n instanceof BigInteger b ? new BigDecimal(b) : n instanceof Double || n instanceof Float
                    ? BigDecimal.valueOf(n.doubleValue()) : BigDecimal.valueOf(n.longValue());
        }
        if (type == Number.class) {
            return n;
        }
        boolean whole = !(n instanceof Double || n instanceof Float) || n.doubleValue() == Math.rint(n.doubleValue());
        if (!whole) {
            return null;
        }
        if (type == BigInteger.class) {
            return n instanceof BigInteger b ? b : n instanceof Double || n instanceof Float
                    ? new BigDecimal(n.doubleValue()).toBigInteger() : BigInteger.valueOf(n.longValue());
        }
        if (n instanceof BigInteger || Math.abs(n.doubleValue()) > Long.MAX_VALUE) {
            return null;
        }
        long l = n.longValue();
        if (type == long.class || type == Long.class) {
            return l;
        }
        if ((type == int.class || type == Integer.class) && l == (int) l) {
            return (int) l;
        }
        if ((type == short.class || type == Short.class) && l == (short) l) {
            return (short) l;
        }
        return (type == byte.class || type == Byte.class) && l == (byte) l ? (Object) (byte) l : null;
    }

    /**
     * What a Java method of that type returns for the value.
     *
     * @throws ClassCastException if it has no such form
     */
    static Object fit(Object value, Class<?> type) {
        if (type == void.class || value == null && !type.isPrimitive() || type.isInstance(value)) {
            return type == void.class ? null : value;
        }
        Object simple = value == null ? null : of(value, type);
        if (simple == null) {
            throw new ClassCastException((value == null ? "None" : "a " + value.getClass().getSimpleName()) + " is no " + type.getSimpleName());
        }
        return simple;
    }
}
