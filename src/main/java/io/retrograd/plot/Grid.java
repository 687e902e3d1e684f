package io.retrograd.plot;

import java.util.Arrays;

/** Rows and columns of places for axes, between margins that are fractions of the figure. */
public final class Grid {
    public final int rows;
    public final int columns;
    /** NaN: the figure's own. */
    public double left = Double.NaN;
    public double right = Double.NaN;
    public double bottom = Double.NaN;
    public double top = Double.NaN;
    /** The gaps, as fractions of the mean width and height of a cell; NaN: the figure's own. */
    public double across = Double.NaN;
    public double up = Double.NaN;
    /** How wide the columns and how high the rows are, relative to each other. */
    public double[] widths;
    public double[] heights;

    public Grid(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        widths = ones(columns);
        heights = ones(rows);
    }

    private static double[] ones(int n) {
        double[] all = new double[n];
        Arrays.fill(all, 1);
        return all;
    }

    private static double or(double own, double otherwise) {
        return Double.isNaN(own) ? otherwise : own;
    }

    /** The rectangle of some cells: left, bottom, width, height as fractions of the figure. */
    double[] rectangle(Figure f, int row, int column, int rowSpan, int columnSpan) {
        double l = or(left, f.left);
        double r = or(right, f.right);
        double b = or(bottom, f.bottom);
        double t = or(top, f.top);
        double cell = (r - l) / (columns + or(across, f.across) * (columns - 1));
        double gapX = cell * or(across, f.across);
        double cellUp = (t - b) / (rows + or(up, f.up) * (rows - 1));
        double gapY = cellUp * or(up, f.up);
        double wide = cell * columns / sum(widths, 0, columns);
        double high = cellUp * rows / sum(heights, 0, rows);
        double x = l + wide * sum(widths, 0, column) + gapX * column;
        double w = wide * sum(widths, column, column + columnSpan) + gapX * (columnSpan - 1);
        double y1 = t - high * sum(heights, 0, row) - gapY * row;
        double h = high * sum(heights, row, row + rowSpan) + gapY * (rowSpan - 1);
        return new double[] {x, y1 - h, w, h};
    }

    private static double sum(double[] values, int from, int to) {
        double s = 0;
        for (int i = from; i < to; i++) {
            s += values[i];
        }
        return s;
    }
}
