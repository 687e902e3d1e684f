package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Colormap;
import io.retrograd.plot.Colors;
import io.retrograd.tensor.NdArray;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one plots into a coordinate system; {@code plt.plot} and the like do the same to the current one. */
final class AxesMethods {
    private AxesMethods() {}

    @Builtin(
            value = "plot",
            signature = "*args, **kwargs",
            method = true,
            doc = "Lines or marks: plot(y), plot(x, y), plot(x, y, 'ro--'), several in a row.",
            example = "plt.plot(xs, ys, 'b-', label='fit')")
    static Object plot(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        Style style = new Style(m, "Line2D", kwargs);
        Color color = style.color(null, "color", "c");
        double width = style.number(1.5, "linewidth", "lw");
        String dashes = dashes(style.text(null, "linestyle", "ls"));
        String marker = style.text(null, "marker");
        double size = style.number(6, "markersize", "ms");
        String label = style.text("", "label");
        double alpha = style.number(1, "alpha");
        style.take("markerfacecolor", "mfc", "markeredgecolor", "mec", "markeredgewidth", "mew");
        style.done();
        List<Object> lines = new ArrayList<>();
        int i = 0;
        while (i < args.length) {
            Object first = args[i++];
            Object second = null;
            if (i < args.length && !(args[i] instanceof String)) {
                second = args[i++];
            }
            LineFormat format = new LineFormat(null, "", "");
            boolean formatted = false;
            if (i < args.length && args[i] instanceof String s) {
                format = LineFormat.parse(s);
                formatted = true;
                i++;
            }
            for (double[][] xy : series(m, first, second)) {
                Color c = color != null ? color : format.color() != null ? format.color() : Colors.cycle(self.axes().nextInCycle());
                String mark = marker != null ? marker : format.marker();
                String line = dashes != null ? dashes : formatted && format.dashes().isEmpty() && !format.marker().isEmpty() ? ""
                        : format.dashes().isEmpty() ? "-" : format.dashes();
                lines.add(new ArtistValue(self.axes(), new Artist.Line(
                        xy[0], xy[1], Colors.withAlpha(c, alpha), width, line, mark.equals("None") ? "" : mark, size, label)));
            }
        }
        return ListValue.of(lines.toArray());
    }

    private static String dashes(String name) {
        return name == null ? null : switch (name) {
            case "solid" -> "-";
            case "dashed" -> "--";
            case "dotted" -> ":";
            case "dashdot" -> "-.";
            case "None", "none", " " -> "";
            default -> name;
        };
    }

    /** The columns of y over x, or over 0, 1, 2 … */
    private static List<double[][]> series(Machine m, Object first, Object second) {
        Object y = second == null ? first : second;
        int[] shape = Numbers.shape(m, y);
        List<double[][]> all = new ArrayList<>();
        double[] ys = Numbers.flat(m, y);
        int columns = shape.length == 2 ? shape[1] : 1;
        int rows = columns == 0 ? 0 : ys.length / columns;
        double[] xs = second == null ? null : Numbers.flat(m, first);
        boolean eachOwn = xs != null && columns > 1 && xs.length == ys.length;
        if (xs != null && !eachOwn && xs.length != rows) {
            throw NnError.value("x and y must have same first dimension, but have shapes "
                    + NdArray.tuple(Numbers.shape(m, first)) + " and " + NdArray.tuple(shape));
        }
        for (int c = 0; c < columns; c++) {
            double[] px = new double[rows];
            double[] py = new double[rows];
            for (int r = 0; r < rows; r++) {
                py[r] = ys[r * columns + c];
                px[r] = xs == null ? r : eachOwn ? xs[r * columns + c] : xs[r];
            }
            all.add(new double[][] {px, py});
        }
        return all;
    }

    @Builtin(
            value = "scatter",
            signature = "x, y, s=None, c=None, marker='o', cmap=None, vmin=None, vmax=None, alpha=1.0, **kwargs",
            method = true,
            doc = "A mark at each point, of given sizes and colours.",
            example = "plt.scatter(X[:, 0], X[:, 1], c=['red' if y else 'blue' for y in Y])")
    static Object scatter(
            Machine m,
            AxesValue self,
            Object x,
            Object y,
            Object s,
            Object c,
            String marker,
            Object cmap,
            Object vmin,
            Object vmax,
            Object alpha,
            Map<String, Object> kwargs) {
        double[] xs = Numbers.flat(m, x);
        double[] ys = Numbers.flat(m, y);
        if (xs.length != ys.length) {
            throw NnError.value("x and y must be the same size");
        }
        Style style = new Style(m, "PathCollection", kwargs);
        Object named = style.take("color", "facecolor", "facecolors");
        Object colors = c != None.NONE ? c : named;
        Color edge = style.color(null, "edgecolor", "edgecolors");
        String label = style.text("", "label");
        style.take("linewidths", "linewidth", "lw");
        style.done();
        double a = alpha == None.NONE ? 1 : Semantics.real(m, alpha);
        double[] areas = s == None.NONE ? new double[] {36} : Numbers.flat(m, s);
        Colormap map = Style.colormap(m, cmap, "viridis");
        double[] range = new double[2];
        Color[] each = colors(m, self, colors, xs.length, map, vmin, vmax, range);
        for (int i = 0; i < each.length; i++) {
            each[i] = Colors.withAlpha(each[i], a);
        }
        return new ArtistValue(
                self.axes(), new Artist.Points(xs, ys, areas, each, marker == null ? "o" : marker, edge, label), map, range[0], range[1]);
    }

