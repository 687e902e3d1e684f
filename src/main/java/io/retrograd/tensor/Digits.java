package io.retrograd.tensor;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The decimal digits of a positive finite number: 0.DIGITS × 10^point, without trailing zeros ("" for zero).
 *
 * <p>The shortest digits that read back to the number are found by Raffaello Giulietti's Schubfach ("The Schubfach
 * way to render doubles", 2020); {@link Double#toString(double)} finds them only from Java 19 on.
 */
record Digits(String digits, int point) {
    static final Digits ZERO = new Digits("", 1);

    private static final long MASK_32 = 0xffffffffL;
    private static final long MASK_63 = Long.MAX_VALUE;
    /** Powers of ten in the table; numbers outside its range compute theirs. */
    private static final int TABLE_FROM = -40;
    private static final int TABLE_TO = 40;
    private static final long[] TABLE = table();

    /** The shortest digits that read back to {@code v} &gt;= 0, of those the nearest. */
    static Digits shortest(double v) {
        if (v == 0) {
            return ZERO;
        }
        long bits = Double.doubleToRawLongBits(v);
        long t = bits & (1L << 52) - 1;
        int bq = (int) (bits >>> 52) & 0x7ff;
        int q = bq == 0 ? -1074 : bq - 1075;
        long c = bq == 0 ? t : t | 1L << 52;
        if (q <= 0 && q > -53 && (c & (1L << -q) - 1) == 0) {
            return of(c >> -q, 0);
        }
        int out = (int) c & 1;
        boolean regular = c != 1L << 52 || q == -1074;
        long cb = c << 2;
        long cbl = regular ? cb - 2 : cb - 1;
        int k = regular ? floorLog10Pow2(q) : floorLog10ThreeQuartersPow2(q);
        int h = q + floorLog2Pow10(-k) + 2;
        long g1 = g1(k);
        long g0 = g0(k);
        long vb = scaled(g1, g0, cb << h);
        long vbl = scaled(g1, g0, cbl << h);
        long vbr = scaled(g1, g0, cb + 2 << h);
        return choose(vb, vbl, vbr, out, k);
    }

    /** The shortest digits that read back to {@code v} &gt;= 0 as a float, of those the nearest. */
    static Digits shortest(float v) {
        if (v == 0) {
            return ZERO;
        }
        int bits = Float.floatToRawIntBits(v);
        int t = bits & (1 << 23) - 1;
        int bq = bits >>> 23 & 0xff;
        int q = bq == 0 ? -149 : bq - 150;
        int c = bq == 0 ? t : t | 1 << 23;
        if (q <= 0 && q > -24 && (c & (1 << -q) - 1) == 0) {
            return of(c >> -q, 0);
        }
        int out = c & 1;
        boolean regular = c != 1 << 23 || q == -149;
        long cb = (long) c << 2;
        long cbl = regular ? cb - 2 : cb - 1;
        int k = regular ? floorLog10Pow2(q) : floorLog10ThreeQuartersPow2(q);
        int h = q + floorLog2Pow10(-k) + 33;
        long g = g1(k) + 1;
        return choose(scaled(g, cb << h), scaled(g, cbl << h), scaled(g, cb + 2 << h), out, k);
    }

