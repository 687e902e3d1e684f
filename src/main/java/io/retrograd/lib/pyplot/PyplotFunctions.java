package io.retrograd.lib.pyplot;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.plot.Colormap;
import io.retrograd.plot.Figure;
import io.retrograd.plot.Grid;
import io.retrograd.plot.Placement;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** matplotlib.pyplot's functions about figures; those that draw are the methods of the current axes. */
final class PyplotFunctions {
    private PyplotFunctions() {}

    private static FigureValue figure(Machine m) {
        return PyplotState.of(m).current(m);
    }

    @Builtin(
            value = "figure",
            signature = "num=None, figsize=None, dpi=None, facecolor=None, edgecolor=None, frameon=True, clear=False, **kwargs",
            doc = "A new figure, or the one of that number or name; figsize in inches.")
    static Object newFigure(
            Machine m, Object num, Object figsize, Object dpi, Object face, Object edge, boolean frame, boolean clear, Map<String, Object> kwargs) {
        PyplotState state = PyplotState.of(m);
        FigureValue f;
        if (num instanceof FigureValue given) {
            state.current(given);
            f = given;
        } else if (num instanceof String name) {
            FigureValue named = state.named(name);
            f = named == null ? state.open(m, state.nextNumber(), name) : named;
            state.current(f);
        } else {
            f = state.open(m, num == None.NONE ? state.nextNumber() : Semantics.index(m, num), "");
        }
        Figure data = f.figure();
        if (figsize != None.NONE) {
            double[] size = Numbers.flat(m, figsize);
            if (size.length != 2 || !(size[0] > 0) || !(size[1] > 0)) {
                throw NnError.value("figure size must be positive finite not " + Semantics.repr(m, figsize));
            }
            data.width = size[0];
            data.height = size[1];
        }
        data.dpi = dpi == None.NONE ? data.dpi : Semantics.real(m, dpi);
        data.face = face == None.NONE ? data.face : Style.color(m, face);
        if (!frame) {
            data.face = new Color(255, 255, 255, 0);
        }
        if (clear) {
            FigureValue.clf(m, f, false);
        }
        Style style = new Style(m, "Figure", kwargs);
        data.tight = style.flag(data.tight, "tight_layout", "constrained_layout");
        style.take("linewidth", "FigureClass");
        style.done();
        return f;
    }

    @Builtin(
            value = "subplots",
            signature = "nrows=1, ncols=1, sharex=False, sharey=False, squeeze=True, subplot_kw=None, gridspec_kw=None, **kwargs",
            doc = "A new figure with rows and columns of axes: the figure and the axes.",
            example = "fig, ax = plt.subplots(2, 10, figsize=(10, 2))")
    static Object subplots(
            Machine m, int rows, int columns, Object sharex, Object sharey, boolean squeeze, Object subplotKw, Object gridspecKw,
            Map<String, Object> kwargs) {
        Object num = take(kwargs, "num");
        Object size = take(kwargs, "figsize");
        Object dpi = take(kwargs, "dpi");
        Object face = take(kwargs, "facecolor");
        FigureValue f = (FigureValue) newFigure(m, num, size, dpi, face, None.NONE, true, false, kwargs);
        return TupleValue.of(f, FigureValue.subplots(m, f, rows, columns, sharex, sharey, squeeze, subplotKw, gridspecKw));
    }

    private static Object take(Map<String, Object> kwargs, String key) {
        Object found = kwargs.remove(key);
        return found == null ? None.NONE : found;
    }

    @Builtin(value = "subplot", signature = "*args, **kwargs", doc = "The n-th of rows x columns axes is current.")
    static Object subplot(Machine m, Object[] args, Map<String, Object> kwargs) {
        return figure(m).at(m, Subplots.place(m, args), kwargs);
    }

    @Builtin(value = "subplot2grid", signature = "shape, loc, rowspan=1, colspan=1, fig=None, **kwargs", doc = "Axes over some cells of a grid.")
    static Object subplot2grid(Machine m, Object shape, Object loc, int rowspan, int colspan, Object fig, Map<String, Object> kwargs) {
        double[] s = Numbers.flat(m, shape);
        double[] l = Numbers.flat(m, loc);
        FigureValue f = fig instanceof FigureValue given ? given : figure(m);
        return f.at(m, new Placement.Cells(new Grid((int) s[0], (int) s[1]), (int) l[0], (int) l[1], rowspan, colspan), kwargs);
    }

