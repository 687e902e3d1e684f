package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Axis;
import io.retrograd.plot.Colormap;
import io.retrograd.plot.Colors;
import io.retrograd.plot.LineStyle;
import io.retrograd.plot.Marker;
import io.retrograd.plot.Space;
import io.retrograd.plot.TextStyle;
import java.awt.Color;
import java.util.Arrays;
import java.util.Map;

/** {@code mpl_toolkits.mplot3d.Axes3D}: what one plots into axes of three dimensions. */
final class SpacePlots {
    private SpacePlots() {}

    private static Space space(AxesValue axes) {
        return axes.axes().space;
    }

    private static Object add(AxesValue axes, Space.Body body) {
        space(axes).bodies.add(body);
        return new BodyValue(space(axes), body, null, axes.axes());
    }

    private static double[][] grid(Machine m, Object value) {
        int[] shape = Numbers.shape(m, value);
        if (shape.length != 2) {
            throw NnError.value("Argument Z must be 2-dimensional.");
        }
        double[] flat = Numbers.flat(m, value);
        double[][] rows = new double[shape[0]][shape[1]];
        for (int r = 0; r < shape[0]; r++) {
            System.arraycopy(flat, r * shape[1], rows[r], 0, shape[1]);
        }
        return rows;
    }

    /** Every n-th row and column, and the last ones. */
    private static double[][] thinned(double[][] all, int rows, int columns) {
        int h = (all.length - 2) / rows + 2;
        int w = all.length == 0 ? 0 : (all[0].length - 2) / columns + 2;
        double[][] out = new double[h][w];
        for (int r = 0; r < h; r++) {
            for (int c = 0; c < w; c++) {
                out[r][c] = all[Math.min(all.length - 1, r * rows)][Math.min(all[0].length - 1, c * columns)];
            }
        }
        return out;
    }

    private static int stride(Machine m, Style style, String strideName, String countName, int size) {
        Object stride = style.take(strideName);
        Object count = style.take(countName);
        if (stride != None.NONE) {
            return Math.max(1, (int) Semantics.index(m, stride));
        }
        int most = count == None.NONE ? 50 : (int) Semantics.index(m, count);
        return Math.max(1, (int) Math.ceil((double) size / Math.max(1, most)));
    }

