package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
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
import io.retrograd.plot.Marker;
import io.retrograd.tensor.NdArray;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plots of lines: through points, in steps, on log scales, with bars for uncertainty, across the axes. */
final class LinePlots {
    private LinePlots() {}

    @Builtin(
            value = "plot",
            signature = "*args, **kwargs",
            method = true,
            doc = "Lines or marks: plot(y), plot(x, y), plot(x, y, 'ro--'), several in a row.",
            example = "plt.plot(xs, ys, 'b-', label='fit')")
    static Object plot(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        return lines(m, self, args, kwargs, "");
    }

    private static Object lines(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs, String steps) {
        Object[] all = named(m, args, kwargs);
        boolean scaleX = kwargs.remove("scalex") != Boolean.FALSE;
        boolean scaleY = kwargs.remove("scaley") != Boolean.FALSE;
        if (!scaleX || !scaleY) {
            Style.warn(m, "plot: lines always count for the limits here");
        }
        List<Object> drawn = new ArrayList<>();
        int i = 0;
        while (i < all.length) {
            Object first = all[i++];
            Object second = null;
            if (i < all.length && !(all[i] instanceof String)) {
                second = all[i++];
            }
            LineFormat format = null;
            if (i < all.length && all[i] instanceof String s) {
                format = LineFormat.parse(s);
                i++;
            }
            for (double[][] xy : series(m, self, first, second)) {
                drawn.add(line(m, self, xy, format, kwargs, steps));
            }
        }
        return ListValue.of(drawn.toArray());
    }

    /** With data=…, strings name its columns. */
    private static Object[] named(Machine m, Object[] args, Map<String, Object> kwargs) {
        Object data = kwargs.remove("data");
        if (data == null || data == None.NONE) {
            return args;
        }
        Object[] all = args.clone();
        for (int i = 0; i < all.length; i++) {
            if (all[i] instanceof String && Semantics.contains(m, data, all[i])) {
                all[i] = Semantics.item(m, data, all[i]);
            }
        }
        return all;
    }

    private static Object line(
            Machine m, AxesValue self, double[][] xy, LineFormat format, Map<String, Object> kwargs, String stepsGiven) {
        Style style = new Style(m, "Line2D", kwargs);
        RcParams rc = RcParams.of(m);
        double alpha = style.alpha();
        Color named = style.takeColor(null, "color", "c");
        Color color = named != null ? named : format != null && format.color() != null ? format.color() : self.axes().nextColor();
        color = Colors.withAlpha(color, alpha);
        double width = style.number(rc.number(m, "lines.linewidth"), "linewidth", "lw");
        boolean marksOnly = format != null && format.dashes().isEmpty() && !format.marker().isEmpty();
        float[] byFormat = marksOnly ? null : Style.dashes(m, format == null || format.dashes().isEmpty()
                ? rc.text(m, "lines.linestyle") : format.dashes(), width);
        float[] dashes = style.dashes(byFormat, width, "linestyle", "ls");
        Object own = style.take("dashes");
        if (own != None.NONE) {
            dashes = Style.dashes(m, own, width);
        }
        Marker marker = style.marker(format != null && !format.marker().isEmpty() ? format.marker() : rc.text(m, "lines.marker"), color, 1);
        String label = style.text("", "label");
        String steps = stepsGiven.isEmpty() ? steps(style.text("", "drawstyle", "ds")) : stepsGiven;
        return self.add(
                new Artist.Line(xy[0], xy[1], dashes == null ? null : new LineStyle(color, width, dashes), marker, steps, label), style);
    }

    private static String steps(String drawstyle) {
        return switch (drawstyle) {
            case "", "default" -> "";
            case "steps", "steps-pre" -> "pre";
            case "steps-mid" -> "mid";
            case "steps-post" -> "post";
            default -> throw NnError.value("Unrecognized drawstyle " + drawstyle);
        };
    }

