package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Axis;
import java.util.Map;

/** One axis of a coordinate system. */
record AxisValue(Axes axes, Axis axis) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.axis", "Axis", AxisValueTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return name.equals("label")
                ? new LabelValue(axes, axis == axes.x ? LabelValue.Kind.X : LabelValue.Kind.Y)
                : Value.super.attribute(m, name);
    }

    @Builtin(value = "set_visible", signature = "b", method = true, doc = "Shows or hides the axis.")
    static void setVisible(Machine m, AxisValue self, boolean visible) {
        self.axis.visible = visible;
    }

    @Builtin(value = "set_ticks", signature = "ticks, minor=False", method = true, doc = "Where marks stand.")
    static void setTicks(Machine m, AxisValue self, Object ticks, boolean minor) {
        if (!minor) {
            TickMethods.ticks(m, self.axis, ticks, None.NONE);
        }
    }

    @Builtin(value = "set_ticklabels", signature = "ticklabels, **kwargs", method = true, doc = "The texts at the marks.")
    static void setTicklabels(Machine m, AxisValue self, Object labels, Map<String, Object> kwargs) {
        TickMethods.relabel(m, self.axis, labels, kwargs);
    }

    @Builtin(value = "set_ticks_position", signature = "position", method = true, doc = "On which side marks stand: top, bottom, left, right, none.")
    static void setTicksPosition(Machine m, AxisValue self, String position) {
        switch (position) {
            case "top", "right" -> self.axis.opposite = true;
            case "bottom", "left", "default", "both" -> self.axis.opposite = false;
            case "none" -> self.axis.marks = false;
            default -> throw NnError.value("invalid position: " + position);
        }
    }

    @Builtin(value = {"tick_top", "tick_right"}, method = true, doc = "Marks above or to the right.")
    static void opposite(Machine m, AxisValue self) {
        self.axis.opposite = true;
    }

    @Builtin(value = {"tick_bottom", "tick_left"}, method = true, doc = "Marks below or to the left.")
    static void usual(Machine m, AxisValue self) {
        self.axis.opposite = false;
    }

    @Builtin(value = "set_label_position", signature = "position", method = true, doc = "On which side the name stands: with the marks.")
    static void setLabelPosition(Machine m, AxisValue self, String position) {
        self.axis.opposite = position.equals("top") || position.equals("right");
    }

    @Builtin(value = "set_label_text", signature = "label", method = true, doc = "The name of the axis.")
    static void setLabelText(Machine m, AxisValue self, Object label) {
        self.axis.label = Semantics.str(m, label);
    }

    @Builtin(value = "grid", signature = "b=None, which='major', **kwargs", method = true, doc = "Lines at the marks of this axis.")
    static void grid(Machine m, AxisValue self, Object on, String which, Map<String, Object> kwargs) {
        AppearanceMethods.grid(m, self.axis, on, kwargs);
    }

    @Builtin(value = "set_major_formatter", signature = "formatter", method = true, doc = "How marks are written.")
    static void setMajorFormatter(Machine m, AxisValue self, TickerValue formatter) {
        self.axis.format = null;
        self.axis.writer = null;
        self.axis.tickTexts = true;
        formatter.applyTo(m, self.axis);
    }

    @Builtin(value = "set_major_locator", signature = "locator", method = true, doc = "Where marks stand.")
    static void setMajorLocator(Machine m, AxisValue self, TickerValue locator) {
        self.axis.step = null;
        self.axis.ticks = null;
        locator.applyTo(m, self.axis);
    }

    @Builtin(value = {"set_minor_locator", "set_minor_formatter"}, signature = "ticker", method = true, doc = "Small marks between; they are not drawn.")
    static void setMinor(Machine m, AxisValue self, TickerValue ticker) {
        if (!ticker.kind().startsWith("Null")) {
            Style.warn(m, "small marks between the marks of an axis are not drawn here");
        }
    }

    @Builtin(value = "get_ticklocs", method = true, doc = "Where marks stand that were set.")
    static Object getTicklocs(Machine m, AxisValue self) {
        return TickMethods.places(self.axes, self.axis);
    }

    @Builtin(value = "set_tick_params", signature = "which='major', **kwargs", method = true, doc = "How marks look.")
    static void setTickParams(Machine m, AxisValue self, String which, Map<String, Object> kwargs) {
        Style style = new Style(m, "tick_params", kwargs);
        AppearanceMethods.look(m, self.axes, self.axis, style, self.axis == self.axes.x);
        style.done();
    }

    @Builtin(value = "get_label", method = true, doc = "The name of the axis.")
    static Object getLabel(Machine m, AxisValue self) {
        return self.attribute(m, "label");
    }
}