    @Builtin(
            value = "plot_surface",
            signature = "X, Y, Z, *args, **kwargs",
            method = true,
            doc = "A surface over a grid, coloured by height.",
            example = "ax.plot_surface(X, Y, Z, rstride=1, cstride=1, cmap='rainbow')")
    static Object plotSurface(Machine m, AxesValue self, Object x, Object y, Object z, Object[] args, Map<String, Object> kwargs) {
        Style style = new Style(m, "Poly3DCollection", kwargs);
        double[][] height = grid(m, z);
        int rows = stride(m, style, "rstride", "rcount", height.length);
        int columns = stride(m, style, "cstride", "ccount", height[0].length);
        Object cmap = style.take("cmap");
        Color color = style.takeColor(null, "color", "facecolor");
        double alpha = style.number(1, "alpha");
        Object low = style.take("vmin");
        Object high = style.take("vmax");
        Color edge = style.takeColor(null, "edgecolor", "edgecolors");
        style.take("linewidth", "linewidths", "lw", "shade", "norm", "label", "facecolors", "lightsource");
        style.done();
        double[][] zs = thinned(height, rows, columns);
        double[][] means = new double[zs.length - 1][zs[0].length - 1];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int r = 0; r < means.length; r++) {
            for (int c = 0; c < means[r].length; c++) {
                means[r][c] = (zs[r][c] + zs[r][c + 1] + zs[r + 1][c] + zs[r + 1][c + 1]) / 4;
                least = Math.min(least, means[r][c]);
                most = Math.max(most, means[r][c]);
            }
        }
        least = low == None.NONE ? least : Semantics.real(m, low);
        most = high == None.NONE ? most : Semantics.real(m, high);
        Colormap map = cmap == None.NONE ? null : Style.colormap(m, cmap);
        Color plain = color == null ? self.axes().nextColor() : color;
        Color[][] fill = new Color[means.length][means.length == 0 ? 0 : means[0].length];
        for (int r = 0; r < fill.length; r++) {
            for (int c = 0; c < fill[r].length; c++) {
                double share = most == least || Double.isNaN(means[r][c]) ? 0 : (means[r][c] - least) / (most - least);
                fill[r][c] = Colors.withAlpha(map == null ? plain : map.at(share), alpha);
            }
        }
        Space.Body surface = new Space.Surface(
                thinned(grid(m, x), rows, columns), thinned(grid(m, y), rows, columns), zs, fill,
                edge != null ? edge : map == null ? new Color(0, 0, 0, 60) : null);
        space(self).bodies.add(surface);
        return new BodyValue(space(self), surface, map == null ? null : new Colors.Meaning(map, least, most, new double[0]), self.axes());
    }

    @Builtin(value = "plot_wireframe", signature = "X, Y, Z, *args, **kwargs", method = true, doc = "The wires of a surface over a grid.")
    static Object plotWireframe(Machine m, AxesValue self, Object x, Object y, Object z, Object[] args, Map<String, Object> kwargs) {
        Style style = new Style(m, "Line3DCollection", kwargs);
        double[][] height = grid(m, z);
        int rows = stride(m, style, "rstride", "rcount", height.length);
        int columns = stride(m, style, "cstride", "ccount", height[0].length);
        Color color = style.takeColor(null, "color", "c", "edgecolor");
        double alpha = style.number(1, "alpha");
        style.take("linewidth", "linewidths", "lw", "label", "cmap", "linestyle");
        style.done();
        Color wires = Colors.withAlpha(color == null ? self.axes().nextColor() : color, alpha);
        return add(self, new Space.Surface(
                thinned(grid(m, x), rows, columns), thinned(grid(m, y), rows, columns), thinned(height, rows, columns), null, wires));
    }

    private static double[] spread(Machine m, Object value, int n) {
        double[] v = Numbers.flat(m, value);
        if (v.length == n) {
            return v;
        }
        if (v.length != 1) {
            throw NnError.value("x, y and z must have the same size");
        }
        double[] all = new double[n];
        Arrays.fill(all, v[0]);
        return all;
    }

    @Builtin(
            value = {"scatter", "scatter3D"},
            signature = "xs, ys, zs=0, zdir='z', s=20, c=None, depthshade=True, marker='o', cmap=None, vmin=None, vmax=None, alpha=1.0, **kwargs",
            method = true,
            doc = "A mark at each point.")
    static Object scatter(
            Machine m, AxesValue self, Object x, Object y, Object z, String direction, Object s, Object c, Object depth,
            String marker, Object cmap, Object vmin, Object vmax, Object alpha, Map<String, Object> kwargs) {
        double[] xs = Numbers.flat(m, x);
        Style style = new Style(m, "Path3DCollection", kwargs);
        Object named = style.take("color", "facecolor", "facecolors");
        style.take("edgecolor", "edgecolors", "linewidths", "linewidth", "lw", "label", "norm");
        style.done();
        double a = alpha == None.NONE ? 1 : Semantics.real(m, alpha);
        Color[] colors = c == None.NONE && named == None.NONE
                ? new Color[] {self.axes().nextColor()}
                : PointPlots.colors(m, c != None.NONE ? c : named, xs.length, cmap, vmin, vmax, new PointPlots.Meant());
        for (int i = 0; i < colors.length; i++) {
            colors[i] = Colors.withAlpha(colors[i], a);
        }
        double[] areas = s == None.NONE ? new double[] {20} : Numbers.flat(m, s);
        return add(self, new Space.Points(xs, spread(m, y, xs.length), spread(m, z, xs.length), areas, colors, marker == null ? "o" : marker));
    }

    @Builtin(
            value = {"plot", "plot3D"},
            signature = "xs, ys, *args, zdir='z', zs=0, **kwargs",
            method = true,
            doc = "A line through points: plot(x, y, z, 'r-').")
    static Object plot(
            Machine m, AxesValue self, Object x, Object y, Object[] args, String direction, Object zs, Map<String, Object> kwargs) {
        Object z = args.length > 0 && !(args[0] instanceof String) ? args[0] : zs;
        LineFormat format = args.length > 0 && args[args.length - 1] instanceof String f ? LineFormat.parse(f) : new LineFormat(null, "", "");
        Style style = new Style(m, "Line3D", kwargs);
        Color given = style.takeColor(format.color(), "color", "c");
        double width = style.number(1.5, "linewidth", "lw");
        double alpha = style.alpha();
        Color color = Colors.withAlpha(given == null ? self.axes().nextColor() : given, alpha);
        LineStyle said = format.style(width);
        float[] dashes = style.dashes(said == null ? null : said.dashes(), width, "linestyle", "ls");
        Marker marker = style.marker(format.marker(), color, alpha);
        style.take("label");
        style.done();
        double[] px = Numbers.flat(m, x);
        return ListValue.of(add(self, new Space.Line(
                px, spread(m, y, px.length), spread(m, z, px.length), dashes == null ? null : new LineStyle(color, width, dashes), marker)));
    }

    @Builtin(value = {"text", "text3D"}, signature = "x, y, z, s, zdir=None, fontdict=None, **kwargs", method = true, doc = "Text at a point.")
    static Object text(
            Machine m, AxesValue self, double x, double y, double z, Object s, Object direction, Object fontdict,
            Map<String, Object> kwargs) {
        Style style = new Style(m, "Text3D", kwargs);
        Color ground = style.takeColor(null, "backgroundcolor");
        TextStyle text = style.textStyle(TextStyle.PLAIN, fontdict);
        style.take("ha", "va", "horizontalalignment", "verticalalignment", "bbox", "rotation");
        style.done();
        return add(self, new Space.Text(x, y, z, Semantics.str(m, s), text, ground));
    }

    @Builtin(value = {"set_zlim", "set_zlim3d"}, signature = "bottom=None, top=None, **kwargs", method = true, doc = "The range of z.")
    static Object setZlim(Machine m, AxesValue self, Object low, Object high, Map<String, Object> kwargs) {
        Axis z = space(self).z;
        if (low instanceof TupleValue || low instanceof ListValue) {
            double[] both = Numbers.flat(m, low);
            z.low = both[0];
            z.high = both[1];
        } else {
            z.low = low == None.NONE ? z.low : Semantics.real(m, low);
            z.high = high == None.NONE ? z.high : Semantics.real(m, high);
        }
        return TupleValue.of(z.low, z.high);
    }

    @Builtin(value = {"set_xlim3d"}, signature = "*args, **kwargs", method = true, doc = "The range of x.")
    static Object setXlim(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        return Semantics.call(m, self.attribute(m, "set_xlim"), args);
    }

    @Builtin(value = {"set_ylim3d"}, signature = "*args, **kwargs", method = true, doc = "The range of y.")
    static Object setYlim(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        return Semantics.call(m, self.attribute(m, "set_ylim"), args);
    }

    @Builtin(value = "set_zlabel", signature = "zlabel, **kwargs", method = true, doc = "Names the z axis.")
    static void setZlabel(Machine m, AxesValue self, Object label, Map<String, Object> kwargs) {
        space(self).z.label = Semantics.str(m, label);
    }

    @Builtin(value = "view_init", signature = "elev=None, azim=None", method = true, doc = "From where it is looked at, in degrees: above the ground and around it.")
    static void viewInit(Machine m, AxesValue self, Object elevation, Object azimuth) {
        space(self).elevation = elevation == None.NONE ? 30 : Semantics.real(m, elevation);
        space(self).azimuth = azimuth == None.NONE ? -60 : Semantics.real(m, azimuth);
    }

    /** Something in the box that can be taken off again. */
    record BodyValue(Space space, Space.Body body, Colors.Meaning meaning, Axes axes) implements Value {
        private static final TypeValue BODY = TypeValue.opaque("mpl_toolkits.mplot3d.art3d", "Poly3DCollection", SpaceBodyTable.TABLE);

        @Override
        public TypeValue type() {
            return BODY;
        }
    }
}
