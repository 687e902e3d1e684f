package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.numpy.ArrayValue;
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

/** How values are distributed: histograms of one or two variables, boxes. */
final class Histograms {
    private Histograms() {}

    @Builtin(
            value = "hist",
            signature = "x, bins=None, range=None, density=None, weights=None, cumulative=False, bottom=None, histtype='bar', align='mid', "
                    + "orientation='vertical', rwidth=None, log=False, color=None, label=None, stacked=False, normed=None, **kwargs",
            method = true,
            doc = "How often values fall into bins; answers counts, edges and the bars. Several lists: bars beside each other.")
    static Object hist(
            Machine m, AxesValue self, Object x, Object bins, Object range, Object density, Object weights, Object cumulative, Object bottom,
            String histtype, String align, String orientation, Object rwidth, boolean log, Object color, Object label, boolean stacked,
            Object normed, Map<String, Object> kwargs) {
        if (!List.of("bar", "barstacked", "step", "stepfilled").contains(histtype)) {
            throw NnError.value("histtype " + histtype + " is not recognized");
        }
        double[][] sets = sets(m, x);
        double[][] weighed = weights == None.NONE ? null : sets(m, weights);
        double[] edges = edges(m, sets, bins == None.NONE ? RcParams.of(m).getText("hist.bins") : bins, range);
        boolean share = density != None.NONE && Semantics.truth(m, density) || normed != None.NONE && Semantics.truth(m, normed);
        double backwards = Numbers.isNumber(cumulative) ? Semantics.real(m, cumulative) : 0;
        boolean together = stacked || histtype.equals("barstacked");
        double[][] counts = new double[sets.length][];
        for (int k = 0; k < sets.length; k++) {
            counts[k] = counts(sets[k], weighed == null ? null : weighed[k], edges, share && !together);
        }
        if (together) {
            for (int k = 1; k < counts.length; k++) {
                for (int i = 0; i < counts[k].length; i++) {
                    counts[k][i] += counts[k - 1][i];
                }
            }
            if (share) {
                normalize(counts, edges);
            }
        }
        if (backwards != 0) {
            for (double[] each : counts) {
                cumulate(each, edges, share, backwards < 0);
            }
        }
        Object[] names = label == None.NONE ? new Object[0] : label instanceof String ? new Object[] {label} : Semantics.elements(m, label);
        Object[] colors = color == None.NONE ? new Object[0]
                : sets.length == 1 || color instanceof String ? new Object[] {color} : Semantics.elements(m, color);
        boolean upright = orientation.equals("vertical");
        if (log) {
            (upright ? self.axes().y : self.axes().x).spread = Axis.Spread.LOG;
        }
        double[] foot = bottom == None.NONE ? new double[edges.length - 1] : Numbers.spread(Numbers.flat(m, bottom), edges.length - 1);
        List<Object> drawn = new ArrayList<>();
        // What is stacked is drawn from the highest down, so that all of it is seen.
        boolean downwards = together || histtype.startsWith("step");
        for (int j = 0; j < sets.length; j++) {
            int k = downwards ? sets.length - 1 - j : j;
            Map<String, Object> own = new LinkedHashMap<>(kwargs);
            if (colors.length > 0) {
                own.put("color", colors[k % colors.length]);
            } else {
                own.putIfAbsent("color", own.containsKey("facecolor") || own.containsKey("fc") ? None.NONE : tuple(cycle(self, k)));
                if (own.get("color") == None.NONE) {
                    own.remove("color");
                }
            }
            Style style = new Style(m, "Rectangle", own);
            String name = k < names.length ? Semantics.str(m, names[k]) : "";
            int beside = together || histtype.startsWith("step") ? 1 : sets.length;
            drawn.add(downwards ? 0 : drawn.size(), histtype.startsWith("step")
                    ? ListValue.of(outline(m, self, style, counts[k], foot, edges, histtype.equals("stepfilled"), upright, name))
                    : ListValue.of(bars(m, self, style, counts[k], foot, edges, rwidth, align, upright, k, beside, name)));
        }
        for (int k = 0; k < sets.length && colors.length == 0; k++) {
            self.axes().nextColor();
        }
        Object[] all = new Object[counts.length];
        for (int k = 0; k < all.length; k++) {
            all[k] = new ArrayValue(NdArray.of(counts[k], counts[k].length));
        }
        return TupleValue.of(all.length == 1 ? all[0] : ListValue.of(all), new ArrayValue(NdArray.of(edges, edges.length)),
                drawn.size() == 1 ? drawn.get(0) : ListValue.of(drawn.toArray()));
    }