    @Builtin(value = "axes", signature = "arg=None, **kwargs", doc = "New axes at [left, bottom, width, height], or the given ones current.")
    static Object axes(Machine m, Object arg, Map<String, Object> kwargs) {
        if (arg instanceof AxesValue given) {
            sca(m, given);
            return given;
        }
        return arg == None.NONE ? figure(m).add(m, Placement.cell(1, 1, 1), kwargs) : FigureValue.addAxes(m, figure(m), arg, kwargs);
    }

    @Builtin(value = "sca", signature = "ax", doc = "Makes axes the current ones.")
    static void sca(Machine m, AxesValue ax) {
        ax.figure().current(ax);
        PyplotState.of(m).current(ax.figure());
    }

    @Builtin(value = "gca", signature = "**kwargs", doc = "The current axes.")
    static Object gca(Machine m, Map<String, Object> kwargs) {
        return FigureValue.gca(m, figure(m), kwargs);
    }

    @Builtin(value = "gcf", doc = "The current figure.")
    static Object gcf(Machine m) {
        return figure(m);
    }

    @Builtin(value = "gci", doc = "The last picture or contour, or None.")
    static Object gci(Machine m) {
        ArtistValue last = PyplotState.of(m).lastMapped();
        return last == null ? None.NONE : last;
    }

    @Builtin(value = "delaxes", signature = "ax=None", doc = "Takes axes out of their figure.")
    static void delaxes(Machine m, Object ax) {
        AxesValue given = ax instanceof AxesValue a ? a : figure(m).current(m);
        given.figure().remove(given);
    }

    @Builtin(value = "show", signature = "block=None", doc = "Shows all figures: on a terminal as PNG files and inline where it can, elsewhere nowhere.")
    static void show(Machine m, Object block) {
        PyplotState.of(m).showAll(m);
    }

    @Builtin(value = "savefig", signature = "*args, **kwargs", doc = "Writes the current figure as .png, .svg or .jpg.", example = "plt.savefig('loss.png')")
    static void savefig(Machine m, Object[] args, Map<String, Object> kwargs) {
        Object[] all = new Object[args.length + kwargs.size()];
        System.arraycopy(args, 0, all, 0, args.length);
        int i = args.length;
        for (Object v : kwargs.values()) {
            all[i++] = v;
        }
        Semantics.call(m, figure(m).attribute(m, "savefig"), all, kwargs.keySet().toArray(new String[0]));
    }

    @Builtin(value = "close", signature = "fig=None", doc = "Closes the current figure, one, or 'all'.")
    static void close(Machine m, Object fig) {
        PyplotState state = PyplotState.of(m);
        if ("all".equals(fig)) {
            state.closeAll();
        } else if (fig instanceof FigureValue f) {
            state.close(f);
        } else if (fig instanceof String name) {
            FigureValue f = state.named(name);
            if (f != null) {
                state.close(f);
            }
        } else if (fig instanceof Long n) {
            for (FigureValue each : state.figures()) {
                if (each.number() == n) {
                    state.close(each);
                }
            }
        } else if (!state.figures().isEmpty()) {
            state.close(state.current(m));
        }
    }

    @Builtin(value = "fignum_exists", signature = "num", doc = "Whether there is a figure of that number.")
    static boolean fignumExists(Machine m, Object num) {
        return num instanceof String s ? PyplotState.of(m).named(s) != null : PyplotState.of(m).exists(Semantics.index(m, num));
    }

    @Builtin(value = "get_fignums", doc = "The numbers of all figures.")
    static Object getFignums(Machine m) {
        return ListValue.copyOf(PyplotState.of(m).figures().stream().map(f -> (Object) f.number()).toList());
    }

    @Builtin(value = "clf", doc = "Clears the current figure.")
    static void clf(Machine m) {
        FigureValue.clf(m, figure(m), false);
    }

    @Builtin(value = "suptitle", signature = "t, **kwargs", doc = "The title of the whole figure.")
    static void suptitle(Machine m, Object title, Map<String, Object> kwargs) {
        FigureValue.suptitle(m, figure(m), title, kwargs);
    }

    @Builtin(value = "figtext", signature = "x, y, s, fontdict=None, **kwargs", doc = "Text at fractions of the figure.")
    static Object figtext(Machine m, double x, double y, Object s, Object font, Map<String, Object> kwargs) {
        return FigureValue.text(m, figure(m), x, y, s, font, kwargs);
    }