    /** One colour, a list of colours, or numbers that the colour map turns into colours. */
    private static Color[] colors(
            Machine m, AxesValue self, Object c, int n, Colormap map, Object vmin, Object vmax, double[] range) {
        if (c == None.NONE) {
            return new Color[] {Colors.cycle(self.axes().nextInCycle())};
        }
        if (c instanceof String s && s.length() == n && n > 1 && Colors.named(s).isEmpty()) {
            Color[] letters = new Color[n];
            for (int i = 0; i < n; i++) {
                letters[i] = Style.color(m, s.substring(i, i + 1));
            }
            return letters;
        }
        if (c instanceof String) {
            return new Color[] {Style.color(m, c)};
        }
        Object[] elements = Semantics.elements(m, c);
        boolean numbers = elements.length == n;
        for (Object e : elements) {
            numbers &= Numbers.isNumber(e);
        }
        if (!numbers && elements.length > 0 && Numbers.isNumber(elements[0])) {
            int[] shape = Numbers.shape(m, c);
            if (shape.length == 1 && (shape[0] == 3 || shape[0] == 4)) {
                return new Color[] {Style.color(m, c)};
            }
            if (shape.length != 2 || shape[1] != 1) {
                throw NnError.value("'c' argument has " + elements.length + " elements, which is inconsistent with 'x' and 'y' "
                        + "with size " + n + ".");
            }
            numbers = true;
        }
        int[] shape = Numbers.shape(m, c);
        if (numbers || shape.length == 2 && shape[1] == 1) {
            double[] values = Numbers.flat(m, c);
            range[0] = vmin == None.NONE ? least(values) : Semantics.real(m, vmin);
            range[1] = vmax == None.NONE ? most(values) : Semantics.real(m, vmax);
            Color[] all = new Color[values.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = map.at(share(values[i], range[0], range[1]));
            }
            return all;
        }
        Color[] all = new Color[elements.length];
        for (int i = 0; i < all.length; i++) {
            Object e = elements[i];
            boolean wrapped = e instanceof ListValue l && l.size() == 1 && l.get(0) instanceof String;
            all[i] = Style.color(m, wrapped ? ((ListValue) e).get(0) : e);
        }
        return all.length == 0 ? new Color[] {Color.BLACK} : all;
    }

    private static double share(double v, double low, double high) {
        return high == low ? 0 : (v - low) / (high - low);
    }

    private static double least(double[] values) {
        double v = Double.POSITIVE_INFINITY;
        for (double each : values) {
            v = each < v ? each : v;
        }
        return v == Double.POSITIVE_INFINITY ? 0 : v;
    }

    private static double most(double[] values) {
        double v = Double.NEGATIVE_INFINITY;
        for (double each : values) {
            v = each > v ? each : v;
        }
        return v == Double.NEGATIVE_INFINITY ? 1 : v;
    }

    @Builtin(
            value = "bar",
            signature = "x, height, width=0.8, bottom=None, align='center', **kwargs",
            method = true,
            doc = "Upright bars.")
    static Object bar(
            Machine m, AxesValue self, Object x, Object height, Object width, Object bottom, String align, Map<String, Object> kwargs) {
        return bars(m, self, x, height, width, bottom, align, kwargs, true);
    }

    @Builtin(
            value = "barh",
            signature = "y, width, height=0.8, left=None, align='center', **kwargs",
            method = true,
            doc = "Bars that lie.")
    static Object barh(
            Machine m, AxesValue self, Object y, Object width, Object height, Object left, String align, Map<String, Object> kwargs) {
        return bars(m, self, y, width, height, left, align, kwargs, false);
    }

