package io.retrograd.plot;

import java.awt.Color;

/** Something that axes draw, as data. Coordinates are those of the axes; sizes are in points (1/72 inch). */
public sealed interface Artist {
    /** The text for the legend; empty for none. */
    default String label() {
        return "";
    }

    /** Where it lies among others: what is higher is drawn later. These are matplotlib's own numbers. */
    default double zorder() {
        return 1;
    }

    /** A line through points (null: none), with a mark at each. NaN breaks the line; steps: empty, pre, mid or post. */
    record Line(double[] x, double[] y, LineStyle line, Marker marker, String steps, String label) implements Artist {
        @Override
        public double zorder() {
            return 2;
        }
    }

    /** A mark at each point; areas, faces and edges have one element for all or one each; no edges: none are drawn. */
    record Points(
            double[] x, double[] y, double[] areas, Color[] faces, Color[] edges, double edgeWidth, String marker, String label)
            implements Artist {}

    /** Rectangles from (x, y) of these widths and heights; one fill for all or one each; upright ones stand on y. */
    record Bars(double[] x, double[] y, double[] widths, double[] heights, Fill[] fills, boolean upright, String label)
            implements Artist {}

    /** Bars for the uncertainty of points: how far down, up, left and right (null: not that way), with caps of this size. */
    record ErrorBars(
            double[] x, double[] y, double[] down, double[] up, double[] left, double[] right, LineStyle line, double cap)
            implements Artist {
        @Override
        public double zorder() {
            return 2;
        }
    }

    /** Pixels, row 0 first, spread over the extent (left, right, bottom, top of row 0's upper edge); 0xAARRGGBB. */
    record Image(int[][] pixels, double[] extent, boolean smooth) implements Artist {
        @Override
        public double zorder() {
            return 0;
        }
    }

    /** Cells of a grid of corners, each with its colour; the lines between are drawn where edge is not null. */
    record Mesh(double[][] x, double[][] y, Color[][] colors, LineStyle edge) implements Artist {}

    /** Lines of equal height over a grid: {@code z[row][column]} at (x[row][column], y[row][column]); a style a level. */
    record Contour(double[][] x, double[][] y, double[][] z, double[] levels, LineStyle[] lines) implements Artist {
        @Override
        public double zorder() {
            return 2;
        }
    }

    /** The areas between levels over a grid; the outer ones reach to infinity where extended. */
    record FilledContour(double[][] x, double[][] y, double[][] z, double[] levels, Color[] colors, String[] hatches)
            implements Artist {}

    /** Filled outlines: each {@code x[i]}, {@code y[i]} is one. */
    record Areas(double[][] x, double[][] y, Fill fill, String label) implements Artist {}

    /** A band across the axes between two heights or places; {@code from} and {@code to} are fractions of the axes. */
    record Band(double low, double high, boolean horizontal, double from, double to, Fill fill, String label)
            implements Artist {}

    /** A line across the axes at a height or a place; {@code from} and {@code to} are fractions of the axes. */
    record Rule(double at, boolean horizontal, double from, double to, LineStyle line, String label) implements Artist {
        @Override
        public double zorder() {
            return 2;
        }
    }

    /** Separate straight pieces: from (x0, y0) to (x1, y1). */
    record Segments(double[] x0, double[] y0, double[] x1, double[] y1, LineStyle line, String label) implements Artist {
        @Override
        public double zorder() {
            return 2;
        }
    }

    /** Arrows from points by these lengths in data units. */
    record Arrows(double[] x, double[] y, double[] dx, double[] dy, Color color, double width, double head, String label)
            implements Artist {
        @Override
        public double zorder() {
            return 2;
        }
    }

    /** What a text's coordinates count: data, fractions of the axes or of the figure, or points from the lower left. */
    enum Place {
        DATA,
        AXES,
        FIGURE,
        AXES_POINTS
    }

    /** A box round a text; pad in points. */
    record Box(Color face, LineStyle edge, double pad, boolean round) {}

    /** An arrow from a text to a point; head lengths and widths in points; shrink keeps its ends away, in points. */
    record Arrow(
            double x, double y, Place place, LineStyle line, boolean head, boolean tail, double headLength, double headWidth, double bend,
            double shrinkA, double shrinkB, boolean wedge) {}

    /** Text at a point, moved by some points; box and arrow may be null. */
    record Text(
            double x, double y, double moveX, double moveY, String text, TextStyle style, String horizontal, String vertical,
            double rotation, Place place, Box box, Arrow arrow)
            implements Artist {
        @Override
        public double zorder() {
            return 3;
        }
    }
}