    /** The shortest digits that read back to {@code v} &gt;= 0 as a half. */
    static Digits shortestHalf(float v) {
        if (v == 0) {
            return ZERO;
        }
        BigDecimal exact = new BigDecimal(v);
        for (int precision = 1; ; precision++) {
            // Below a power of two the halves lie closer: the nearest decimal may fail where the one above reads back.
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.UP}) {
                BigDecimal d = exact.round(new MathContext(precision, mode));
                if (Half.round(d.doubleValue()) == v) {
                    return of(d);
                }
            }
        }
    }

    /** All digits of the exact value of {@code v} &gt;= 0. */
    static Digits exact(double v) {
        return v == 0 ? ZERO : of(new BigDecimal(v));
    }

    private static Digits choose(long vb, long vbl, long vbr, int out, int k) {
        long s = vb >> 2;
        if (s >= 10) {
            long sp10 = s / 10 * 10;
            long tp10 = sp10 + 10;
            boolean upin = vbl + out <= sp10 << 2;
            boolean wpin = (tp10 << 2) + out <= vbr;
            if (upin != wpin) {
                return of(upin ? sp10 : tp10, k);
            }
        }
        long t = s + 1;
        boolean uin = vbl + out <= s << 2;
        boolean win = (t << 2) + out <= vbr;
        if (uin != win) {
            return of(uin ? s : t, k);
        }
        long cmp = vb - (s + t << 1);
        return of(cmp < 0 || cmp == 0 && (s & 1) == 0 ? s : t, k);
    }

    private static Digits of(long n, int exponent) {
        String s = Long.toString(n);
        int end = s.length();
        while (end > 0 && s.charAt(end - 1) == '0') {
            end--;
        }
        return new Digits(s.substring(0, end), s.length() + exponent);
    }

    private static Digits of(BigDecimal d) {
        String s = d.unscaledValue().toString();
        int end = s.length();
        while (end > 0 && s.charAt(end - 1) == '0') {
            end--;
        }
        return new Digits(s.substring(0, end), s.length() - d.scale());
    }

    /**
     * These digits (the shortest of {@code exact}) rounded to {@code decimals} places after the point, half to even on
     * the exact value. Negative counts round before the point.
     */
    Digits roundedAt(int decimals, double exact) {
        int keep = point + decimals;
        if (keep >= digits.length()) {
            return this;
        }
        if (keep < 0) {
            return new Digits("", 1 - Math.max(decimals, 0));
        }
        char next = digits.charAt(keep);
        boolean up = next > '5' || next == '5' && keep + 1 < digits.length();
        if (next == '5' && keep + 1 == digits.length()) {
            // The shortest digits end half way; the exact value may lie on either side.
            int side = new BigDecimal(exact).compareTo(new BigDecimal(new BigInteger(digits), digits.length() - point));
            up = side > 0 || side == 0 && keep > 0 && (digits.charAt(keep - 1) & 1) == 1;
        }
        if (!up) {
            int end = keep;
            while (end > 0 && digits.charAt(end - 1) == '0') {
                end--;
            }
            return end == 0 ? new Digits("", 1) : new Digits(digits.substring(0, end), point);
        }
        int i = keep - 1;
        while (i >= 0 && digits.charAt(i) == '9') {
            i--;
        }
        return i < 0 ? new Digits("1", point + 1)
                : new Digits(digits.substring(0, i) + (char) (digits.charAt(i) + 1), point);
    }

    /** The digits before the decimal point; "0" if there are none. */
    String integerPart() {
        if (digits.isEmpty() || point <= 0) {
            return "0";
        }
        return point <= digits.length() ? digits.substring(0, point) : digits + "0".repeat(point - digits.length());
    }

    /** The digits after the decimal point, without trailing zeros. */
    String fraction() {
        if (digits.isEmpty() || point >= digits.length()) {
            return "";
        }
        return point > 0 ? digits.substring(point) : "0".repeat(-point) + digits;
    }

    /** The decimal exponent of the first digit; 0 for zero. */
    int exponent() {
        return digits.isEmpty() ? 0 : point - 1;
    }

    /** The digits after the first, as scientific notation writes them after the point. */
    String scientificFraction() {
        return digits.length() <= 1 ? "" : digits.substring(1);
    }

    /** The first digit. */
    String lead() {
        return digits.isEmpty() ? "0" : digits.substring(0, 1);
    }

    private static int floorLog10Pow2(int e) {
        return (int) (e * 661_971_961_083L >> 41);
    }

    private static int floorLog10ThreeQuartersPow2(int e) {
        return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
    }

    private static int floorLog2Pow10(int e) {
        return (int) (e * 913_124_641_741L >> 38);
    }

    private static long scaled(long g1, long g0, long cp) {
        long x1 = Math.multiplyHigh(g0, cp);
        long y0 = g1 * cp;
        long y1 = Math.multiplyHigh(g1, cp);
        long z = (y0 >>> 1) + x1;
        long w = y1 + (z >>> 63);
        return w | (z & MASK_63) + MASK_63 >>> 63;
    }

    private static long scaled(long g, long cp) {
        long x1 = Math.multiplyHigh(g, cp);
        long vbp = x1 >>> 31;
        return vbp | (x1 & MASK_32) + MASK_32 >>> 32;
    }

    private static long g1(int k) {
        return k >= TABLE_FROM && k <= TABLE_TO ? TABLE[2 * (k - TABLE_FROM)] : g(k).shiftRight(63).longValue();
    }

    private static long g0(int k) {
        return k >= TABLE_FROM && k <= TABLE_TO ? TABLE[2 * (k - TABLE_FROM) + 1] : g(k).longValue() & MASK_63;
    }

    private static long[] table() {
        long[] t = new long[2 * (TABLE_TO - TABLE_FROM + 1)];
        for (int k = TABLE_FROM; k <= TABLE_TO; k++) {
            BigInteger g = g(k);
            t[2 * (k - TABLE_FROM)] = g.shiftRight(63).longValue();
            t[2 * (k - TABLE_FROM) + 1] = g.longValue() & MASK_63;
        }
        return t;
    }

    /** floor(10^-k × 2^-r) + 1 with r such that it has 126 bits. */
    private static BigInteger g(int k) {
        int r = floorLog2Pow10(-k) - 125;
        BigInteger ten = BigInteger.TEN.pow(Math.abs(k));
        BigInteger floor = k <= 0 ? ten.shiftLeft(-r) : BigInteger.ONE.shiftLeft(-r).divide(ten);
        return floor.add(BigInteger.ONE);
    }
}
