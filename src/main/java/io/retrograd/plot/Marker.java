package io.retrograd.plot;

import java.awt.Color;

/** A mark at a point: matplotlib's sign for its shape (empty for none), its size in points, its colours. */
public record Marker(String shape, double size, Color face, Color edge, double edgeWidth) {
    public static final Marker NONE = new Marker("", 0, Color.BLACK, Color.BLACK, 0);
    private static final String SIGNS = ".,ov^<>12348spP*hH+xXDd|_";

    /** Whether matplotlib has a mark of that sign. */
    public static boolean exists(String shape) {
        return shape.length() == 1 && SIGNS.contains(shape) || shape.length() > 2 && shape.startsWith("$") && shape.endsWith("$");
    }

    boolean isDrawn() {
        return !shape.isEmpty();
    }
}
