package io.retrograd.lib.pyplot;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Spelling;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.plot.Colors;
import io.retrograd.plot.LineStyle;
import io.retrograd.plot.TextStyle;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code matplotlib.rcParams}: the defaults of all figures of an interpreter, as scripts read and change them. */
final class RcParams extends DictValue {
    /** What a picture in a file has no use for: windows, other kinds of files, caches. */
    private static final List<String> WITHOUT_EFFECT = List.of("backend", "interactive", "toolbar", "keymap.", "animation.", "webagg.",
            "pdf.", "ps.", "pgf.", "svg.", "agg.", "path.", "examples.", "timezone", "datapath", "docstring.", "verbose.", "nbagg.",
            "figure.max_open_warning", "lines.antialiased", "patch.antialiased", "text.antialiased", "text.hinting", "date.",
            "mathtext.", "axes.unicode_minus", "font.sans-serif", "font.serif", "font.monospace", "font.cursive", "font.fantasy", "tk.");

    /** Families of parameters of which not all are drawn. */
    private static final List<String> KNOWN = List.of("axes.", "axes3d.", "boxplot.", "contour.", "errorbar.", "figure.", "font.", "grid.",
            "hatch.", "hist.", "image.", "legend.", "lines.", "markers.", "patch.", "polaraxes.", "savefig.", "scatter.", "text.", "xtick.",
            "ytick.");

    private RcParams() {}

    static RcParams of(Machine m) {
        return m.state(RcParams.class, RcParams::fresh);
    }

    private static RcParams fresh(Machine m) {
        RcParams rc = new RcParams();
        defaults().forEach((key, value) -> rc.putText(key, value));
        return rc;
    }

    private static Map<String, Object> defaults() {
        Map<String, Object> d = new LinkedHashMap<>();
        d.put("axes.axisbelow", "line");
        d.put("axes.edgecolor", "black");
        d.put("axes.facecolor", "white");
        d.put("axes.grid", false);
        d.put("axes.labelcolor", "black");
        d.put("axes.labelpad", 4.0);
        d.put("axes.labelsize", "medium");
        d.put("axes.labelweight", "normal");
        d.put("axes.linewidth", 0.8);
        d.put("axes.prop_cycle", None.NONE);
        for (String side : List.of("bottom", "left", "right", "top")) {
            d.put("axes.spines." + side, true);
        }
        d.put("axes.titlepad", 6.0);
        d.put("axes.titlesize", "large");
        d.put("axes.titleweight", "normal");
        d.put("axes.unicode_minus", true);
        d.put("axes.xmargin", 0.05);
        d.put("axes.ymargin", 0.05);
        d.put("backend", "agg");
        d.put("contour.negative_linestyle", "dashed");
        d.put("errorbar.capsize", 0.0);
        d.put("figure.autolayout", false);
        d.put("figure.dpi", 100.0);
        d.put("figure.edgecolor", "white");
        d.put("figure.facecolor", "white");
        d.put("figure.figsize", ListValue.of(6.4, 4.8));
        d.put("figure.subplot.bottom", 0.11);
        d.put("figure.subplot.hspace", 0.2);
        d.put("figure.subplot.left", 0.125);
        d.put("figure.subplot.right", 0.9);
        d.put("figure.subplot.top", 0.88);
        d.put("figure.subplot.wspace", 0.2);
        d.put("figure.titlesize", "large");
        d.put("figure.titleweight", "normal");
        d.put("font.family", ListValue.of("sans-serif"));
        d.put("font.sans-serif", ListValue.of("DejaVu Sans", "Arial", "Helvetica", "sans-serif"));
        d.put("font.size", 10.0);
        d.put("font.style", "normal");
        d.put("font.weight", "normal");
        d.put("grid.alpha", 1.0);
        d.put("grid.color", "#b0b0b0");
        d.put("grid.linestyle", "-");
        d.put("grid.linewidth", 0.8);
        d.put("hist.bins", 10L);
        d.put("image.aspect", "equal");
        d.put("image.cmap", "viridis");
        d.put("image.interpolation", "nearest");
        d.put("image.origin", "upper");
        d.put("interactive", false);
        d.put("legend.fancybox", true);
        d.put("legend.fontsize", "medium");
        d.put("legend.framealpha", 0.8);
        d.put("legend.frameon", true);
        d.put("legend.loc", "best");
        d.put("legend.numpoints", 1L);
        d.put("legend.shadow", false);
        d.put("lines.linestyle", "-");
        d.put("lines.linewidth", 1.5);
        d.put("lines.marker", "None");
        d.put("lines.markeredgewidth", 1.0);
        d.put("lines.markersize", 6.0);
        d.put("patch.edgecolor", "black");
        d.put("patch.facecolor", "C0");
        d.put("patch.force_edgecolor", false);
        d.put("patch.linewidth", 1.0);
        d.put("savefig.bbox", None.NONE);
        d.put("savefig.dpi", "figure");
        d.put("savefig.facecolor", "white");
        d.put("savefig.format", "png");
        d.put("savefig.pad_inches", 0.1);
        d.put("savefig.transparent", false);
        d.put("scatter.marker", "o");
        d.put("text.color", "black");
        for (String axis : List.of("xtick", "ytick")) {
            d.put(axis + ".color", "black");
            d.put(axis + ".direction", "out");
            d.put(axis + ".labelsize", "medium");
            d.put(axis + ".major.pad", 3.5);
            d.put(axis + ".major.size", 3.5);
            d.put(axis + ".major.width", 0.8);
        }
        return d;
    }