    private static Color cycle(AxesValue self, int k) {
        return self.axes().cycle[k % self.axes().cycle.length];
    }

    private static TupleValue tuple(Color c) {
        return TupleValue.of(c.getRed() / 255.0, c.getGreen() / 255.0, c.getBlue() / 255.0);
    }

    /** The lists of values: one, or one for each column or inner list. */
    private static double[][] sets(Machine m, Object x) {
        int[] shape = Numbers.isNumber(x) ? new int[0] : raggedShape(m, x);
        if (shape.length < 2) {
            return new double[][] {Numbers.flat(m, x)};
        }
        if (shape[1] >= 0 && x instanceof ArrayLike) {
            double[][] table = Numbers.table(m, x);
            double[][] columns = new double[shape[1]][shape[0]];
            for (int r = 0; r < shape[0]; r++) {
                for (int c = 0; c < shape[1]; c++) {
                    columns[c][r] = table[r][c];
                }
            }
            return columns;
        }
        Object[] lists = Semantics.elements(m, x);
        double[][] all = new double[lists.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = Numbers.flat(m, lists[i]);
        }
        return all;
    }

    private static int[] raggedShape(Machine m, Object x) {
        int[] shape = Numbers.shape(m, x);
        return shape.length > 2 ? new int[] {shape[0], shape[1]} : shape;
    }

