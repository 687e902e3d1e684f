package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Axis;
import io.retrograd.plot.Colors;
import io.retrograd.plot.LineStyle;
import io.retrograd.plot.Placement;
import java.awt.Color;
import java.util.List;
import java.util.Map;

/** How axes look: grid, frame, ground, marks; a second pair of axes in the same place. */
final class AppearanceMethods {
    private AppearanceMethods() {}

    @Builtin(value = "grid", signature = "b|visible=None, which='major', axis='both', **kwargs", method = true, doc = "Lines at the marks.")
    static void grid(Machine m, AxesValue self, Object on, String which, String axis, Map<String, Object> kwargs) {
        if (which.equals("minor")) {
            Style.warn(m, "lines at the small marks of an axis are not drawn here");
            return;
        }
        if (!axis.equals("y")) {
            grid(m, self.axes().x, on, kwargs);
        }
        if (!axis.equals("x")) {
            grid(m, self.axes().y, on, kwargs);
        }
    }

    static void grid(Machine m, Axis axis, Object on, Map<String, Object> kwargs) {
        Style style = new Style(m, "Line2D", kwargs);
        LineStyle base = RcParams.of(m).grid(m);
        double alpha = style.alpha();
        double width = style.number(base.width(), "linewidth", "lw");
        float[] dashes = style.dashes(base.dashes(), width, "linestyle", "ls");
        Color color = Colors.withAlpha(style.takeColor(base.color(), "color", "c"), alpha);
        style.take("zorder");
        style.done();
        boolean wanted = on == None.NONE ? !kwargs.isEmpty() || axis.grid == null : Semantics.truth(m, on);
        axis.grid = wanted && dashes != null ? new LineStyle(color, width, dashes) : null;
    }

    @Builtin(value = "set_axis_off", method = true, doc = "No frame, marks or names.")
    static void setAxisOff(Machine m, AxesValue self) {
        self.axes().frame = false;
    }

    @Builtin(value = "set_axis_on", method = true, doc = "With frame, marks and names.")
    static void setAxisOn(Machine m, AxesValue self) {
        self.axes().frame = true;
    }

    @Builtin(value = "set_frame_on", signature = "b", method = true, doc = "With or without the lines of the frame and the ground.")
    static void setFrameOn(Machine m, AxesValue self, boolean on) {
        for (Axes.Side side : Axes.Side.values()) {
            self.axes().spines.put(side, on ? LineStyle.solid(RcParams.of(m).color(m, "axes.edgecolor"), RcParams.of(m).number(m, "axes.linewidth")) : null);
        }
        self.axes().overlay = !on;
    }

    @Builtin(value = "set_visible", signature = "b", method = true, doc = "Shows or hides the axes.")
    static void setVisible(Machine m, AxesValue self, boolean visible) {
        self.axes().visible = visible;
    }

    @Builtin(value = {"set_facecolor", "set_axis_bgcolor", "set_fc"}, signature = "color", method = true, doc = "The colour of the ground.")
    static void setFacecolor(Machine m, AxesValue self, Object color) {
        self.axes().face = Style.color(m, color);
    }

    @Builtin(value = "get_facecolor", method = true, doc = "The colour of the ground.")
    static Object getFacecolor(Machine m, AxesValue self) {
        Color c = self.axes().face;
        return TupleValue.of(c.getRed() / 255.0, c.getGreen() / 255.0, c.getBlue() / 255.0, c.getAlpha() / 255.0);
    }

    @Builtin(value = "set_axisbelow", signature = "b", method = true, doc = "The grid lies below what is plotted; it always does here.")
    static void setAxisbelow(Machine m, AxesValue self, Object below) {
        if (below == Boolean.FALSE) {
            Style.warn(m, "the grid lies below what is plotted here");
        }
    }

