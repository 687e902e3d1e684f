package io.retrograd.lang.tree;

/**
 * What is known of a text's Python before it is parsed: of a notebook's cell, what the notebook says of itself and
 * what the cells before it imported from {@code __future__}.
 *
 * @param python2 whether it is Python 2 whatever its own syntax says
 * @param division whether {@code /} is Python 3's there
 * @param printFunction whether {@code print} is a function there
 */
public record Features(boolean python2, boolean division, boolean printFunction) {
    /** Nothing is known. */
    public static final Features NONE = new Features(false, false, false);

    /** What either says. */
    public Features or(Features other) {
        return new Features(
                python2 || other.python2, division || other.division, printFunction || other.printFunction);
    }
}
