package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Spelling;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.plot.Colormap;
import io.retrograd.plot.Colors;
import java.awt.Color;
import java.util.List;
import java.util.Map;

/**
 * The keyword arguments by which matplotlib's functions are styled. Each is taken out as it is used; what is left
 * over in the end is a mistake.
 */
final class Style {
    /** Styles that change nothing in a picture without a window or that have one meaning only here. */
    private static final List<String> ACCEPTED = List.of(
            "zorder", "picker", "animated", "clip_on", "antialiased", "rasterized", "gid", "transform", "aspect", "origin",
            "interpolation", "fontproperties", "fontfamily", "family", "fontname", "figure", "capsize", "solid_capstyle");

    private final Machine m;
    private final String owner;
    private final Map<String, Object> left;

    Style(Machine m, String owner, Map<String, Object> keywords) {
        this.m = m;
        this.owner = owner;
        this.left = keywords;
    }

    /** The value under any of the names, or None. */
    Object take(String... names) {
        Object found = None.NONE;
        for (String name : names) {
            Object value = left.remove(name);
            if (value != null) {
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

    Color color(Color otherwise, String... names) {
        Object v = take(names);
        return v == None.NONE ? otherwise : color(m, v);
    }

    /** A size in points; matplotlib's words for font sizes too. */
    double fontSize(double otherwise) {
        Object v = take("fontsize", "size");
        if (v instanceof String s) {
            return switch (s) {
                case "xx-small" -> 5.8;
                case "x-small" -> 6.9;
                case "small" -> 8.3;
                case "large" -> 12;
                case "x-large" -> 14.4;
                case "xx-large" -> 17.3;
                default -> 10;
            };
        }
        return v == None.NONE ? otherwise : Semantics.real(m, v);
    }

    /** @throws NnError AttributeError for a style that does not exist */
    void done() {
        for (String name : ACCEPTED) {
            left.remove(name);
        }
        if (!left.isEmpty()) {
            String name = left.keySet().iterator().next();
            throw NnError.attribute(owner + ".set() got an unexpected keyword argument '" + name + "'")
                    .help(Spelling.suggest(name, List.of("color", "linewidth", "linestyle", "marker", "markersize", "label",
                            "alpha", "fontsize", "cmap", "edgecolor", "facecolor", "s", "c")));
        }
    }

    /** A colour as scripts give it: a name, a letter, a grey, three or four numbers from 0 to 1. */
    static Color color(Machine m, Object value) {
        if (value instanceof String s) {
            return Colors.named(s)
                    .orElseThrow(() -> NnError.value(Semantics.repr(m, value) + " is not a valid value for color"));
        }
        double[] parts = Numbers.flat(m, value);
        if (parts.length != 3 && parts.length != 4) {
            throw NnError.value(Semantics.repr(m, value) + " is not a valid value for color");
        }
        float[] rgb = new float[4];
        rgb[3] = 1;
        for (int i = 0; i < parts.length; i++) {
            rgb[i] = (float) Math.max(0, Math.min(1, parts[i]));
        }
        return new Color(rgb[0], rgb[1], rgb[2], rgb[3]);
    }

    /** A colour map by name or object; None is the default one. */
    static Colormap colormap(Machine m, Object value, String otherwise) {
        if (value instanceof ColormapValue c) {
            return c.map();
        }
        String name = value == None.NONE ? otherwise : Semantics.str(m, value);
        return Colormap.named(name).orElseThrow(() -> NnError.value(
                "'" + name + "' is not a valid value for cmap; supported values are 'viridis', 'plasma', 'inferno', 'magma', "
                        + "'gray', 'gray_r', 'binary', 'jet', 'hot', 'cool', 'coolwarm', 'rainbow', 'RdBu', 'RdYlGn', 'Spectral', "
                        + "'Blues', 'Greens', 'Reds', 'Paired' and their _r"));
    }
}
