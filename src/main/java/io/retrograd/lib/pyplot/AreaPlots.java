package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Colors;
import io.retrograd.plot.Fill;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Filled areas: between lines, polygons, bands across the axes, shapes. */
final class AreaPlots {
    private AreaPlots() {}

    @Builtin(
            value = "fill_between",
            signature = "x, y1, y2=0, where=None, interpolate=False, step=None, **kwargs",
            method = true,
            doc = "The area between two lines, filled; where: only there.")
    static Object fillBetween(
            Machine m, AxesValue self, Object x, Object y1, Object y2, Object where, boolean interpolate, Object step, Map<String, Object> kwargs) {
        return between(m, self, Numbers.along(m, self.axes().x, x), y1, y2, where, interpolate, step, kwargs, true);
    }

    @Builtin(
            value = "fill_betweenx",
            signature = "y, x1, x2=0, where=None, step=None, interpolate=False, **kwargs",
            method = true,
            doc = "The area between two upright lines, filled.")
    static Object fillBetweenx(
            Machine m, AxesValue self, Object y, Object x1, Object x2, Object where, Object step, boolean interpolate, Map<String, Object> kwargs) {
        return between(m, self, Numbers.flat(m, y), x1, x2, where, interpolate, step, kwargs, false);
    }

    private static Object between(
            Machine m, AxesValue self, double[] along, Object first, Object second, Object where, boolean interpolate, Object step,
            Map<String, Object> kwargs, boolean across) {
        int n = along.length;
        double[] a = Numbers.spread(Numbers.flat(m, first), n);
        double[] b = Numbers.spread(Numbers.flat(m, second), n);
        boolean[] shown = new boolean[n];
        Object[] marks = where == None.NONE ? null : Semantics.elements(m, where);
        for (int i = 0; i < n; i++) {
            shown[i] = (marks == null || Semantics.truth(m, marks[i])) && !Double.isNaN(a[i]) && !Double.isNaN(b[i]);
        }
        Style style = new Style(m, "PolyCollection", kwargs);
        String label = style.text("", "label");
        Fill fill = style.fill(style.has("color") || style.has("facecolor") || style.has("facecolors") ? Colors.cycle(0) : self.axes().nextColor());
        List<double[]> xs = new ArrayList<>();
        List<double[]> ys = new ArrayList<>();
        int i = 0;
        while (i < n) {
            int from = i;
            while (i < n && shown[i]) {
                i++;
            }
            if (i > from) {
                List<double[]> path = outline(along, a, b, from, i, interpolate, step == None.NONE ? "" : Semantics.str(m, step));
                double[] p = path.stream().mapToDouble(q -> q[0]).toArray();
                double[] q = path.stream().mapToDouble(r -> r[1]).toArray();
                xs.add(across ? p : q);
                ys.add(across ? q : p);
            }
            i = Math.max(i, from + 1);
        }
        return self.add(new Artist.Areas(xs.toArray(new double[0][]), ys.toArray(new double[0][]), fill, label), style);
    }

    private static List<double[]> outline(
            double[] along, double[] a, double[] b, int from, int to, boolean interpolate, String step) {
        List<double[]> path = new ArrayList<>();
        if (interpolate && from > 0) {
            cross(path, along, a, b, from - 1);
        }
        walk(path, along, a, from, to, step, true);
        if (interpolate && to < along.length) {
            cross(path, along, a, b, to - 1);
        }
        walk(path, along, b, from, to, step, false);
        return path;
    }

