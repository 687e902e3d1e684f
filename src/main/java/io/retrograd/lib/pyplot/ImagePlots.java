package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.numpy.ArrayMaker;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Colormap;
import io.retrograd.plot.Colors;
import io.retrograd.plot.LineStyle;
import io.retrograd.plot.Marker;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Pictures: numbers through a colour map, or red, green and blue. */
final class ImagePlots {
    private ImagePlots() {}

    /** Interpolations that blur; all others show pixels as squares. */
    private static final List<String> SMOOTH = List.of("bilinear", "bicubic", "spline16", "spline36", "hanning", "hamming", "hermite",
            "kaiser", "quadric", "catrom", "gaussian", "bessel", "mitchell", "sinc", "lanczos");

    @Builtin(
            value = "imshow",
            signature = "X, cmap=None, norm=None, aspect=None, interpolation=None, alpha=None, vmin=None, vmax=None, origin=None, extent=None, **kwargs",
            method = true,
            doc = "A picture: numbers through a colour map, or red, green and blue.")
    static Object imshow(
            Machine m, AxesValue self, Object x, Object cmap, Object norm, Object aspect, Object interpolation, Object alpha, Object vmin,
            Object vmax, Object origin, Object extent, Map<String, Object> kwargs) {
        Style style = new Style(m, "AxesImage", kwargs);
        style.take("shape", "imlim");
        boolean log = norm instanceof NormValue n && n.logarithmic();
        if (norm instanceof NormValue n) {
            vmin = n.low() == None.NONE ? vmin : n.low();
            vmax = n.high() == None.NONE ? vmax : n.high();
        }
        double a = alpha == None.NONE ? 1 : Semantics.real(m, alpha);
        Object picture = x instanceof ArrayLike
                ? x
                : new ArrayValue(ArrayMaker.make(m, x, null));
        int[] shape = Numbers.shape(m, picture);
        boolean rgb = shape.length == 3 && (shape[2] == 3 || shape[2] == 4);
        boolean flat = shape.length == 2 || shape.length == 3 && shape[2] == 1;
        if (!rgb && !flat) {
            throw NnError.type("Invalid dimensions for image data");
        }
        double[] values = Numbers.flat(m, picture);
        int h = shape[0];
        int w = shape[1];
        Colormap map = Style.colormap(m, cmap);
        double low = vmin == None.NONE ? Numbers.least(values) : Semantics.real(m, vmin);
        double high = vmax == None.NONE ? Numbers.most(values) : Semantics.real(m, vmax);
        boolean bytes = rgb && picture instanceof ArrayLike array && array.array().dtype().isInteger()
                || rgb && Numbers.most(values) > 1;
        int[][] pixels = new int[h][w];
        for (int r = 0; r < h; r++) {
            for (int c = 0; c < w; c++) {
                if (rgb) {
                    int at = (r * w + c) * shape[2];
                    int opacity = (int) Math.round(a * (shape[2] == 4 ? channel(values[at + 3], bytes) : 255));
                    pixels[r][c] = opacity << 24 | channel(values[at], bytes) << 16 | channel(values[at + 1], bytes) << 8
                            | channel(values[at + 2], bytes);
                } else {
                    pixels[r][c] = Colors.withAlpha(map.at(share(values[r * w + c], low, high, log)), a).getRGB();
                }
            }
        }
        RcParams rc = RcParams.of(m);
        boolean upper = !"lower".equals(origin == None.NONE ? rc.text(m, "image.origin") : origin);
        Axes axes = self.axes();
        double[] at = extent != None.NONE ? Numbers.flat(m, extent)
                : upper ? new double[] {-0.5, w - 0.5, h - 0.5, -0.5} : new double[] {-0.5, w - 0.5, -0.5, h - 0.5};
        // Row 0 is drawn at the upper end of the extent or at the lower one.
        double[] drawnAt = upper ? at : new double[] {at[0], at[1], at[3], at[2]};
        axes.y.inverted = at[2] > at[3];
        axes.x.inverted = at[0] > at[1];
        Object shaped = aspect == None.NONE ? rc.getText("image.aspect") : aspect;
        axes.aspect = "auto".equals(shaped) ? Double.NaN : Numbers.isNumber(shaped) ? Semantics.real(m, shaped) : 1;
        String between = interpolation == None.NONE ? rc.text(m, "image.interpolation") : Semantics.str(m, interpolation);
        if (!SMOOTH.contains(between) && !List.of("none", "None", "nearest", "antialiased").contains(between)) {
            throw NnError.value("Illegal interpolation string");
        }
        ArtistValue drawn = self.add(new Artist.Image(pixels, drawnAt, SMOOTH.contains(between)), style);
        if (!rgb) {
            drawn.placed().meaning = new Colors.Meaning(map, low, high, new double[0]);
        }
        return drawn;
    }

