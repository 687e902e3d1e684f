package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.IntMath;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import java.math.BigInteger;

/** The functions of {@code math} on ints: exact, however large. */
final class IntegerFunctions {
    private IntegerFunctions() {}

    private static BigInteger integer(Machine m, Object x) {
        return IntMath.big(Semantics.indexObject(m, x));
    }

    @Builtin(value = "factorial", signature = "x, /", doc = "The product of the ints from 1 to x.")
    static Object factorial(Machine m, Object x) {
        if (x instanceof Double) {
            throw NnError.type("'float' object cannot be interpreted as an integer");
        }
        long n = Semantics.index(m, x);
        if (n < 0) {
            throw NnError.value("factorial() not defined for negative values");
        }
        return IntMath.normal(product(1, n));
    }

    /** The product of the ints above low up to high, halved so that the factors stay balanced. */
    private static BigInteger product(long low, long high) {
        if (low >= high) {
            return BigInteger.ONE;
        }
        if (high - low == 1) {
            return BigInteger.valueOf(high);
        }
        long middle = (low + high) >>> 1;
        return IntMath.product(product(low, middle), product(middle, high));
    }

    @Builtin(value = "comb", signature = "n, k, /", doc = "How many ways there are to choose k of n.")
    static Object comb(Machine m, Object n, Object k) {
        BigInteger all = integer(m, n);
        BigInteger some = integer(m, k);
        if (all.signum() < 0 || some.signum() < 0) {
            throw NnError.value((all.signum() < 0 ? "n" : "k") + " must be a non-negative integer");
        }
        if (some.compareTo(all) > 0) {
            return 0L;
        }
        some = some.min(all.subtract(some));
        BigInteger result = BigInteger.ONE;
        for (long i = 1; i <= some.longValue(); i++) {
            result = IntMath.product(result, all.subtract(BigInteger.valueOf(i - 1))).divide(BigInteger.valueOf(i));
        }
        return IntMath.normal(result);
    }

    @Builtin(value = "perm", signature = "n, k=None, /", doc = "How many ways there are to choose k of n in order.")
    static Object perm(Machine m, Object n, Object k) {
        if (k == None.NONE) {
            return factorial(m, n);
        }
        long all = Semantics.index(m, n);
        long some = Semantics.index(m, k);
        if (all < 0 || some < 0) {
            throw NnError.value((all < 0 ? "n" : "k") + " must be a non-negative integer");
        }
        return some > all ? 0L : IntMath.normal(product(all - some, all));
    }

    @Builtin(value = "gcd", signature = "*integers", doc = "The greatest common divisor.")
    static Object gcd(Machine m, Object[] integers) {
        BigInteger result = BigInteger.ZERO;
        for (Object each : integers) {
            result = IntMath.gcd(result, integer(m, each));
        }
        return IntMath.normal(result);
    }

    @Builtin(value = "lcm", signature = "*integers", doc = "The least common multiple.")
    static Object lcm(Machine m, Object[] integers) {
        BigInteger result = BigInteger.ONE;
        for (Object each : integers) {
            BigInteger v = integer(m, each).abs();
            if (v.signum() == 0) {
                return 0L;
            }
            result = IntMath.product(result.divide(IntMath.gcd(result, v)), v);
        }
        return IntMath.normal(result);
    }

    @Builtin(value = "isqrt", signature = "n, /", doc = "The whole part of the square root of an int.")
    static Object isqrt(Machine m, Object n) {
        BigInteger v = integer(m, n);
        if (v.signum() < 0) {
            throw NnError.value("isqrt() argument must be nonnegative");
        }
        return IntMath.normal(IntMath.squareRoot(v));
    }
}