    @Builtin(value = "tight_layout", signature = "pad=1.08, h_pad=None, w_pad=None, rect=None", doc = "Margins and gaps as small as the labels allow.")
    static void tightLayout(Machine m, double pad, Object hPad, Object wPad, Object rect) {
        FigureValue.tightLayout(m, figure(m), None.NONE, pad, hPad, wPad, rect);
    }

    @Builtin(value = "subplots_adjust", signature = "left=None, bottom=None, right=None, top=None, wspace=None, hspace=None", doc = "The margins as fractions of the figure, the gaps as fractions of the axes.")
    static void adjust(Machine m, Object left, Object bottom, Object right, Object top, Object wspace, Object hspace) {
        FigureValue.adjust(m, figure(m), left, bottom, right, top, wspace, hspace);
    }

    @Builtin(value = "colorbar", signature = "mappable=None, cax=None, ax=None, **kwargs", doc = "A scale that says what the colours mean.")
    static Object colorbar(Machine m, Object mappable, Object cax, Object ax, Map<String, Object> kwargs) {
        ArtistValue last = PyplotState.of(m).lastMapped();
        Object drawn = mappable == None.NONE && last != null ? last : mappable;
        return FigureValue.colorbar(m, figure(m), drawn, cax, ax, true, kwargs);
    }

