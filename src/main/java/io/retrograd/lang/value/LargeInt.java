package io.retrograd.lang.value;

import io.retrograd.limit.Budget;
import java.math.BigInteger;

/**
 * How large the ints of an embedded script may become. Nothing can stop the JDK's arithmetic once it has begun, so it
 * is not begun where it would take more than some tenths of a second. The command has no such bounds.
 */
final class LargeInt {
    /** Bits of a result: 2.5 million decimal digits, the product of which takes some tenths of a second. */
    private static final long MOST_BITS = 1L << 23;

    /** Digits to and from which a number is converted: the way is quadratic. */
    private static final long MOST_DIGITS = 250_000;

    /** Bits of a number whose common divisors, inverses and roots are looked for. */
    private static final long MOST_QUADRATIC = 100_000;

    /** Products of machine words in a power with a modulus. */
    private static final double MOST_PRODUCTS = 3e8;

    private LargeInt() {}

    /** Asks for an int of that many bits. */
    static void bits(long bits) {
        if (bits > Budget.COUNTED) {
            if (bits > MOST_BITS) {
                Budget.refuse("an int of " + bits + " bits");
            }
            Budget.require(bits / 8);
        }
    }

    static void digits(long digits) {
        if (digits > MOST_DIGITS) {
            Budget.refuse("an int of " + digits + " digits as text");
        }
    }

    /** Asks for a way that takes time like the square of the number of bits. */
    static void quadratic(BigInteger v) {
        if (v.bitLength() > MOST_QUADRATIC) {
            Budget.refuse("an int of " + v.bitLength() + " bits");
        }
    }

    static void powerModulo(BigInteger exponent, BigInteger modulus) {
        if (exponent.signum() < 0) {
            quadratic(modulus);
        }
        double words = modulus.bitLength() / 32.0;
        if (words * words * exponent.bitLength() > MOST_PRODUCTS) {
            Budget.refuse("a power with a modulus of " + modulus.bitLength() + " bits");
        }
    }
}
