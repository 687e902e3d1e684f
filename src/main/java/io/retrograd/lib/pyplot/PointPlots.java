package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Colormap;
import io.retrograd.plot.Colors;
import java.awt.Color;
import java.util.List;
import java.util.Map;

/** Plots of points: marks of given sizes and colours. */
final class PointPlots {
    private PointPlots() {}

    @Builtin(
            value = "scatter",
            signature = "x, y, s=None, c=None, marker=None, cmap=None, norm=None, vmin=None, vmax=None, alpha=None, linewidths=None, "
                    + "verts=None, edgecolors=None, **kwargs",
            method = true,
            doc = "A mark at each point, of given sizes and colours.",
            example = "plt.scatter(X[:, 0], X[:, 1], c=['red' if y else 'blue' for y in Y])")
    static Object scatter(
            Machine m, AxesValue self, Object x, Object y, Object s, Object c, Object marker, Object cmap, Object norm, Object vmin,
            Object vmax, Object alpha, Object linewidths, Object verts, Object edgecolors, Map<String, Object> kwargs) {
        double[] xs = Numbers.along(m, self.axes().x, x);
        double[] ys = Numbers.along(m, self.axes().y, y);
        if (xs.length != ys.length) {
            throw NnError.value("x and y must be the same size");
        }
        if (norm != None.NONE || verts != None.NONE) {
            Style.warn(m, "scatter: '" + (norm != None.NONE ? "norm" : "verts") + "' is not drawn here");
        }
        Style style = new Style(m, "PathCollection", kwargs);
        Object color = style.take("color");
        Object face = style.take("facecolor", "facecolors");
        Object edge = edgecolors != None.NONE ? edgecolors : style.take("edgecolor");
        Object width = linewidths != None.NONE ? linewidths : style.take("linewidth", "lw");
        String label = style.text("", "label");
        String sign = Style.markerShape(m, marker, RcParams.of(m).text(m, "scatter.marker"));
        double a = alpha == None.NONE ? 1 : Semantics.real(m, alpha);
        double size = RcParams.of(m).number(m, "lines.markersize");
        double[] areas = s == None.NONE ? new double[] {size * size} : Numbers.flat(m, s);
        if (areas.length != 1 && areas.length != xs.length) {
            throw NnError.value("s must be a scalar, or the same size as x and y");
        }
        Meant meant = new Meant();
        Color[] faces;
        if (c != None.NONE) {
            faces = colors(m, c, xs.length, cmap, vmin, vmax, meant);
        } else if (face != None.NONE) {
            faces = Style.colors(m, face);
        } else {
            faces = color != None.NONE ? Style.colors(m, color) : new Color[] {self.axes().nextColor()};
        }
        boolean hollow = faces.length == 0;
        if (hollow) {
            faces = new Color[] {new Color(0, 0, 0, 0)};
        }
        Color[] edges = edge == None.NONE || "face".equals(edge)
                ? (color != None.NONE ? Style.colors(m, color) : hollow ? new Color[] {self.axes().nextColor()} : faces)
                : Style.colors(m, edge);
        double w = width == None.NONE ? (edge == None.NONE ? 1.5 : 1) : Numbers.flat(m, width)[0];
        Artist.Points points = new Artist.Points(xs, ys, areas, faded(faces, a), faded(edges, a), w, sign.isEmpty() ? "o" : sign, label);
        ArtistValue drawn = self.add(points, style);
        if (meant.map != null) {
            drawn.placed().meaning = new Colors.Meaning(meant.map, meant.low, meant.high, new double[0]);
        }
        return drawn;
    }

    private static Color[] faded(Color[] colors, double alpha) {
        Color[] all = new Color[colors.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = Colors.withAlpha(colors[i], alpha);
        }
        return all;
    }

    /** What numbers as colours stand for. */
    static final class Meant {
        private Colormap map;
        private double low;
        private double high;
    }

    /** One colour, a list of colours, or numbers that the colour map turns into colours. */
    static Color[] colors(Machine m, Object c, int n, Object cmap, Object vmin, Object vmax, Meant meant) {
        if (c instanceof String s) {
            if (s.length() == n && n > 1 && Colors.named(s).isEmpty()) {
                Color[] letters = new Color[n];
                for (int i = 0; i < n; i++) {
                    letters[i] = Style.color(m, s.substring(i, i + 1));
                }
                return letters;
            }
            return Style.colors(m, c);
        }
        Object[] elements = Semantics.elements(m, c);
        int[] shape = elements.length > 0 && elements[0] instanceof String ? new int[] {elements.length} : shapeOrNone(m, c, elements);
        boolean numbers = elements.length > 0 && Numbers.isNumber(elements[0]);
        if (numbers && shape.length == 1 && n != shape[0] && (shape[0] == 3 || shape[0] == 4)) {
            return new Color[] {Style.color(m, c)};
        }
        boolean column = shape.length == 2 && (shape[1] == 1 && !(elements[0] instanceof ListValue l && l.get(0) instanceof String));
        if (numbers || column || shape.length == 2 && shape[0] * shape[1] == n && shape[1] != 3 && shape[1] != 4) {
            double[] values = Numbers.flat(m, c);
            if (values.length != n) {
                throw NnError.value("'c' argument has " + values.length + " elements, which is not acceptable for use with 'x' with size " + n
                        + ", 'y' with size " + n + ".");
            }
            meant.map = Style.colormap(m, cmap);
            meant.low = vmin == None.NONE ? Numbers.least(values) : Semantics.real(m, vmin);
            meant.high = vmax == None.NONE ? Numbers.most(values) : Semantics.real(m, vmax);
            Color[] all = new Color[n];
            for (int i = 0; i < n; i++) {
                all[i] = meant.map.at(meant.high == meant.low ? 0 : (values[i] - meant.low) / (meant.high - meant.low));
            }
            return all;
        }
        Color[] all = new Color[elements.length];
        for (int i = 0; i < all.length; i++) {
            Object e = elements[i];
            Object[] inner = e instanceof String || Numbers.isNumber(e) ? new Object[0] : Semantics.elements(m, e);
            all[i] = Style.color(m, inner.length == 1 ? inner[0] : e);
        }
        if (all.length != n && all.length != 1 && !List.of(0).contains(n)) {
            throw NnError.value("'c' argument has " + all.length + " elements, which is not acceptable for use with 'x' with size " + n
                    + ", 'y' with size " + n + ".");
        }
        return all;
    }

    private static int[] shapeOrNone(Machine m, Object c, Object[] elements) {
        for (Object each : elements) {
            if (!Numbers.isNumber(each) && !(each instanceof String) && Semantics.length(m, each) > 0
                    && Semantics.elements(m, each)[0] instanceof String) {
                return new int[] {elements.length, 1, 0};
            }
        }
        return Numbers.shape(m, c);
    }
}