    private static void walk(List<double[]> path, double[] along, double[] v, int from, int to, String step, boolean forwards) {
        List<double[]> points = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (i > from && !step.isEmpty()) {
                double corner = step.equals("pre") ? along[i - 1] : step.equals("mid") ? (along[i - 1] + along[i]) / 2 : along[i];
                points.add(new double[] {corner, v[i - 1]});
                points.add(new double[] {corner, v[i]});
            }
            points.add(new double[] {along[i], v[i]});
        }
        if (!forwards) {
            Collections.reverse(points);
        }
        path.addAll(points);
    }

    /** Where the two lines cross between i and i + 1. */
    private static void cross(List<double[]> path, double[] along, double[] a, double[] b, int i) {
        double d0 = a[i] - b[i];
        double d1 = a[i + 1] - b[i + 1];
        if (d0 * d1 < 0) {
            double t = d0 / (d0 - d1);
            path.add(new double[] {along[i] + t * (along[i + 1] - along[i]), a[i] + t * (a[i + 1] - a[i])});
        }
    }

    @Builtin(value = "stackplot", signature = "x, *args, labels=None, colors=None, baseline='zero', **kwargs", method = true, doc = "Areas on top of each other.")
    static Object stackplot(
            Machine m, AxesValue self, Object x, Object[] args, Object labels, Object colors, String baseline, Map<String, Object> kwargs) {
        if (!baseline.equals("zero")) {
            throw NnError.value("baseline '" + baseline + "' is not supported; 'zero' is");
        }
        double[] xs = Numbers.flat(m, x);
        List<double[]> rows = new ArrayList<>();
        for (Object each : args) {
            int[] shape = Numbers.shape(m, each);
            double[] all = Numbers.flat(m, each);
            for (int r = 0; r < (shape.length == 2 ? shape[0] : 1); r++) {
                rows.add(Arrays.copyOfRange(all, r * xs.length, (r + 1) * xs.length));
            }
        }
        Object[] names = labels == None.NONE ? new Object[0] : Semantics.elements(m, labels);
        Color[] faces = Style.colors(m, colors);
        double[] low = new double[xs.length];
        List<Object> drawn = new ArrayList<>();
        for (int k = 0; k < rows.size(); k++) {
            double[] high = new double[xs.length];
            double[][] outline = new double[2][2 * xs.length];
            for (int i = 0; i < xs.length; i++) {
                high[i] = low[i] + rows.get(k)[i];
                outline[0][i] = xs[i];
                outline[1][i] = low[i];
                outline[0][2 * xs.length - 1 - i] = xs[i];
                outline[1][2 * xs.length - 1 - i] = high[i];
            }
            Style style = new Style(m, "PolyCollection", kwargs);
            Fill fill = style.fill(faces.length > 0 ? faces[k % faces.length] : self.axes().nextColor());
            drawn.add(self.add(new Artist.Areas(new double[][] {outline[0]}, new double[][] {outline[1]}, fill,
                    k < names.length ? Semantics.str(m, names[k]) : ""), style));
            low = high;
        }
        return ListValue.of(drawn.toArray());
    }

    @Builtin(value = "fill", signature = "*args, **kwargs", method = true, doc = "Polygons, filled: fill(x, y), fill(x, y, 'r'), several in a row.")
    static Object fill(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        List<Object> drawn = new ArrayList<>();
        int i = 0;
        while (i + 1 < args.length) {
            double[] x = Numbers.flat(m, args[i]);
            double[] y = Numbers.flat(m, args[i + 1]);
            i += 2;
            Map<String, Object> own = new LinkedHashMap<>(kwargs);
            if (i < args.length && args[i] instanceof String s) {
                own.putIfAbsent("color", s);
                i++;
            }
            Style style = new Style(m, "Polygon", own);
            String label = style.text("", "label");
            Fill fill = style.fill(style.has("color") || style.has("facecolor") ? Colors.cycle(0) : self.axes().nextColor());
            drawn.add(self.add(new Artist.Areas(new double[][] {x}, new double[][] {y}, fill, label), style));
        }
        return ListValue.of(drawn.toArray());
    }

    @Builtin(value = "axhspan", signature = "ymin, ymax, xmin=0, xmax=1, **kwargs", method = true, doc = "A level band across the axes.")
    static Object axhspan(Machine m, AxesValue self, double low, double high, double from, double to, Map<String, Object> kwargs) {
        return band(m, self, low, high, true, from, to, kwargs);
    }

    @Builtin(value = "axvspan", signature = "xmin, xmax, ymin=0, ymax=1, **kwargs", method = true, doc = "An upright band across the axes.")
    static Object axvspan(Machine m, AxesValue self, double low, double high, double from, double to, Map<String, Object> kwargs) {
        return band(m, self, low, high, false, from, to, kwargs);
    }

    private static Object band(
            Machine m, AxesValue self, double low, double high, boolean level, double from, double to, Map<String, Object> kwargs) {
        Style style = new Style(m, "Polygon", kwargs);
        String label = style.text("", "label");
        return self.add(new Artist.Band(low, high, level, from, to, style.fill(Colors.cycle(0)), label), style);
    }

    @Builtin(value = {"add_patch", "add_artist"}, signature = "p", method = true, doc = "Adds a shape, such as a Rectangle.")
    static Object addPatch(Machine m, AxesValue self, Object patch) {
        if (patch instanceof PatchValue p) {
            ArtistValue drawn = self.add(p.artist());
            drawn.placed().zorder = Double.isNaN(p.zorder()) ? drawn.placed().zorder : p.zorder();
            return drawn;
        }
        if (patch instanceof LegendValue l) {
            return l;
        }
        throw NnError.type("only shapes of matplotlib.patches can be added to axes, not " + Semantics.typeOf(patch).name());
    }
}