    /** The columns of y over x, or over 0, 1, 2 … */
    private static List<double[][]> series(Machine m, AxesValue self, Object first, Object second) {
        Object y = second == null ? first : second;
        double[] ys = Numbers.along(m, self.axes().y, y);
        int[] shape = Numbers.shape(m, y);
        int columns = shape.length == 2 ? shape[1] : 1;
        int rows = columns == 0 ? 0 : ys.length / columns;
        double[] xs = second == null ? null : Numbers.along(m, self.axes().x, first);
        if (xs != null && xs.length != rows && shape.length < 2 && xs.length != ys.length) {
            throw NnError.value("x and y must have same first dimension, but have shapes "
                    + NdArray.tuple(Numbers.shape(m, first)) + " and " + NdArray.tuple(shape));
        }
        int[] xShape = second == null ? shape : Numbers.shape(m, first);
        int series = Math.max(columns, xShape.length == 2 ? xShape[1] : 1);
        boolean manyX = xs != null && xShape.length == 2 && xShape[1] > 1;
        if (xs != null && xs.length != rows * (manyX ? series : 1)) {
            throw NnError.value("x and y must have same first dimension, but have shapes "
                    + NdArray.tuple(xShape) + " and " + NdArray.tuple(shape));
        }
        List<double[][]> all = new ArrayList<>();
        for (int c = 0; c < series; c++) {
            double[] px = new double[rows];
            double[] py = new double[rows];
            for (int r = 0; r < rows; r++) {
                py[r] = columns > 1 ? ys[r * columns + c] : ys[r];
                px[r] = xs == null ? r : manyX ? xs[r * series + c] : xs[r];
            }
            all.add(new double[][] {px, py});
        }
        return all;
    }

    @Builtin(value = "step", signature = "x, y, *args, where='pre', **kwargs", method = true, doc = "A line in steps: where is 'pre', 'mid' or 'post'.")
    static Object step(Machine m, AxesValue self, Object x, Object y, Object[] args, String where, Map<String, Object> kwargs) {
        if (!List.of("pre", "mid", "post").contains(where)) {
            throw NnError.value("'where' argument to step must be 'pre', 'post' or 'mid'");
        }
        Object[] all = new Object[args.length + 2];
        all[0] = x;
        all[1] = y;
        System.arraycopy(args, 0, all, 2, args.length);
        return lines(m, self, all, kwargs, where);
    }

    @Builtin(value = "semilogx", signature = "*args, **kwargs", method = true, doc = "plot with a log scale for x.")
    static Object semilogx(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        self.axes().x.spread = Axis.Spread.LOG;
        return plot(m, self, args, kwargs);
    }

    @Builtin(value = "semilogy", signature = "*args, **kwargs", method = true, doc = "plot with a log scale for y.")
    static Object semilogy(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        self.axes().y.spread = Axis.Spread.LOG;
        return plot(m, self, args, kwargs);
    }

    @Builtin(value = "loglog", signature = "*args, **kwargs", method = true, doc = "plot with log scales.")
    static Object loglog(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        self.axes().x.spread = Axis.Spread.LOG;
        return semilogy(m, self, args, kwargs);
    }

