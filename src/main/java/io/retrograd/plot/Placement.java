package io.retrograd.plot;

/** Where axes stand in their figure. */
public sealed interface Placement {
    /** Left, bottom, width and height as fractions of the figure. */
    double[] rectangle(Figure f);

    /** At that rectangle. */
    record Fixed(double left, double bottom, double width, double height) implements Placement {
        @Override
        public double[] rectangle(Figure f) {
            return new double[] {left, bottom, width, height};
        }
    }

    /** Over cells of a grid. */
    record Cells(Grid grid, int row, int column, int rowSpan, int columnSpan) implements Placement {
        @Override
        public double[] rectangle(Figure f) {
            return grid.rectangle(f, row, column, rowSpan, columnSpan);
        }

        /** Whether the other one covers the same part of a grid of the same size. */
        public boolean sameAs(Placement other) {
            return other instanceof Cells c && c.grid.rows == grid.rows && c.grid.columns == grid.columns && c.row == row
                    && c.column == column && c.rowSpan == rowSpan && c.columnSpan == columnSpan;
        }
    }

    /** The n-th (from 1) of rows x columns equal places. */
    static Cells cell(int rows, int columns, int n) {
        return new Cells(new Grid(rows, columns), (n - 1) / columns, (n - 1) % columns, 1, 1);
    }
}
