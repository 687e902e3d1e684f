package io.retrograd.show;

import io.retrograd.tensor.ArrayFormat;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.PrintOptions;
import java.util.Map;

/** Arrays for people: small ones whole, with the digits that make them what they are; large ones in a few numbers. */
final class Values {
    /** Elements that are still shown one by one. */
    private static final int WHOLE = 32;

    /** All digits that tell a number apart, so that one can go on computing with it. */
    private static final ArrayFormat DIGITS = new ArrayFormat(
            new PrintOptions(17, 1000, 3, 120, false, "nan", "inf", '-', PrintOptions.FloatMode.MAXPREC, Map.of()),
            String::valueOf);

    private Values() {}

    static String shape(NdArray a) {
        return NdArray.tuple(a.shape());
    }

    /** One line or several. */
    static String text(NdArray a, Messages messages) {
        if (a.rank() == 0 || a.size() == 1) {
            return scalar(a, 0);
        }
        if (a.size() <= WHOLE || !a.dtype().isNumeric()) {
            return DIGITS.toStr(a);
        }
        Statistics s = Statistics.of(a);
        return messages.get("summary", number(s.min()), number(s.max()), number(s.mean()), number(s.norm()));
    }

    static String scalar(NdArray a, int i) {
        return a.dtype() == DType.FLOAT64 ? FloatText.repr(a.getDouble(i))
                : a.dtype().isFloating() ? FloatText.repr(a.getFloat(i))
                : a.dtype() == DType.BOOL ? String.valueOf(a.getBoolean(i))
                : a.dtype().isNumeric() ? Long.toString(a.getLong(i)) : String.valueOf(a.getObject(i));
    }

    static String number(double v) {
        return FloatText.format(v, 'g', 6, false);
    }
}
