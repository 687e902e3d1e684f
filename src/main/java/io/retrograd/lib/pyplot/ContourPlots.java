package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Colormap;
import io.retrograd.plot.Colors;
import io.retrograd.plot.Contours;
import io.retrograd.plot.LineStyle;
import io.retrograd.plot.TextStyle;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Lines and areas of equal height over a grid. */
final class ContourPlots {
    private ContourPlots() {}

    @Builtin(
            value = "contour",
            signature = "*args, **kwargs",
            method = true,
            doc = "Lines of equal height: contour(Z) or contour(X, Y, Z), at given levels.",
            example = "plt.contour(xx, yy, probs, levels=[.5])")
    static Object contour(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        return heights(m, self, args, kwargs, false);
    }

    @Builtin(
            value = "contourf",
            signature = "*args, **kwargs",
            method = true,
            doc = "The areas between lines of equal height, filled.")
    static Object contourf(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        return heights(m, self, args, kwargs, true);
    }

    private static Object heights(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs, boolean filled) {
        if (args.length == 0 || args.length > 4) {
            throw NnError.type("Too " + (args.length == 0 ? "few" : "many") + " arguments to contour");
        }
        int given = args.length >= 3 ? 3 : 1;
        double[][] z = Numbers.table(m, args[given - 1]);
        int rows = z.length;
        int columns = rows == 0 ? 0 : z[0].length;
        if (rows < 2 || columns < 2) {
            throw NnError.type("Input z must be at least a 2x2 array.");
        }
        double[][] x = grid(m, given == 3 ? args[0] : null, rows, columns, true);
        double[][] y = grid(m, given == 3 ? args[1] : null, rows, columns, false);
        Style style = new Style(m, "QuadContourSet", kwargs);
        Object levels = args.length > given ? args[given] : style.take("levels");
        Object n = style.take("N");
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] row : z) {
            for (double v : row) {
                low = v < low ? v : low;
                high = v > high ? v : high;
            }
        }
        Object count = levels == None.NONE ? n : levels;
        double[] at = count == None.NONE || Numbers.isNumber(count)
                ? evenly(low, high, count == None.NONE ? 7 : (int) Semantics.index(m, count), filled)
                : Numbers.flat(m, count);
        for (int i = 1; i < at.length; i++) {
            if (!(at[i] > at[i - 1])) {
                throw NnError.value("Contour levels must be increasing");
            }
        }
        if (filled && at.length < 2) {
            throw NnError.value("Filled contours require at least 2 levels.");
        }
        ArtistValue drawn = filled ? areas(m, self, style, x, y, z, at) : lines(m, self, style, x, y, z, at);
        if (at.length > 0 && (at[at.length - 1] < low || at[0] > high) && !filled) {
            Style.warn(m, "No contour levels were found within the data range.");
        }
        return drawn;
    }

    private static ArtistValue lines(Machine m, AxesValue self, Style style, double[][] x, double[][] y, double[][] z, double[] at) {
        Object colors = style.take("colors");
        Colormap map = Style.colormap(m, style.take("cmap"));
        Object vmin = style.take("vmin");
        Object vmax = style.take("vmax");
        double alpha = style.alpha();
        Object widths = style.take("linewidths", "linewidth");
        Object dashes = style.take("linestyles", "linestyle");
        style.take("extend", "origin");
        Color[] own = Style.colors(m, colors);
        double[] w = widths == None.NONE ? new double[] {RcParams.of(m).number(m, "lines.linewidth")} : Numbers.flat(m, widths);
        LineStyle[] each = new LineStyle[at.length];
        double from = vmin == None.NONE ? (at.length == 0 ? 0 : at[0]) : Semantics.real(m, vmin);
        double to = vmax == None.NONE ? (at.length == 0 ? 1 : at[at.length - 1]) : Semantics.real(m, vmax);
        for (int i = 0; i < at.length; i++) {
            Color color = own.length > 0 ? own[i % own.length] : map.at(ImagePlots.share(at[i], from, to, false));
            double width = w[i % w.length];
            float[] pattern = LineStyle.SOLID;
            if (dashes != None.NONE) {
                Object one = dashes instanceof String ? dashes : Semantics.elements(m, dashes)[i % Semantics.elements(m, dashes).length];
                pattern = Style.dashes(m, one, width);
            } else if (own.length == 1 && at[i] < 0) {
                pattern = Style.dashes(m, RcParams.of(m).text(m, "contour.negative_linestyle"), width);
            }
            each[i] = pattern == null ? null : new LineStyle(Colors.withAlpha(color, alpha), width, pattern);
        }
        ArtistValue drawn = self.add(new Artist.Contour(x, y, z, at, each), style);
        drawn.placed().meaning = new Colors.Meaning(map, from, to, at.clone());
        return drawn;
    }

    private static ArtistValue areas(Machine m, AxesValue self, Style style, double[][] x, double[][] y, double[][] z, double[] at) {
        Object colors = style.take("colors");
        Colormap map = Style.colormap(m, style.take("cmap"));
        Object vmin = style.take("vmin");
        Object vmax = style.take("vmax");
        double alpha = style.alpha();
        String extend = style.text("neither", "extend");
        Object hatches = style.take("hatches");
        style.take("antialiased", "origin", "linewidths", "linestyles");
        double[] levels = at;
        if (extend.equals("min") || extend.equals("both")) {
            levels = new double[levels.length + 1];
            levels[0] = Double.NEGATIVE_INFINITY;
            System.arraycopy(at, 0, levels, 1, at.length);
        }
        if (extend.equals("max") || extend.equals("both")) {
            levels = Arrays.copyOf(levels, levels.length + 1);
            levels[levels.length - 1] = Double.POSITIVE_INFINITY;
        }
        Color[] own = Style.colors(m, colors);
        double from = vmin == None.NONE ? at[0] : Semantics.real(m, vmin);
        double to = vmax == None.NONE ? at[at.length - 1] : Semantics.real(m, vmax);
        Color[] each = new Color[levels.length - 1];
        for (int i = 0; i < each.length; i++) {
            double middle = Double.isInfinite(levels[i]) ? from : Double.isInfinite(levels[i + 1]) ? to : (levels[i] + levels[i + 1]) / 2;
            Color color = own.length > 0 ? own[i % own.length] : map.at(ImagePlots.share(middle, from, to, false));
            each[i] = Colors.withAlpha(color, alpha);
        }
        String[] marks = new String[0];
        if (hatches != None.NONE) {
            Object[] all = Semantics.elements(m, hatches);
            marks = new String[all.length];
            for (int i = 0; i < marks.length; i++) {
                marks[i] = all[i] == None.NONE ? "" : Semantics.str(m, all[i]);
            }
        }
        ArtistValue drawn = self.add(new Artist.FilledContour(x, y, z, levels, each, marks), style);
        Colormap shown = own.length == 0 ? map : Colormap.listed("colors", Arrays.stream(each).mapToInt(c -> c.getRGB() & 0xffffff).toArray());
        drawn.placed().meaning = new Colors.Meaning(shown, from, to, at.clone());
        return drawn;
    }

    private static double[][] grid(Machine m, Object given, int rows, int columns, boolean across) {
        double[][] table = new double[rows][columns];
        double[] line = null;
        if (given != null && Numbers.shape(m, given).length == 2) {
            table = Numbers.table(m, given);
            if (table.length != rows || table[0].length != columns) {
                throw NnError.type("Shapes of x, y and z must match");
            }
            return table;
        }
        if (given != null) {
            line = Numbers.flat(m, given);
            if (line.length != (across ? columns : rows)) {
                throw NnError.type("Length of " + (across ? "x" : "y") + " must be number of " + (across ? "columns" : "rows") + " in z.");
            }
        }
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int i = across ? c : r;
                table[r][c] = line == null ? i : line[i];
            }
        }
        return table;
    }

    /** Round heights from low to high, at most some more than asked for. */
    private static double[] evenly(double low, double high, int about, boolean around) {
        double rough = (high - low) / Math.max(1, about + 1) * (1 - 1e-9);
        if (!(rough > 0)) {
            return around ? new double[] {low, low + 1} : new double[] {low};
        }
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = 10 * power;
        for (double each : new double[] {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8}) {
            if (each * power >= rough) {
                step = each * power;
                break;
            }
        }
        List<Double> levels = new ArrayList<>();
        double first = Math.floor(low / step + 1e-10);
        double last = Math.ceil(high / step - 1e-10);
        for (double k = first; k <= last; k++) {
            double v = k * step;
            if (around || v >= low && v <= high) {
                levels.add(v);
            }
        }
        return levels.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Builtin(value = "clabel", signature = "CS, levels=None, *args, fontsize=None, inline=True, inline_spacing=5, fmt='%1.3f', colors=None, use_clabeltext=False, manual=False, rightside_up=True, **kwargs", method = true, doc = "Writes the heights at the lines of a contour.")
    static Object clabel(
            Machine m, AxesValue self, ArtistValue drawn, Object levels, Object[] args, Object fontsize, boolean inline, double spacing,
            Object fmt, Object colors, boolean bent, Object manual, boolean upright, Map<String, Object> kwargs) {
        if (drawn == null || !(drawn.placed().artist instanceof Artist.Contour c)) {
            throw NnError.type("clabel() labels what contour() drew");
        }
        new Style(m, "clabel", kwargs).done();
        double[] wanted = levels == None.NONE ? c.levels() : Numbers.flat(m, levels);
        Color[] own = Style.colors(m, colors);
        TextStyle base = RcParams.of(m).style(m, "", "", "");
        double size = fontsize == None.NONE ? base.size() : RcParams.of(m).fontSize(m, fontsize);
        List<Object> texts = new ArrayList<>();
        for (int i = 0; i < c.levels().length; i++) {
            double level = c.levels()[i];
            if (c.lines()[i] == null || Arrays.stream(wanted).noneMatch(v -> v == level)) {
                continue;
            }
            Color color = own.length > 0 ? own[i % own.length] : c.lines()[i].color();
            String text = text(m, fmt, level);
            for (double[][] line : Contours.lines(c.x(), c.y(), c.z(), level)) {
                if (line.length > 8) {
                    double[] middle = line[line.length / 2];
                    Artist.Box box = inline ? new Artist.Box(self.axes().face, null, 1, false) : null;
                    texts.add(self.add(new Artist.Text(middle[0], middle[1], 0, 0, text, base.withSize(size).withColor(color), "center",
                            "center", 0, Artist.Place.DATA, box, null)));
                }
            }
        }
        return ListValue.of(texts.toArray());
    }

    private static String text(Machine m, Object fmt, double level) {
        if (fmt instanceof DictValue d) {
            Object found = d.get(m, level);
            return found == null ? "" : Semantics.str(m, found);
        }
        return Semantics.str(m, Semantics.binary(m, BinaryOperator.REMAINDER, fmt, level));
    }
}
