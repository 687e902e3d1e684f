package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Axis;
import io.retrograd.plot.Colors;
import io.retrograd.plot.Fill;
import io.retrograd.plot.LineStyle;
import io.retrograd.plot.TextStyle;
import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts in and around axes: at points, with arrows, titles and names of axes. */
final class TextMethods {
    private TextMethods() {}

    private static TextStyle plain(Machine m) {
        return RcParams.of(m).style(m, "", "", "");
    }

    @Builtin(value = "text", signature = "x, y, s, fontdict=None, **kwargs", method = true, doc = "Text at a point.")
    static Object text(Machine m, AxesValue self, Object x, Object y, Object s, Object font, Map<String, Object> kwargs) {
        Style style = new Style(m, "Text", kwargs);
        Artist.Place place = TransformValue.of(style.take("transform"), Artist.Place.DATA);
        double px = place == Artist.Place.DATA ? Numbers.along(m, self.axes().x, x)[0] : Semantics.real(m, x);
        double py = place == Artist.Place.DATA ? Numbers.along(m, self.axes().y, y)[0] : Semantics.real(m, y);
        return self.add(text(m, style, px, py, Semantics.str(m, s), font, place, "left", "baseline"), style);
    }

    /** A text with its keywords. */
    static Artist.Text text(
            Machine m, Style style, double x, double y, String s, Object font, Artist.Place place, String horizontal, String vertical) {
        TextStyle look = style.textStyle(plain(m), font);
        String h = style.text(horizontal, "horizontalalignment", "ha");
        String v = style.text(vertical, "verticalalignment", "va");
        style.take("multialignment", "ma");
        if (!List.of("left", "center", "right").contains(h)) {
            throw NnError.value("Horizontal alignment must be one of ('center', 'right', 'left')");
        }
        if (!List.of("top", "center", "bottom", "baseline", "center_baseline").contains(v)) {
            throw NnError.value("Vertical alignment must be one of ('top', 'bottom', 'center', 'baseline', 'center_baseline')");
        }
        Object backdrop = style.take("backgroundcolor");
        Artist.Box box = box(m, style.take("bbox"));
        if (backdrop != None.NONE) {
            box = new Artist.Box(Style.color(m, backdrop), null, 3, false);
        }
        return new Artist.Text(x, y, 0, 0, s, look, h, v, rotation(m, style.take("rotation")), place, box, null);
    }

    private static double rotation(Machine m, Object given) {
        if (given == None.NONE || "horizontal".equals(given)) {
            return 0;
        }
        return "vertical".equals(given) ? 90 : Semantics.real(m, given);
    }

    private static Artist.Box box(Machine m, Object given) {
        if (!(given instanceof DictValue d)) {
            return null;
        }
        Map<String, Object> props = map(m, d);
        Style style = new Style(m, "FancyBboxPatch", props);
        String shape = style.text("square,pad=0.4", "boxstyle");
        double pad = style.number(shape.contains("pad=") ? 10 * Double.parseDouble(shape.replaceAll(".*pad=([0-9.]+).*", "$1")) : 4, "pad");
        Fill fill = style.fill(Colors.cycle(0));
        style.done();
        LineStyle edge = fill.edge() == null && !props.containsKey("edgecolor") && !props.containsKey("ec")
                ? LineStyle.solid(Color.BLACK, 1) : fill.edge();
        return new Artist.Box(fill.face(), edge, pad, shape.startsWith("round"));
    }