    @Override
    public void put(Machine m, Object key, Object value) {
        set(m, Semantics.str(m, key), value);
    }

    @Override
    public void setItem(Machine m, Object key, Object value) {
        set(m, Semantics.str(m, key), value);
    }

    @Override
    public void putAll(Machine m, DictValue other) {
        for (Object key : other.keyArray()) {
            set(m, Semantics.str(m, key), other.get(m, key));
        }
    }

    /** Sets a parameter. One that is not drawn is refused, or said so where a picture is still right without it. */
    void set(Machine m, String key, Object value) {
        boolean known = getText(key) != null;
        if (!known && key.equals("text.usetex") && !Semantics.truth(m, value)) {
            return;
        }
        if (!known && WITHOUT_EFFECT.stream().noneMatch(key::startsWith)) {
            if (KNOWN.stream().noneMatch(key::startsWith)) {
                List<String> names = new ArrayList<>();
                for (Object each : keyArray()) {
                    names.add((String) each);
                }
                throw new NnError(ErrorKind.KEY_ERROR, key + " is not a valid rc parameter. See rcParams.keys() for a list of valid parameters.")
                        .help(Spelling.suggest(key, names));
            }
            Style.warn(m, "the rc parameter '" + key + "' is not drawn here");
        }
        if (key.endsWith("color") && value instanceof String s && !s.equals("auto") && !s.equals("inherit")) {
            Style.color(m, s);
        }
        putText(key, value);
    }

    void reset() {
        clear();
        defaults().forEach(this::putText);
    }

    // What the drawing asks for

    double number(Machine m, String key) {
        return Semantics.real(m, getText(key));
    }

    boolean flag(Machine m, String key) {
        return Semantics.truth(m, getText(key));
    }

    String text(Machine m, String key) {
        return Semantics.str(m, getText(key));
    }

    Color color(Machine m, String key) {
        return Style.color(m, getText(key));
    }

    /** A size in points: a number, or a word in relation to font.size. */
    double fontSize(Machine m, Object value) {
        double base = number(m, "font.size");
        if (value instanceof String s) {
            return base * switch (s) {
                case "xx-small" -> 0.579;
                case "x-small" -> 0.694;
                case "small", "smaller" -> 0.833;
                case "medium" -> 1;
                case "large", "larger" -> 1.2;
                case "x-large" -> 1.44;
                case "xx-large" -> 1.728;
                default -> number(m, s) / base;
            };
        }
        return Semantics.real(m, value);
    }

    private double number(Machine m, Object text) {
        Double v = text instanceof String s && s.matches("[0-9.]+") ? (Double) Double.parseDouble(s) : null;
        if (v == null) {
            throw NnError.value("Size is invalid. Valid font size are xx-small, x-small, small, medium, large, x-large, xx-large, larger, smaller, None");
        }
        return v;
    }

    /** The plain text of a kind of label, e.g. {@code "axes.labelsize"}; empty for plain text. */
    TextStyle style(Machine m, String sizeKey, String weightKey, String colorKey) {
        double size = fontSize(m, sizeKey.isEmpty() ? getText("font.size") : getText(sizeKey));
        Object weight = getText(weightKey.isEmpty() ? "font.weight" : weightKey);
        return new TextStyle(size, color(m, colorKey.isEmpty() ? "text.color" : colorKey), Style.isBold(weight),
                !"normal".equals(getText("font.style")), family(m, getText("font.family")));
    }

    /** One of Java's families for matplotlib's. */
    static String family(Machine m, Object value) {
        Object first = value instanceof String ? value : Semantics.elements(m, value)[0];
        String name = Semantics.str(m, first);
        return switch (name) {
            case "serif", "Times New Roman", "Times", "STIXGeneral", "DejaVu Serif" -> "Serif";
            case "monospace", "Courier New", "Courier", "DejaVu Sans Mono" -> "Monospaced";
            case "sans-serif", "cursive", "fantasy" -> "SansSerif";
            default -> name;
        };
    }

    LineStyle grid(Machine m) {
        return new LineStyle(Colors.withAlpha(color(m, "grid.color"), number(m, "grid.alpha")), number(m, "grid.linewidth"),
                LineStyle.dashes(text(m, "grid.linestyle")));
    }

    /** The colours that lines take in turn. */
    Color[] cycle(Machine m) {
        Object cycle = getText("axes.prop_cycle");
        if (cycle instanceof CyclerValue c && c.values().get("color") != null) {
            return c.values().get("color").stream().map(each -> Style.color(m, each)).toArray(Color[]::new);
        }
        return Colors.cycle();
    }
}
