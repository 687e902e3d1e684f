package io.retrograd.plot;

import java.awt.Color;
import java.util.List;

/**
 * The box that names what is drawn.
 *
 * @param place matplotlib's name of a place
 * @param anchor the point of the axes, as fractions, at which that corner of the box stands; null for inside
 * @param entries what it shows; null for everything with a label
 * @param face null for a box without frame and ground
 */
public record Legend(
        String place, double[] anchor, List<Entry> entries, TextStyle style, String title, int columns, Color face, Color edge,
        boolean shadow, double alpha, boolean round, int points) {
    /** Everything with a label, where it covers least. */
    public static final Legend PLAIN =
            new Legend("best", null, null, TextStyle.PLAIN, "", 1, Color.WHITE, new Color(0xcccccc), false, 0.8, true, 1);

    /** One line of it. */
    public record Entry(Artist artist, String text) {}
}