    @Builtin(value = "clim", signature = "vmin=None, vmax=None", doc = "The values at the ends of the last picture's colour bar cannot be changed any more.")
    static void clim(Machine m, Object vmin, Object vmax) {
        throw NnError.value("clim() after the picture was drawn is not supported").help("give vmin= and vmax= to imshow, contourf or scatter");
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

    @Builtin(value = {"draw", "draw_all"}, doc = "In interactive mode on a terminal, writes the current figure anew.")
    static void draw(Machine m) {
        PyplotState.of(m).refresh(m, figure(m));
    }

    @Builtin(value = "pause", signature = "interval", doc = "In interactive mode on a terminal, writes the current figure anew; the script goes on at once.")
    static void pause(Machine m, double interval) {
        PyplotState state = PyplotState.of(m);
        if (!state.figures().isEmpty()) {
            boolean before = state.isInteractive();
            state.interactive(true);
            state.refresh(m, figure(m));
            state.interactive(before);
        }
    }

    @Builtin(value = {"waitforbuttonpress", "ginput"}, signature = "*args, **kwargs", doc = "Would wait for a key or a click; without a window it answers None at once.")
    static void waitForButton(Machine m, Object[] args, Map<String, Object> kwargs) {}

    @Builtin(value = "get_cmap", signature = "name=None, lut=None", doc = "The colour map of that name, in lut steps.")
    static Object getCmap(Machine m, Object name, Object lut) {
        Colormap map = Style.colormap(m, name);
        return new ColormapValue(lut == None.NONE ? map : map.resampled((int) Semantics.index(m, lut)));
    }

    @Builtin(value = "set_cmap", signature = "cmap", doc = "The default colour map.")
    static void setCmap(Machine m, Object cmap) {
        RcParams.of(m).set(m, "image.cmap", Style.colormap(m, cmap).name());
    }

    @Builtin(value = "matshow", signature = "A, fignum=None, **kwargs", doc = "A matrix as a picture, in a figure of its own.")
    static Object matshow(Machine m, Object matrix, Object number, Map<String, Object> kwargs) {
        PyplotState state = PyplotState.of(m);
        if (number == None.NONE) {
            state.open(m, state.nextNumber(), "");
        } else if (Numbers.isNumber(number) && Semantics.index(m, number) > 0) {
            state.open(m, Semantics.index(m, number), "");
        }
        return state.mapped(ImagePlots.matshow(m, state.current(m).current(m), matrix, kwargs));
    }

    @Builtin(value = "imsave", signature = "fname, arr, vmin=None, vmax=None, cmap=None, format=None, origin=None, dpi=100", doc = "Writes an array as a picture, a pixel an element.")
    static void imsave(Machine m, Object name, Object array, Object vmin, Object vmax, Object cmap, Object format, Object origin, double dpi) {
        FigureValue alone = new FigureValue(m, 0, "");
        AxesValue whole = alone.add(m, new Placement.Fixed(0, 0, 1, 1), Map.of());
        ImagePlots.imshow(m, whole, array, cmap, None.NONE, "auto", "nearest", None.NONE, vmin, vmax, origin, None.NONE, new LinkedHashMap<>());
        whole.axes().frame = false;
        int[] shape = Numbers.shape(m, array);
        alone.figure().dpi = dpi;
        alone.figure().width = shape[1] / dpi;
        alone.figure().height = shape[0] / dpi;
        FigureValue.savefig(m, alone, name, dpi, None.NONE, None.NONE, None.NONE, None.NONE, format, None.NONE, "standard", None.NONE, None.NONE,
                None.NONE, new LinkedHashMap<>());
    }

    @Builtin(value = "mplot3d.Axes3D", signature = "fig, rect=None, *args, **kwargs", doc = "Axes of three dimensions.", example = "ax = Axes3D(plt.figure())")
    static Object axes3d(Machine m, FigureValue fig, Object rect, Object[] args, Map<String, Object> kwargs) {
        Map<String, Object> options = new LinkedHashMap<>(kwargs);
        options.keySet().removeAll(List.of("azim", "elev", "zscale", "auto_add_to_figure", "computed_zorder"));
        options.put("projection", "3d");
        return FigureValue.addAxes(m, fig, rect == None.NONE ? ListValue.of(0.0, 0.0, 1.0, 1.0) : rect, options);
    }

    @Builtin(value = {"imread", "image.imread"}, signature = "fname, format=None", doc = "Reads a picture: heights x widths x channels, from 0 to 1 for PNG.")
    static Object imread(Machine m, Object name, Object format) {
        return Pictures.read(m, FileNames.of(m, name));
    }

    @Builtin(value = {"mpl.rc", "rc"}, signature = "group, **kwargs", doc = "Default styles: rc('lines', linewidth=2).", example = "plt.rc('font', size=14)")
    static void rc(Machine m, Object group, Map<String, Object> kwargs) {
        Object[] groups = group instanceof String ? new Object[] {group} : Semantics.elements(m, group);
        for (Object each : groups) {
            kwargs.forEach((key, value) -> RcParams.of(m).set(m, Semantics.str(m, each) + "." + full(key), value));
        }
    }

    private static String full(String key) {
        return switch (key) {
            case "lw" -> "linewidth";
            case "ls" -> "linestyle";
            case "c" -> "color";
            case "fc" -> "facecolor";
            case "ec" -> "edgecolor";
            case "mew" -> "markeredgewidth";
            case "aa" -> "antialiased";
            default -> key;
        };
    }

    @Builtin(value = {"mpl.rcdefaults", "rcdefaults"}, doc = "The styles that there were at the beginning.")
    static void rcdefaults(Machine m) {
        RcParams.of(m).reset();
    }

    @Builtin(value = {"mpl.use", "switch_backend"}, signature = "arg|backend|newbackend, warn=False, force=True", doc = "The window system to draw on; there is none, and files are the same with all.")
    static void use(Machine m, Object backend, boolean warn, boolean force) {
        RcParams.of(m).set(m, "backend", backend);
    }

    @Builtin(value = "mpl.get_backend", doc = "The window system to draw on.")
    static Object getBackend(Machine m) {
        return RcParams.of(m).text(m, "backend");
    }

    @Builtin(value = "get_backend", doc = "The window system to draw on.")
    static Object backend(Machine m) {
        return getBackend(m);
    }

    @Builtin(value = "setp", signature = "obj, *args, **kwargs", doc = "Calls set_… of one thing drawn or of several for each keyword.")
    static void setp(Machine m, Object obj, Object[] args, Map<String, Object> kwargs) {
        Map<String, Object> all = new LinkedHashMap<>(kwargs);
        for (int i = 0; i + 1 < args.length; i += 2) {
            all.put(Semantics.str(m, args[i]), args[i + 1]);
        }
        List<Object> targets = new ArrayList<>();
        if (obj instanceof ListValue || obj instanceof TupleValue || obj instanceof ArtistList) {
            targets.addAll(List.of(Semantics.elements(m, obj)));
        } else {
            targets.add(obj);
        }
        for (Object each : targets) {
            all.forEach((key, value) -> Semantics.callMethod(m, each, "set_" + key, value));
        }
    }

    @Builtin(value = "gridspec.GridSpec", signature = "nrows, ncols, figure=None, **kwargs", doc = "Rows and columns for axes.")
    static Object gridSpec(Machine m, int rows, int columns, Object figure, Map<String, Object> kwargs) {
        return GridSpecValue.make(m, rows, columns, kwargs);
    }

    @Builtin(value = "font_manager.FontProperties", signature = "family=None, style=None, variant=None, weight=None, stretch=None, size=None, fname=None", doc = "A font: size, weight, style and family are used.")
    static Object fontProperties(Machine m, Object family, Object style, Object variant, Object weight, Object stretch, Object size, Object file) {
        Map<String, Object> values = new LinkedHashMap<>();
        Object[][] all = {{"family", family}, {"style", style}, {"weight", weight}, {"size", size}};
        for (Object[] each : all) {
            if (each[1] != None.NONE) {
                values.put((String) each[0], each[1]);
            }
        }
        if (file != None.NONE) {
            Style.warn(m, "FontProperties: the font file '" + Semantics.str(m, file) + "' is not used here; the system's fonts are");
        }
        return new FontValue(values);
    }

    @Builtin(value = "style.use", signature = "style", doc = "A style for all figures to come: default, ggplot, dark_background, grayscale, bmh, fivethirtyeight, seaborn…")
    static void styleUse(Machine m, Object style) {
        if (style instanceof DictValue d) {
            RcParams.of(m).putAll(m, d);
            return;
        }
        for (Object each : style instanceof String ? new Object[] {style} : Semantics.elements(m, style)) {
            String name = Semantics.str(m, each);
            Map<String, Object> values = StyleSheets.named(name);
            if (values == null) {
                throw new NnError(ErrorKind.OS_ERROR, Semantics.repr(m, name) + " not found in the style library and input is not a valid URL or path. "
                        + "See `style.available` for list of available styles");
            }
            if (name.equals("default")) {
                RcParams.of(m).reset();
            }
            values.forEach((key, value) -> RcParams.of(m).set(m, key, value));
        }
    }

    @Builtin(value = {"colors.Normalize", "Normalize"}, signature = "vmin=None, vmax=None, clip=False", doc = "How values become places in a colour map.")
    static Object normalize(Machine m, Object vmin, Object vmax, Object clip) {
        return new NormValue(vmin, vmax, false);
    }

    @Builtin(value = "colors.LogNorm", signature = "vmin=None, vmax=None, clip=False", doc = "The same on a log scale.")
    static Object logNorm(Machine m, Object vmin, Object vmax, Object clip) {
        return new NormValue(vmin, vmax, true);
    }

    @Builtin(value = "colors.ListedColormap", signature = "colors, name='from_list', N=None", doc = "A colour map of these colours, in steps.")
    static Object listedColormap(Machine m, Object colors, String name, Object n) {
        Color[] all = Style.colors(m, colors);
        int[] rgb = new int[n == None.NONE ? all.length : (int) Semantics.index(m, n)];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = all[i % all.length].getRGB() & 0xffffff;
        }
        return new ColormapValue(Colormap.listed(name, rgb));
    }

