package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Spelling;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.plot.Colormap;
import io.retrograd.plot.Colors;
import io.retrograd.plot.Fill;
import io.retrograd.plot.LineStyle;
import io.retrograd.plot.Marker;
import io.retrograd.plot.Placed;
import io.retrograd.plot.TextStyle;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keyword arguments by which matplotlib's functions are styled. Each is taken out as it is used; what is left over
 * in the end is a mistake, or, where matplotlib knows it and it is not drawn here, said to the user.
 */
final class Style {
    /** What changes nothing in a picture: events, caches, ids. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "picker", "animated", "antialiased", "antialiaseds", "aa", "rasterized", "gid", "url", "snap", "figure", "contains",
            "agg_filter", "solid_capstyle", "solid_joinstyle", "dash_capstyle", "dash_joinstyle", "capstyle", "joinstyle", "nchunk");

    /** What matplotlib knows beyond what is drawn here. */
    private static final List<String> NOT_DRAWN = List.of(
            "path_effects", "sketch_params", "clip_path", "clip_box", "clip_on", "transform", "fillstyle", "markevery", "norm", "filternorm",
            "filterrad", "resample", "corner_mask", "locator", "xunits", "yunits", "offset_position", "urls", "plotnonfinite",
            "stretch", "fontstretch", "variant", "fontvariant", "wrap", "linespacing", "rotation_mode", "annotation_clip", "drawstyle",
            "bbox_transform", "mode", "handlelength", "handleheight", "handletextpad", "borderpad", "borderaxespad", "labelspacing",
            "columnspacing", "markerscale", "scatterpoints", "markerfirst", "handler_map", "anchor", "extendfrac", "extendrect", "spacing",
            "drawedges", "use_gridspec", "panchor", "emit", "minor", "which", "barsabove", "lolims", "uplims", "xlolims", "xuplims",
            "errorevery", "zdir", "visible_labels");

    private static final List<String> COMMON = List.of("color", "linewidth", "linestyle", "marker", "markersize", "label", "alpha",
            "fontsize", "cmap", "edgecolor", "facecolor", "s", "c", "zorder", "visible", "rotation", "width", "height", "levels");

    private final Machine m;
    private final String owner;
    private final Map<String, Object> left;

    Style(Machine m, String owner, Map<String, Object> keywords) {
        this.m = m;
        this.owner = owner;
        this.left = new LinkedHashMap<>(keywords);
    }

    /** Tells the user once what a picture lacks. */
    static void warn(Machine m, String text) {
        Semantics.callMethod(m, m.library().module(m, "warnings"), "warn", text);
    }

    static boolean isBold(Object weight) {
        return weight instanceof String s && List.of("bold", "heavy", "semibold", "demibold", "demi", "extra bold", "black").contains(s)
                || weight instanceof Number n && n.doubleValue() >= 600;
    }

    boolean has(String name) {
        return left.containsKey(name);
    }

    /** The value under any of the names, or None. */
    Object take(String... names) {
        Object found = None.NONE;
        for (String name : names) {
            Object value = left.remove(name);
            if (value != null && value != None.NONE) {
                found = value;
            }
        }
        return found;
    }

    double number(double otherwise, String... names) {
        Object v = take(names);
        return v == None.NONE ? otherwise : Semantics.real(m, v);
    }

    String text(String otherwise, String... names) {
        Object v = take(names);
        return v == None.NONE ? otherwise : Semantics.str(m, v);
    }

    boolean flag(boolean otherwise, String... names) {
        Object v = take(names);
        return v == None.NONE ? otherwise : Semantics.truth(m, v);
    }

    Color takeColor(Color otherwise, String... names) {
        Object v = take(names);
        return v == None.NONE ? otherwise : color(m, v);
    }

    double alpha() {
        return number(1, "alpha");
    }

    /** Dashes by name, or as (offset, (on, off, …)) in points; null for no line. */
    float[] dashes(float[] otherwise, double width, String... names) {
        Object v = take(names);
        return v == None.NONE ? otherwise : dashes(m, v, width);
    }