    static double share(double v, double low, double high, boolean log) {
        if (log) {
            return v <= 0 ? 0 : (Math.log(v) - Math.log(low)) / (Math.log(high) - Math.log(low));
        }
        return high == low ? 0 : (v - low) / (high - low);
    }

    private static int channel(double v, boolean bytes) {
        return (int) Math.max(0, Math.min(255, Math.round(bytes ? v : v * 255)));
    }

    @Builtin(value = "matshow", signature = "Z, **kwargs", method = true, doc = "A matrix as a picture, its first row on top, marks above.")
    static Object matshow(Machine m, AxesValue self, Object z, Map<String, Object> kwargs) {
        Object drawn = Semantics.call(m, self.attribute(m, "imshow"), arguments(z, kwargs), kwargs.keySet().toArray(new String[0]));
        self.axes().x.opposite = true;
        // Marks at whole rows and columns only.
        self.axes().x.step = ImagePlots::wholeStep;
        self.axes().y.step = ImagePlots::wholeStep;
        return drawn;
    }

    private static double wholeStep(double low, double high) {
        double rough = Math.abs(high - low) / 9;
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, rough))));
        for (int each : new int[] {1, 2, 5}) {
            if (each * power >= rough) {
                return each * power;
            }
        }
        return 10 * power;
    }

    static Object[] arguments(Object first, Map<String, Object> kwargs) {
        Object[] all = new Object[1 + kwargs.size()];
        all[0] = first;
        int i = 1;
        for (Object v : kwargs.values()) {
            all[i++] = v;
        }
        return all;
    }

    @Builtin(value = {"pcolormesh", "pcolor"}, signature = "*args, **kwargs", method = true, doc = "Cells of a grid in colours: pcolormesh(C) or pcolormesh(X, Y, C).")
    static Object pcolormesh(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        if (args.length != 1 && args.length != 3) {
            throw NnError.type("Illegal arguments to pcolormesh; see help(pcolormesh)");
        }
        double[][] c = Numbers.table(m, args[args.length - 1]);
        int rows = c.length;
        int columns = rows == 0 ? 0 : c[0].length;
        double[][] x = corners(m, args.length == 3 ? args[0] : null, rows, columns, true);
        double[][] y = corners(m, args.length == 3 ? args[1] : null, rows, columns, false);
        Style style = new Style(m, "QuadMesh", kwargs);
        if ("gouraud".equals(style.text("flat", "shading"))) {
            Style.warn(m, "pcolormesh: shading='gouraud' is drawn flat here");
        }
        Colormap map = Style.colormap(m, style.take("cmap"));
        double alpha = style.alpha();
        Object vmin = style.take("vmin");
        Object vmax = style.take("vmax");
        boolean log = style.take("norm") instanceof NormValue n && n.logarithmic();
        Color edge = style.takeColor(null, "edgecolors", "edgecolor");
        double width = style.number(1, "linewidth", "linewidths", "lw");
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] row : c) {
            for (double v : row) {
                low = v < low ? v : low;
                high = v > high ? v : high;
            }
        }
        low = vmin == None.NONE ? low : Semantics.real(m, vmin);
        high = vmax == None.NONE ? high : Semantics.real(m, vmax);
        Color[][] colors = new Color[rows][columns];
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < columns; k++) {
                colors[r][k] = Double.isNaN(c[r][k])
                        ? new Color(0, 0, 0, 0)
                        : Colors.withAlpha(map.at(share(c[r][k], low, high, log)), alpha);
            }
        }
        ArtistValue drawn = self.add(new Artist.Mesh(x, y, colors, edge == null ? null : LineStyle.solid(edge, width)), style);
        drawn.placed().meaning = new Colors.Meaning(map, low, high, new double[0]);
        return drawn;
    }

    /** The corners of cells: given, or 0, 1, 2 …; from as many middles as there are cells, the corners between. */
    private static double[][] corners(Machine m, Object given, int rows, int columns, boolean across) {
        double[][] table = new double[rows + 1][columns + 1];
        int n = across ? columns : rows;
        if (given != null && Numbers.shape(m, given).length == 2) {
            double[][] full = Numbers.table(m, given);
            if (full.length == rows + 1 && full[0].length == columns + 1) {
                return full;
            }
            if (full.length != rows || full[0].length != columns) {
                throw NnError.type("Dimensions of C (" + rows + ", " + columns + ") are incompatible with X (" + full[0].length
                        + ") and/or Y (" + full.length + "); see help(pcolormesh)");
            }
            double[] line = new double[n];
            for (int i = 0; i < n; i++) {
                line[i] = across ? full[0][i] : full[i][0];
            }
            return spread(table, between(line), across);
        }
        double[] line = new double[n + 1];
        for (int i = 0; i <= n; i++) {
            line[i] = i;
        }
        if (given != null) {
            double[] own = Numbers.flat(m, given);
            if (own.length != n && own.length != n + 1) {
                throw NnError.type("Dimensions of C (" + rows + ", " + columns + ") are incompatible with " + (across ? "X" : "Y") + " ("
                        + own.length + "); see help(pcolormesh)");
            }
            line = own.length == n ? between(own) : own;
        }
        return spread(table, line, across);
    }

    private static double[] between(double[] middles) {
        int n = middles.length;
        double[] corners = new double[n + 1];
        for (int i = 1; i < n; i++) {
            corners[i] = (middles[i - 1] + middles[i]) / 2;
        }
        double first = n > 1 ? middles[1] - middles[0] : 1;
        double last = n > 1 ? middles[n - 1] - middles[n - 2] : 1;
        corners[0] = middles[0] - first / 2;
        corners[n] = middles[n - 1] + last / 2;
        return corners;
    }

    private static double[][] spread(double[][] table, double[] line, boolean across) {
        for (int r = 0; r < table.length; r++) {
            for (int c = 0; c < table[r].length; c++) {
                table[r][c] = line[across ? c : r];
            }
        }
        return table;
    }

    @Builtin(value = "spy", signature = "Z, precision=0, marker=None, markersize=None, **kwargs", method = true, doc = "Where a matrix is not zero.")
    static Object spy(Machine m, AxesValue self, Object z, double precision, Object marker, Object markersize, Map<String, Object> kwargs) {
        double[][] table = Numbers.table(m, z);
        int rows = table.length;
        int columns = rows == 0 ? 0 : table[0].length;
        int[][] pixels = new int[rows][columns];
        double[] x = new double[rows * columns];
        double[] y = new double[rows * columns];
        int n = 0;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                boolean there = Math.abs(table[r][c]) > precision;
                pixels[r][c] = there ? 0xff000000 : 0xffffffff;
                if (there) {
                    x[n] = c;
                    y[n++] = r;
                }
            }
        }
        Style style = new Style(m, "AxesImage", kwargs);
        self.axes().aspect = 1;
        self.axes().y.inverted = true;
        self.axes().x.opposite = true;
        if (marker == None.NONE && markersize == None.NONE) {
            return self.add(new Artist.Image(pixels, new double[] {-0.5, columns - 0.5, rows - 0.5, -0.5}, false), style);
        }
        Color color = style.takeColor(Colors.cycle(0), "color", "c");
        Marker mark = new Marker(Style.markerShape(m, marker, "s"), markersize == None.NONE ? 10 : Semantics.real(m, markersize), color, color, 1);
        return self.add(new Artist.Line(Arrays.copyOf(x, n), Arrays.copyOf(y, n), null, mark, "", ""), style);
    }
}