    @Builtin(
            value = "errorbar",
            signature = "x, y, yerr=None, xerr=None, fmt='', ecolor=None, elinewidth=None, capsize=None, capthick=None, **kwargs",
            method = true,
            doc = "A line with bars for its uncertainty.")
    static Object errorbar(
            Machine m, AxesValue self, Object x, Object y, Object yerr, Object xerr, String fmt, Object ecolor, Object elinewidth,
            Object capsize, Object capthick, Map<String, Object> kwargs) {
        Map<String, Object> forLine = new LinkedHashMap<>(kwargs);
        boolean noLine = "none".equalsIgnoreCase(fmt);
        if (noLine) {
            forLine.put("linestyle", "");
        }
        Object[] args = fmt.isEmpty() || noLine ? new Object[] {x, y} : new Object[] {x, y, fmt};
        ListValue lines = (ListValue) plot(m, self, args, forLine);
        ArtistValue line = (ArtistValue) lines.get(0);
        Artist.Line l = (Artist.Line) line.placed().artist;
        Color own = l.line() != null ? l.line().color() : l.marker().face();
        LineStyle style = LineStyle.solid(
                ecolor == None.NONE ? own : Style.color(m, ecolor),
                elinewidth != None.NONE ? Semantics.real(m, elinewidth) : l.line() != null ? l.line().width() : 1.5);
        double cap = capsize == None.NONE ? RcParams.of(m).number(m, "errorbar.capsize") : Semantics.real(m, capsize);
        double[][] up = errors(m, yerr, l.x().length, "yerr");
        double[][] across = errors(m, xerr, l.x().length, "xerr");
        if (capthick != None.NONE && Semantics.real(m, capthick) != style.width()) {
            Style.warn(m, "errorbar: caps are as thick as their bars here");
        }
        ArtistValue bars = self.add(new Artist.ErrorBars(l.x(), l.y(), up[0], up[1], across[0], across[1], style, cap));
        bars.placed().zorder = line.placed().zorder;
        return TupleValue.of(line, TupleValue.EMPTY, TupleValue.of(bars));
    }

    /** How far down and up: one number, one for each point, or two rows of them. */
    static double[][] errors(Machine m, Object given, int n, String name) {
        if (given == None.NONE) {
            return new double[2][];
        }
        double[] values = Numbers.flat(m, given);
        int[] shape = Numbers.shape(m, given);
        if (shape.length == 2 && shape[0] == 2 && values.length == 2 * n) {
            return new double[][] {Arrays.copyOf(values, n), Arrays.copyOfRange(values, n, 2 * n)};
        }
        if (values.length != 1 && values.length != n) {
            throw NnError.value("The lengths of the data (" + n + ") and the error " + name + " do not match");
        }
        double[] each = Numbers.spread(values, n);
        return new double[][] {each, each};
    }

    @Builtin(value = "axhline", signature = "y=0, xmin=0, xmax=1, **kwargs", method = true, doc = "A level line across the axes.")
    static Object axhline(Machine m, AxesValue self, double y, double from, double to, Map<String, Object> kwargs) {
        return rule(m, self, y, true, from, to, kwargs);
    }

    @Builtin(value = "axvline", signature = "x=0, ymin=0, ymax=1, **kwargs", method = true, doc = "An upright line across the axes.")
    static Object axvline(Machine m, AxesValue self, double x, double from, double to, Map<String, Object> kwargs) {
        return rule(m, self, x, false, from, to, kwargs);
    }

    private static Object rule(
            Machine m, AxesValue self, double at, boolean level, double from, double to, Map<String, Object> kwargs) {
        Style style = new Style(m, "Line2D", kwargs);
        LineStyle line = plain(m, style, Colors.cycle(0));
        return self.add(new Artist.Rule(at, level, from, to, line, style.text("", "label")), style);
    }

    /** A line's colour, width and dashes. */
    private static LineStyle plain(Machine m, Style style, Color otherwise) {
        Color color = Colors.withAlpha(style.takeColor(otherwise, "color", "c", "colors"), style.alpha());
        double width = style.number(RcParams.of(m).number(m, "lines.linewidth"), "linewidth", "lw", "linewidths");
        float[] dashes = style.dashes(LineStyle.SOLID, width, "linestyle", "ls", "linestyles");
        return new LineStyle(color, dashes == null ? 0 : width, dashes == null ? LineStyle.SOLID : dashes);
    }

    @Builtin(value = "hlines", signature = "y, xmin, xmax, colors='k', linestyles='solid', label='', **kwargs", method = true, doc = "Level lines from xmin to xmax.")
    static Object hlines(
            Machine m, AxesValue self, Object y, Object from, Object to, Object colors, Object linestyles, String label,
            Map<String, Object> kwargs) {
        double[] at = Numbers.flat(m, y);
        double[] a = Numbers.spread(Numbers.flat(m, from), at.length);
        double[] b = Numbers.spread(Numbers.flat(m, to), at.length);
        return segments(m, self, a, at, b, at, colors, linestyles, label, kwargs);
    }

