package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SliceValue;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Figure;
import java.util.Map;

/** {@code matplotlib.gridspec.GridSpec}: rows and columns for axes; indexed, it answers a place for one. */
record GridSpecValue(int rows, int columns) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.gridspec", "GridSpec", GridSpecValueTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object item(Machine m, Object key) {
        if (key instanceof TupleValue pair) {
            int[] r = span(m, pair.get(0), rows);
            int[] c = span(m, pair.get(1), columns);
            return new Cell(Figure.cells(rows, columns, r[0], c[0], r[1], c[1]));
        }
        int n = (int) Semantics.index(m, key);
        n = n < 0 ? n + rows * columns : n;
        return new Cell(Figure.cell(rows, columns, n + 1));
    }

    private static int[] span(Machine m, Object part, int size) {
        if (part instanceof SliceValue slice) {
            SliceValue.Indices covered = slice.indices(m, size);
            return new int[] {covered.start(), Math.max(1, covered.count())};
        }
        int n = (int) Semantics.index(m, part);
        return new int[] {n < 0 ? n + size : n, 1};
    }

    @Override
    public int length(Machine m) {
        return rows * columns;
    }

    @Builtin(value = "update", signature = "**kwargs", method = true, doc = "Distances between the axes; they keep their own.")
    static void update(Machine m, GridSpecValue self, Map<String, Object> kwargs) {}

    /** A place for axes. */
    record Cell(double[] position) implements Value {
        private static final TypeValue TYPE = TypeValue.opaque("matplotlib.gridspec", "SubplotSpec", null);

        @Override
        public TypeValue type() {
            return TYPE;
        }
    }
}