    @Builtin(value = "set_prop_cycle", signature = "*args, **kwargs", method = true, doc = "The colours that lines take in turn.")
    static void setPropCycle(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        Object colors = kwargs.getOrDefault("color", args.length == 2 && "color".equals(args[0]) ? args[1] : args.length > 0 ? args[0] : None.NONE);
        if (colors instanceof CyclerValue c) {
            colors = c.values().containsKey("color") ? ListValue.copyOf(c.values().get("color")) : None.NONE;
        }
        self.axes().cycle = colors == None.NONE ? Colors.cycle() : Style.colors(m, colors);
    }

    @Builtin(value = "tick_params", signature = "axis='both', which='major', **kwargs", method = true, doc = "How marks look; marks and texts can be switched off.")
    static void tickParams(Machine m, AxesValue self, String axis, String which, Map<String, Object> kwargs) {
        if (!List.of("x", "y", "both").contains(axis)) {
            throw NnError.value("axis must be one of 'x', 'y' or 'both', not " + axis);
        }
        if (which.equals("minor")) {
            return;
        }
        Style style = new Style(m, "tick_params", kwargs);
        Style again = new Style(m, "tick_params", kwargs);
        if (!axis.equals("y")) {
            look(m, self.axes(), self.axes().x, style, true);
        }
        if (!axis.equals("x")) {
            look(m, self.axes(), self.axes().y, axis.equals("both") ? again : style, false);
        }
        style.done();
    }

    static void look(Machine m, Axes axes, Axis axis, Style style, boolean across) {
        boolean[] sides = {switched(m, style, across ? "bottom" : "left", !axis.opposite), switched(m, style, across ? "top" : "right", axis.opposite)};
        boolean[] texts = {switched(m, style, across ? "labelbottom" : "labelleft", axis.tickTexts && !axis.opposite),
            switched(m, style, across ? "labeltop" : "labelright", axis.tickTexts && axis.opposite)};
        style.take(across ? "left" : "bottom", across ? "right" : "top", across ? "labelleft" : "labelbottom", across ? "labelright" : "labeltop");
        axis.opposite = axis.opposite ? sides[1] || texts[1] || !(sides[0] || texts[0]) : (sides[1] || texts[1]) && !(sides[0] || texts[0]);
        axis.marks = sides[axis.opposite ? 1 : 0];
        axis.tickTexts = texts[axis.opposite ? 1 : 0];
        String direction = style.text(axis.ticksInside ? "in" : "out", "direction");
        axis.ticksInside = direction.equals("in");
        axis.tickLength = style.number(axis.tickLength, "length", "size");
        axis.tickWidth = style.number(axis.tickWidth, "width");
        axis.tickPad = style.number(axis.tickPad, "pad");
        Color both = style.takeColor(null, "colors");
        axis.tickColor = style.takeColor(both != null ? both : axis.tickColor, "color");
        Color text = style.takeColor(both != null ? both : axis.tickStyle.color(), "labelcolor");
        axis.tickStyle = axis.tickStyle.withColor(text).withSize(style.fontSize(axis.tickStyle.size(), "labelsize"));
        axis.tickRotation = style.number(axis.tickRotation, "labelrotation", "rotation");
        style.take("reset", "zorder");
    }

    private static boolean switched(Machine m, Style style, String key, boolean otherwise) {
        Object v = style.take(key);
        return v == None.NONE ? otherwise : v instanceof String s ? s.equals("on") : Semantics.truth(m, v);
    }

    @Builtin(value = "locator_params", signature = "axis='both', tight=None, nbins=None, **kwargs", method = true, doc = "How many marks an axis has at most.")
    static void locatorParams(Machine m, AxesValue self, String axis, Object tight, Object nbins, Map<String, Object> kwargs) {
        new Style(m, "locator_params", kwargs).done();
        TickerValue locator = new TickerValue("MaxNLocator", nbins);
        if (!axis.equals("y")) {
            locator.applyTo(m, self.axes().x);
        }
        if (!axis.equals("x")) {
            locator.applyTo(m, self.axes().y);
        }
    }