    @Builtin(value = "vlines", signature = "x, ymin, ymax, colors='k', linestyles='solid', label='', **kwargs", method = true, doc = "Upright lines from ymin to ymax.")
    static Object vlines(
            Machine m, AxesValue self, Object x, Object from, Object to, Object colors, Object linestyles, String label,
            Map<String, Object> kwargs) {
        double[] at = Numbers.flat(m, x);
        double[] a = Numbers.spread(Numbers.flat(m, from), at.length);
        double[] b = Numbers.spread(Numbers.flat(m, to), at.length);
        return segments(m, self, at, a, at, b, colors, linestyles, label, kwargs);
    }

    private static Object segments(
            Machine m, AxesValue self, double[] x0, double[] y0, double[] x1, double[] y1, Object colors, Object linestyles, String label,
            Map<String, Object> kwargs) {
        kwargs.putIfAbsent("linestyles", linestyles);
        Style style = new Style(m, "LineCollection", kwargs);
        Color[] each = Style.colors(m, colors);
        LineStyle line = plain(m, style, each.length == 0 ? Color.BLACK : each[0]);
        if (each.length <= 1) {
            return self.add(new Artist.Segments(x0, y0, x1, y1, line, label), style);
        }
        ArtistValue last = null;
        for (int i = 0; i < x0.length; i++) {
            last = self.add(new Artist.Segments(new double[] {x0[i]}, new double[] {y0[i]}, new double[] {x1[i]}, new double[] {y1[i]},
                    line.withColor(each[i % each.length]), i == 0 ? label : ""));
        }
        style.done();
        return last == null ? None.NONE : last;
    }