    static float[] dashes(Machine m, Object v, double width) {
        if (v instanceof String s) {
            if (List.of("None", "none", " ", "").contains(s)) {
                return null;
            }
            float[] named = LineStyle.dashes(s);
            if (named == null) {
                throw NnError.value("'" + s + "' is not a valid value for ls; supported values are '-', '--', '-.', ':', 'None', ' ', '', "
                        + "'solid', 'dashed', 'dashdot', 'dotted'");
            }
            return named;
        }
        Object[] pair = Semantics.elements(m, v);
        double[] points = Numbers.flat(m, pair.length == 2 && !Numbers.isNumber(pair[1]) ? pair[1] : v);
        float[] pattern = new float[points.length];
        for (int i = 0; i < points.length; i++) {
            pattern[i] = (float) (points[i] / Math.max(0.1, width));
        }
        return pattern;
    }

    /** A font's size in points. */
    double fontSize(double otherwise, String... names) {
        Object v = take(names.length == 0 ? new String[] {"fontsize", "size"} : names);
        return v == None.NONE ? otherwise : RcParams.of(m).fontSize(m, v);
    }

    /** A text's style from fontsize, color, weight and so on, a fontdict and font properties among them. */
    TextStyle textStyle(TextStyle base, Object fontdict) {
        if (fontdict instanceof DictValue d) {
            for (Object key : d.keyArray()) {
                left.putIfAbsent(Semantics.str(m, key), d.get(m, key));
            }
        }
        if (take("fontproperties", "font_properties") instanceof FontValue f) {
            f.values().forEach(left::putIfAbsent);
        }
        double size = fontSize(base.size());
        Color color = Colors.withAlpha(takeColor(base.color(), "color", "c"), alpha());
        Object weight = take("weight", "fontweight");
        Object slant = take("style", "fontstyle");
        Object family = take("family", "fontfamily", "fontname", "name");
        return new TextStyle(size, color, weight == None.NONE ? base.bold() : isBold(weight),
                slant == None.NONE ? base.italic() : List.of("italic", "oblique").contains(Semantics.str(m, slant)),
                family == None.NONE ? base.family() : RcParams.family(m, family));
    }

    /** Puts back colours of edges that were taken; answers this. */
    Style withEdge(Object colors) {
        if (colors != None.NONE) {
            left.put("edgecolor", colors);
        }
        return this;
    }

    /** A filled area: facecolor, edgecolor, color, linewidth, linestyle, hatch, fill, alpha. */
    Fill fill(Color otherwise) {
        double alpha = alpha();
        Object both = take("color", "c");
        Object face = take("facecolor", "facecolors", "fc");
        Object edge = take("edgecolor", "edgecolors", "ec");
        String hatch = text("", "hatch");
        boolean filled = flag(true, "fill");
        Object width = take("linewidth", "linewidths", "lw");
        double w = width == None.NONE ? RcParams.of(m).number(m, "patch.linewidth") : Semantics.real(m, first(width));
        float[] dashes = dashes(LineStyle.SOLID, w, "linestyle", "linestyles", "ls");
        Color faceColor = face != None.NONE ? color(m, first(face)) : both != None.NONE ? color(m, first(both)) : otherwise;
        Color edgeColor = edge != None.NONE ? color(m, first(edge)) : both != None.NONE && width != None.NONE ? color(m, first(both)) : null;
        if (edgeColor == null && (!filled || RcParams.of(m).flag(m, "patch.force_edgecolor"))) {
            edgeColor = RcParams.of(m).color(m, "patch.edgecolor");
        }
        boolean line = edgeColor != null && edgeColor.getAlpha() > 0 && dashes != null && w > 0;
        return new Fill(filled && faceColor != null ? Colors.withAlpha(faceColor, alpha) : null,
                line ? new LineStyle(Colors.withAlpha(edgeColor, alpha), w, dashes) : null, hatch);
    }

    /** The first of a list of colours or widths. */
    private Object first(Object v) {
        if (v instanceof String || Numbers.isNumber(v) || v == None.NONE) {
            return v;
        }
        Object[] all = Semantics.elements(m, v);
        return all.length > 0 && all[0] instanceof String ? all[0] : all.length > 0 && !Numbers.isNumber(all[0]) ? all[0]
                : all.length == 1 ? all[0] : v;
    }