    @Builtin(value = "ticklabel_format", signature = "axis='both', style='', scilimits=None, useOffset=None, useLocale=None, useMathText=None", method = true, doc = "How the numbers at marks are written: 'plain' or 'sci'.")
    static void ticklabelFormat(Machine m, AxesValue self, String axis, String style, Object limits, Object offset, Object locale, Object math) {
        int[] powers = style.equals("plain") ? null : new int[] {-5, 6};
        if (powers != null && limits != None.NONE) {
            powers[0] = ((Number) Semantics.item(m, limits, 0L)).intValue();
            powers[1] = ((Number) Semantics.item(m, limits, 1L)).intValue();
        }
        if (!axis.equals("y")) {
            self.axes().x.powers = powers;
        }
        if (!axis.equals("x")) {
            self.axes().y.powers = powers;
        }
    }

    @Builtin(value = "minorticks_on", method = true, doc = "Small marks between the others.")
    static void minorOn(Machine m, AxesValue self) {
        self.axes().x.small = true;
        self.axes().y.small = true;
    }

    @Builtin(value = "minorticks_off", method = true, doc = "No small marks.")
    static void minorOff(Machine m, AxesValue self) {
        self.axes().x.small = false;
        self.axes().y.small = false;
    }

    @Builtin(value = "twinx", method = true, doc = "Axes in the same place with the same x axis, and a y axis of their own on the right.")
    static Object twinx(Machine m, AxesValue self) {
        Axes made = new Axes(self.axes().placement);
        made.x = self.axes().x;
        made.ownX = false;
        made.y.opposite = true;
        return twin(m, self, made);
    }

    @Builtin(value = "twiny", method = true, doc = "Axes in the same place with the same y axis, and an x axis of their own above.")
    static Object twiny(Machine m, AxesValue self) {
        Axes made = new Axes(self.axes().placement);
        made.y = self.axes().y;
        made.ownY = false;
        made.x.opposite = true;
        return twin(m, self, made);
    }

    private static Object twin(Machine m, AxesValue self, Axes made) {
        made.overlay = true;
        AxesStyle.styleTwin(m, made);
        self.figure().figure().axes.add(made);
        AxesValue value = new AxesValue(self.figure(), made);
        self.figure().current(value);
        return value;
    }

    @Builtin(value = "set", signature = "**kwargs", method = true, doc = "Calls set_… for each keyword: set(title='t', xlim=(0, 1)).")
    static void set(Machine m, AxesValue self, Map<String, Object> kwargs) {
        kwargs.forEach((key, value) -> Semantics.callMethod(m, self, "set_" + key, value));
    }

    @Builtin(value = "get_xaxis", method = true, doc = "The x axis.")
    static Object getXaxis(Machine m, AxesValue self) {
        return new AxisValue(self.axes(), self.axes().x);
    }

    @Builtin(value = "get_yaxis", method = true, doc = "The y axis.")
    static Object getYaxis(Machine m, AxesValue self) {
        return new AxisValue(self.axes(), self.axes().y);
    }

    @Builtin(value = "get_figure", method = true, doc = "The figure that the axes are in.")
    static Object getFigure(Machine m, AxesValue self) {
        return self.figure();
    }

    @Builtin(value = "get_position", signature = "original=False", method = true, doc = "Left, bottom, right and top as fractions of the figure.")
    static Object getPosition(Machine m, AxesValue self, boolean original) {
        double[] p = self.axes().placement.rectangle(self.figure().figure());
        return TupleValue.of(p[0], p[1], p[0] + p[2], p[1] + p[3]);
    }

    @Builtin(value = "set_position", signature = "pos, which='both'", method = true, doc = "Left, bottom, width and height as fractions of the figure.")
    static void setPosition(Machine m, AxesValue self, Object pos, String which) {
        double[] p = Numbers.flat(m, pos);
        self.axes().placement = new Placement.Fixed(p[0], p[1], p[2], p[3]);
    }

    @Builtin(value = {"cla", "clear"}, method = true, doc = "Takes everything off.")
    static void clear(Machine m, AxesValue self) {
        self.axes().clear();
        AxesStyle.style(m, self.axes());
    }

    @Builtin(value = "remove", method = true, doc = "Takes the axes out of their figure.")
    static void remove(Machine m, AxesValue self) {
        self.figure().remove(self);
    }
}
