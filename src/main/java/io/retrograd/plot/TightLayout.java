package io.retrograd.plot;

/**
 * Makes margins and gaps just large enough for the labels, as {@code tight_layout} does: the room that the outermost
 * axes need decides the margins, what neighbours need between them decides the gaps.
 */
final class TightLayout {
    private TightLayout() {}

    static void apply(Figure f, AxesPainter painter) {
        double w = f.width * 72;
        double h = f.height * 72;
        double pad = f.tightPad * 10;
        double[] margin = new double[4];
        double[] inner = new double[4];
        int rows = 1;
        int columns = 1;
        for (Axes a : f.axes) {
            if (!(a.placement instanceof Placement.Cells c)) {
                continue;
            }
            double[] room = painter.decorations(a);
            boolean[] outermost = {
                c.column() == 0, c.column() + c.columnSpan() == c.grid().columns, c.row() == 0,
                c.row() + c.rowSpan() == c.grid().rows
            };
            for (int side = 0; side < 4; side++) {
                double[] where = outermost[side] ? margin : inner;
                where[side] = Math.max(where[side], room[side]);
            }
            rows = Math.max(rows, c.grid().rows);
            columns = Math.max(columns, c.grid().columns);
        }
        double title = f.title.isEmpty() || f.tightPart[3] < 1 ? 0 : painter.titleHeight() + pad;
        double[] part = f.tightPart;
        f.left = part[0] + (margin[0] + pad) / w;
        f.right = part[2] - (margin[1] + pad) / w;
        f.bottom = part[1] + (margin[3] + pad) / h;
        f.top = part[3] - (margin[2] + pad + title) / h;
        if (columns > 1) {
            double gap = (inner[0] + inner[1] + pad) / w;
            double cell = (f.right - f.left - gap * (columns - 1)) / columns;
            f.across = cell > 0 ? gap / cell : f.across;
        }
        if (rows > 1) {
            double gap = (inner[2] + inner[3] + pad) / h;
            double cell = (f.top - f.bottom - gap * (rows - 1)) / rows;
            f.up = cell > 0 ? gap / cell : f.up;
        }
    }
}
