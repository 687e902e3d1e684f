package io.retrograd.lib.pyplot;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.WholeFile;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Figure;
import io.retrograd.plot.FigureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code matplotlib.figure.Figure}: a picture with one or more coordinate systems. */
final class FigureValue implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.figure", "Figure", FigureValueTable.TABLE);

    private final Figure figure = new Figure();
    private final long number;
    private AxesValue current;

    FigureValue(long number) {
        this.number = number;
    }

    Figure figure() {
        return figure;
    }

    long number() {
        return number;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "number" -> number;
            case "canvas" -> new CanvasValue();
            case "axes" -> {
                List<Object> all = new ArrayList<>();
                for (Axes each : figure.axes) {
                    all.add(new AxesValue(this, each));
                }
                yield ListValue.of(all.toArray());
            }
            default -> Value.super.attribute(m, name);
        };
    }

    /** The axes that plt's functions draw on; made if there are none. */
    AxesValue current() {
        if (current == null) {
            add(Figure.cell(1, 1, 1));
        }
        return current;
    }

    void current(AxesValue axes) {
        current = axes;
    }

    /** The axes at that place, made if there are none. */
    AxesValue add(double[] position) {
        for (Axes each : figure.axes) {
            if (java.util.Arrays.equals(each.position, position)) {
                current = new AxesValue(this, each);
                return current;
            }
        }
        Axes made = new Axes(position);
        figure.axes.add(made);
        current = new AxesValue(this, made);
        return current;
    }

    ListValue lines(Machine m, Axes axes) {
        List<Object> lines = new ArrayList<>();
        for (Artist each : new ArrayList<>(axes.artists)) {
            if (each instanceof Artist.Line) {
                axes.artists.remove(each);
                lines.add(new ArtistValue(axes, each));
            }
        }
        return ListValue.of(lines.toArray());
    }

    @Builtin(
            value = {"add_subplot", "subplot"},
            signature = "*args, **kwargs",
            method = true,
            doc = "The n-th of rows x columns axes: add_subplot(2, 1, 1) or add_subplot(211).")
    static Object addSubplot(Machine m, FigureValue self, Object[] args, Map<String, Object> kwargs) {
        return self.add(place(m, args));
    }

    /** Where subplot's arguments point. */
    static double[] place(Machine m, Object[] args) {
        if (args.length == 0) {
            return Figure.cell(1, 1, 1);
        }
        if (args[0] instanceof GridSpecValue.Cell cell) {
            return cell.position();
        }
        int rows;
        int columns;
        int first;
        int last;
        if (args.length == 1) {
            long code = Semantics.index(m, args[0]);
            if (code < 111 || code > 999) {
                throw NnError.value("Integer subplot specification must be a three-digit number, not " + code);
            }
            rows = (int) code / 100;
            columns = (int) code / 10 % 10;
            first = (int) code % 10;
            last = first;
        } else if (args.length == 3) {
            rows = (int) Semantics.index(m, args[0]);
            columns = (int) Semantics.index(m, args[1]);
            if (Numbers.isNumber(args[2])) {
                first = (int) Semantics.index(m, args[2]);
                last = first;
            } else {
                Object[] pair = Semantics.elements(m, args[2]);
                first = (int) Semantics.index(m, pair[0]);
                last = (int) Semantics.index(m, pair[1]);
            }
        } else {
            throw NnError.type("subplot() takes 1 or 3 positional arguments but " + args.length + " were given");
        }
        if (first < 1 || last > rows * columns) {
            throw NnError.value("num must be 1 <= num <= " + rows * columns + ", not " + first);
        }
        int r0 = (first - 1) / columns;
        int c0 = (first - 1) % columns;
        int r1 = (last - 1) / columns;
        int c1 = (last - 1) % columns;
        return Figure.cells(rows, columns, r0, c0, r1 - r0 + 1, Math.max(1, c1 - c0 + 1));
    }

    @Builtin(value = "add_axes", signature = "rect, **kwargs", method = true, doc = "Axes at [left, bottom, width, height] of the figure.")
    static Object addAxes(Machine m, FigureValue self, Object rect, Map<String, Object> kwargs) {
        return self.add(Numbers.flat(m, rect));
    }

    @Builtin(value = "gca", signature = "**kwargs", method = true, doc = "The current axes.")
    static Object gca(Machine m, FigureValue self, Map<String, Object> kwargs) {
        return self.current();
    }

    @Builtin(value = "suptitle", signature = "t, **kwargs", method = true, doc = "The title of the whole figure.")
    static void suptitle(Machine m, FigureValue self, Object title, Map<String, Object> kwargs) {
        self.figure.title = Semantics.str(m, title);
    }

    @Builtin(value = "set_size_inches", signature = "w, h=None, **kwargs", method = true, doc = "The figure's size in inches.")
    static void setSizeInches(Machine m, FigureValue self, Object w, Object h, Map<String, Object> kwargs) {
        double[] size = h == None.NONE ? Numbers.flat(m, w) : new double[] {Semantics.real(m, w), Semantics.real(m, h)};
        self.figure.width = size[0];
        self.figure.height = size[1];
    }

    @Builtin(
            value = {"subplots_adjust", "tight_layout", "autofmt_xdate"},
            signature = "*args, **kwargs",
            method = true,
            doc = "Moves the axes within the figure: left, right, bottom, top as fractions.")
    static void adjust(Machine m, FigureValue self, Object[] args, Map<String, Object> kwargs) {
        double left = fraction(m, kwargs, "left", 0.125);
        double right = fraction(m, kwargs, "right", 0.9);
        double bottom = fraction(m, kwargs, "bottom", 0.11);
        double top = fraction(m, kwargs, "top", 0.88);
        for (Axes each : self.figure.axes) {
            double[] p = each.position;
            each.position = new double[] {
                left + (p[0] - 0.125) / 0.775 * (right - left),
                bottom + (p[1] - 0.11) / 0.77 * (top - bottom),
                p[2] / 0.775 * (right - left),
                p[3] / 0.77 * (top - bottom)
            };
        }
    }

    private static double fraction(Machine m, Map<String, Object> kwargs, String key, double otherwise) {
        Object v = kwargs.get(key);
        return v == null || v == None.NONE ? otherwise : Semantics.real(m, v);
    }

    @Builtin(value = "savefig", signature = "fname, dpi=None, **kwargs", method = true, doc = "Writes the figure as .png or .svg.")
    static void savefig(Machine m, FigureValue self, Object name, Object dpi, Map<String, Object> kwargs) {
        String file = Semantics.str(m, name);
        String lower = file.toLowerCase(Locale.ROOT);
        String ending = lower.substring(lower.lastIndexOf('.') + 1);
        if (kwargs.get("format") instanceof String f) {
            ending = f;
        } else if (lower.indexOf('.', Math.max(0, lower.lastIndexOf('/'))) < 0) {
            file = file + ".png";
            ending = "png";
        }
        double resolution = dpi == None.NONE || dpi instanceof String ? self.figure.dpi : Semantics.real(m, dpi);
        self.write(m, file, ending, resolution);
    }

    void write(Machine m, String file, String ending, double dpi) {
        byte[] bytes = switch (ending) {
            case "png" -> FigureFile.png(figure, dpi);
            case "svg" -> FigureFile.svg(figure);
            default -> throw NnError.value("Format '" + ending + "' is not supported (supported formats: png, svg)");
        };
        Path path = m.world().files().writable(file);
        try {
            WholeFile.write(path, bytes);
        } catch (IOException failure) {
            throw new NnError(ErrorKind.FILE_NOT_FOUND_ERROR, "[Errno 2] No such file or directory: '" + file + "'");
        }
    }

    @Builtin(value = "clf", method = true, doc = "Takes all axes off.")
    static void clf(Machine m, FigureValue self) {
        self.figure.axes.clear();
        self.current = null;
    }

    @Builtin(value = "colorbar", signature = "mappable, cax=None, ax=None, **kwargs", method = true, doc = "A scale that says what the colours mean.")
    static Object colorbar(Machine m, FigureValue self, ArtistValue drawn, Object cax, Object ax, Map<String, Object> kwargs) {
        if (drawn != null && drawn.map() != null) {
            drawn.axes().colorBar = new Axes.ColorBar(drawn.map(), drawn.low(), drawn.high());
        }
        return None.NONE;
    }

    @Builtin(value = "show", signature = "*args, **kwargs", method = true, doc = "Shows the figure.")
    static void show(Machine m, FigureValue self, Object[] args, Map<String, Object> kwargs) {
        PyplotState.of(m).show(m, self);
    }
}
