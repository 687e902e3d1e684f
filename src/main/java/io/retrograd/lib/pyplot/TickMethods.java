package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Axis;
import io.retrograd.plot.Limits;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The marks of the axes: where they stand and what is written at them. */
final class TickMethods {
    private TickMethods() {}

    @Builtin(value = "set_xticks", signature = "ticks=None, labels=None, minor=False, **kwargs", method = true, doc = "The marks on the x axis.")
    static Object setXticks(Machine m, AxesValue self, Object ticks, Object labels, boolean minor, Map<String, Object> kwargs) {
        return set(m, self, self.axes().x, ticks, labels, minor, kwargs);
    }

    @Builtin(value = "set_yticks", signature = "ticks=None, labels=None, minor=False, **kwargs", method = true, doc = "The marks on the y axis.")
    static Object setYticks(Machine m, AxesValue self, Object ticks, Object labels, boolean minor, Map<String, Object> kwargs) {
        return set(m, self, self.axes().y, ticks, labels, minor, kwargs);
    }

    private static Object set(Machine m, AxesValue self, Axis axis, Object ticks, Object labels, boolean minor, Map<String, Object> kwargs) {
        if (minor) {
            Style.warn(m, "small marks between the marks of an axis are not drawn here");
            return None.NONE;
        }
        if (ticks != None.NONE) {
            ticks(m, axis, ticks, labels);
        }
        style(m, axis, kwargs);
        return TupleValue.of(places(self, axis), texts(axis));
    }

    private static ListValue texts(Axis axis) {
        List<Object> all = new ArrayList<>();
        for (Axis.Tick each : axis.ticks == null ? List.<Axis.Tick>of() : axis.ticks) {
            all.add(each.text());
        }
        return ListValue.of(all.toArray());
    }

    static Object places(Axes axes, Axis axis) {
        double[] at = axis.ticks == null ? new double[0] : axis.ticks.stream().mapToDouble(Axis.Tick::at).toArray();
        return new ArrayValue(NdArray.of(at, at.length));
    }

    private static Object places(AxesValue self, Axis axis) {
        double[] at = Limits.ticks(axis, self.figure().figure());
        return new ArrayValue(NdArray.of(at, at.length));
    }

    @Builtin(value = "get_xticks", signature = "minor=False", method = true, doc = "Where the marks of the x axis stand.")
    static Object getXticks(Machine m, AxesValue self, boolean minor) {
        return places(self, self.axes().x);
    }

    @Builtin(value = "get_yticks", signature = "minor=False", method = true, doc = "Where the marks of the y axis stand.")
    static Object getYticks(Machine m, AxesValue self, boolean minor) {
        return places(self, self.axes().y);
    }

    @Builtin(value = "set_xticklabels", signature = "labels, fontdict=None, minor=False, **kwargs", method = true, doc = "The texts at the marks of the x axis.")
    static Object setXticklabels(Machine m, AxesValue self, Object labels, Object font, boolean minor, Map<String, Object> kwargs) {
        fix(self, self.axes().x);
        return relabel(m, self.axes().x, labels, kwargs);
    }

    @Builtin(value = "set_yticklabels", signature = "labels, fontdict=None, minor=False, **kwargs", method = true, doc = "The texts at the marks of the y axis.")
    static Object setYticklabels(Machine m, AxesValue self, Object labels, Object font, boolean minor, Map<String, Object> kwargs) {
        fix(self, self.axes().y);
        return relabel(m, self.axes().y, labels, kwargs);
    }

    /** The marks that the scale chose, as marks that were set. */
    private static void fix(AxesValue self, Axis axis) {
        if (axis.ticks == null) {
            axis.ticks = new ArrayList<>();
            for (double at : Limits.ticks(axis, self.figure().figure())) {
                axis.ticks.add(new Axis.Tick(at, number(at)));
            }
        }
    }

    private static String number(double v) {
        String s = FloatText.format(Math.abs(v), 'g', 6, false);
        return v < 0 ? "\u2212" + s : s;
    }

    static Object relabel(Machine m, Axis axis, Object labels, Map<String, Object> kwargs) {
        Object[] texts = Semantics.elements(m, labels);
        List<Axis.Tick> old = axis.ticks;
        if (texts.length == 0) {
            axis.tickTexts = false;
        } else {
            axis.tickTexts = true;
            axis.ticks = new ArrayList<>();
            int n = old == null ? texts.length : old.size();
            for (int i = 0; i < n; i++) {
                axis.ticks.add(new Axis.Tick(old == null ? i : old.get(i).at(), i < texts.length ? text(m, texts[i]) : ""));
            }
        }
        style(m, axis, kwargs);
        return texts(axis);
    }

    private static String text(Machine m, Object o) {
        return Semantics.str(m, o);
    }

    static void ticks(Machine m, Axis axis, Object ticks, Object labels) {
        double[] places = Numbers.flat(m, ticks);
        Object[] texts = labels == None.NONE ? null : Semantics.elements(m, labels);
        if (texts != null && texts.length != places.length) {
            throw NnError.value("The number of FixedLocator locations (" + places.length
                    + "), usually from a call to set_ticks, does not match the number of ticklabels (" + texts.length + ").");
        }
        axis.ticks = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            m.step();
            String own = axis.categories.size() > places[i] && places[i] >= 0 && places[i] == Math.rint(places[i])
                    ? axis.categories.get((int) places[i]) : number(places[i]);
            axis.ticks.add(new Axis.Tick(places[i], texts != null ? text(m, texts[i]) : own));
        }
    }

    /** The look of the texts at the marks. */
    private static void style(Machine m, Axis axis, Map<String, Object> kwargs) {
        Style style = new Style(m, "Text", kwargs);
        Object turn = style.take("rotation");
        if (turn != None.NONE) {
            axis.tickRotation = "vertical".equals(turn) ? 90 : "horizontal".equals(turn) ? 0 : Semantics.real(m, turn);
        }
        axis.tickAlign = style.text(axis.tickAlign, "ha", "horizontalalignment");
        style.take("va", "verticalalignment");
        axis.tickStyle = style.textStyle(axis.tickStyle, None.NONE);
        style.done();
    }
}
