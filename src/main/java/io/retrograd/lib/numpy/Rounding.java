package io.retrograd.lib.numpy;

/** numpy's rounding to decimals: by scaling, so that the last digit may differ from exact rounding as numpy's does. */
final class Rounding {
    private Rounding() {}

    static double round(double v, long decimals) {
        if (decimals == 0 || !Double.isFinite(v)) {
            return Math.rint(v);
        }
        double scale = Math.pow(10, Math.abs(decimals));
        return decimals > 0 ? Math.rint(v * scale) / scale : Math.rint(v / scale) * scale;
    }

    static long round(long v, long decimals) {
        if (decimals >= 0) {
            return v;
        }
        double scale = Math.pow(10, -decimals);
        return (long) (Math.rint(v / scale) * scale);
    }
}