    @Builtin(value = "colors.LinearSegmentedColormap.from_list", signature = "name, colors, N=256, gamma=1.0", doc = "A colour map that goes evenly through these colours.")
    static Object fromList(Machine m, String name, Object colors, int n, double gamma) {
        Color[] all = Style.colors(m, colors);
        int[] rgb = new int[all.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = all[i].getRGB() & 0xffffff;
        }
        return new ColormapValue(Colormap.smooth(name, rgb));
    }

    @Builtin(value = {"colors.to_rgba", "colors.to_rgb"}, signature = "c, alpha=None", doc = "A colour as red, green, blue and alpha from 0 to 1.")
    static Object toRgba(Machine m, Object c, Object alpha) {
        Color color = Style.color(m, c);
        double a = alpha == None.NONE ? color.getAlpha() / 255.0 : Semantics.real(m, alpha);
        return TupleValue.of(color.getRed() / 255.0, color.getGreen() / 255.0, color.getBlue() / 255.0, a);
    }

    @Builtin(value = {"cycler.cycler", "cycler"}, signature = "*args, **kwargs", doc = "Properties that lines take in turn; colours are used.")
    static Object cycler(Machine m, Object[] args, Map<String, Object> kwargs) {
        Map<String, List<Object>> all = new LinkedHashMap<>();
        if (args.length == 2) {
            all.put(Semantics.str(m, args[0]), List.of(Semantics.elements(m, args[1])));
        }
        kwargs.forEach((key, value) -> all.put(key, value instanceof String s
                ? s.chars().mapToObj(c -> (Object) String.valueOf((char) c)).toList()
                : List.of(Semantics.elements(m, value))));
        for (String key : all.keySet()) {
            if (!key.equals("color")) {
                Style.warn(m, "cycler: '" + key + "' is not drawn in turn here");
            }
        }
        return new CyclerValue(all);
    }
}