    /** A line's marks: marker, markersize and their colours. */
    Marker marker(String otherwise, Color color, double alpha) {
        String shape = markerShape(m, take("marker"), otherwise);
        double size = number(RcParams.of(m).number(m, "lines.markersize"), "markersize", "ms");
        Color face = takeColor(color, "markerfacecolor", "mfc");
        Color edge = takeColor(color, "markeredgecolor", "mec");
        double width = number(RcParams.of(m).number(m, "lines.markeredgewidth"), "markeredgewidth", "mew");
        return new Marker(shape, size, Colors.withAlpha(face, alpha), Colors.withAlpha(edge, alpha), width);
    }

    /** The sign of a mark; empty for none. */
    static String markerShape(Machine m, Object value, String otherwise) {
        String shape = value == None.NONE ? otherwise : Semantics.str(m, value);
        if (List.of("None", "none", " ", "").contains(shape)) {
            return "";
        }
        if (!Marker.exists(shape)) {
            throw NnError.value("Unrecognized marker style '" + shape + "'");
        }
        return shape;
    }

    /** Puts what was drawn at its zorder, shows or hides it; then {@link #done()}. */
    Placed finish(Placed placed) {
        placed.zorder = number(placed.zorder, "zorder");
        placed.visible = flag(true, "visible");
        done();
        return placed;
    }

    /** @throws NnError AttributeError for a style that does not exist */
    void done() {
        for (String name : WITHOUT_EFFECT) {
            left.remove(name);
        }
        for (String name : List.copyOf(left.keySet())) {
            if (NOT_DRAWN.contains(name)) {
                Object value = left.remove(name);
                if (value != None.NONE && value != Boolean.FALSE) {
                    warn(m, owner + ": '" + name + "' is not drawn here");
                }
            }
        }
        if (!left.isEmpty()) {
            String name = left.keySet().iterator().next();
            throw NnError.attribute("Unknown property " + name).help(Spelling.suggest(name, COMMON));
        }
    }

    /** A colour as scripts give it: a name, a letter, a grey, three or four numbers from 0 to 1. */
    static Color color(Machine m, Object value) {
        if (value instanceof String s) {
            return Colors.named(s).orElseThrow(() -> NnError.value("Invalid RGBA argument: " + Semantics.repr(m, value))
                    .help("colours are names such as 'red', letters such as 'r', '#rrggbb', greys such as '0.5', 'C0' to 'C9', "
                            + "or three numbers from 0 to 1"));
        }
        if (value instanceof TupleValue t && t.size() == 2 && t.get(0) instanceof String) {
            return Colors.withAlpha(color(m, t.get(0)), Semantics.real(m, t.get(1)));
        }
        double[] parts = Numbers.flat(m, value);
        if (parts.length != 3 && parts.length != 4) {
            throw NnError.value("Invalid RGBA argument: " + Semantics.repr(m, value));
        }
        float[] rgb = {0, 0, 0, 1};
        for (int i = 0; i < parts.length; i++) {
            if (!(parts[i] >= 0 && parts[i] <= 1)) {
                throw NnError.value("RGBA values should be within 0-1 range");
            }
            rgb[i] = (float) parts[i];
        }
        return new Color(rgb[0], rgb[1], rgb[2], rgb[3]);
    }

    /** Several colours, or one as an array of one. */
    static Color[] colors(Machine m, Object value) {
        if (value == None.NONE) {
            return new Color[0];
        }
        if (value instanceof String s) {
            return s.equalsIgnoreCase("none") ? new Color[0] : new Color[] {color(m, s)};
        }
        Object[] all = Semantics.elements(m, value);
        if (all.length > 0 && Numbers.isNumber(all[0])) {
            return new Color[] {color(m, value)};
        }
        List<Color> colors = new ArrayList<>();
        for (Object each : all) {
            colors.add(color(m, each));
        }
        return colors.toArray(new Color[0]);
    }

    /** A colour map by name or object; None is the default one. */
    static Colormap colormap(Machine m, Object value) {
        if (value instanceof ColormapValue c) {
            return c.map();
        }
        String name = value == None.NONE ? RcParams.of(m).text(m, "image.cmap") : Semantics.str(m, value);
        return Colormap.named(name).orElseThrow(() -> NnError.value(
                "Colormap " + name + " is not recognized. Possible values are: " + String.join(", ", Colormap.names()) + ", and their _r")
                .help(Spelling.suggest(name, Colormap.names())));
    }
}
