package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Figure;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.awt.Color;
import java.util.Map;

/** matplotlib.pyplot's functions about figures; those that draw are the methods of the current axes. */
final class PyplotFunctions {
    private PyplotFunctions() {}

    private static FigureValue figure(Machine m) {
        return PyplotState.of(m).current();
    }

    @Builtin(
            value = "figure",
            signature = "num=None, figsize=None, dpi=None, **kwargs",
            doc = "A new figure, or the one of that number; figsize in inches.")
    static Object newFigure(Machine m, Object num, Object figsize, Object dpi, Map<String, Object> kwargs) {
        PyplotState state = PyplotState.of(m);
        FigureValue f;
        if (num instanceof FigureValue given) {
            state.current(given);
            f = given;
        } else {
            long number = num == None.NONE
                    ? state.nextNumber()
                    : num instanceof String s ? 1000 + (s.hashCode() & 0xffff) : Semantics.index(m, num);
            f = state.open(number);
        }
        if (figsize != None.NONE) {
            double[] size = Numbers.flat(m, figsize);
            f.figure().width = size[0];
            f.figure().height = size[1];
        }
        if (dpi != None.NONE) {
            f.figure().dpi = Semantics.real(m, dpi);
        }
        return f;
    }

    @Builtin(
            value = "subplots",
            signature = "nrows=1, ncols=1, sharex=False, sharey=False, squeeze=True, figsize=None, **kwargs",
            doc = "A new figure with rows and columns of axes: the figure and the axes.",
            example = "fig, ax = plt.subplots(2, 10, figsize=(10, 2))")
    static Object subplots(
            Machine m, int rows, int columns, Object sharex, Object sharey, boolean squeeze, Object figsize, Map<String, Object> kwargs) {
        FigureValue f = (FigureValue) newFigure(m, None.NONE, figsize, kwargs.getOrDefault("dpi", None.NONE), kwargs);
        Object[] all = new Object[rows * columns];
        for (int i = 0; i < all.length; i++) {
            all[i] = f.add(Figure.cell(rows, columns, i + 1));
        }
        if (squeeze && all.length == 1) {
            return TupleValue.of(f, all[0]);
        }
        boolean flat = squeeze && (rows == 1 || columns == 1);
        NdArray axes = flat ? NdArray.wrap(DType.OBJECT, all, all.length) : NdArray.wrap(DType.OBJECT, all, rows, columns);
        return TupleValue.of(f, new ArrayValue(axes));
    }

    @Builtin(value = "subplot", signature = "*args, **kwargs", doc = "The n-th of rows x columns axes is current.")
    static Object subplot(Machine m, Object[] args, Map<String, Object> kwargs) {
        return figure(m).add(FigureValue.place(m, args));
    }

    @Builtin(value = "subplot2grid", signature = "shape, loc, rowspan=1, colspan=1, **kwargs", doc = "Axes over some cells of a grid.")
    static Object subplot2grid(Machine m, Object shape, Object loc, int rowspan, int colspan, Map<String, Object> kwargs) {
        double[] s = Numbers.flat(m, shape);
        double[] l = Numbers.flat(m, loc);
        return figure(m).add(Figure.cells((int) s[0], (int) s[1], (int) l[0], (int) l[1], rowspan, colspan));
    }

    @Builtin(value = "axes", signature = "arg=None, **kwargs", doc = "New axes at [left, bottom, width, height], or the given ones current.")
    static Object axes(Machine m, Object arg, Map<String, Object> kwargs) {
        if (arg instanceof AxesValue given) {
            given.figure().current(given);
            PyplotState.of(m).current(given.figure());
            return given;
        }
        return figure(m).add(arg == None.NONE ? Figure.cell(1, 1, 1) : Numbers.flat(m, arg));
    }

    @Builtin(value = "sca", signature = "ax", doc = "Makes axes the current ones.")
    static void sca(Machine m, AxesValue ax) {
        ax.figure().current(ax);
        PyplotState.of(m).current(ax.figure());
    }

