package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Grid;
import io.retrograd.plot.Placement;

/** Where subplot's arguments point, and which axes a grid of subplots shares. */
final class Subplots {
    private Subplots() {}

    /** Where subplot's arguments point. */
    static Placement place(Machine m, Object[] args) {
        if (args.length == 0) {
            return Placement.cell(1, 1, 1);
        }
        if (args[0] instanceof GridSpecValue.Cell cell) {
            return cell.place();
        }
        int rows;
        int columns;
        int first;
        int last;
        if (args.length == 1) {
            long code = Semantics.index(m, args[0]);
            if (code < 111 || code > 999) {
                throw NnError.value("Integer subplot specification must be a three-digit number, not " + code);
            }
            rows = (int) code / 100;
            columns = (int) code / 10 % 10;
            first = (int) code % 10;
            last = first;
        } else if (args.length == 3) {
            rows = (int) Semantics.index(m, args[0]);
            columns = (int) Semantics.index(m, args[1]);
            if (Numbers.isNumber(args[2])) {
                first = (int) Semantics.real(m, args[2]);
                last = first;
            } else {
                Object[] pair = Semantics.elements(m, args[2]);
                first = (int) Semantics.index(m, pair[0]);
                last = (int) Semantics.index(m, pair[1]);
            }
        } else {
            throw NnError.value("Illegal argument(s) to subplot: " + Semantics.repr(m, TupleValue.of(args)));
        }
        if (first < 1 || last > rows * columns || last < first) {
            throw NnError.value("num must be 1 <= num <= " + rows * columns + ", not " + first);
        }
        int r0 = (first - 1) / columns;
        int c0 = (first - 1) % columns;
        int r1 = (last - 1) / columns;
        int c1 = (last - 1) % columns;
        return new Placement.Cells(new Grid(rows, columns), r0, c0, r1 - r0 + 1, Math.max(1, c1 - c0 + 1));
    }

    static boolean hides(Machine m, Object share) {
        return share instanceof String s ? !s.equals("none") : Semantics.truth(m, share);
    }

    static Axes shared(Machine m, Object share, String name, Object[] made, int r, int c, int columns) {
        String how = share instanceof String s ? s : Semantics.truth(m, share) ? "all" : "none";
        int first = switch (how) {
            case "all" -> 0;
            case "row" -> r * columns;
            case "col" -> c;
            case "none" -> -1;
            default -> throw NnError.value(name + " [" + how + "] must be one of ['all', 'row', 'col', 'none']");
        };
        return first < 0 || first >= r * columns + c ? null : ((AxesValue) made[first]).axes();
    }
}
