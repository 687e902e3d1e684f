package io.retrograd.lang.value;

import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import java.math.BigInteger;

/** What ints, floats and bools do with one another, for the pairs off the fast path. */
final class Numbers {
    /** Python hashes numbers modulo this prime, so that equal numbers of any type have equal hashes. */
    private static final long HASH_MODULUS = (1L << 61) - 1;
    private static final int HASH_BITS = 61;
    private static final BigInteger BIG_HASH_MODULUS = BigInteger.valueOf(HASH_MODULUS);

    private Numbers() {}

    private static boolean isInt(Object o) {
        return o instanceof Long || o instanceof BigInteger || o instanceof Boolean;
    }

    static boolean isNumber(Object o) {
        return o instanceof Double || isInt(o);
    }

    static double real(Object o) {
        if (o instanceof Double d) {
            return d;
        }
        if (o instanceof Long l) {
            return l;
        }
        return o instanceof BigInteger b ? IntMath.toDouble(b) : (Boolean) o ? 1 : 0;
    }

    /** NotImplemented if they are not both numbers. */
    static Object binary(BinaryOperator op, Object a, Object b) {
        if (!isNumber(a) || !isNumber(b)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        boolean supported = switch (op) {
            case MATRIX_MULTIPLY -> false;
            case LEFT_SHIFT, RIGHT_SHIFT, BIT_AND, BIT_OR, BIT_XOR -> isInt(a) && isInt(b);
            default -> true;
        };
        if (!supported) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        if (a instanceof Double || b instanceof Double) {
            return FloatMath.binary(op, real(a), real(b));
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            switch (op) {
                case BIT_AND:
                    return x & y;
                case BIT_OR:
                    return x | y;
                case BIT_XOR:
                    return x ^ y;
                default:
                    break;
            }
        }
        if (a instanceof BigInteger || b instanceof BigInteger) {
            return IntMath.binary(op, IntMath.big(a), IntMath.big(b));
        }
        return IntMath.binary(op, small(a), small(b));
    }

    private static long small(Object o) {
        return o instanceof Long l ? l : (Boolean) o ? 1 : 0;
    }

    /** Null if they are not both numbers. */
    static Boolean compare(CompareOperator op, Object a, Object b) {
        if (!isNumber(a) || !isNumber(b)) {
            return null;
        }
        if (a instanceof Double x) {
            if (b instanceof Double y) {
                return FloatMath.compare(op, x, y);
            }
            if (x.isNaN()) {
                return op == CompareOperator.NOT_EQUAL;
            }
            return Semantics.holds(op, order(x, b));
        }
        if (b instanceof Double y) {
            if (y.isNaN()) {
                return op == CompareOperator.NOT_EQUAL;
            }
            return Semantics.holds(op, -order(y, a));
        }
        if (a instanceof BigInteger || b instanceof BigInteger) {
            return Semantics.holds(op, IntMath.big(a).compareTo(IntMath.big(b)));
        }
        return Semantics.holds(op, Long.compare(small(a), small(b)));
    }

    private static int order(double x, Object y) {
        if (!(y instanceof BigInteger)) {
            long l = small(y);
            if (Math.abs(l) < 1L << 53) {
                return x < l ? -1 : x > l ? 1 : 0;
            }
        }
        return FloatMath.compare(x, IntMath.big(y));
    }

    /** Null if it is no number or has no such operator. */
    static Object unary(UnaryOperator op, Object a) {
        if (a instanceof Double d) {
            return switch (op) {
                case POSITIVE -> d;
                case NEGATIVE -> -d;
                default -> null;
            };
        }
        if (!isInt(a)) {
            return null;
        }
        Object v = a instanceof Boolean b ? (Object) (b ? 1L : 0L) : a;
        return switch (op) {
            case POSITIVE -> v;
            case NEGATIVE -> IntMath.negate(v);
            case INVERT -> v instanceof Long l ? (Object) (~l) : IntMath.normal(((BigInteger) v).not());
            default -> null;
        };
    }

    /** CPython's hash of a number (Include/pyhash.h explains the modulus). */
    static long hash(Object o) {
        if (o instanceof Long l) {
            return hash((long) l);
        }
        if (o instanceof Double d) {
            return hash((double) d);
        }
        if (o instanceof Boolean b) {
            return b ? 1 : 0;
        }
        return notMinusOne(((BigInteger) o).remainder(BIG_HASH_MODULUS).longValue());
    }

    static long hash(long l) {
        if (l > -HASH_MODULUS && l < HASH_MODULUS) {
            return l == -1 ? -2 : l;
        }
        return notMinusOne(l % HASH_MODULUS);
    }

    private static long notMinusOne(long h) {
        return h == -1 ? -2 : h;
    }

    private static long hash(double d) {
        if (d == (long) d && Math.abs(d) < 0x1p60) {
            return notMinusOne((long) d);
        }
        if (Double.isInfinite(d)) {
            return d > 0 ? 314159 : -314159;
        }
        if (Double.isNaN(d)) {
            return Double.hashCode(d);
        }
        // The value is mantissa * 2^exponent; a power of two modulo 2^61 - 1 is a rotation of 61 bits.
        int exponent = Math.max(Math.getExponent(d), Double.MIN_EXPONENT) - 52;
        long mantissa = (long) Math.scalb(Math.abs(d), -exponent);
        int turn = Math.floorMod(exponent, HASH_BITS);
        long h = turn == 0 ? mantissa : mantissa << turn & HASH_MODULUS | mantissa >>> HASH_BITS - turn;
        return notMinusOne(d < 0 ? -h : h);
    }
}