    private static double[] edges(Machine m, double[][] sets, Object bins, Object range) {
        if (!Numbers.isNumber(bins) && !(bins instanceof String)) {
            return Numbers.flat(m, bins);
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int most = 0;
        for (double[] each : sets) {
            if (each.length > 0) {
                low = Math.min(low, Numbers.least(each));
                high = Math.max(high, Numbers.most(each));
            }
            most = Math.max(most, each.length);
        }
        if (range != None.NONE) {
            double[] r = Numbers.flat(m, range);
            low = r[0];
            high = r[1];
        }
        if (low > high) {
            low = 0;
            high = 1;
        }
        int n;
        if (bins instanceof String rule) {
            // Sturges' and the square-root rule; the others are numpy's estimators of a width.
            n = switch (rule) {
                case "sqrt" -> (int) Math.ceil(Math.sqrt(most));
                case "sturges", "auto" -> (int) Math.ceil(Math.log(Math.max(1, most)) / Math.log(2)) + 1;
                case "rice" -> (int) Math.ceil(2 * Math.cbrt(most));
                default -> throw NnError.value("'" + rule + "' is not a valid estimator for `bins`");
            };
        } else {
            n = (int) Semantics.index(m, bins);
            if (n < 1) {
                throw NnError.value("`bins` must be positive, when an integer");
            }
        }
        if (low == high) {
            low -= 0.5;
            high += 0.5;
        }
        double[] edges = new double[n + 1];
        for (int i = 0; i <= n; i++) {
            edges[i] = low + (high - low) * i / n;
        }
        edges[n] = high;
        return edges;
    }

    private static double[] counts(double[] values, double[] weights, double[] edges, boolean share) {
        double[] counts = new double[edges.length - 1];
        double total = 0;
        for (int k = 0; k < values.length; k++) {
            double v = values[k];
            if (!(v >= edges[0] && v <= edges[edges.length - 1])) {
                continue;
            }
            int at = Arrays.binarySearch(edges, v);
            int i = Math.min(counts.length - 1, at >= 0 ? at : -at - 2);
            double w = weights == null ? 1 : weights[k];
            counts[i] += w;
            total += w;
        }
        for (int i = 0; share && i < counts.length; i++) {
            counts[i] /= total * (edges[i + 1] - edges[i]);
        }
        return counts;
    }

    private static void normalize(double[][] stacked, double[] edges) {
        double total = 0;
        for (double each : stacked[stacked.length - 1]) {
            total += each;
        }
        for (double[] counts : stacked) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] /= total * (edges[i + 1] - edges[i]);
            }
        }
    }

    private static void cumulate(double[] counts, double[] edges, boolean share, boolean backwards) {
        double sum = 0;
        for (int k = 0; k < counts.length; k++) {
            int i = backwards ? counts.length - 1 - k : k;
            sum += share ? counts[i] * (edges[i + 1] - edges[i]) : counts[i];
            counts[i] = sum;
        }
    }

    private static Object[] bars(
            Machine m, AxesValue self, Style style, double[] counts, double[] foot, double[] edges, Object rwidth, String align,
            boolean upright, int k, int beside, String label) {
        int n = counts.length;
        double[] at = new double[n];
        double[] widths = new double[n];
        double[] heights = new double[n];
        for (int i = 0; i < n; i++) {
            double bin = edges[i + 1] - edges[i];
            // Several lists share 80 % of a bin, as matplotlib has it.
            double used = rwidth != None.NONE ? Math.min(1, Math.max(0, Semantics.real(m, rwidth))) : beside > 1 ? 0.8 : 1;
            double shift = switch (align) {
                case "left" -> -bin / 2;
                case "right" -> bin / 2;
                case "mid" -> 0;
                default -> throw NnError.value("align kwarg " + align + " is not recognized");
            };
            widths[i] = bin * used / beside;
            at[i] = edges[i] + shift + bin * (1 - used) / 2 + k % Math.max(1, beside) * widths[i];
            heights[i] = counts[i];
        }
        return BarPlots.rectangles(m, self, style, upright ? at : foot, upright ? foot : at, upright ? widths : heights,
                upright ? heights : widths, upright, label);
    }

    private static ArtistValue outline(
            Machine m, AxesValue self, Style style, double[] counts, double[] foot, double[] edges, boolean filled, boolean upright, String label) {
        int n = counts.length;
        double[] x = new double[2 * n + 2 + 2 * n];
        double[] y = new double[x.length];
        int at = 0;
        x[at] = edges[0];
        y[at++] = foot[0];
        for (int i = 0; i < n; i++) {
            x[at] = edges[i];
            y[at++] = foot[i] + counts[i];
            x[at] = edges[i + 1];
            y[at++] = foot[i] + counts[i];
        }
        x[at] = edges[n];
        y[at++] = foot[n - 1];
        int outer = at;
        for (int i = n - 1; i >= 0 && filled; i--) {
            x[at] = edges[i + 1];
            y[at++] = foot[i];
            x[at] = edges[i];
            y[at++] = foot[i];
        }
        double[] px = Arrays.copyOf(x, filled ? at : outer);
        double[] py = Arrays.copyOf(y, filled ? at : outer);
        double[] ax = upright ? px : py;
        double[] ay = upright ? py : px;
        if (filled) {
            Fill fill = style.fill(Colors.cycle(0));
            return self.add(new Artist.Areas(new double[][] {ax}, new double[][] {ay}, fill, label), style);
        }
        Color color = Colors.withAlpha(style.takeColor(Colors.cycle(0), "edgecolor", "ec", "color"), style.alpha());
        double width = style.number(1, "linewidth", "lw");
        float[] dashes = style.dashes(LineStyle.SOLID, width, "linestyle", "ls");
        style.take("fill", "hatch");
        return self.add(new Artist.Line(ax, ay, dashes == null ? null : new LineStyle(color, width, dashes), Marker.NONE, "", label), style);
    }

    @Builtin(value = "hist2d", signature = "x, y, bins=10, range=None, density=False, weights=None, cmin=None, cmax=None, **kwargs", method = true, doc = "How often pairs of values fall into cells, as colours.")
    static Object hist2d(
            Machine m, AxesValue self, Object x, Object y, Object bins, Object range, boolean density, Object weights, Object cmin, Object cmax,
            Map<String, Object> kwargs) {
        double[] xs = Numbers.flat(m, x);
        double[] ys = Numbers.flat(m, y);
        Object[] pair = Numbers.isNumber(bins) ? new Object[] {bins, bins} : Semantics.elements(m, bins);
        Object[] ranges = range == None.NONE ? new Object[] {None.NONE, None.NONE} : Semantics.elements(m, range);
        double[] ex = edges(m, new double[][] {xs}, pair.length == 2 ? pair[0] : bins, ranges[0]);
        double[] ey = edges(m, new double[][] {ys}, pair.length == 2 ? pair[1] : bins, ranges[1]);
        double[] w = weights == None.NONE ? null : Numbers.flat(m, weights);
        double[][] counts = new double[ey.length - 1][ex.length - 1];
        double total = 0;
        for (int k = 0; k < xs.length; k++) {
            double[] hitX = counts(new double[] {xs[k]}, null, ex, false);
            double[] hitY = counts(new double[] {ys[k]}, null, ey, false);
            for (int r = 0; r < hitY.length; r++) {
                for (int c = 0; hitY[r] > 0 && c < hitX.length; c++) {
                    double one = hitX[c] * (w == null ? 1 : w[k]);
                    counts[r][c] += one;
                    total += one;
                }
            }
        }
        double[] flat = new double[counts.length * (ex.length - 1)];
        double[] transposed = new double[flat.length];
        for (int r = 0; r < counts.length; r++) {
            for (int c = 0; c + 1 < ex.length; c++) {
                double v = density ? counts[r][c] / total / (ex[c + 1] - ex[c]) / (ey[r + 1] - ey[r]) : counts[r][c];
                boolean shown = (cmin == None.NONE || v >= Semantics.real(m, cmin)) && (cmax == None.NONE || v <= Semantics.real(m, cmax));
                flat[r * (ex.length - 1) + c] = shown ? v : Double.NaN;
                transposed[c * counts.length + r] = flat[r * (ex.length - 1) + c];
            }
        }
        Object image = ImagePlots.pcolormesh(m, self, new Object[] {
            new ArrayValue(NdArray.of(ex, ex.length)), new ArrayValue(NdArray.of(ey, ey.length)),
            new ArrayValue(NdArray.of(flat, counts.length, ex.length - 1))
        }, kwargs);
        return TupleValue.of(new ArrayValue(NdArray.of(transposed, ex.length - 1, counts.length)),
                new ArrayValue(NdArray.of(ex, ex.length)), new ArrayValue(NdArray.of(ey, ey.length)), image);
    }

    @Builtin(value = "boxplot", signature = "x, notch=None, sym=None, vert=True, whis=1.5, positions=None, widths=None, patch_artist=False, labels=None, showmeans=False, showfliers=True, **kwargs", method = true, doc = "Median, quartiles, range and outliers of each list.")
    static Object boxplot(
            Machine m, AxesValue self, Object x, Object notch, Object sym, boolean vert, double whis, Object positions, Object widths,
            boolean filled, Object labels, boolean means, boolean fliers, Map<String, Object> kwargs) {
        if (notch != None.NONE && Semantics.truth(m, notch)) {
            Style.warn(m, "boxplot: 'notch' is not drawn here");
        }
        for (String each : List.of("boxprops", "medianprops", "whiskerprops", "capprops", "flierprops", "meanprops", "bootstrap",
                "usermedians", "conf_intervals", "meanline", "showcaps", "showbox", "manage_ticks", "autorange", "zorder")) {
            if (kwargs.remove(each) != null) {
                Style.warn(m, "boxplot: '" + each + "' is not drawn here");
            }
        }
        new Style(m, "boxplot", kwargs).done();
        double[][] sets = sets(m, x);
        double[] at = new double[sets.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = i + 1;
        }
        at = positions == None.NONE ? at : Numbers.flat(m, positions);
        double[] wide = widths == None.NONE ? Numbers.spread(new double[] {0.5}, at.length) : Numbers.spread(Numbers.flat(m, widths), at.length);
        Axis axis = vert ? self.axes().x : self.axes().y;
        Object[] names = labels == None.NONE ? null : Semantics.elements(m, labels);
        axis.ticks = axis.ticks == null ? new ArrayList<>() : axis.ticks;
        DictValue parts = new DictValue();
        List<Object> boxes = new ArrayList<>();
        List<Object> medians = new ArrayList<>();
        for (int i = 0; i < sets.length; i++) {
            double[] v = sets[i].clone();
            Arrays.sort(v);
            double q1 = quantile(v, 0.25);
            double q2 = quantile(v, 0.5);
            double q3 = quantile(v, 0.75);
            double low = q1;
            double high = q3;
            List<Double> outside = new ArrayList<>();
            double mean = 0;
            for (double each : v) {
                mean += each / v.length;
                if (each < q1 - whis * (q3 - q1) || each > q3 + whis * (q3 - q1)) {
                    outside.add(each);
                } else {
                    low = Math.min(low, each);
                    high = Math.max(high, each);
                }
            }
            double l = at[i] - wide[i] / 2;
            double r = at[i] + wide[i] / 2;
            double cap = wide[i] / 4;
            Fill fill = new Fill(filled ? Colors.cycle(0) : null, LineStyle.solid(Color.BLACK, 1), "");
            boxes.add(area(self, vert, new double[] {l, r, r, l}, new double[] {q1, q1, q3, q3}, fill));
            line(self, vert, new double[] {at[i], at[i], Double.NaN, at[i], at[i]}, new double[] {q1, low, Double.NaN, q3, high}, Color.BLACK);
            line(self, vert, new double[] {at[i] - cap, at[i] + cap, Double.NaN, at[i] - cap, at[i] + cap},
                    new double[] {low, low, Double.NaN, high, high}, Color.BLACK);
            medians.add(line(self, vert, new double[] {l, r}, new double[] {q2, q2}, Colors.cycle(1)));
            if (fliers && !"".equals(sym)) {
                double[] fy = outside.stream().mapToDouble(Double::doubleValue).toArray();
                double[] fx = Numbers.spread(new double[] {at[i]}, Math.max(1, fy.length));
                fx = fy.length == 0 ? new double[0] : fx;
                self.add(new Artist.Line(vert ? fx : fy, vert ? fy : fx, null, new Marker("o", 6, new Color(0, 0, 0, 0), Color.BLACK, 1), "", ""));
            }
            if (means) {
                double[] mx = {at[i]};
                double[] my = {mean};
                self.add(new Artist.Line(vert ? mx : my, vert ? my : mx, null, new Marker("^", 6, Colors.cycle(2), Colors.cycle(2), 1), "", ""));
            }
            axis.ticks.add(new Axis.Tick(at[i], names == null ? String.valueOf(i + 1) : Semantics.str(m, names[i])));
        }
        axis.low = at[0] - 0.5;
        axis.high = at[at.length - 1] + 0.5;
        parts.put(m, "boxes", ListValue.of(boxes.toArray()));
        parts.put(m, "medians", ListValue.of(medians.toArray()));
        return parts;
    }

    private static double quantile(double[] sorted, double q) {
        double place = q * (sorted.length - 1);
        int i = (int) Math.floor(place);
        return i + 1 >= sorted.length ? sorted[sorted.length - 1] : sorted[i] + (place - i) * (sorted[i + 1] - sorted[i]);
    }

    private static ArtistValue area(AxesValue self, boolean vert, double[] x, double[] y, Fill fill) {
        return self.add(new Artist.Areas(new double[][] {vert ? x : y}, new double[][] {vert ? y : x}, fill, ""));
    }

    private static ArtistValue line(AxesValue self, boolean vert, double[] x, double[] y, Color color) {
        return self.add(new Artist.Line(vert ? x : y, vert ? y : x, LineStyle.solid(color, 1), Marker.NONE, "", ""));
    }
}
