package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Colors;
import io.retrograd.plot.Fill;
import io.retrograd.plot.LineStyle;
import java.awt.Color;
import java.util.Map;

/** {@code matplotlib.patches}: shapes. */
final class Patches {
    private Patches() {}

    private static PatchValue areas(Machine m, double[] x, double[] y, Map<String, Object> kwargs) {
        Style style = new Style(m, "Patch", kwargs);
        String label = style.text("", "label");
        Fill fill = style.fill(Colors.cycle(0));
        double zorder = style.number(Double.NaN, "zorder");
        style.done();
        return new PatchValue(new Artist.Areas(new double[][] {x}, new double[][] {y}, fill, label), zorder);
    }

    @Builtin(value = "Rectangle", signature = "xy, width, height, angle=0.0, **kwargs", doc = "A rectangle from a corner, turned round it.")
    static Object rectangle(Machine m, Object xy, double width, double height, double angle, Map<String, Object> kwargs) {
        double[] p = Numbers.flat(m, xy);
        double c = Math.cos(Math.toRadians(angle));
        double s = Math.sin(Math.toRadians(angle));
        double[][] corners = {{0, 0}, {width, 0}, {width, height}, {0, height}};
        double[] x = new double[4];
        double[] y = new double[4];
        for (int i = 0; i < 4; i++) {
            x[i] = p[0] + corners[i][0] * c - corners[i][1] * s;
            y[i] = p[1] + corners[i][0] * s + corners[i][1] * c;
        }
        return areas(m, x, y, kwargs);
    }

    @Builtin(value = "Circle", signature = "xy, radius=5, **kwargs", doc = "A circle.")
    static Object circle(Machine m, Object xy, double radius, Map<String, Object> kwargs) {
        return arc(m, Numbers.flat(m, xy), 2 * radius, 2 * radius, 0, 0, 360, kwargs, false);
    }

    @Builtin(value = "Ellipse", signature = "xy, width, height, angle=0, **kwargs", doc = "An ellipse.")
    static Object ellipse(Machine m, Object xy, double width, double height, double angle, Map<String, Object> kwargs) {
        return arc(m, Numbers.flat(m, xy), width, height, angle, 0, 360, kwargs, false);
    }

    @Builtin(value = "Wedge", signature = "center, r, theta1, theta2, width=None, **kwargs", doc = "A slice of a circle.")
    static Object wedge(Machine m, Object center, double r, double from, double to, Object width, Map<String, Object> kwargs) {
        if (width != None.NONE) {
            Style.warn(m, "Wedge: 'width' is not drawn here");
        }
        return arc(m, Numbers.flat(m, center), 2 * r, 2 * r, 0, from, to, kwargs, true);
    }

    private static PatchValue arc(
            Machine m, double[] centre, double width, double height, double turn, double from, double to, Map<String, Object> kwargs, boolean slice) {
        int n = 90;
        double[] x = new double[n + 1 + (slice ? 1 : 0)];
        double[] y = new double[x.length];
        double c = Math.cos(Math.toRadians(turn));
        double s = Math.sin(Math.toRadians(turn));
        for (int i = 0; i <= n; i++) {
            double a = Math.toRadians(from + (to - from) * i / n);
            double px = width / 2 * Math.cos(a);
            double py = height / 2 * Math.sin(a);
            x[i] = centre[0] + px * c - py * s;
            y[i] = centre[1] + px * s + py * c;
        }
        if (slice) {
            x[n + 1] = centre[0];
            y[n + 1] = centre[1];
        }
        return areas(m, x, y, kwargs);
    }

    @Builtin(value = "Polygon", signature = "xy, closed=True, **kwargs", doc = "A polygon through points.")
    static Object polygon(Machine m, Object xy, boolean closed, Map<String, Object> kwargs) {
        double[][] points = Numbers.table(m, xy);
        double[] x = new double[points.length];
        double[] y = new double[points.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = points[i][0];
            y[i] = points[i][1];
        }
        return areas(m, x, y, kwargs);
    }

    @Builtin(value = "Patch", signature = "edgecolor=None, facecolor=None, color=None, **kwargs", doc = "A coloured field for a legend.")
    static Object patch(Machine m, Object edge, Object face, Object color, Map<String, Object> kwargs) {
        kwargs.put("edgecolor", edge);
        kwargs.put("facecolor", face);
        kwargs.put("color", color);
        kwargs.values().removeIf(v -> v == None.NONE);
        return areas(m, new double[0], new double[0], kwargs);
    }

    @Builtin(value = "lines.Line2D", signature = "xdata, ydata, **kwargs", doc = "A line for a legend or for axes.")
    static Object line(Machine m, Object xdata, Object ydata, Map<String, Object> kwargs) {
        Style style = new Style(m, "Line2D", kwargs);
        Color color = Colors.withAlpha(style.takeColor(Colors.cycle(0), "color", "c"), style.alpha());
        double width = style.number(1.5, "linewidth", "lw");
        float[] dashes = style.dashes(LineStyle.SOLID, width, "linestyle", "ls");
        String label = style.text("", "label");
        double zorder = style.number(Double.NaN, "zorder");
        Artist line = new Artist.Line(Numbers.flat(m, xdata), Numbers.flat(m, ydata), dashes == null ? null : new LineStyle(color, width, dashes),
                style.marker("", color, 1), "", label);
        style.done();
        return new PatchValue(line, zorder);
    }
}
