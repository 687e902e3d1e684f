package io.retrograd.lib.pyplot;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SliceValue;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Grid;
import io.retrograd.plot.Placement;
import java.util.Map;

/** {@code matplotlib.gridspec.GridSpec}: rows and columns for axes; indexed, it answers a place for one. */
record GridSpecValue(Grid grid) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.gridspec", "GridSpec", GridSpecValueTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    static GridSpecValue make(Machine m, int rows, int columns, Map<String, Object> kwargs) {
        Grid grid = new Grid(rows, columns);
        kwargs.remove("figure");
        configure(m, grid, kwargs, "GridSpec");
        return new GridSpecValue(grid);
    }

    /** Margins, gaps and proportions. */
    static void configure(Machine m, Grid grid, Map<String, Object> kwargs, String owner) {
        Style style = new Style(m, owner, kwargs);
        grid.left = style.number(grid.left, "left");
        grid.right = style.number(grid.right, "right");
        grid.bottom = style.number(grid.bottom, "bottom");
        grid.top = style.number(grid.top, "top");
        grid.across = style.number(grid.across, "wspace");
        grid.up = style.number(grid.up, "hspace");
        Object widths = style.take("width_ratios");
        Object heights = style.take("height_ratios");
        if (widths != None.NONE) {
            grid.widths = ratios(m, widths, grid.columns, "width", "columns");
        }
        if (heights != None.NONE) {
            grid.heights = ratios(m, heights, grid.rows, "height", "rows");
        }
        style.done();
    }

    private static double[] ratios(Machine m, Object given, int n, String what, String of) {
        double[] all = Numbers.flat(m, given);
        if (all.length != n) {
            throw NnError.value("Expected the given number of " + what + " ratios to match the number of " + of + " of the grid");
        }
        return all;
    }

    @Override
    public Object item(Machine m, Object key) {
        if (key instanceof TupleValue pair) {
            int[] r = span(m, pair.get(0), grid.rows);
            int[] c = span(m, pair.get(1), grid.columns);
            return new Cell(new Placement.Cells(grid, r[0], c[0], r[1], c[1]));
        }
        int[] n = span(m, key, grid.rows * grid.columns);
        int last = n[0] + n[1] - 1;
        return new Cell(new Placement.Cells(grid, n[0] / grid.columns, n[0] % grid.columns, last / grid.columns - n[0] / grid.columns + 1,
                Math.max(1, last % grid.columns - n[0] % grid.columns + 1)));
    }

    private static int[] span(Machine m, Object part, int size) {
        if (part instanceof SliceValue slice) {
            SliceValue.Indices covered = slice.indices(m, size);
            return new int[] {covered.start(), Math.max(1, covered.count())};
        }
        int n = (int) Semantics.index(m, part);
        int at = n < 0 ? n + size : n;
        if (at < 0 || at >= size) {
            throw new NnError(ErrorKind.INDEX_ERROR, "GridSpec slice would result in no space allocated for subplot");
        }
        return new int[] {at, 1};
    }

    /** The places in reading order: Python walks whatever answers to an index. */
    @Override
    public Iteration iterate(Machine m) {
        long[] at = {0};
        return machine -> at[0] < grid.rows * grid.columns ? item(machine, at[0]++) : null;
    }

    @Override
    public int length(Machine m) {
        return grid.rows * grid.columns;
    }

    @Builtin(value = "update", signature = "**kwargs", method = true, doc = "Other margins and gaps: left, right, bottom, top, wspace, hspace.")
    static void update(Machine m, GridSpecValue self, Map<String, Object> kwargs) {
        configure(m, self.grid, kwargs, "GridSpec");
    }

    @Builtin(value = "tight_layout", signature = "figure, **kwargs", method = true, doc = "Margins and gaps of the figure as small as the labels allow.")
    static void tightLayout(Machine m, GridSpecValue self, FigureValue figure, Map<String, Object> kwargs) {
        figure.figure().tight = true;
    }

    /** A place for axes. */
    record Cell(Placement.Cells place) implements Value {
        private static final TypeValue TYPE = TypeValue.opaque("matplotlib.gridspec", "SubplotSpec", null);

        @Override
        public TypeValue type() {
            return TYPE;
        }
    }
}
