package io.retrograd.tensor;

/** Half precision (IEEE 754 binary16): values are kept as floats, rounded here to the nearest half, ties to even. */
public final class Half {
    private Half() {
    }

    /** The half-precision number nearest to {@code v}; infinite from 65520 on. */
    public static float round(double v) {
        double a = Math.abs(v);
        if (!(a < 65520)) {
            return Double.isNaN(v) ? Float.NaN : (float) Math.copySign(Double.POSITIVE_INFINITY, v);
        }
        // 11 significant bits, or multiples of 2^-24 below the smallest normal half.
        double unit = Math.scalb(1.0, Math.max(Math.getExponent(a) - 10, -24));
        return (float) Math.copySign(Math.rint(a / unit) * unit, v);
    }

    /** The 16 bits of {@code v}, which must be a half-precision number. */
    public static short toBits(float v) {
        int bits = Float.floatToIntBits(v);
        int sign = bits >>> 16 & 0x8000;
        float a = Math.abs(v);
        if (Float.isNaN(v)) {
            return (short) (sign | 0x7e00);
        }
        if (Float.isInfinite(v)) {
            return (short) (sign | 0x7c00);
        }
        if (a < 0x1p-14f) {
            return (short) (sign | (int) (a * 0x1p24f));
        }
        return (short) (sign | (bits >>> 13 & 0x3ffff) - (112 << 10) & 0x7fff);
    }

    /** The number that 16 bits stand for. */
    public static float fromBits(short half) {
        int exponent = half >>> 10 & 0x1f;
        int mantissa = half & 0x3ff;
        float a = exponent == 0 ? mantissa * 0x1p-24f
                : exponent == 31 ? (mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                : (float) Math.scalb(1 + mantissa / 1024.0, exponent - 15);
        return half < 0 ? -a : a;
    }
}
