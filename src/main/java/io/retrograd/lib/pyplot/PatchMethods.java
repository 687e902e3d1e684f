package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Fill;
import io.retrograd.plot.LineStyle;
import java.awt.Color;

/** Sizes and changes of a bar or an area after it was plotted. */
final class PatchMethods {
    private PatchMethods() {}

    private static Artist.Bars bar(ArtistValue self) {
        if (self.placed().artist instanceof Artist.Bars b) {
            return b;
        }
        throw NnError.attribute("a polygon has no single width and height");
    }

    private static void box(ArtistValue self, double x, double y, double w, double h) {
        Artist.Bars b = bar(self);
        self.placed().artist =
                new Artist.Bars(new double[] {x}, new double[] {y}, new double[] {w}, new double[] {h}, b.fills(), b.upright(), b.label());
    }

    private static Fill fill(ArtistValue self) {
        return self.placed().artist instanceof Artist.Bars b ? b.fills()[0] : ((Artist.Areas) self.placed().artist).fill();
    }

    private static void fill(ArtistValue self, Fill fill) {
        if (self.placed().artist instanceof Artist.Bars b) {
            self.placed().artist = new Artist.Bars(b.x(), b.y(), b.widths(), b.heights(), new Fill[] {fill}, b.upright(), b.label());
        } else if (self.placed().artist instanceof Artist.Areas a) {
            self.placed().artist = new Artist.Areas(a.x(), a.y(), fill, a.label());
        }
    }

    @Builtin(value = "get_height", method = true, doc = "The height of a bar.")
    static double getHeight(Machine m, ArtistValue self) {
        return bar(self).heights()[0];
    }

    @Builtin(value = "get_width", method = true, doc = "The width of a bar.")
    static double getWidth(Machine m, ArtistValue self) {
        return bar(self).widths()[0];
    }

    @Builtin(value = "get_x", method = true, doc = "The left side of a bar.")
    static double getX(Machine m, ArtistValue self) {
        return bar(self).x()[0];
    }

    @Builtin(value = "get_y", method = true, doc = "The foot of a bar.")
    static double getY(Machine m, ArtistValue self) {
        return bar(self).y()[0];
    }

    @Builtin(value = "get_xy", method = true, doc = "The lower left corner of a bar.")
    static Object getXy(Machine m, ArtistValue self) {
        return TupleValue.of(bar(self).x()[0], bar(self).y()[0]);
    }

    @Builtin(value = "set_height", signature = "h", method = true, doc = "Another height.")
    static void setHeight(Machine m, ArtistValue self, double h) {
        Artist.Bars b = bar(self);
        box(self, b.x()[0], b.y()[0], b.widths()[0], h);
    }

    @Builtin(value = "set_width", signature = "w", method = true, doc = "Another width.")
    static void setWidth(Machine m, ArtistValue self, double w) {
        Artist.Bars b = bar(self);
        box(self, b.x()[0], b.y()[0], w, b.heights()[0]);
    }

    @Builtin(value = {"set_color", "set_facecolor", "set_fc"}, signature = "color", method = true, doc = "Another colour.")
    static void setColor(Machine m, ArtistValue self, Object color) {
        fill(self, new Fill(Style.color(m, color), fill(self).edge(), fill(self).hatch()));
    }

    @Builtin(value = {"set_edgecolor", "set_ec"}, signature = "color", method = true, doc = "Another colour of the line round it.")
    static void setEdgecolor(Machine m, ArtistValue self, Object color) {
        LineStyle edge = fill(self).edge();
        Color c = Style.color(m, color);
        fill(self, new Fill(fill(self).face(), edge == null ? LineStyle.solid(c, 1) : edge.withColor(c), fill(self).hatch()));
    }

    @Builtin(value = {"set_linewidth", "set_lw"}, signature = "w", method = true, doc = "Another width of the line round it.")
    static void setLinewidth(Machine m, ArtistValue self, double w) {
        LineStyle edge = fill(self).edge();
        fill(self, new Fill(fill(self).face(), new LineStyle(edge == null ? Color.BLACK : edge.color(), w, edge == null ? LineStyle.SOLID : edge.dashes()),
                fill(self).hatch()));
    }

    @Builtin(value = "set_hatch", signature = "hatch", method = true, doc = "Hatching: / \\ | - + x o O . *")
    static void setHatch(Machine m, ArtistValue self, String hatch) {
        fill(self, new Fill(fill(self).face(), fill(self).edge(), hatch == null ? "" : hatch));
    }

    @Builtin(value = "set_alpha", signature = "alpha", method = true, doc = "How opaque it is, from 0 to 1.")
    static void setAlpha(Machine m, ArtistValue self, Object alpha) {
        fill(self, new Fill(LineMethods.faded(fill(self).face(), Semantics.real(m, alpha)), fill(self).edge(), fill(self).hatch()));
    }
}
