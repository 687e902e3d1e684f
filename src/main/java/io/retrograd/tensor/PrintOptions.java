package io.retrograd.tensor;

import java.util.Map;

/**
 * How arrays are printed: numpy's {@code set_printoptions}.
 *
 * @param precision most digits after the point
 * @param threshold arrays of more elements are summarised
 * @param edgeItems how many elements a summary shows at each end of a dimension
 * @param lineWidth lines are wrapped after so many characters
 * @param suppress small numbers are shown as 0 rather than in scientific notation
 * @param nan the text for NaN
 * @param inf the text for infinity
 * @param sign '-' (minus signs only), '+' (plus signs too) or ' ' (a blank for plus)
 * @param floatMode which digits are shown
 * @param formatters a script's own element formats under numpy's keys ({@code float_kind}, {@code int}, {@code all} …)
 */
public record PrintOptions(int precision, int threshold, int edgeItems, int lineWidth, boolean suppress, String nan,
        String inf, char sign, FloatMode floatMode, Map<String, Element> formatters) {
    /** numpy's floatmode. */
    public enum FloatMode { FIXED, UNIQUE, MAXPREC, MAXPREC_EQUAL }

    /** Writes one element of an array. */
    @FunctionalInterface
    public interface Element {
        /** The text of the element of {@code array} with flat index {@code flat}. */
        String text(NdArray array, int flat);
    }

    /** numpy's settings at start. */
    public static final PrintOptions DEFAULT =
            new PrintOptions(8, 1000, 3, 75, false, "nan", "inf", '-', FloatMode.MAXPREC, Map.of());

    public PrintOptions {
        formatters = Map.copyOf(formatters);
    }
}
