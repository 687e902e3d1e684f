package io.retrograd.plot;

import java.awt.Color;

/** Something that axes draw, as data. Coordinates are those of the axes; sizes are in points (1/72 inch). */
public sealed interface Artist {
    /** The text for the legend; empty for none. */
    String label();

    /** A line through points, with a mark at each if there is a marker. NaN breaks the line. */
    record Line(
            double[] x, double[] y, Color color, double width, String dashes, String marker, double markerSize, String label)
            implements Artist {}

    /** A mark at each point; {@code areas} and {@code colors} have one element for all or one each. */
    record Points(double[] x, double[] y, double[] areas, Color[] colors, String marker, Color edge, String label)
            implements Artist {}

    /** Rectangles from (x, y) of these widths and heights. */
    record Bars(double[] x, double[] y, double[] widths, double[] heights, Color color, Color edge, String label)
            implements Artist {}

    /** Pixels, row 0 first, spread over the extent (left, right, bottom, top); 0xAARRGGBB. */
    record Image(int[][] pixels, double[] extent, boolean smooth) implements Artist {
        @Override
        public String label() {
            return "";
        }
    }

    /** Lines of equal height over a grid: {@code z[row][column]} at (x[row][column], y[row][column]). */
    record Contour(double[][] x, double[][] y, double[][] z, double[] levels, Color[] colors, double width) implements Artist {
        @Override
        public String label() {
            return "";
        }
    }

    /** The areas between levels over a grid. */
    record FilledContour(double[][] x, double[][] y, double[][] z, double[] levels, Color[] colors) implements Artist {
        @Override
        public String label() {
            return "";
        }
    }

    /** A filled outline. */
    record Polygon(double[] x, double[] y, Color fill, Color edge, String label) implements Artist {}

    /** A line across the axes at a height or a place; {@code from} and {@code to} are fractions of the axes. */
    record Rule(double at, boolean horizontal, double from, double to, Color color, double width, String dashes, String label)
            implements Artist {}

    /** Text at a point; with an arrow to another where {@code pointX} is a number. */
    record Text(
            double x,
            double y,
            String text,
            double size,
            Color color,
            String horizontal,
            String vertical,
            double rotation,
            boolean ofAxes,
            double pointX,
            double pointY,
            Color arrow)
            implements Artist {
        @Override
        public String label() {
            return "";
        }
    }
}