    private static Object bars(
            Machine m,
            AxesValue self,
            Object at,
            Object length,
            Object thickness,
            Object from,
            String align,
            Map<String, Object> kwargs,
            boolean upright) {
        double[] lengths = Numbers.flat(m, length);
        int n = lengths.length;
        double[] places = new double[n];
        Axes.Axis axis = upright ? self.axes().x : self.axes().y;
        Object[] names = Semantics.elements(m, at);
        if (names.length > 0 && names[0] instanceof String) {
            axis.ticks = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                places[i] = i;
                axis.ticks.add(new Axes.Tick(i, Semantics.str(m, names[i])));
            }
        } else {
            places = Numbers.flat(m, at).clone();
        }
        Style style = new Style(m, "Rectangle", kwargs);
        Color color = style.color(null, "color", "facecolor");
        Color edge = style.color(null, "edgecolor", "ec");
        String label = style.text("", "label");
        double alpha = style.number(1, "alpha");
        style.take("linewidth", "lw", "yerr", "xerr", "tick_label");
        style.done();
        double[] widths = spread(Numbers.flat(m, thickness), n);
        double[] starts = from == None.NONE ? new double[n] : spread(Numbers.flat(m, from), n);
        if (!"edge".equals(align)) {
            for (int i = 0; i < n; i++) {
                places[i] -= widths[i] / 2;
            }
        }
        Color c = Colors.withAlpha(color != null ? color : Colors.cycle(self.axes().nextInCycle()), alpha);
        return new ArtistValue(self.axes(), upright
                ? new Artist.Bars(places, starts, widths, lengths, c, edge, label)
                : new Artist.Bars(starts, places, lengths, widths, c, edge, label));
    }

    private static double[] spread(double[] values, int n) {
        if (values.length == n) {
            return values;
        }
        double[] all = new double[n];
        java.util.Arrays.fill(all, values[0]);
        return all;
    }

    @Builtin(
            value = "hist",
            signature = "x, bins=10, range=None, density=False, weights=None, **kwargs",
            method = true,
            doc = "How often values fall into equal bins; answers counts, edges and the bars.")
    static Object hist(
            Machine m, AxesValue self, Object x, Object bins, Object range, Object density, Object weights, Map<String, Object> kwargs) {
        double[] values = Numbers.flat(m, x);
        double low = least(values);
        double high = most(values);
        if (range != None.NONE) {
            double[] r = Numbers.flat(m, range);
            low = r[0];
            high = r[1];
        }
        double[] edges;
        if (Numbers.isNumber(bins) || bins == None.NONE) {
            int n = bins == None.NONE ? 10 : (int) Semantics.index(m, bins);
            if (low == high) {
                low -= 0.5;
                high += 0.5;
            }
            edges = new double[n + 1];
            for (int i = 0; i <= n; i++) {
                edges[i] = low + (high - low) * i / n;
            }
        } else {
            edges = Numbers.flat(m, bins);
        }
        double[] counts = new double[edges.length - 1];
        double total = 0;
        for (double v : values) {
            for (int i = 0; i < counts.length; i++) {
                boolean last = i == counts.length - 1;
                if (v >= edges[i] && (v < edges[i + 1] || last && v <= edges[i + 1])) {
                    counts[i]++;
                    total++;
                    break;
                }
            }
        }
        boolean normed = Semantics.truth(m, density) || kwargs.get("normed") != null && Semantics.truth(m, kwargs.get("normed"));
        kwargs.remove("normed");
        double[] starts = new double[counts.length];
        double[] widths = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            starts[i] = edges[i];
            widths[i] = edges[i + 1] - edges[i];
            if (normed) {
                counts[i] /= total * widths[i];
            }
        }
        Style style = new Style(m, "Rectangle", kwargs);
        Color color = style.color(null, "color", "facecolor");
        Color edge = style.color(null, "edgecolor", "ec");
        String label = style.text("", "label");
        double alpha = style.number(1, "alpha");
        style.take("histtype", "align", "rwidth", "linewidth", "lw", "cumulative", "log");
        style.done();
        Color c = Colors.withAlpha(color != null ? color : Colors.cycle(self.axes().nextInCycle()), alpha);
        Artist.Bars drawn = new Artist.Bars(starts, new double[counts.length], widths, counts, c, edge, label);
        return TupleValue.of(new ArrayValue(NdArray.of(counts, counts.length)), new ArrayValue(NdArray.of(edges, edges.length)),
                new ArtistValue(self.axes(), drawn));
    }

    @Builtin(
            value = {"imshow", "matshow"},
            signature = "X, cmap=None, interpolation=None, origin='upper', extent=None, vmin=None, vmax=None, aspect=None, **kwargs",
            method = true,
            doc = "A picture: numbers through a colour map, or red, green and blue.")
    static Object imshow(
            Machine m,
            AxesValue self,
            Object x,
            Object cmap,
            Object interpolation,
            String origin,
            Object extent,
            Object vmin,
            Object vmax,
            Object aspect,
            Map<String, Object> kwargs) {
        Style style = new Style(m, "AxesImage", kwargs);
        double alpha = style.number(1, "alpha");
        style.take("norm");
        style.done();
        int[] shape = Numbers.shape(m, x);
        boolean rgb = shape.length == 3 && (shape[2] == 3 || shape[2] == 4);
        boolean flat = shape.length == 2 || shape.length == 3 && shape[2] == 1;
        if (!rgb && !flat) {
            throw NnError.type("Invalid shape " + NdArray.tuple(shape) + " for image data");
        }
        double[] values = Numbers.flat(m, x);
        int h = shape[0];
        int w = shape[1];
        Colormap map = Style.colormap(m, cmap, "viridis");
        double low = vmin == None.NONE ? least(values) : Semantics.real(m, vmin);
        double high = vmax == None.NONE ? most(values) : Semantics.real(m, vmax);
        boolean bytes = rgb && most(values) > 1;
        int[][] pixels = new int[h][w];
        for (int r = 0; r < h; r++) {
            for (int c = 0; c < w; c++) {
                if (rgb) {
                    int at = (r * w + c) * shape[2];
                    int argb = shape[2] == 4 ? channel(values[at + 3], bytes) << 24 : 0xff000000;
                    pixels[r][c] = argb | channel(values[at], bytes) << 16 | channel(values[at + 1], bytes) << 8
                            | channel(values[at + 2], bytes);
                } else {
                    pixels[r][c] = Colors.withAlpha(map.at(share(values[r * w + c], low, high)), alpha).getRGB();
                }
            }
        }
        Axes axes = self.axes();
        boolean upper = !"lower".equals(origin);
        double[] at = {-0.5, w - 0.5, upper ? h - 0.5 : -0.5, upper ? -0.5 : h - 0.5};
        if (extent != None.NONE) {
            double[] given = Numbers.flat(m, extent);
            at = upper ? given : new double[] {given[0], given[1], given[3], given[2]};
            axes.y.inverted = false;
        } else {
            axes.y.inverted = upper;
        }
        if (!upper) {
            int[][] turned = new int[h][];
            for (int r = 0; r < h; r++) {
                turned[r] = pixels[h - 1 - r];
            }
            pixels = turned;
            at = extent == None.NONE ? new double[] {-0.5, w - 0.5, -0.5, h - 0.5} : Numbers.flat(m, extent);
        }
        axes.equal = !"auto".equals(aspect);
        boolean smooth = interpolation instanceof String s && (s.equals("bilinear") || s.equals("bicubic"));
        return new ArtistValue(axes, new Artist.Image(pixels, at, smooth), map, low, high);
    }

    private static int channel(double v, boolean bytes) {
        return (int) Math.max(0, Math.min(255, Math.round(bytes ? v : v * 255)));
    }

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
        int given = args.length >= 3 ? 3 : 1;
        double[][] z = Numbers.table(m, args[given - 1]);
        int rows = z.length;
        int columns = rows == 0 ? 0 : z[0].length;
        double[][] x = grid(m, given == 3 ? args[0] : null, rows, columns, true);
        double[][] y = grid(m, given == 3 ? args[1] : null, rows, columns, false);
        Style style = new Style(m, "QuadContourSet", kwargs);
        Object levels = args.length > given ? args[given] : style.take("levels");
        Object colors = style.take("colors");
        Object cmap = style.take("cmap");
        double alpha = style.number(1, "alpha");
        double width = style.number(1.5, "linewidths", "linewidth");
        style.take("linestyles", "extend", "vmin", "vmax");
        style.done();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] row : z) {
            low = Math.min(low, least(row));
            high = Math.max(high, most(row));
        }
        double[] at = levels == None.NONE || Numbers.isNumber(levels)
                ? evenly(low, high, levels == None.NONE ? 8 : (int) Semantics.index(m, levels), filled)
                : Numbers.flat(m, levels);
        int n = filled ? Math.max(1, at.length - 1) : at.length;
        Colormap map = Style.colormap(m, cmap, "viridis");
        Color[] each = new Color[n];
        for (int i = 0; i < n; i++) {
            double middle = filled && i + 1 < at.length ? (at[i] + at[i + 1]) / 2 : at[i];
            each[i] = map.at(at.length == 1 ? 0 : share(middle, at[0], at[at.length - 1]));
        }
        if (colors != None.NONE) {
            Object[] list = colors instanceof String ? new Object[] {colors} : Semantics.elements(m, colors);
            for (int i = 0; i < n; i++) {
                each[i] = Style.color(m, list[i % list.length]);
            }
        }
        for (int i = 0; i < n; i++) {
            each[i] = Colors.withAlpha(each[i], alpha);
        }
        Artist drawn = filled ? new Artist.FilledContour(x, y, z, at, each) : new Artist.Contour(x, y, z, at, each, width);
        return new ArtistValue(self.axes(), drawn, map, at.length == 0 ? low : at[0], at.length == 0 ? high : at[at.length - 1]);
    }

    private static double[][] grid(Machine m, Object given, int rows, int columns, boolean across) {
        double[][] table = new double[rows][columns];
        double[] line = null;
        if (given != null && Numbers.shape(m, given).length == 2) {
            table = Numbers.table(m, given);
            if (table.length != rows || rows > 0 && table[0].length != columns) {
                throw NnError.type("Shapes of x, y and z must match");
            }
            return table;
        }
        if (given != null) {
            line = Numbers.flat(m, given);
            if (line.length != (across ? columns : rows)) {
                throw NnError.type("Length of " + (across ? "x" : "y") + " (" + line.length + ") must match number of "
                        + (across ? "columns" : "rows") + " in z (" + (across ? columns : rows) + ")");
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

    /** Round heights from low to high. */
    private static double[] evenly(double low, double high, int about, boolean around) {
        double rough = (high - low) / Math.max(1, about) * (1 - 1e-9);
        if (!(rough > 0)) {
            return new double[] {low};
        }
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = 10 * power;
        for (double each : new double[] {1, 2, 2.5, 5}) {
            if (each * power >= rough) {
                step = each * power;
                break;
            }
        }
        List<Double> levels = new ArrayList<>();
        double first = around ? Math.floor(low / step) : Math.ceil(low / step);
        double last = around ? Math.ceil(high / step) : Math.floor(high / step);
        for (double k = first; k <= last; k++) {
            levels.add(k * step);
        }
        return levels.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Builtin(
            value = "fill_between",
            signature = "x, y1, y2=0, where=None, **kwargs",
            method = true,
            doc = "The area between two lines, filled.")
    static Object fillBetween(Machine m, AxesValue self, Object x, Object y1, Object y2, Object where, Map<String, Object> kwargs) {
        double[] xs = Numbers.flat(m, x);
        double[] low = spread(Numbers.flat(m, y1), xs.length);
        double[] high = spread(Numbers.flat(m, y2), xs.length);
        int n = xs.length;
        double[] px = new double[2 * n];
        double[] py = new double[2 * n];
        for (int i = 0; i < n; i++) {
            px[i] = xs[i];
            py[i] = low[i];
            px[2 * n - 1 - i] = xs[i];
            py[2 * n - 1 - i] = high[i];
        }
        return polygon(m, self, px, py, kwargs);
    }

    @Builtin(value = "fill", signature = "x, y, *args, **kwargs", method = true, doc = "A polygon, filled.")
    static Object fill(Machine m, AxesValue self, Object x, Object y, Object[] args, Map<String, Object> kwargs) {
        if (args.length > 0 && args[0] instanceof String s) {
            kwargs.putIfAbsent("color", s);
        }
        return polygon(m, self, Numbers.flat(m, x), Numbers.flat(m, y), kwargs);
    }

    private static Object polygon(Machine m, AxesValue self, double[] x, double[] y, Map<String, Object> kwargs) {
        Style style = new Style(m, "PolyCollection", kwargs);
        Color color = style.color(null, "color", "facecolor");
        Color edge = style.color(null, "edgecolor");
        double alpha = style.number(1, "alpha");
        String label = style.text("", "label");
        style.take("linewidth", "lw", "interpolate", "step", "hatch");
        style.done();
        Color fill = Colors.withAlpha(color != null ? color : Colors.cycle(self.axes().nextInCycle()), alpha);
        return new ArtistValue(self.axes(), new Artist.Polygon(x, y, fill, edge, label));
    }

    @Builtin(value = "axhline", signature = "y=0, xmin=0, xmax=1, **kwargs", method = true, doc = "A level line across the axes.")
    static Object axhline(Machine m, AxesValue self, double y, double from, double to, Map<String, Object> kwargs) {
        return rule(m, self, y, true, from, to, kwargs);
    }

    @Builtin(value = "axvline", signature = "x=0, ymin=0, ymax=1, **kwargs", method = true, doc = "An upright line across the axes.")
    static Object axvline(Machine m, AxesValue self, double x, double from, double to, Map<String, Object> kwargs) {
        return rule(m, self, x, false, from, to, kwargs);
    }

    private static Object rule(Machine m, AxesValue self, double at, boolean level, double from, double to, Map<String, Object> kwargs) {
        Style style = new Style(m, "Line2D", kwargs);
        Color color = style.color(Colors.cycle(0), "color", "c");
        double width = style.number(1.5, "linewidth", "lw");
        String dashes = dashes(style.text("-", "linestyle", "ls"));
        String label = style.text("", "label");
        double alpha = style.number(1, "alpha");
        style.done();
        return new ArtistValue(
                self.axes(), new Artist.Rule(at, level, from, to, Colors.withAlpha(color, alpha), width, dashes, label));
    }

    @Builtin(value = "text", signature = "x, y, s, fontdict=None, **kwargs", method = true, doc = "Text at a point.")
    static Object text(Machine m, AxesValue self, double x, double y, Object s, Object font, Map<String, Object> kwargs) {
        if (font instanceof DictValue d) {
            Iteration keys = d.iterate(m);
            for (Object k = keys.next(m); k != null; k = keys.next(m)) {
                kwargs.putIfAbsent(Semantics.str(m, k), d.item(m, k));
            }
        }
        Style style = new Style(m, "Text", kwargs);
        boolean ofAxes = kwargs.remove("transform") != null;
        Color color = style.color(Color.BLACK, "color", "c");
        double size = style.fontSize(10);
        String h = style.text("left", "horizontalalignment", "ha");
        String v = style.text("baseline", "verticalalignment", "va");
        double rotation = style.number(0, "rotation");
        style.take("weight", "fontweight", "style", "fontstyle", "bbox", "alpha", "wrap");
        style.done();
        return new ArtistValue(self.axes(), new Artist.Text(
                x, y, Semantics.str(m, s), size, color, h, v, rotation, ofAxes, Double.NaN, Double.NaN, null));
    }

    @Builtin(
            value = "annotate",
            signature = "text, xy, xytext=None, arrowprops=None, **kwargs",
            method = true,
            doc = "Text that points somewhere.")
    static Object annotate(
            Machine m, AxesValue self, Object s, Object xy, Object textAt, Object arrow, Map<String, Object> kwargs) {
        Style style = new Style(m, "Annotation", kwargs);
        double[] point = Numbers.flat(m, xy);
        double[] at = textAt == None.NONE ? point : Numbers.flat(m, textAt);
        boolean offset = "offset points".equals(style.text("data", "textcoords"));
        style.take("xycoords", "bbox", "weight", "fontweight", "annotation_clip");
        Color color = style.color(Color.BLACK, "color");
        double size = style.fontSize(10);
        String h = style.text("left", "ha", "horizontalalignment");
        String v = style.text("baseline", "va", "verticalalignment");
        double rotation = style.number(0, "rotation");
        style.done();
        double[] place = offset ? point : at;
        return new ArtistValue(self.axes(), new Artist.Text(place[0], place[1], Semantics.str(m, s), size, color, h, v, rotation,
                false, point[0], point[1], arrow == None.NONE || offset ? null : Color.BLACK));
    }

    // Titles, limits, ticks

    @Builtin(value = "set_title", signature = "label, **kwargs", method = true, doc = "The title above.")
    static void setTitle(Machine m, AxesValue self, Object label, Map<String, Object> kwargs) {
        self.axes().title = Semantics.str(m, label);
    }

    @Builtin(value = "set_xlabel", signature = "xlabel, **kwargs", method = true, doc = "The name of the x axis.")
    static void setXlabel(Machine m, AxesValue self, Object label, Map<String, Object> kwargs) {
        self.axes().x.label = Semantics.str(m, label);
    }

    @Builtin(value = "set_ylabel", signature = "ylabel, **kwargs", method = true, doc = "The name of the y axis.")
    static void setYlabel(Machine m, AxesValue self, Object label, Map<String, Object> kwargs) {
        self.axes().y.label = Semantics.str(m, label);
    }

    @Builtin(value = "set_xlim", signature = "left=None, right=None, **kwargs", method = true, doc = "What part of the x axis is shown.")
    static Object setXlim(Machine m, AxesValue self, Object left, Object right, Map<String, Object> kwargs) {
        return limits(m, self.axes().x, left == None.NONE ? kwargs.getOrDefault("xmin", None.NONE) : left,
                right == None.NONE ? kwargs.getOrDefault("xmax", None.NONE) : right);
    }

    @Builtin(value = "set_ylim", signature = "bottom=None, top=None, **kwargs", method = true, doc = "What part of the y axis is shown.")
    static Object setYlim(Machine m, AxesValue self, Object bottom, Object top, Map<String, Object> kwargs) {
        return limits(m, self.axes().y, bottom == None.NONE ? kwargs.getOrDefault("ymin", None.NONE) : bottom,
                top == None.NONE ? kwargs.getOrDefault("ymax", None.NONE) : top);
    }

    private static Object limits(Machine m, Axes.Axis axis, Object low, Object high) {
        Object a = low;
        Object b = high;
        if (a != None.NONE && !Numbers.isNumber(a)) {
            Object[] pair = Semantics.elements(m, a);
            a = pair[0];
            b = pair[1];
        }
        if (a != None.NONE) {
            axis.low = Semantics.real(m, a);
        }
        if (b != None.NONE) {
            axis.high = Semantics.real(m, b);
        }
        if (axis.low > axis.high) {
            double keep = axis.low;
            axis.low = axis.high;
            axis.high = keep;
            axis.inverted = true;
        }
        return TupleValue.of(axis.low, axis.high);
    }

    @Builtin(value = "set_xticks", signature = "ticks=None, labels=None, **kwargs", method = true, doc = "The marks on the x axis.")
    static void setXticks(Machine m, AxesValue self, Object ticks, Object labels, Map<String, Object> kwargs) {
        ticks(m, self.axes().x, ticks, labels);
    }

    @Builtin(value = "set_yticks", signature = "ticks=None, labels=None, **kwargs", method = true, doc = "The marks on the y axis.")
    static void setYticks(Machine m, AxesValue self, Object ticks, Object labels, Map<String, Object> kwargs) {
        ticks(m, self.axes().y, ticks, labels);
    }

    @Builtin(value = "set_xticklabels", signature = "labels, **kwargs", method = true, doc = "The texts at the marks of the x axis.")
    static void setXticklabels(Machine m, AxesValue self, Object labels, Map<String, Object> kwargs) {
        relabel(m, self.axes().x, labels);
    }

    @Builtin(value = "set_yticklabels", signature = "labels, **kwargs", method = true, doc = "The texts at the marks of the y axis.")
    static void setYticklabels(Machine m, AxesValue self, Object labels, Map<String, Object> kwargs) {
        relabel(m, self.axes().y, labels);
    }

    private static void relabel(Machine m, Axes.Axis axis, Object labels) {
        Object[] texts = Semantics.elements(m, labels);
        List<Axes.Tick> old = axis.ticks;
        axis.ticks = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            axis.ticks.add(new Axes.Tick(old != null && i < old.size() ? old.get(i).at() : i, Semantics.str(m, texts[i])));
        }
    }

    private static void ticks(Machine m, Axes.Axis axis, Object ticks, Object labels) {
        if (ticks == None.NONE) {
            return;
        }
        double[] places = Numbers.flat(m, ticks);
        Object[] texts = labels == None.NONE ? null : Semantics.elements(m, labels);
        axis.ticks = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            String text = texts != null && i < texts.length
                    ? Semantics.str(m, texts[i])
                    : io.retrograd.tensor.FloatText.format(places[i], 'g', 6, false);
            axis.ticks.add(new Axes.Tick(places[i], text));
        }
    }

    @Builtin(value = "set_xscale", signature = "value, **kwargs", method = true, doc = "Whether the x axis is linear or log.")
    static void setXscale(Machine m, AxesValue self, String value, Map<String, Object> kwargs) {
        scale(self.axes().x, value);
    }

    @Builtin(value = "set_yscale", signature = "value, **kwargs", method = true, doc = "Whether the y axis is linear or log.")
    static void setYscale(Machine m, AxesValue self, String value, Map<String, Object> kwargs) {
        scale(self.axes().y, value);
    }

    private static void scale(Axes.Axis axis, String value) {
        if (!value.equals("linear") && !value.equals("log")) {
            throw NnError.value("Unknown scale type '" + value + "'; known are 'linear' and 'log'");
        }
        axis.logarithmic = value.equals("log");
    }

    @Builtin(value = "legend", signature = "*args, **kwargs", method = true, doc = "A box that names the lines.")
    static Object legend(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        Style style = new Style(m, "Legend", kwargs);
        Axes axes = self.axes();
        axes.legend = true;
        Object place = style.take("loc");
        axes.legendPlace = place == None.NONE ? "best" : Semantics.str(m, place);
        Object labels = args.length == 0 ? style.take("labels") : args[args.length - 1];
        if (labels != None.NONE && !(labels instanceof String)) {
            Object[] texts = Semantics.elements(m, labels);
            int next = 0;
            for (int i = 0; i < axes.artists.size() && next < texts.length; i++) {
                if (texts[next] instanceof String && axes.artists.get(i) instanceof Artist.Line l) {
                    axes.artists.set(i, new Artist.Line(
                            l.x(), l.y(), l.color(), l.width(), l.dashes(), l.marker(), l.markerSize(), (String) texts[next++]));
                } else if (texts[next] instanceof String && axes.artists.get(i) instanceof Artist.Points p) {
                    axes.artists.set(i, new Artist.Points(
                            p.x(), p.y(), p.areas(), p.colors(), p.marker(), p.edge(), (String) texts[next++]));
                }
            }
        }
        return None.NONE;
    }

    @Builtin(value = "grid", signature = "b=True, **kwargs", method = true, doc = "Lines at the marks.")
    static void grid(Machine m, AxesValue self, Object on, Map<String, Object> kwargs) {
        self.axes().grid = on == None.NONE || Semantics.truth(m, on);
    }

    @Builtin(
            value = "axis",
            signature = "*args, **kwargs",
            method = true,
            doc = "Limits [left, right, bottom, top], or 'off', 'on', 'equal', 'tight', 'scaled', 'image'.")
    static Object axis(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        Axes axes = self.axes();
        if (args.length > 0 && args[0] instanceof String s) {
            switch (s) {
                case "off" -> axes.frame = false;
                case "on" -> axes.frame = true;
                case "equal", "scaled", "image", "square" -> axes.equal = true;
                case "tight", "auto" -> axes.equal = false;
                default -> throw NnError.value("Unrecognized string " + Semantics.repr(m, s) + " to axis; try on or off");
            }
        } else if (args.length > 0 && args[0] instanceof Boolean b) {
            axes.frame = b;
        } else if (args.length > 0) {
            double[] four = Numbers.flat(m, args[0]);
            limits(m, axes.x, four[0], four[1]);
            limits(m, axes.y, four[2], four[3]);
        }
        return TupleValue.of(axes.x.low, axes.x.high, axes.y.low, axes.y.high);
    }

    @Builtin(value = "set_axis_off", method = true, doc = "No frame, marks or names.")
    static void setAxisOff(Machine m, AxesValue self) {
        self.axes().frame = false;
    }

    @Builtin(value = "set_axis_on", method = true, doc = "With frame, marks and names.")
    static void setAxisOn(Machine m, AxesValue self) {
        self.axes().frame = true;
    }

    @Builtin(value = "set_aspect", signature = "aspect, **kwargs", method = true, doc = "'equal': a unit is as long across as up.")
    static void setAspect(Machine m, AxesValue self, Object aspect, Map<String, Object> kwargs) {
        self.axes().equal = "equal".equals(aspect) || aspect instanceof Number;
    }

    @Builtin(value = "invert_yaxis", method = true, doc = "Turns the y axis round.")
    static void invertYaxis(Machine m, AxesValue self) {
        self.axes().y.inverted ^= true;
    }

    @Builtin(value = "invert_xaxis", method = true, doc = "Turns the x axis round.")
    static void invertXaxis(Machine m, AxesValue self) {
        self.axes().x.inverted ^= true;
    }

    @Builtin(value = "get_xaxis", method = true, doc = "The x axis.")
    static Object getXaxis(Machine m, AxesValue self) {
        return new AxisValue(self.axes().x);
    }

    @Builtin(value = "get_yaxis", method = true, doc = "The y axis.")
    static Object getYaxis(Machine m, AxesValue self) {
        return new AxisValue(self.axes().y);
    }

    @Builtin(value = {"cla", "clear"}, method = true, doc = "Takes everything off.")
    static void clear(Machine m, AxesValue self) {
        self.axes().clear();
    }

    @Builtin(value = "tick_params", signature = "*args, **kwargs", method = true, doc = "How marks look; labels can be switched off.")
    static void tickParams(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        if (hidden(m, kwargs, "labelbottom") || hidden(m, kwargs, "bottom")) {
            self.axes().x.ticks = new ArrayList<>();
        }
        if (hidden(m, kwargs, "labelleft") || hidden(m, kwargs, "left")) {
            self.axes().y.ticks = new ArrayList<>();
        }
    }

    private static boolean hidden(Machine m, Map<String, Object> kwargs, String key) {
        Object v = kwargs.get(key);
        return v != null && (v.equals("off") || v.equals(Boolean.FALSE));
    }

    @Builtin(value = "add_patch", signature = "p", method = true, doc = "Adds a shape, such as a Rectangle.")
    static Object addPatch(Machine m, AxesValue self, PatchValue patch) {
        return new ArtistValue(self.axes(), patch.artist());
    }

    @Builtin(value = "errorbar", signature = "x, y, yerr=None, xerr=None, fmt='', **kwargs", method = true, doc = "A line with bars for its uncertainty.")
    static Object errorbar(
            Machine m, AxesValue self, Object x, Object y, Object yerr, Object xerr, String fmt, Map<String, Object> kwargs) {
        Object lines = plot(m, self, fmt.isEmpty() ? new Object[] {x, y} : new Object[] {x, y, fmt}, kwargs);
        double[] xs = Numbers.flat(m, x);
        double[] ys = Numbers.flat(m, y);
        for (int i = 0; i < xs.length; i++) {
            if (yerr != None.NONE) {
                double e = spread(Numbers.flat(m, yerr), xs.length)[i];
                self.axes().artists.add(new Artist.Line(new double[] {xs[i], xs[i]}, new double[] {ys[i] - e, ys[i] + e},
                        Color.GRAY, 1, "-", "", 0, ""));
            }
            if (xerr != None.NONE) {
                double e = spread(Numbers.flat(m, xerr), xs.length)[i];
                self.axes().artists.add(new Artist.Line(new double[] {xs[i] - e, xs[i] + e}, new double[] {ys[i], ys[i]},
                        Color.GRAY, 1, "-", "", 0, ""));
            }
        }
        return lines;
    }
}
