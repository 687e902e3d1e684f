package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.tensor.FloatText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Python's floats: IEEE doubles, but division by zero is an error and so is a power that overflows. */
public final class FloatMath {
    private FloatMath() {}

    /** {@code x OP y}; NotImplemented for operators that floats do not have. */
    static Object binary(BinaryOperator op, double x, double y) {
        switch (op) {
            case ADD:
                return x + y;
            case SUBTRACT:
                return x - y;
            case MULTIPLY:
                return x * y;
            case DIVIDE:
                if (y == 0) {
                    throw IntMath.zeroDivision("float division by zero");
                }
                return x / y;
            case FLOOR_DIVIDE:
                if (y == 0) {
                    throw IntMath.zeroDivision("float floor division by zero");
                }
                return floorDivide(x, y);
            case REMAINDER:
                if (y == 0) {
                    throw IntMath.zeroDivision("float modulo");
                }
                return remainder(x, y);
            case POWER:
                return power(x, y);
            default:
                return NotImplementedValue.NOT_IMPLEMENTED;
        }
    }

    /** The remainder with the divisor's sign, exact as C's fmod is. */
    public static double remainder(double x, double y) {
        double r = x % y;
        if (r != 0) {
            return r < 0 != y < 0 ? r + y : r;
        }
        return Math.copySign(0.0, y);
    }

    /** The quotient rounded down such that {@code x == y * quotient + remainder} as nearly as doubles allow. */
    public static double floorDivide(double x, double y) {
        double r = x % y;
        double q = (x - r) / y;
        if (r != 0 && r < 0 != y < 0) {
            q -= 1;
        }
        if (q == 0) {
            return Math.copySign(0.0, x / y);
        }
        double floor = Math.floor(q);
        return q - floor > 0.5 ? floor + 1 : floor;
    }

    /** {@code divmod(x, y)}. */
    public static TupleValue divmod(double x, double y) {
        if (y == 0) {
            throw IntMath.zeroDivision("float divmod()");
        }
        return TupleValue.of(floorDivide(x, y), remainder(x, y));
    }

    /** {@code x ** y}: complex for a fractional power of a negative number. */
    static Object power(double x, double y) {
        if (x == 0 && y < 0) {
            throw IntMath.zeroDivision("0.0 cannot be raised to a negative power");
        }
        if (x < 0 && !Double.isInfinite(x) && !Double.isInfinite(y) && y != Math.rint(y)) {
            return new ComplexValue(x, 0).power(new ComplexValue(y, 0));
        }
        return realPower(x, y);
    }

    /** The power of reals as C's pow gives it; OverflowError where it is too large. */
    public static double realPower(double x, double y) {
        // C's pow: 1 to any power and -1 to an infinite one are 1, which Java's leaves undefined.
        if (x == 1 || x == -1 && Double.isInfinite(y)) {
            return 1.0;
        }
        double r = Math.pow(x, y);
        if (Double.isInfinite(r) && !Double.isInfinite(x) && !Double.isInfinite(y)) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "(34, 'Numerical result out of range')");
        }
        return r;
    }

    static boolean compare(CompareOperator op, double x, double y) {
        return switch (op) {
            case EQUAL -> x == y;
            case NOT_EQUAL -> x != y;
            case LESS -> x < y;
            case LESS_EQUAL -> x <= y;
            case GREATER -> x > y;
            case GREATER_EQUAL -> x >= y;
            default -> throw new IllegalArgumentException(op.symbol());
        };
    }

    /** The order of a float and an int, exact however large they are; the float is no NaN. */
    static int compare(double x, BigInteger y) {
        if (Double.isInfinite(x)) {
            return x > 0 ? 1 : -1;
        }
        return new BigDecimal(x).compareTo(new BigDecimal(y));
    }

    /** {@code round(x, digits)}: to the nearest, halves to even, judged on the exact binary value. */
    public static double round(double x, long digits) {
        if (Double.isNaN(x) || Double.isInfinite(x) || digits > 323) {
            return x;
        }
        if (digits < -308) {
            return Math.copySign(0.0, x);
        }
        if (digits >= 0 && digits <= FloatText.PLAIN_DIGITS) {
            long units = FloatText.units(Math.abs(x), (int) digits);
            if (units >= 0) {
                return Math.copySign(units / FloatText.power((int) digits), x);
            }
        }
        double r = new BigDecimal(x).setScale((int) digits, RoundingMode.HALF_EVEN).doubleValue();
        if (Double.isInfinite(r)) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "rounded value too large to represent");
        }
        return Math.copySign(r, x);
    }
}
