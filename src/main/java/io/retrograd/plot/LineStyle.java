package io.retrograd.plot;

import java.awt.BasicStroke;
import java.awt.Color;

/** How a line is drawn: its colour, its width in points, its dashes as multiples of the width (none: solid). */
public record LineStyle(Color color, double width, float[] dashes) {
    public static final float[] SOLID = {};
    private static final float[] DASHED = {3.7f, 1.6f};
    private static final float[] DOTTED = {1f, 1.65f};
    private static final float[] DASH_DOT = {6.4f, 1.6f, 1f, 1.6f};

    public static LineStyle solid(Color color, double width) {
        return new LineStyle(color, width, SOLID);
    }

    /** The dashes of matplotlib's names and signs; null for one that does not exist. */
    public static float[] dashes(String name) {
        return switch (name) {
            case "-", "solid" -> SOLID;
            case "--", "dashed" -> DASHED;
            case ":", "dotted" -> DOTTED;
            case "-.", "dashdot" -> DASH_DOT;
            default -> null;
        };
    }

    public LineStyle withColor(Color other) {
        return new LineStyle(other, width, dashes);
    }

    BasicStroke stroke() {
        float w = (float) Math.max(width, 0);
        if (dashes.length == 0) {
            return new BasicStroke(w, BasicStroke.CAP_SQUARE, BasicStroke.JOIN_ROUND);
        }
        float[] pattern = new float[dashes.length];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = Math.max(0.01f, dashes[i] * Math.max(w, 0.1f));
        }
        return new BasicStroke(w, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, pattern, 0f);
    }
}
