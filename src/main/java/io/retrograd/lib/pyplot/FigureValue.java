package io.retrograd.lib.pyplot;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.WholeFile;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Figure;
import io.retrograd.plot.FigureFile;
import io.retrograd.plot.Grid;
import io.retrograd.plot.Placed;
import io.retrograd.plot.Placement;
import io.retrograd.plot.Space;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code matplotlib.figure.Figure}: a picture with one or more coordinate systems. */
final class FigureValue implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.figure", "Figure", FigureValueTable.TABLE);

    private final Figure figure = new Figure();
    private final long number;
    private final String label;
    private AxesValue current;

    FigureValue(Machine m, long number, String label) {
        this.number = number;
        this.label = label;
        RcParams rc = RcParams.of(m);
        double[] size = Numbers.flat(m, rc.getText("figure.figsize"));
        figure.width = size[0];
        figure.height = size[1];
        figure.dpi = rc.number(m, "figure.dpi");
        figure.face = rc.color(m, "figure.facecolor");
        figure.left = rc.number(m, "figure.subplot.left");
        figure.right = rc.number(m, "figure.subplot.right");
        figure.bottom = rc.number(m, "figure.subplot.bottom");
        figure.top = rc.number(m, "figure.subplot.top");
        figure.across = rc.number(m, "figure.subplot.wspace");
        figure.up = rc.number(m, "figure.subplot.hspace");
        figure.tight = rc.flag(m, "figure.autolayout");
        figure.titleStyle = rc.style(m, "figure.titlesize", "figure.titleweight", "");
    }

    Figure figure() {
        return figure;
    }

    long number() {
        return number;
    }

    String label() {
        return label;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "number" -> number;
            case "dpi" -> figure.dpi;
            case "canvas" -> new CanvasValue(this);
            case "axes" -> {
                List<Object> all = new ArrayList<>();
                for (Axes each : figure.axes) {
                    all.add(new AxesValue(this, each));
                }
                yield ListValue.of(all.toArray());
            }
            case "transFigure" -> new TransformValue(Artist.Place.FIGURE);
            default -> Value.super.attribute(m, name);
        };
    }

    @Override
    public String repr(Machine m) {
        return "<Figure size " + Math.round(figure.width * figure.dpi) + "x" + Math.round(figure.height * figure.dpi) + " with "
                + figure.axes.size() + " Axes>";
    }

    /** The axes that plt's functions draw on; made if there are none. */
    AxesValue current(Machine m) {
        if (current == null) {
            add(m, Placement.cell(1, 1, 1), Map.of());
        }
        return current;
    }

    void current(AxesValue axes) {
        current = axes;
    }

    void remove(AxesValue axes) {
        figure.axes.remove(axes.axes());
        if (axes.equals(current)) {
            current = figure.axes.isEmpty() ? null : new AxesValue(this, figure.axes.get(figure.axes.size() - 1));
        }
    }

    /** The axes at that place if there are some, else new ones; either is current then. */
    AxesValue at(Machine m, Placement place, Map<String, Object> kwargs) {
        for (Axes each : figure.axes) {
            if (each.placement instanceof Placement.Cells cells && cells.sameAs(place) && !each.overlay) {
                current = new AxesValue(this, each);
                configure(m, current, kwargs);
                return current;
            }
        }
        return add(m, place, kwargs);
    }

    /** New axes, styled by the defaults and the keywords of add_subplot. */
    AxesValue add(Machine m, Placement place, Map<String, Object> kwargs) {
        Axes made = new Axes(place);
        AxesStyle.style(m, made);
        AxesValue value = new AxesValue(this, made);
        configure(m, value, kwargs);
        figure.axes.add(made);
        current = value;
        return value;
    }

    private void configure(Machine m, AxesValue value, Map<String, Object> kwargs) {
        Axes made = value.axes();
        for (Map.Entry<String, Object> each : kwargs.entrySet()) {
            Object v = each.getValue();
            switch (each.getKey()) {
                case "sharex" -> made.x = v instanceof AxesValue other ? other.axes().x : made.x;
                case "sharey" -> made.y = v instanceof AxesValue other ? other.axes().y : made.y;
                case "projection" -> projection(m, made, v);
                case "polar" -> projection(m, made, Semantics.truth(m, v) ? "polar" : None.NONE);
                case "facecolor", "axisbg", "fc" -> made.face = Style.color(m, v);
                case "frameon", "frame_on" -> {
                    if (!Semantics.truth(m, v)) {
                        AppearanceMethods.setFrameOn(m, value, false);
                    }
                }
                case "label" -> {
                    // Names axes for nobody to see.
                }
                default -> Semantics.callMethod(m, value, "set_" + each.getKey(), v);
            }
        }
    }

    private static void projection(Machine m, Axes axes, Object name) {
        if ("3d".equals(name)) {
            axes.space = axes.space == null ? new Space() : axes.space;
            return;
        }
        if (name != None.NONE && !"rectilinear".equals(name)) {
            throw NnError.value("Unknown projection " + Semantics.repr(m, name)).help("axes with straight coordinates and boxes are drawn: 'rectilinear', '3d'");
        }
    }

    @Builtin(
            value = "add_subplot",
            signature = "*args, **kwargs",
            method = true,
            doc = "The n-th of rows x columns axes: add_subplot(2, 1, 1) or add_subplot(211).")
    static Object addSubplot(Machine m, FigureValue self, Object[] args, Map<String, Object> kwargs) {
        return self.at(m, Subplots.place(m, args), kwargs);
    }

    @Builtin(value = "subplots", signature = "nrows=1, ncols=1, sharex=False, sharey=False, squeeze=True, subplot_kw=None, gridspec_kw=None", method = true, doc = "Rows and columns of axes.")
    static Object subplots(
            Machine m, FigureValue self, int rows, int columns, Object sharex, Object sharey, boolean squeeze, Object subplotKw, Object gridspecKw) {
        Grid grid = new Grid(rows, columns);
        GridSpecValue.configure(m, grid, map(m, gridspecKw), "GridSpec");
        Map<String, Object> kw = map(m, subplotKw);
        Object[] all = new Object[rows * columns];
        for (int i = 0; i < all.length; i++) {
            int r = i / columns;
            int c = i % columns;
            AxesValue made = self.add(m, new Placement.Cells(grid, r, c, 1, 1), kw);
            Axes x = Subplots.shared(m, sharex, "sharex", all, r, c, columns);
            Axes y = Subplots.shared(m, sharey, "sharey", all, r, c, columns);
            // An axis that is shared is written out at the edge only.
            if (x != null) {
                made.axes().x = x.x;
            }
            if (y != null) {
                made.axes().y = y.y;
            }
            made.axes().hideX = Subplots.hides(m, sharex) && r < rows - 1;
            made.axes().hideY = Subplots.hides(m, sharey) && c > 0;
            all[i] = made;
        }
        if (all.length > 0) {
            self.current((AxesValue) all[all.length - 1]);
        }
        if (squeeze && all.length == 1) {
            return all[0];
        }
        boolean flat = squeeze && (rows == 1 || columns == 1);
        NdArray axes = flat ? NdArray.wrap(DType.OBJECT, all, all.length) : NdArray.wrap(DType.OBJECT, all, rows, columns);
        return new ArrayValue(axes);
    }

    static Map<String, Object> map(Machine m, Object dict) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (dict instanceof DictValue d) {
            for (Object key : d.keyArray()) {
                all.put(Semantics.str(m, key), d.get(m, key));
            }
        }
        return all;
    }

    @Builtin(value = "add_axes", signature = "rect, **kwargs", method = true, doc = "Axes at [left, bottom, width, height] of the figure.")
    static Object addAxes(Machine m, FigureValue self, Object rect, Map<String, Object> kwargs) {
        if (rect instanceof AxesValue given) {
            return given;
        }
        double[] r = Numbers.flat(m, rect);
        if (r.length != 4) {
            throw NnError.value("axes stand at [left, bottom, width, height]");
        }
        return self.add(m, new Placement.Fixed(r[0], r[1], r[2], r[3]), kwargs);
    }

    @Builtin(value = "add_gridspec", signature = "nrows, ncols, **kwargs", method = true, doc = "Rows and columns for axes.")
    static Object addGridspec(Machine m, FigureValue self, int rows, int columns, Map<String, Object> kwargs) {
        return GridSpecValue.make(m, rows, columns, kwargs);
    }

    @Builtin(value = "gca", signature = "**kwargs", method = true, doc = "The current axes.")
    static Object gca(Machine m, FigureValue self, Map<String, Object> kwargs) {
        if (self.current == null) {
            return self.add(m, Placement.cell(1, 1, 1), kwargs);
        }
        self.configure(m, self.current, kwargs);
        return self.current;
    }

    @Builtin(value = "sca", signature = "a", method = true, doc = "Makes axes the current ones.")
    static void sca(Machine m, FigureValue self, AxesValue a) {
        self.current = a;
    }

    @Builtin(value = "get_axes", method = true, doc = "All axes.")
    static Object getAxes(Machine m, FigureValue self) {
        return self.attribute(m, "axes");
    }

    @Builtin(value = "delaxes", signature = "ax", method = true, doc = "Takes axes out.")
    static void delaxes(Machine m, FigureValue self, AxesValue ax) {
        self.remove(ax);
    }

    @Builtin(value = "suptitle", signature = "t, **kwargs", method = true, doc = "The title of the whole figure.")
    static void suptitle(Machine m, FigureValue self, Object title, Map<String, Object> kwargs) {
        Style style = new Style(m, "Text", kwargs);
        self.figure.titleX = style.number(0.5, "x");
        self.figure.titleY = style.number(0.98, "y");
        self.figure.titleStyle = style.textStyle(RcParams.of(m).style(m, "figure.titlesize", "figure.titleweight", ""), None.NONE);
        style.take("ha", "horizontalalignment", "va", "verticalalignment");
        style.done();
        self.figure.title = Semantics.str(m, title);
    }

    @Builtin(value = "text", signature = "x, y, s, fontdict=None, **kwargs", method = true, doc = "Text at fractions of the figure.")
    static Object text(Machine m, FigureValue self, double x, double y, Object s, Object font, Map<String, Object> kwargs) {
        Style style = new Style(m, "Text", kwargs);
        style.take("transform");
        Placed placed = new Placed(
                TextMethods.text(m, style, x, y, Semantics.str(m, s), font, Artist.Place.FIGURE, "left", "baseline"));
        style.finish(placed);
        self.figure.texts.add(placed);
        return new ArtistValue(null, placed);
    }

    @Builtin(value = "set_size_inches", signature = "w, h=None, forward=True", method = true, doc = "The figure's size in inches.")
    static void setSizeInches(Machine m, FigureValue self, Object w, Object h, boolean forward) {
        double[] size = h == None.NONE ? Numbers.flat(m, w) : new double[] {Semantics.real(m, w), Semantics.real(m, h)};
        self.figure.width = size[0];
        self.figure.height = size[1];
    }

    @Builtin(value = "get_size_inches", method = true, doc = "The figure's size in inches.")
    static Object getSizeInches(Machine m, FigureValue self) {
        return new ArrayValue(NdArray.of(new double[] {self.figure.width, self.figure.height}, 2));
    }

    @Builtin(value = "set_figwidth", signature = "val", method = true, doc = "The figure's width in inches.")
    static void setFigwidth(Machine m, FigureValue self, double w) {
        self.figure.width = w;
    }

    @Builtin(value = "set_figheight", signature = "val", method = true, doc = "The figure's height in inches.")
    static void setFigheight(Machine m, FigureValue self, double h) {
        self.figure.height = h;
    }

    @Builtin(value = "set_dpi", signature = "val", method = true, doc = "Pixels an inch.")
    static void setDpi(Machine m, FigureValue self, double dpi) {
        self.figure.dpi = dpi;
    }

    @Builtin(value = "get_dpi", method = true, doc = "Pixels an inch.")
    static double getDpi(Machine m, FigureValue self) {
        return self.figure.dpi;
    }

    @Builtin(value = "set_facecolor", signature = "color", method = true, doc = "The colour of the ground.")
    static void setFacecolor(Machine m, FigureValue self, Object color) {
        self.figure.face = Style.color(m, color);
    }

    @Builtin(value = "subplots_adjust", signature = "left=None, bottom=None, right=None, top=None, wspace=None, hspace=None", method = true, doc = "The margins as fractions of the figure, the gaps as fractions of the axes.")
    static void adjust(Machine m, FigureValue self, Object left, Object bottom, Object right, Object top, Object wspace, Object hspace) {
        Figure f = self.figure;
        f.tight = false;
        double l = left == None.NONE ? f.left : Semantics.real(m, left);
        double r = right == None.NONE ? f.right : Semantics.real(m, right);
        double b = bottom == None.NONE ? f.bottom : Semantics.real(m, bottom);
        double t = top == None.NONE ? f.top : Semantics.real(m, top);
        if (l >= r) {
            throw NnError.value("left cannot be >= right");
        }
        if (b >= t) {
            throw NnError.value("bottom cannot be >= top");
        }
        f.left = l;
        f.right = r;
        f.bottom = b;
        f.top = t;
        f.across = wspace == None.NONE ? f.across : Semantics.real(m, wspace);
        f.up = hspace == None.NONE ? f.up : Semantics.real(m, hspace);
    }

    @Builtin(value = "tight_layout", signature = "renderer=None, pad=1.08, h_pad=None, w_pad=None, rect=None", method = true, doc = "Margins and gaps as small as the labels allow.")
    static void tightLayout(Machine m, FigureValue self, Object renderer, double pad, Object hPad, Object wPad, Object rect) {
        self.figure.tight = true;
        self.figure.tightPad = pad;
        self.figure.tightPart = rect == None.NONE ? new double[] {0, 0, 1, 1} : Numbers.flat(m, rect);
    }

    @Builtin(value = {"set_tight_layout", "set_constrained_layout"}, signature = "tight", method = true, doc = "Margins and gaps as small as the labels allow.")
    static void setTightLayout(Machine m, FigureValue self, Object tight) {
        self.figure.tight = Semantics.truth(m, tight);
    }

    @Builtin(value = "autofmt_xdate", signature = "bottom=0.2, rotation=30, ha='right', which=None", method = true, doc = "Turns the texts at the marks of x axes.")
    static void autofmt(Machine m, FigureValue self, double bottom, double rotation, String ha, Object which) {
        for (Axes each : self.figure.axes) {
            each.x.tickRotation = rotation;
            each.x.tickAlign = ha;
        }
        self.figure.bottom = bottom;
    }

    @Builtin(value = "align_labels", signature = "axs=None", method = true, doc = "Names of axes stand where their marks end.")
    static void alignLabels(Machine m, FigureValue self, Object axs) {
        Style.warn(m, "align_labels is not drawn here");
    }

    @Builtin(
            value = "savefig",
            signature = "fname, dpi=None, facecolor=None, edgecolor=None, orientation='portrait', papertype=None, format=None, transparent=None, "
                    + "bbox_inches=None, pad_inches=None, frameon=None, metadata=None, **kwargs",
            method = true,
            doc = "Writes the figure as .png, .svg or .jpg.")
    static void savefig(
            Machine m, FigureValue self, Object name, Object dpi, Object face, Object edge, Object orientation, Object paper, Object format,
            Object transparent, Object bbox, Object pad, Object frame, Object metadata, Map<String, Object> kwargs) {
        RcParams rc = RcParams.of(m);
        for (String each : List.of("quality", "optimize", "progressive", "bbox_extra_artists", "pil_kwargs", "backend")) {
            kwargs.remove(each);
        }
        new Style(m, "savefig", kwargs).done();
        boolean toFile = name instanceof String || Semantics.attributeOrNull(m, name, "write") == null;
        String file = toFile ? FileNames.of(m, name) : "";
        String lower = file.toLowerCase(Locale.ROOT);
        String ending = lower.substring(lower.lastIndexOf('.') + 1);
        if (format != None.NONE) {
            ending = Semantics.str(m, format).toLowerCase(Locale.ROOT);
        } else if (!toFile || lower.indexOf('.', Math.max(0, lower.lastIndexOf('/'))) < 0) {
            ending = rc.text(m, "savefig.format");
            file = file + "." + ending;
        }
        Object resolution = dpi == None.NONE ? rc.getText("savefig.dpi") : dpi;
        Object tight = bbox == None.NONE ? rc.getText("savefig.bbox") : bbox;
        if (tight != None.NONE && !"tight".equals(tight) && !"standard".equals(tight)) {
            Style.warn(m, "savefig: bbox_inches is 'tight' or None here");
        }
        FigureFile.Options options = new FigureFile.Options(
                resolution instanceof String ? self.figure.dpi : Semantics.real(m, resolution),
                "tight".equals(tight),
                pad == None.NONE ? rc.number(m, "savefig.pad_inches") : Semantics.real(m, pad),
                transparent == None.NONE ? rc.flag(m, "savefig.transparent") : Semantics.truth(m, transparent));
        Color before = self.figure.face;
        Object ground = face == None.NONE ? rc.getText("savefig.facecolor") : face;
        try {
            if (face != None.NONE || !"white".equals(ground)) {
                self.figure.face = "auto".equals(ground) ? before : Style.color(m, ground);
            }
            byte[] bytes = FigureFile.bytes(self.figure, ending, options);
            if (toFile) {
                write(m, file, bytes);
            } else {
                Semantics.callMethod(m, name, "write", new BytesValue(bytes));
            }
        } finally {
            self.figure.face = before;
        }
    }

    static void write(Machine m, String file, byte[] bytes) {
        Path path = m.world().files().writable(file);
        try {
            WholeFile.write(path, bytes);
        } catch (IOException failure) {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                throw new NnError(ErrorKind.FILE_NOT_FOUND_ERROR, "[Errno 2] No such file or directory: '" + file + "'");
            }
            throw new NnError(ErrorKind.PERMISSION_ERROR, "[Errno 13] Permission denied: '" + file + "'");
        }
    }

    @Builtin(value = {"clf", "clear"}, signature = "keep_observers=False", method = true, doc = "Takes all axes off.")
    static void clf(Machine m, FigureValue self, boolean keep) {
        self.figure.axes.clear();
        self.figure.texts.clear();
        self.figure.title = "";
        self.current = null;
    }

    @Builtin(value = "colorbar", signature = "mappable, cax=None, ax=None, use_gridspec=True, **kwargs", method = true, doc = "A scale that says what the colours mean.")
    static Object colorbar(Machine m, FigureValue self, Object drawn, Object cax, Object ax, boolean grid, Map<String, Object> kwargs) {
        return ColorbarValue.make(m, self, drawn, cax, ax, kwargs);
    }

    @Builtin(value = "legend", signature = "*args, **kwargs", method = true, doc = "A box that names the lines, on the current axes.")
    static Object legend(Machine m, FigureValue self, Object[] args, Map<String, Object> kwargs) {
        return LegendMethods.legend(m, self.current(m), args, kwargs);
    }

    @Builtin(value = "show", signature = "warn=True", method = true, doc = "Shows the figure.")
    static void show(Machine m, FigureValue self, boolean warn) {
        PyplotState.of(m).show(m, self);
    }
}