    @Builtin(value = "gca", signature = "**kwargs", doc = "The current axes.")
    static Object gca(Machine m, Map<String, Object> kwargs) {
        return figure(m).current();
    }

    @Builtin(value = "gcf", doc = "The current figure.")
    static Object gcf(Machine m) {
        return figure(m);
    }

    @Builtin(value = "show", signature = "*args, **kwargs", doc = "Shows all figures: on a terminal as PNG files, elsewhere nowhere.")
    static void show(Machine m, Object[] args, Map<String, Object> kwargs) {
        PyplotState state = PyplotState.of(m);
        for (FigureValue each : state.figures()) {
            state.show(m, each);
        }
        if (!state.isInteractive()) {
            state.closeAll();
        }
    }

    @Builtin(value = "savefig", signature = "fname, dpi=None, **kwargs", doc = "Writes the current figure as .png or .svg.", example = "plt.savefig('loss.png')")
    static void savefig(Machine m, Object name, Object dpi, Map<String, Object> kwargs) {
        FigureValue.savefig(m, figure(m), name, dpi, kwargs);
    }

    @Builtin(value = "close", signature = "fig=None", doc = "Closes the current figure, one, or 'all'.")
    static void close(Machine m, Object fig) {
        PyplotState state = PyplotState.of(m);
        if ("all".equals(fig)) {
            state.closeAll();
        } else if (fig instanceof FigureValue f) {
            state.close(f);
        } else if (fig instanceof Long n) {
            for (FigureValue each : state.figures()) {
                if (each.number() == n) {
                    state.close(each);
                }
            }
        } else {
            state.close(state.current());
        }
    }

    @Builtin(value = "clf", doc = "Clears the current figure.")
    static void clf(Machine m) {
        FigureValue.clf(m, figure(m));
    }

    @Builtin(value = "suptitle", signature = "t, **kwargs", doc = "The title of the whole figure.")
    static void suptitle(Machine m, Object title, Map<String, Object> kwargs) {
        FigureValue.suptitle(m, figure(m), title, kwargs);
    }

    @Builtin(value = {"tight_layout", "subplots_adjust"}, signature = "*args, **kwargs", doc = "Moves the axes within the figure.")
    static void adjust(Machine m, Object[] args, Map<String, Object> kwargs) {
        FigureValue.adjust(m, figure(m), args, kwargs);
    }

    @Builtin(value = "colorbar", signature = "mappable=None, cax=None, ax=None, **kwargs", doc = "A scale that says what the colours mean.")
    static Object colorbar(Machine m, Object mappable, Object cax, Object ax, Map<String, Object> kwargs) {
        ArtistValue drawn = mappable instanceof ArtistValue a ? a : PyplotState.of(m).lastMapped();
        return FigureValue.colorbar(m, figure(m), drawn, cax, ax, kwargs);
    }

    @Builtin(value = "ion", doc = "Figures stay open after show.")
    static void ion(Machine m) {
        PyplotState.of(m).interactive(true);
    }

    @Builtin(value = "ioff", doc = "show ends the figures that it shows.")
    static void ioff(Machine m) {
        PyplotState.of(m).interactive(false);
    }

    @Builtin(value = "isinteractive", doc = "Whether figures stay open after show.")
    static boolean isInteractive(Machine m) {
        return PyplotState.of(m).isInteractive();
    }

    @Builtin(value = "draw", doc = "Would redraw the window; without one the figure is drawn when it is saved.")
    static void draw(Machine m) {}

    @Builtin(value = "pause", signature = "interval", doc = "Would show the window for a while; without one the script goes on at once.")
    static void pause(Machine m, double interval) {}

    @Builtin(value = "waitforbuttonpress", signature = "timeout=-1", doc = "Would wait for a key; without a window it answers None at once.")
    static void waitForButton(Machine m, Object timeout) {}

