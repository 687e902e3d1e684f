package io.retrograd.sweep;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as a table shows them. */
final class Numbers {
    private static final MathContext SHOWN = new MathContext(6);

    private Numbers() {}

    /** Six digits at most. */
    static String text(double v) {
        if (!Double.isFinite(v)) {
            return Double.isNaN(v) ? "nan" : v > 0 ? "inf" : "-inf";
        }
        BigDecimal d = new BigDecimal(v).round(SHOWN).stripTrailingZeros();
        if (d.signum() == 0) {
            return "0";
        }
        int exponent = d.precision() - d.scale() - 1;
        return exponent >= -5 && exponent < 9 ? d.toPlainString() : d.toString().replace('E', 'e').replace("e+", "e");
    }

    static String text(Object v) {
        return v instanceof Double d ? text(d.doubleValue()) : String.valueOf(v);
    }

    /** The number that a value is; NaN for text. */
    static double of(Object v) {
        return v instanceof Number n ? n.doubleValue() : v instanceof Boolean b ? b ? 1 : 0 : Double.NaN;
    }
}