    private static Map<String, Object> map(Machine m, DictValue d) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Object key : d.keyArray()) {
            all.put(Semantics.str(m, key), d.get(m, key));
        }
        return all;
    }

    @Builtin(
            value = "annotate",
            signature = "s|text, xy, xytext=None, xycoords='data', textcoords=None, arrowprops=None, annotation_clip=None, **kwargs",
            method = true,
            doc = "Text that points somewhere.",
            example = "plt.annotate('minimum', xy=(2, 1), xytext=(3, 1.5), arrowprops=dict(arrowstyle='->'))")
    static Object annotate(
            Machine m, AxesValue self, Object s, Object xy, Object textAt, Object xycoords, Object textcoords, Object arrowprops, Object clip,
            Map<String, Object> kwargs) {
        Style style = new Style(m, "Annotation", kwargs);
        double[] point = new double[] {
            Numbers.along(m, self.axes().x, Semantics.elements(m, xy)[0])[0], Numbers.along(m, self.axes().y, Semantics.elements(m, xy)[1])[0]
        };
        Artist.Place pointPlace = place(m, xycoords);
        String coords = textcoords == None.NONE ? Semantics.str(m, xycoords) : Semantics.str(m, textcoords);
        boolean offset = coords.startsWith("offset ");
        double[] at = textAt == None.NONE ? point : Numbers.flat(m, textAt);
        Artist.Text base = text(m, style, 0, 0, Semantics.str(m, s), None.NONE, Artist.Place.DATA, "left", "baseline");
        Artist.Arrow arrow = arrowprops instanceof DictValue d ? arrow(m, d, point, pointPlace) : null;
        double scale = coords.equals("offset pixels") ? 0.72 : 1;
        Artist.Text text = offset && textAt != None.NONE
                ? new Artist.Text(point[0], point[1], at[0] * scale, at[1] * scale, base.text(), base.style(), base.horizontal(), base.vertical(),
                        base.rotation(), pointPlace, base.box(), arrow)
                : new Artist.Text(at[0], at[1], 0, 0, base.text(), base.style(), base.horizontal(), base.vertical(), base.rotation(),
                        offset ? pointPlace : place(m, textcoords == None.NONE ? xycoords : textcoords), base.box(), arrow);
        return self.add(text, style);
    }

    private static Artist.Place place(Machine m, Object coords) {
        if (coords instanceof TransformValue t) {
            return t.place();
        }
        return switch (Semantics.str(m, coords)) {
            case "data" -> Artist.Place.DATA;
            case "axes fraction" -> Artist.Place.AXES;
            case "figure fraction" -> Artist.Place.FIGURE;
            case "axes points", "axes pixels" -> Artist.Place.AXES_POINTS;
            default -> throw NnError.value("'" + Semantics.str(m, coords) + "' is not a recognized coordinate; known are 'data', "
                    + "'axes fraction', 'figure fraction', 'axes points', 'offset points' (text)");
        };
    }

    private static Artist.Arrow arrow(Machine m, DictValue given, double[] to, Artist.Place place) {
        Style style = new Style(m, "FancyArrowPatch", map(m, given));
        String kind = style.text("", "arrowstyle");
        Color both = style.takeColor(null, "color");
        Color face = style.takeColor(both != null ? both : Colors.cycle(0), "facecolor", "fc");
        Color edge = style.takeColor(both != null ? both : Color.BLACK, "edgecolor", "ec");
        double alpha = style.alpha();
        double lineWidth = style.number(1, "linewidth", "lw");
        float[] dashes = style.dashes(LineStyle.SOLID, lineWidth, "linestyle", "ls");
        String connection = style.text("arc3", "connectionstyle");
        double bend = connection.contains("rad=") ? Double.parseDouble(connection.replaceAll(".*rad=\\s*(-?[0-9.]+).*", "$1")) : 0;
        double scale = style.number(10, "mutation_scale");
        style.take("relpos", "patchA", "patchB");
        double shrink = style.number(0, "shrink");
        if (kind.isEmpty()) {
            // The broad arrow; its sizes are in points, shrink is a share of its length.
            double width = style.number(4, "width");
            double headWidth = style.number(12, "headwidth");
            double headLength = style.number(12, "headlength");
            double ends = 2 + 100 * shrink;
            style.done();
            return new Artist.Arrow(to[0], to[1], place, LineStyle.solid(Colors.withAlpha(face, alpha), width), true, false, headLength, headWidth,
                    0, ends, ends, true);
        }
        double begin = style.number(2, "shrinkA");
        double end = style.number(2, "shrinkB");
        style.done();
        String name = kind.split(",")[0].trim();
        double length = kind.contains("head_length=") ? 10 * Double.parseDouble(kind.replaceAll(".*head_length=([0-9.]+).*", "$1")) : 0.4 * scale + 2;
        double width = kind.contains("head_width=") ? 20 * Double.parseDouble(kind.replaceAll(".*head_width=([0-9.]+).*", "$1")) : 0.4 * scale + 2;
        boolean head = name.endsWith(">") || name.equals("fancy") || name.equals("simple") || name.equals("wedge");
        boolean tail = name.startsWith("<");
        if (!head && !tail && !name.equals("-")) {
            Style.warn(m, "annotate: arrowstyle '" + name + "' is drawn as a line here");
        }
        boolean broad = name.equals("fancy") || name.equals("simple") || name.equals("wedge");
        return new Artist.Arrow(to[0], to[1], place,
                new LineStyle(Colors.withAlpha(broad ? face : edge, alpha), broad ? 4 : lineWidth, dashes == null ? LineStyle.SOLID : dashes), head, tail,
                length, width, bend, begin, end, broad);
    }

    @Builtin(value = "set_title", signature = "label, fontdict=None, loc='center', pad=None, **kwargs", method = true, doc = "The title above.")
    static Object setTitle(Machine m, AxesValue self, Object label, Object font, Object loc, Object pad, Map<String, Object> kwargs) {
        Axes a = self.axes();
        Style style = new Style(m, "Text", kwargs);
        a.titleStyle = style.textStyle(RcParams.of(m).style(m, "axes.titlesize", "axes.titleweight", ""), font);
        String place = loc == None.NONE ? "center" : Semantics.str(m, loc);
        if (!List.of("left", "center", "right").contains(place)) {
            throw NnError.value("'" + place + "' is not a valid location");
        }
        a.titlePlace = place;
        a.titlePad = pad == None.NONE ? RcParams.of(m).number(m, "axes.titlepad") : Semantics.real(m, pad);
        Object y = style.take("y");
        if (y != None.NONE) {
            a.titlePad += (Semantics.real(m, y) - 1) * 250;
        }
        style.take("x", "horizontalalignment", "ha", "verticalalignment", "va");
        style.done();
        a.title = Semantics.str(m, label);
        return new LabelValue(a, LabelValue.Kind.TITLE);
    }

    @Builtin(value = "set_xlabel", signature = "xlabel|s, fontdict=None, labelpad=None, **kwargs", method = true, doc = "The name of the x axis.")
    static Object setXlabel(Machine m, AxesValue self, Object label, Object font, Object pad, Map<String, Object> kwargs) {
        label(m, self.axes().x, label, font, pad, kwargs);
        return new LabelValue(self.axes(), LabelValue.Kind.X);
    }

    @Builtin(value = "set_ylabel", signature = "ylabel|s, fontdict=None, labelpad=None, **kwargs", method = true, doc = "The name of the y axis.")
    static Object setYlabel(Machine m, AxesValue self, Object label, Object font, Object pad, Map<String, Object> kwargs) {
        label(m, self.axes().y, label, font, pad, kwargs);
        return new LabelValue(self.axes(), LabelValue.Kind.Y);
    }

    private static void label(Machine m, Axis axis, Object label, Object font, Object pad, Map<String, Object> kwargs) {
        Style style = new Style(m, "Text", kwargs);
        axis.labelStyle = style.textStyle(RcParams.of(m).style(m, "axes.labelsize", "axes.labelweight", "axes.labelcolor"), font);
        axis.labelPad = pad == None.NONE ? RcParams.of(m).number(m, "axes.labelpad") : Semantics.real(m, pad);
        Object turn = style.take("rotation");
        axis.labelRotation = turn == None.NONE ? Double.NaN : rotation(m, turn);
        style.take("horizontalalignment", "ha", "verticalalignment", "va", "loc", "position", "x", "y");
        style.done();
        axis.label = Semantics.str(m, label);
    }

    @Builtin(value = "get_title", method = true, doc = "The title.")
    static String getTitle(Machine m, AxesValue self) {
        return self.axes().title;
    }

    @Builtin(value = "get_xlabel", method = true, doc = "The name of the x axis.")
    static String getXlabel(Machine m, AxesValue self) {
        return self.axes().x.label;
    }

    @Builtin(value = "get_ylabel", method = true, doc = "The name of the y axis.")
    static String getYlabel(Machine m, AxesValue self) {
        return self.axes().y.label;
    }
}