    @Builtin(value = "stem", signature = "*args, linefmt=None, markerfmt=None, basefmt=None, bottom=0, label=None, **kwargs", method = true, doc = "An upright line to each point.")
    static Object stem(
            Machine m, AxesValue self, Object[] args, Object linefmt, Object markerfmt, Object basefmt, double bottom, Object label,
            Map<String, Object> kwargs) {
        kwargs.remove("use_line_collection");
        new Style(m, "stem", kwargs).done();
        double[] y = Numbers.flat(m, args[args.length > 1 ? 1 : 0]);
        double[] x = new double[y.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        if (args.length > 1) {
            x = Numbers.flat(m, args[0]);
        }
        double[] foot = new double[y.length];
        Arrays.fill(foot, bottom);
        LineFormat stems = LineFormat.parse(linefmt == None.NONE ? "C0-" : Semantics.str(m, linefmt));
        LineFormat heads = LineFormat.parse(markerfmt == None.NONE ? "C0o" : Semantics.str(m, markerfmt));
        LineFormat base = LineFormat.parse(basefmt == None.NONE ? "C3-" : Semantics.str(m, basefmt));
        ArtistValue lines = self.add(new Artist.Segments(x, foot, x, y, stems.style(1.5), ""));
        Color head = heads.color() == null ? Colors.cycle(0) : heads.color();
        ArtistValue marks = self.add(new Artist.Line(x, y, null, new Marker(heads.marker().isEmpty() ? "o" : heads.marker(), 6, head, head, 1), "",
                label == None.NONE ? "" : Semantics.str(m, label)));
        ArtistValue ground = self.add(new Artist.Line(new double[] {Numbers.least(x), Numbers.most(x)}, new double[] {bottom, bottom},
                base.style(1.5), Marker.NONE, "", ""));
        return TupleValue.of(marks, lines, ground);
    }

    @Builtin(value = {"arrow"}, signature = "x, y, dx, dy, width=0.001, head_width=None, head_length=None, length_includes_head=False, **kwargs", method = true, doc = "An arrow from (x, y) by (dx, dy).")
    static Object arrow(
            Machine m, AxesValue self, double x, double y, double dx, double dy, double width, Object headWidth, Object headLength,
            boolean whole, Map<String, Object> kwargs) {
        kwargs.remove("shape");
        kwargs.remove("overhang");
        kwargs.remove("head_starts_at_zero");
        Style style = new Style(m, "FancyArrow", kwargs);
        Fill fill = style.fill(Colors.cycle(0));
        double hw = headWidth == None.NONE ? 3 * width : Semantics.real(m, headWidth);
        double hl = headLength == None.NONE ? 1.5 * hw : Semantics.real(m, headLength);
        double length = Math.hypot(dx, dy);
        double ux = length == 0 ? 1 : dx / length;
        double uy = length == 0 ? 0 : dy / length;
        double neck = whole ? Math.max(0, length - hl) : length;
        double[][] outline = {
            {0, width / 2}, {neck, width / 2}, {neck, hw / 2}, {neck + hl, 0}, {neck, -hw / 2}, {neck, -width / 2}, {0, -width / 2}
        };
        double[] px = new double[outline.length];
        double[] py = new double[outline.length];
        for (int i = 0; i < outline.length; i++) {
            px[i] = x + outline[i][0] * ux - outline[i][1] * uy;
            py[i] = y + outline[i][0] * uy + outline[i][1] * ux;
        }
        LineStyle edge = fill.edge() != null ? fill.edge() : LineStyle.solid(fill.face(), 1);
        return self.add(new Artist.Areas(new double[][] {px}, new double[][] {py}, new Fill(fill.face(), edge, fill.hatch()),
                style.text("", "label")), style);
    }

    @Builtin(value = "quiver", signature = "*args, color='k', width=None, **kwargs", method = true, doc = "Arrows (U, V) at points (X, Y).")
    static Object quiver(Machine m, AxesValue self, Object[] args, Object color, Object width, Map<String, Object> kwargs) {
        if (args.length != 4 && args.length != 2) {
            throw NnError.type("quiver() takes (U, V) or (X, Y, U, V)" + (args.length > 4 ? "; colours by values are not drawn here" : ""));
        }
        double scale = Numbers.isNumber(kwargs.getOrDefault("scale", None.NONE)) ? Semantics.real(m, kwargs.get("scale")) : 0;
        boolean data = "xy".equals(kwargs.get("scale_units")) && "xy".equals(kwargs.get("angles"));
        for (String each : List.of("scale", "scale_units", "angles", "units", "pivot", "headwidth", "headlength", "headaxislength")) {
            kwargs.remove(each);
        }
        Style style = new Style(m, "Quiver", kwargs);
        double[] u = Numbers.flat(m, args[args.length - 2]).clone();
        double[] v = Numbers.flat(m, args[args.length - 1]).clone();
        double[] x = new double[u.length];
        double[] y = new double[u.length];
        int[] shape = Numbers.shape(m, args[args.length - 2]);
        int columns = shape.length == 2 ? shape[1] : u.length;
        for (int i = 0; i < u.length; i++) {
            x[i] = i % columns;
            y[i] = i / columns;
        }
        if (args.length == 4) {
            double[] gx = Numbers.flat(m, args[0]);
            double[] gy = Numbers.flat(m, args[1]);
            for (int i = 0; i < u.length; i++) {
                x[i] = gx.length == u.length ? gx[i] : gx[i % columns];
                y[i] = gy.length == u.length ? gy[i] : gy[i / columns];
            }
        }
        double longest = 0;
        for (int i = 0; i < u.length; i++) {
            longest = Math.max(longest, Math.hypot(u[i], v[i]));
        }
        // Without a scale the longest arrow is as long as the points stand apart.
        double range = Math.max(Numbers.most(x) - Numbers.least(x), Numbers.most(y) - Numbers.least(y));
        double by = data && scale > 0 ? 1 / scale
                : longest == 0 ? 1 : (range == 0 ? 1 : range / Math.max(1, Math.sqrt(u.length) - 1)) * 0.9 / longest;
        for (int i = 0; i < u.length; i++) {
            u[i] *= by;
            v[i] *= by;
        }
        return self.add(new Artist.Arrows(x, y, u, v, Style.color(m, color), width == None.NONE ? 1.2 : Semantics.real(m, width) * 400, 6,
                style.text("", "label")), style);
    }
}
