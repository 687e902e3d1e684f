package io.retrograd.plot;

import java.util.ArrayList;
import java.util.List;

/** A picture in the making: its size in inches, its dots per inch, its axes. */
public final class Figure {
    public double width = 6.4;
    public double height = 4.8;
    public double dpi = 100;
    public String title = "";
    public final List<Axes> axes = new ArrayList<>();

    /** Where the n-th (from 1) of rows x columns equal axes stands. */
    public static double[] cell(int rows, int columns, int n) {
        return cells(rows, columns, (n - 1) / columns, (n - 1) % columns, 1, 1);
    }

    /** Where axes stand that cover several cells of a grid. */
    public static double[] cells(int rows, int columns, int row, int column, int rowSpan, int columnSpan) {
        double left = 0.125;
        double right = 0.9;
        double bottom = 0.11;
        double top = 0.88;
        double gap = 0.2;
        double w = (right - left) / (columns + gap * (columns - 1));
        double h = (top - bottom) / (rows + gap * (rows - 1));
        double x = left + column * w * (1 + gap);
        double y = top - (row + rowSpan) * h - (row + rowSpan - 1) * h * gap;
        return new double[] {x, y, columnSpan * w + (columnSpan - 1) * w * gap, rowSpan * h + (rowSpan - 1) * h * gap};
    }
}
