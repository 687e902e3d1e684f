package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Colors;
import io.retrograd.plot.LineStyle;
import io.retrograd.plot.Marker;
import io.retrograd.tensor.NdArray;
import java.awt.Color;
import java.util.Locale;

/** Changes of a line after it was plotted. */
final class LineMethods {
    private LineMethods() {}

    private static Artist.Line line(ArtistValue self) {
        return (Artist.Line) self.placed().artist;
    }

    private static void points(ArtistValue self, double[] x, double[] y) {
        Artist.Line l = line(self);
        self.placed().artist = new Artist.Line(x, y, l.line(), l.marker(), l.steps(), l.label());
    }

    private static void look(ArtistValue self, LineStyle style, Marker marker) {
        Artist.Line l = line(self);
        self.placed().artist = new Artist.Line(l.x(), l.y(), style, marker, l.steps(), l.label());
    }

    @Builtin(value = "set_data", signature = "*args", method = true, doc = "Gives the line other points: set_data(x, y).")
    static void setData(Machine m, ArtistValue self, Object[] args) {
        Object[] pair = args.length == 1 ? Semantics.elements(m, args[0]) : args;
        points(self, Numbers.flat(m, pair[0]), Numbers.flat(m, pair[1]));
    }

    @Builtin(value = "set_xdata", signature = "x", method = true, doc = "Gives the line other places.")
    static void setXdata(Machine m, ArtistValue self, Object x) {
        points(self, Numbers.flat(m, x), line(self).y());
    }

    @Builtin(value = "set_ydata", signature = "y", method = true, doc = "Gives the line other heights.")
    static void setYdata(Machine m, ArtistValue self, Object y) {
        points(self, line(self).x(), Numbers.flat(m, y));
    }

    private static ArrayValue array(double[] v) {
        return new ArrayValue(NdArray.of(v, v.length));
    }

    @Builtin(value = "get_xdata", signature = "orig=True", method = true, doc = "The places.")
    static Object getXdata(Machine m, ArtistValue self, boolean original) {
        return array(line(self).x());
    }

    @Builtin(value = "get_ydata", signature = "orig=True", method = true, doc = "The heights.")
    static Object getYdata(Machine m, ArtistValue self, boolean original) {
        return array(line(self).y());
    }

    @Builtin(value = "get_data", signature = "orig=True", method = true, doc = "Places and heights.")
    static Object getData(Machine m, ArtistValue self, boolean original) {
        return TupleValue.of(array(line(self).x()), array(line(self).y()));
    }

    @Builtin(value = {"set_color", "set_c"}, signature = "color", method = true, doc = "Another colour.")
    static void setColor(Machine m, ArtistValue self, Object color) {
        Color c = Style.color(m, color);
        Artist.Line l = line(self);
        Marker k = l.marker();
        look(self, l.line() == null ? null : l.line().withColor(c), new Marker(k.shape(), k.size(), c, c, k.edgeWidth()));
    }

    @Builtin(value = {"get_color", "get_c"}, method = true, doc = "The colour, as '#rrggbb'.")
    static Object getColor(Machine m, ArtistValue self) {
        Color c = line(self).line() == null ? line(self).marker().face() : line(self).line().color();
        return String.format(Locale.ROOT, "#%06x", c.getRGB() & 0xffffff);
    }

    @Builtin(value = {"set_linewidth", "set_lw"}, signature = "w", method = true, doc = "Another width in points.")
    static void setLinewidth(Machine m, ArtistValue self, double w) {
        LineStyle s = line(self).line();
        look(self, s == null ? null : new LineStyle(s.color(), w, s.dashes()), line(self).marker());
    }

    @Builtin(value = {"set_linestyle", "set_ls"}, signature = "ls", method = true, doc = "Other dashes.")
    static void setLinestyle(Machine m, ArtistValue self, Object ls) {
        LineStyle s = line(self).line() == null ? LineStyle.solid(line(self).marker().face(), 1.5) : line(self).line();
        float[] dashes = Style.dashes(m, ls, s.width());
        look(self, dashes == null ? null : new LineStyle(s.color(), s.width(), dashes), line(self).marker());
    }

    @Builtin(value = "set_marker", signature = "marker", method = true, doc = "Another mark.")
    static void setMarker(Machine m, ArtistValue self, Object marker) {
        Marker k = line(self).marker();
        look(self, line(self).line(), new Marker(Style.markerShape(m, marker, ""), k.size(), k.face(), k.edge(), k.edgeWidth()));
    }

    @Builtin(value = {"set_markersize", "set_ms"}, signature = "sz", method = true, doc = "Another size of the marks, in points.")
    static void setMarkersize(Machine m, ArtistValue self, double size) {
        Marker k = line(self).marker();
        look(self, line(self).line(), new Marker(k.shape(), size, k.face(), k.edge(), k.edgeWidth()));
    }

    @Builtin(value = {"set_markerfacecolor", "set_mfc"}, signature = "fc", method = true, doc = "Another colour of the marks.")
    static void setMarkerfacecolor(Machine m, ArtistValue self, Object color) {
        Marker k = line(self).marker();
        look(self, line(self).line(), new Marker(k.shape(), k.size(), Style.color(m, color), k.edge(), k.edgeWidth()));
    }

    @Builtin(value = "set_alpha", signature = "alpha", method = true, doc = "How opaque it is, from 0 to 1.")
    static void setAlpha(Machine m, ArtistValue self, Object alpha) {
        double a = alpha == None.NONE ? 1 : Semantics.real(m, alpha);
        LineStyle s = line(self).line();
        Marker k = line(self).marker();
        look(self, s == null ? null : s.withColor(faded(s.color(), a)),
                new Marker(k.shape(), k.size(), faded(k.face(), a), faded(k.edge(), a), k.edgeWidth()));
    }

    static Color faded(Color c, double alpha) {
        return c == null ? null : Colors.withAlpha(new Color(c.getRed(), c.getGreen(), c.getBlue()), alpha);
    }
}