    @Builtin(value = "get_cmap", signature = "name=None, lut=None", doc = "The colour map of that name.")
    static Object getCmap(Machine m, Object name, Object lut) {
        return new ColormapValue(Style.colormap(m, name, "viridis"));
    }

    @Builtin(value = "matshow", signature = "A, fignum=None, **kwargs", doc = "A matrix as a picture, in a figure of its own.")
    static Object matshow(Machine m, Object matrix, Object number, Map<String, Object> kwargs) {
        PyplotState state = PyplotState.of(m);
        if (number == None.NONE) {
            state.open(state.nextNumber());
        }
        return state.mapped(Semantics.call(
                m, state.current().current().attribute(m, "imshow"), concat(matrix, kwargs), kwargs.keySet().toArray(new String[0])));
    }

    private static Object[] concat(Object first, Map<String, Object> kwargs) {
        Object[] all = new Object[1 + kwargs.size()];
        all[0] = first;
        int i = 1;
        for (Object v : kwargs.values()) {
            all[i++] = v;
        }
        return all;
    }

    @Builtin(value = "imsave", signature = "fname, arr, cmap=None, vmin=None, vmax=None, **kwargs", doc = "Writes an array as a picture, a pixel an element.")
    static void imsave(Machine m, Object name, Object array, Object cmap, Object vmin, Object vmax, Map<String, Object> kwargs) {
        FigureValue alone = new FigureValue(0);
        AxesValue whole = alone.add(new double[] {0, 0, 1, 1});
        AxesMethods.imshow(m, whole, array, cmap, None.NONE, "upper", None.NONE, vmin, vmax, None.NONE, kwargs);
        whole.axes().frame = false;
        int[] shape = Numbers.shape(m, array);
        alone.figure().dpi = 100;
        alone.figure().width = shape[1] / 100.0;
        alone.figure().height = shape[0] / 100.0;
        FigureValue.savefig(m, alone, name, None.NONE, new java.util.HashMap<>());
    }

    @Builtin(value = "patches.Rectangle", signature = "xy, width, height, angle=0.0, **kwargs", doc = "A rectangle from a corner.")
    static Object rectangle(Machine m, Object xy, double width, double height, double angle, Map<String, Object> kwargs) {
        double[] p = Numbers.flat(m, xy);
        Style style = new Style(m, "Rectangle", kwargs);
        Color face = style.color(io.retrograd.plot.Colors.cycle(0), "facecolor", "fc", "color");
        Color edge = style.color(null, "edgecolor", "ec");
        double alpha = style.number(1, "alpha");
        if (!style.flag(true, "fill")) {
            face = new Color(0, 0, 0, 0);
            edge = edge == null ? Color.BLACK : edge;
        }
        style.take("linewidth", "lw", "linestyle", "ls", "label", "hatch");
        style.done();
        return new PatchValue(new Artist.Polygon(
                new double[] {p[0], p[0] + width, p[0] + width, p[0]},
                new double[] {p[1], p[1], p[1] + height, p[1] + height},
                io.retrograd.plot.Colors.withAlpha(face, alpha),
                edge,
                ""));
    }

    @Builtin(value = "gridspec.GridSpec", signature = "nrows, ncols, **kwargs", doc = "Rows and columns for axes.")
    static Object gridSpec(Machine m, int rows, int columns, Map<String, Object> kwargs) {
        return new GridSpecValue(rows, columns);
    }

    @Builtin(value = "font_manager.FontProperties", signature = "**kwargs", doc = "A font; the JVM's sans-serif one is used.")
    static Object fontProperties(Machine m, Map<String, Object> kwargs) {
        return ListValue.of();
    }

    @Builtin(value = {"mpl.rc", "rc"}, signature = "*args, **kwargs", doc = "Default styles; figures keep their own.")
    static void rc(Machine m, Object[] args, Map<String, Object> kwargs) {}

    @Builtin(value = {"mpl.use", "switch_backend"}, signature = "*args, **kwargs", doc = "The window system to draw on; there is none.")
    static void use(Machine m, Object[] args, Map<String, Object> kwargs) {}
}
