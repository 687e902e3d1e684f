package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Axis;
import io.retrograd.plot.Colors;
import io.retrograd.plot.Fill;
import io.retrograd.plot.LineStyle;
import io.retrograd.plot.TextStyle;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bars and pies. Each bar is a rectangle of its own that a script can get hold of. */
final class BarPlots {
    private BarPlots() {}

    @Builtin(
            value = "bar",
            signature = "x|left, height, width=0.8, bottom=None, align='center', **kwargs",
            method = true,
            doc = "Upright bars.",
            example = "plt.bar(['a', 'b'], [3, 5], yerr=[0.2, 0.4], hatch='/')")
    static Object bar(
            Machine m, AxesValue self, Object x, Object height, Object width, Object bottom, String align, Map<String, Object> kwargs) {
        return bars(m, self, x, height, width, bottom, align, kwargs, true);
    }

    @Builtin(
            value = "barh",
            signature = "y|bottom, width, height=0.8, left=None, align='center', **kwargs",
            method = true,
            doc = "Level bars.")
    static Object barh(
            Machine m, AxesValue self, Object y, Object width, Object height, Object left, String align, Map<String, Object> kwargs) {
        return bars(m, self, y, width, height, left, align, kwargs, false);
    }

    private static Object bars(
            Machine m, AxesValue self, Object at, Object length, Object thickness, Object from, String align,
            Map<String, Object> kwargs, boolean upright) {
        Axis axis = upright ? self.axes().x : self.axes().y;
        if (!"center".equals(align) && !"edge".equals(align)) {
            throw NnError.value("invalid alignment: " + align);
        }
        double[] places = Numbers.along(m, axis, at).clone();
        double[] lengths = Numbers.flat(m, length);
        int n = Math.max(places.length, lengths.length);
        places = Numbers.spread(places, n).clone();
        lengths = Numbers.spread(lengths, n);
        double[] widths = Numbers.spread(Numbers.flat(m, thickness), n);
        double[] starts = from == None.NONE ? new double[n] : Numbers.spread(Numbers.flat(m, from), n);
        double[] middles = new double[n];
        for (int i = 0; i < n; i++) {
            places[i] -= "center".equals(align) ? widths[i] / 2 : 0;
            middles[i] = places[i] + widths[i] / 2;
        }
        Style style = new Style(m, "Rectangle", kwargs);
        Object texts = style.take("tick_label");
        if (texts != None.NONE) {
            Object[] names = texts instanceof String ? new Object[] {texts} : Semantics.elements(m, texts);
            axis.ticks = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                axis.ticks.add(new Axis.Tick(middles[i], Semantics.str(m, names[i % names.length])));
            }
        }
        if (style.flag(false, "log")) {
            (upright ? self.axes().y : self.axes().x).spread = Axis.Spread.LOG;
        }
        errorBars(m, self, style, middles, starts, lengths, upright);
        String label = style.text("", "label");
        return TupleValue.of(rectangles(m, self, style, upright ? places : starts, upright ? starts : places, upright ? widths : lengths,
                upright ? lengths : widths, upright, label));
    }

    /** One rectangle each, styled by what is left of the keywords; colours may be one or one each. */
    static Object[] rectangles(
            Machine m, AxesValue self, Style style, double[] x, double[] y, double[] w, double[] h, boolean upright, String label) {
        Object colors = style.take("color", "facecolor", "fc");
        Object edges = style.take("edgecolor", "ec");
        Color[] faces = colors == None.NONE ? new Color[] {self.axes().nextColor()} : Style.colors(m, colors);
        Color[] lines = Style.colors(m, edges);
        Fill base = style.withEdge(edges).fill(faces.length == 0 ? null : faces[0]);
        double width = base.edge() == null ? RcParams.of(m).number(m, "patch.linewidth") : base.edge().width();
        double alpha = base.face() == null || faces.length == 0 ? 1 : base.face().getAlpha() / (double) Math.max(1, faces[0].getAlpha());
        double zorder = style.number(Double.NaN, "zorder");
        boolean visible = style.flag(true, "visible");
        style.done();
        Object[] drawn = new Object[x.length];
        for (int i = 0; i < x.length; i++) {
            Color face = faces.length == 0 ? null : Colors.withAlpha(faces[i % faces.length], alpha);
            LineStyle edge = lines.length > 0
                    ? new LineStyle(lines[i % lines.length], width, base.edge() == null ? LineStyle.SOLID : base.edge().dashes())
                    : base.edge();
            Fill fill = new Fill(base.face() == null ? null : face, edge, base.hatch());
            ArtistValue bar = self.add(new Artist.Bars(
                    new double[] {x[i]}, new double[] {y[i]}, new double[] {w[i]}, new double[] {h[i]}, new Fill[] {fill}, upright, i == 0 ? label : ""));
            bar.placed().zorder = Double.isNaN(zorder) ? bar.placed().zorder : zorder;
            bar.placed().visible = visible;
            drawn[i] = bar;
        }
        return drawn;
    }

    private static void errorBars(
            Machine m, AxesValue self, Style style, double[] middles, double[] starts, double[] lengths, boolean upright) {
        Object yerr = style.take("yerr");
        Object xerr = style.take("xerr");
        Color color = style.takeColor(Color.BLACK, "ecolor");
        double cap = style.number(RcParams.of(m).number(m, "errorbar.capsize"), "capsize");
        double width = 1.5;
        if (style.take("error_kw") instanceof DictValue d) {
            for (Object key : d.keyArray()) {
                Object v = d.get(m, key);
                switch (Semantics.str(m, key)) {
                    case "ecolor" -> color = Style.color(m, v);
                    case "capsize" -> cap = Semantics.real(m, v);
                    case "elinewidth", "lw", "linewidth" -> width = Semantics.real(m, v);
                    default -> Style.warn(m, "bar: error_kw's '" + Semantics.str(m, key) + "' is not drawn here");
                }
            }
        }
        if (yerr == None.NONE && xerr == None.NONE) {
            return;
        }
        double[] ends = new double[lengths.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = starts[i] + lengths[i];
        }
        double[][] up = LinePlots.errors(m, yerr, ends.length, "yerr");
        double[][] across = LinePlots.errors(m, xerr, ends.length, "xerr");
        self.add(new Artist.ErrorBars(upright ? middles : ends, upright ? ends : middles, up[0], up[1], across[0], across[1],
                LineStyle.solid(color, width), cap));
    }

    @Builtin(
            value = "pie",
            signature = "x, explode=None, labels=None, colors=None, autopct=None, pctdistance=0.6, shadow=False, labeldistance=1.1, "
                    + "startangle=None, radius=1, counterclock=True, wedgeprops=None, textprops=None, center=None, frame=False, **kwargs",
            method = true,
            doc = "Shares of a whole as slices of a circle.")
    static Object pie(
            Machine m, AxesValue self, Object x, Object explode, Object labels, Object colors, Object autopct, double pctdistance,
            boolean shadow, Object labeldistance, Object startangle, double radius, boolean counterclock, Object wedgeprops, Object textprops,
            Object center, boolean frame, Map<String, Object> kwargs) {
        new Style(m, "pie", kwargs).done();
        double[] shares = Numbers.flat(m, x);
        double sum = 0;
        for (double each : shares) {
            if (each < 0) {
                throw NnError.value("Wedge sizes 'x' must be non negative values");
            }
            sum += each;
        }
        double whole = Math.max(sum, 1);
        double[] out = explode == None.NONE ? new double[shares.length] : Numbers.spread(Numbers.flat(m, explode), shares.length);
        Object[] names = labels == None.NONE ? null : Semantics.elements(m, labels);
        Color[] faces = Style.colors(m, colors);
        double[] c = center == None.NONE ? new double[2] : Numbers.flat(m, center);
        double angle = startangle == None.NONE ? 0 : Semantics.real(m, startangle) / 360;
        TextStyle plain = new Style(m, "Text", Map.of()).textStyle(RcParams.of(m).style(m, "", "", ""), textprops);
        List<Object> wedges = new ArrayList<>();
        List<Object> texts = new ArrayList<>();
        List<Object> percents = new ArrayList<>();
        Map<String, Object> props = new LinkedHashMap<>();
        if (wedgeprops instanceof DictValue d) {
            for (Object key : d.keyArray()) {
                props.put(Semantics.str(m, key), d.get(m, key));
            }
        }
        double hole = props.containsKey("width") ? radius - Semantics.real(m, props.remove("width")) : 0;
        for (int i = 0; i < shares.length; i++) {
            double next = angle + (counterclock ? 1 : -1) * shares[i] / whole;
            double middle = Math.PI * (angle + next);
            double cx = c[0] + out[i] * Math.cos(middle);
            double cy = c[1] + out[i] * Math.sin(middle);
            Color face = faces.length == 0 ? self.axes().nextColor() : faces[i % faces.length];
            String label = names == null ? "" : Semantics.str(m, names[i]);
            if (shadow) {
                wedge(self, cx - 0.02, cy - 0.02, radius, hole, angle, next, Fill.of(new Color(0, 0, 0, 100)), "");
            }
            Style style = new Style(m, "Wedge", props);
            Fill fill = style.fill(face);
            style.done();
            wedges.add(wedge(self, cx, cy, radius, hole, angle, next, fill, label));
            if (names != null && labeldistance != None.NONE) {
                double d = Semantics.real(m, labeldistance) * radius;
                texts.add(text(self, cx + d * Math.cos(middle), cy + d * Math.sin(middle), label, plain, Math.cos(middle) >= 0 ? "left" : "right"));
            }
            if (autopct != None.NONE) {
                double percent = 100 * shares[i] / whole;
                Object shown = Semantics.isCallable(autopct)
                        ? Semantics.call(m, autopct, percent)
                        : Semantics.binary(m, BinaryOperator.REMAINDER, autopct, percent);
                double d = pctdistance * radius;
                percents.add(text(self, cx + d * Math.cos(middle), cy + d * Math.sin(middle), Semantics.str(m, shown), plain, "center"));
            }
            angle = next;
        }
        if (!frame) {
            self.axes().frame = false;
            self.axes().x.low = c[0] - 1.25 * radius;
            self.axes().x.high = c[0] + 1.25 * radius;
            self.axes().y.low = c[1] - 1.25 * radius;
            self.axes().y.high = c[1] + 1.25 * radius;
        }
        self.axes().aspect = 1;
        ListValue w = ListValue.of(wedges.toArray());
        ListValue t = ListValue.of(texts.toArray());
        return autopct == None.NONE ? TupleValue.of(w, t) : TupleValue.of(w, t, ListValue.of(percents.toArray()));
    }

    private static ArtistValue wedge(
            AxesValue self, double cx, double cy, double radius, double hole, double from, double to, Fill fill, String label) {
        int n = (int) Math.max(2, Math.ceil(Math.abs(to - from) * 180));
        int inner = hole > 0 ? n + 1 : 1;
        double[] x = new double[n + 1 + inner];
        double[] y = new double[n + 1 + inner];
        for (int i = 0; i <= n; i++) {
            double a = 2 * Math.PI * (from + (to - from) * i / n);
            x[i] = cx + radius * Math.cos(a);
            y[i] = cy + radius * Math.sin(a);
            if (hole > 0) {
                x[x.length - 1 - i] = cx + hole * Math.cos(a);
                y[x.length - 1 - i] = cy + hole * Math.sin(a);
            }
        }
        if (hole <= 0) {
            x[n + 1] = cx;
            y[n + 1] = cy;
        }
        return self.add(new Artist.Areas(new double[][] {x}, new double[][] {y}, fill, label));
    }

    private static ArtistValue text(AxesValue self, double x, double y, String text, TextStyle style, String horizontal) {
        return self.add(new Artist.Text(x, y, 0, 0, text, style, horizontal, "center", 0, Artist.Place.DATA, null, null));
    }
}
