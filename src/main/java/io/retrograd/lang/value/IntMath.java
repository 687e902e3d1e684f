package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.limit.Budget;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Supplier;

/**
 * Python's unbounded ints: {@code Long} as long as the value fits, {@link BigInteger} beyond. Division floors,
 * the remainder has the divisor's sign.
 */
public final class IntMath {
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);

    /** Ints below this are exact as doubles, so that one division rounds once. */
    private static final long EXACT = 1L << 53;

    /** More bits than this and a shift or power would not fit the heap. */
    private static final long MAX_BITS = 1L << 31;
    private static final int ASK_EVERY = 1 << 16;

    private IntMath() {}

    /** The one form of a value: a {@code Long} if it fits. */
    public static Object normal(BigInteger v) {
        return v.bitLength() < 64 ? (Object) v.longValue() : v;
    }

    /** A {@code Long}, {@code BigInteger} or {@code Boolean} as BigInteger. */
    public static BigInteger big(Object v) {
        if (v instanceof Long l) {
            return BigInteger.valueOf(l);
        }
        return v instanceof BigInteger b ? b : (Boolean) v ? BigInteger.ONE : BigInteger.ZERO;
    }

    /** {@code float(v)}; OverflowError beyond the largest double. */
    public static double toDouble(BigInteger v) {
        double d = v.doubleValue();
        if (Double.isInfinite(d)) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "int too large to convert to float");
        }
        return d;
    }

    static NnError zeroDivision(String message) {
        return new NnError(ErrorKind.ZERO_DIVISION_ERROR, message);
    }

    static Object binary(BinaryOperator op, long x, long y) {
        switch (op) {
            case ADD: {
                long r = x + y;
                return ((x ^ r) & (y ^ r)) < 0 ? BigInteger.valueOf(x).add(BigInteger.valueOf(y)) : (Object) r;
            }
            case SUBTRACT: {
                long r = x - y;
                return ((x ^ y) & (x ^ r)) < 0 ? BigInteger.valueOf(x).subtract(BigInteger.valueOf(y)) : (Object) r;
            }
            case MULTIPLY: {
                long high = Math.multiplyHigh(x, y);
                long low = x * y;
                return high == low >> 63 ? (Object) low : BigInteger.valueOf(x).multiply(BigInteger.valueOf(y));
            }
            case DIVIDE:
                return divide(x, y);
            case FLOOR_DIVIDE:
                if (y == 0) {
                    throw zeroDivision("integer division or modulo by zero");
                }
                return x == Long.MIN_VALUE && y == -1 ? LONG_MIN.negate() : (Object) Math.floorDiv(x, y);
            case REMAINDER:
                if (y == 0) {
                    throw zeroDivision("integer modulo by zero");
                }
                return Math.floorMod(x, y);
            case POWER:
                return power(x, y);
            case LEFT_SHIFT:
                if (y >= 0 && y < 63) {
                    long r = x << y;
                    if (r >> y == x) {
                        return r;
                    }
                }
                return shiftLeft(BigInteger.valueOf(x), y);
            case RIGHT_SHIFT:
                if (y < 0) {
                    throw NnError.value("negative shift count");
                }
                return x >> Math.min(y, 63);
            case BIT_AND:
                return x & y;
            case BIT_OR:
                return x | y;
            case BIT_XOR:
                return x ^ y;
            default:
                throw Semantics.unsupported(op, op.symbol(), x, y);
        }
    }

    /** For values of which at least one is larger than a long. */
    static Object binary(BinaryOperator op, BigInteger x, BigInteger y) {
        switch (op) {
            case ADD:
                LargeInt.bits(Math.max(x.bitLength(), y.bitLength()));
                return normal(x.add(y));
            case SUBTRACT:
                return normal(x.subtract(y));
            case MULTIPLY:
                LargeInt.bits((long) x.bitLength() + y.bitLength());
                return normal(x.multiply(y));
            case DIVIDE:
                return divide(x, y);
            case FLOOR_DIVIDE:
                return normal(floorDivide(x, y, "integer division or modulo by zero")[0]);
            case REMAINDER:
                return normal(floorDivide(x, y, "integer modulo by zero")[1]);
            case POWER:
                return power(x, y);
            case LEFT_SHIFT:
                if (y.bitLength() > 63) {
                    if (y.signum() < 0) {
                        throw NnError.value("negative shift count");
                    }
                    throw new NnError(ErrorKind.OVERFLOW_ERROR, "too many digits in integer");
                }
                return shiftLeft(x, y.longValue());
            case RIGHT_SHIFT:
                if (y.signum() < 0) {
                    throw NnError.value("negative shift count");
                }
                return y.bitLength() > 31 ? (Object) (x.signum() < 0 ? -1L : 0L) : normal(x.shiftRight(y.intValue()));
            case BIT_AND:
                return normal(x.and(y));
            case BIT_OR:
                return normal(x.or(y));
            case BIT_XOR:
                return normal(x.xor(y));
            default:
                throw Semantics.unsupported(op, op.symbol(), x, y);
        }
    }

    private static Object divide(long x, long y) {
        if (y == 0) {
            throw zeroDivision("division by zero");
        }
        if (x > -EXACT && x < EXACT && y > -EXACT && y < EXACT) {
            return (double) x / y;
        }
        return divide(BigInteger.valueOf(x), BigInteger.valueOf(y));
    }

    /**
     * The quotient, correctly rounded: as many quotient bits as a double holds and two more, the last of which is
     * sticky, then one rounding by the conversion.
     */
    private static double divide(BigInteger x, BigInteger y) {
        if (y.signum() == 0) {
            throw zeroDivision("division by zero");
        }
        if (x.signum() == 0) {
            return y.signum() < 0 ? -0.0 : 0.0;
        }
        boolean negative = x.signum() != y.signum();
        BigInteger a = x.abs();
        BigInteger b = y.abs();
        // Subnormal results have fewer bits: never go below 2^-1076, two bits under the smallest double.
        int shift = Math.max(a.bitLength() - b.bitLength() - 55, -1076);
        BigInteger[] q = shift < 0 ? a.shiftLeft(-shift).divideAndRemainder(b) : a.divideAndRemainder(b.shiftLeft(shift));
        BigInteger bits = q[1].signum() == 0 ? q[0] : q[0].setBit(0);
        double r = scale(bits, shift);
        if (Double.isInfinite(r)) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "integer division result too large for a float");
        }
        return negative ? -r : r;
    }

    private static double scale(BigInteger bits, int shift) {
        if (shift >= 0) {
            return bits.shiftLeft(shift).doubleValue();
        }
        return new BigDecimal(bits).divide(new BigDecimal(BigInteger.ONE.shiftLeft(-shift))).doubleValue();
    }

    private static BigInteger[] floorDivide(BigInteger x, BigInteger y, String message) {
        if (y.signum() == 0) {
            throw zeroDivision(message);
        }
        BigInteger[] q = x.divideAndRemainder(y);
        if (q[1].signum() != 0 && q[1].signum() != y.signum()) {
            q[0] = q[0].subtract(BigInteger.ONE);
            q[1] = q[1].add(y);
        }
        return q;
    }

    /** The product of two ints, where nothing forbids one so large. */
    public static BigInteger product(BigInteger x, BigInteger y) {
        Budget.check();
        LargeInt.bits((long) x.bitLength() + y.bitLength());
        return x.multiply(y);
    }

    /** The digits of an int to a base. */
    static String text(BigInteger v, int base) {
        LargeInt.digits(v.bitLength() / 3);
        return v.toString(base);
    }

    /** {@code divmod(x, y)} of two ints. */
    public static TupleValue divmod(Object x, Object y) {
        if (x instanceof Long a && y instanceof Long b && b != 0 && b != -1) {
            return TupleValue.of(Math.floorDiv(a, b), Math.floorMod(a, b));
        }
        BigInteger[] q = floorDivide(big(x), big(y), "integer division or modulo by zero");
        return TupleValue.of(normal(q[0]), normal(q[1]));
    }

    private static Object shiftLeft(BigInteger x, long by) {
        if (by < 0) {
            throw NnError.value("negative shift count");
        }
        if (x.signum() == 0) {
            return 0L;
        }
        LargeInt.bits(by > MAX_BITS ? by : x.bitLength() + by);
        if (x.bitLength() + by > MAX_BITS || by > MAX_BITS) {
            throw new NnError(ErrorKind.MEMORY_ERROR, "");
        }
        return normal(x.shiftLeft((int) by));
    }

    private static Object power(long x, long y) {
        if (y < 0) {
            return FloatMath.power(x, y);
        }
        long result = 1;
        long base = x;
        for (long e = y; e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                if (Math.multiplyHigh(result, base) != (result * base) >> 63) {
                    return power(BigInteger.valueOf(x), BigInteger.valueOf(y));
                }
                result *= base;
            }
            if (e > 1) {
                if (Math.multiplyHigh(base, base) != (base * base) >> 63) {
                    return power(BigInteger.valueOf(x), BigInteger.valueOf(y));
                }
                base *= base;
            }
        }
        return result;
    }

    private static Object power(BigInteger x, BigInteger y) {
        if (y.signum() < 0) {
            return FloatMath.power(toDouble(x), toDouble(y));
        }
        if (x.bitLength() <= 1 && x.signum() >= 0) {
            return y.signum() == 0 ? 1L : x.longValue();
        }
        if (x.equals(BigInteger.ONE.negate())) {
            return y.testBit(0) ? -1L : 1L;
        }
        LargeInt.bits(y.bitLength() > 31 ? Long.MAX_VALUE : x.bitLength() * y.longValue());
        if (y.bitLength() > 31 || (long) x.bitLength() * y.longValue() > MAX_BITS) {
            throw new NnError(ErrorKind.MEMORY_ERROR, "");
        }
        return normal(x.pow(y.intValue()));
    }

    /** The greatest common divisor. */
    public static BigInteger gcd(BigInteger x, BigInteger y) {
        LargeInt.quadratic(x);
        LargeInt.quadratic(y);
        return x.gcd(y);
    }

    /** The whole part of the square root. */
    public static BigInteger squareRoot(BigInteger x) {
        LargeInt.quadratic(x);
        return x.sqrt();
    }

    /** {@code pow(x, y, modulus)} of three ints. */
    public static Object powerModulo(Object x, Object y, Object modulus) {
        BigInteger n = big(modulus);
        if (n.signum() == 0) {
            throw NnError.value("pow() 3rd argument cannot be 0");
        }
        LargeInt.powerModulo(big(y), n);
        BigInteger r;
        try {
            r = big(x).modPow(big(y), n.abs());
        } catch (ArithmeticException noInverse) {
            throw NnError.value("base is not invertible for the given modulus");
        }
        if (n.signum() < 0 && r.signum() > 0) {
            r = r.add(n);
        }
        return normal(r);
    }

    /** {@code -x}, {@code abs(x)} and the like may leave the range of a long. */
    static Object negate(Object x) {
        return x instanceof Long l && l != Long.MIN_VALUE ? (Object) (-l) : normal(big(x).negate());
    }

    /** {@code abs(x)} of an int. */
    public static Object absolute(Object x) {
        return big(x).signum() < 0 ? negate(x) : indexOf(x);
    }

    private static Object indexOf(Object x) {
        return x instanceof Boolean b ? (Object) (b ? 1L : 0L) : x;
    }

    /** {@code int(d)}: rounded towards zero. */
    public static Object truncate(double d) {
        if (Double.isNaN(d)) {
            throw NnError.value("cannot convert float NaN to integer");
        }
        if (Double.isInfinite(d)) {
            throw new NnError(ErrorKind.OVERFLOW_ERROR, "cannot convert float infinity to integer");
        }
        if (Math.abs(d) < 0x1p63) {
            return (long) d;
        }
        return normal(new BigDecimal(d).toBigInteger());
    }

    /**
     * {@code int(text, base)}: spaces around, a sign, underscores between digits, and the prefix that goes with
     * the base; base 0 takes any prefix.
     */
    public static Object parse(String text, int base, Supplier<String> shown) {
        if (base != 0 && (base < 2 || base > 36)) {
            throw NnError.value("int() base must be >= 2 and <= 36, or 0");
        }
        Object found = parseOrNull(StringText.strip(text), base);
        if (found == null) {
            throw NnError.value("invalid literal for int() with base " + base + ": " + shown.get());
        }
        return found;
    }

    private static Object parseOrNull(String s, int wanted) {
        int i = 0;
        boolean negative = false;
        if (i < s.length() && (s.charAt(i) == '+' || s.charAt(i) == '-')) {
            negative = s.charAt(i++) == '-';
        }
        int base = wanted;
        if (i + 1 < s.length() && s.charAt(i) == '0') {
            int marked = switch (s.charAt(i + 1)) {
                case 'x', 'X' -> 16;
                case 'o', 'O' -> 8;
                case 'b', 'B' -> 2;
                default -> 0;
            };
            if (marked != 0 && (base == 0 || base == marked)) {
                base = marked;
                i += 2;
                if (i < s.length() && s.charAt(i) == '_') {
                    i++;
                }
            }
        }
        boolean bareZeros = base == 0 && i < s.length() && s.charAt(i) == '0';
        base = base == 0 ? 10 : base;
        StringBuilder digits = new StringBuilder();
        boolean afterDigit = false;
        for (; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == '_' && afterDigit) {
                afterDigit = false;
                continue;
            }
            if ((i & ASK_EVERY - 1) == 0) {
                StopCheck.ask();
            }
            int d = Character.digit(c, base);
            if (d < 0) {
                return null;
            }
            digits.append(Character.forDigit(d, base));
            afterDigit = true;
        }
        if (!afterDigit) {
            return null;
        }
        if (digits.length() <= 9) {
            long v = Long.parseLong(digits.toString(), base);
            return bareZeros && v != 0 ? null : (Object) (negative ? -v : v);
        }
        LargeInt.digits(digits.length());
        BigInteger v = new BigInteger(digits.toString(), base);
        return bareZeros && v.signum() != 0 ? null : normal(negative ? v.negate() : v);
    }

}
