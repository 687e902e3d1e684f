package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Axis;
import io.retrograd.plot.Limits;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What part of the axes is shown, and on what scale. */
final class LimitMethods {
    private LimitMethods() {}

    @Builtin(value = {"set_xlim", "set_xbound"}, signature = "left=None, right=None, emit=True, auto=False, xmin=None, xmax=None", method = true, doc = "What part of the x axis is shown.")
    static Object setXlim(Machine m, AxesValue self, Object left, Object right, boolean emit, Object auto, Object xmin, Object xmax) {
        return limits(m, self, self.axes().x, left == None.NONE ? xmin : left, right == None.NONE ? xmax : right);
    }

    @Builtin(value = {"set_ylim", "set_ybound"}, signature = "bottom=None, top=None, emit=True, auto=False, ymin=None, ymax=None", method = true, doc = "What part of the y axis is shown.")
    static Object setYlim(Machine m, AxesValue self, Object bottom, Object top, boolean emit, Object auto, Object ymin, Object ymax) {
        return limits(m, self, self.axes().y, bottom == None.NONE ? ymin : bottom, top == None.NONE ? ymax : top);
    }

    @Builtin(value = "get_xlim", method = true, doc = "What part of the x axis is shown: (left, right).")
    static Object getXlim(Machine m, AxesValue self) {
        return now(self, self.axes().x);
    }

    @Builtin(value = "get_ylim", method = true, doc = "What part of the y axis is shown: (bottom, top).")
    static Object getYlim(Machine m, AxesValue self) {
        return now(self, self.axes().y);
    }

    private static TupleValue now(AxesValue self, Axis axis) {
        double[] range = Limits.of(axis, self.figure().figure());
        return axis.inverted ? TupleValue.of(range[1], range[0]) : TupleValue.of(range[0], range[1]);
    }

    static Object limits(Machine m, AxesValue self, Axis axis, Object low, Object high) {
        Object a = low;
        Object b = high;
        if (a != None.NONE && !Numbers.isNumber(a)) {
            Object[] pair = Semantics.elements(m, a);
            if (pair.length != 2) {
                throw NnError.value("limits are two numbers, not " + pair.length);
            }
            a = pair[0];
            b = pair[1];
        }
        double from = a == None.NONE ? axis.inverted ? axis.high : axis.low : finite(m, a);
        double to = b == None.NONE ? axis.inverted ? axis.low : axis.high : finite(m, b);
        if (a != None.NONE || b != None.NONE) {
            double[] shown = Limits.of(axis, self.figure().figure());
            double f = Double.isNaN(from) ? axis.inverted ? shown[1] : shown[0] : from;
            double t = Double.isNaN(to) ? axis.inverted ? shown[0] : shown[1] : to;
            axis.inverted = f > t;
            axis.low = axis.inverted ? to : from;
            axis.high = axis.inverted ? from : to;
        }
        return now(self, axis);
    }

    private static double finite(Machine m, Object v) {
        double d = Semantics.real(m, v);
        if (Double.isNaN(d) || Double.isInfinite(d)) {
            throw NnError.value("Axis limits cannot be NaN or Inf");
        }
        return d;
    }

    @Builtin(
            value = "axis",
            signature = "*v, **kwargs",
            method = true,
            doc = "Limits [left, right, bottom, top], or 'off', 'on', 'equal', 'tight', 'scaled', 'image', 'square'.")
    static Object axis(Machine m, AxesValue self, Object[] v, Map<String, Object> kwargs) {
        Axes axes = self.axes();
        if (v.length > 0 && v[0] instanceof String s) {
            switch (s) {
                case "off" -> axes.frame = false;
                case "on" -> axes.frame = true;
                case "equal" -> {
                    axes.aspect = 1;
                    axes.adjustLimits = true;
                }
                case "scaled", "image", "square" -> {
                    axes.aspect = 1;
                    axes.adjustLimits = false;
                }
                case "tight" -> {
                    axes.x.margin = 0;
                    axes.y.margin = 0;
                }
                case "auto", "normal" -> axes.aspect = Double.NaN;
                default -> throw NnError.value("Unrecognized string " + s + " to axis; try on or off");
            }
        } else if (v.length > 0 && v[0] instanceof Boolean b) {
            axes.frame = b;
        } else if (v.length > 0) {
            double[] four = Numbers.flat(m, v[0]);
            if (four.length != 4) {
                throw NnError.value("v must contain [xmin xmax ymin ymax]");
            }
            limits(m, self, axes.x, four[0], four[1]);
            limits(m, self, axes.y, four[2], four[3]);
        }
        limits(m, self, axes.x, kwargs.getOrDefault("xmin", None.NONE), kwargs.getOrDefault("xmax", None.NONE));
        limits(m, self, axes.y, kwargs.getOrDefault("ymin", None.NONE), kwargs.getOrDefault("ymax", None.NONE));
        kwargs.keySet().removeAll(List.of("xmin", "xmax", "ymin", "ymax"));
        new Style(m, "axis", kwargs).done();
        Object[] x = now(self, axes.x).toArray();
        Object[] y = now(self, axes.y).toArray();
        return TupleValue.of(x[0], x[1], y[0], y[1]);
    }

    @Builtin(value = "set_xscale", signature = "value, **kwargs", method = true, doc = "The scale of the x axis: linear, log, symlog.")
    static void setXscale(Machine m, AxesValue self, String value, Map<String, Object> kwargs) {
        scale(m, self.axes().x, value, kwargs);
    }

    @Builtin(value = "set_yscale", signature = "value, **kwargs", method = true, doc = "The scale of the y axis: linear, log, symlog.")
    static void setYscale(Machine m, AxesValue self, String value, Map<String, Object> kwargs) {
        scale(m, self.axes().y, value, kwargs);
    }

    @Builtin(value = "get_xscale", method = true, doc = "The scale of the x axis.")
    static String getXscale(Machine m, AxesValue self) {
        return self.axes().x.spread.name().toLowerCase(Locale.ROOT);
    }

    @Builtin(value = "get_yscale", method = true, doc = "The scale of the y axis.")
    static String getYscale(Machine m, AxesValue self) {
        return self.axes().y.spread.name().toLowerCase(Locale.ROOT);
    }

    private static void scale(Machine m, Axis axis, String value, Map<String, Object> kwargs) {
        axis.spread = switch (value) {
            case "linear" -> Axis.Spread.LINEAR;
            case "log" -> Axis.Spread.LOG;
            case "symlog" -> Axis.Spread.SYMLOG;
            default -> throw NnError.value("Unknown scale type '" + value + "'").help("scales are 'linear', 'log' and 'symlog'");
        };
        for (String each : kwargs.keySet()) {
            Object v = kwargs.get(each);
            if (each.startsWith("linthresh")) {
                axis.linearUpTo = Semantics.real(m, v);
            } else if (!(each.startsWith("base") && Semantics.real(m, v) == 10) && !each.startsWith("nonpos")) {
                Style.warn(m, "set_scale: '" + each + "' is not drawn here");
            }
        }
    }

    @Builtin(value = "set_aspect", signature = "aspect, adjustable=None, anchor=None, share=False", method = true, doc = "'equal', 'auto', or how long a unit up is compared with one across.")
    static void setAspect(Machine m, AxesValue self, Object aspect, Object adjustable, Object anchor, boolean share) {
        self.axes().aspect = "equal".equals(aspect) ? 1
                : "auto".equals(aspect) || "normal".equals(aspect) ? Double.NaN : Semantics.real(m, aspect);
        self.axes().adjustLimits = "datalim".equals(adjustable);
    }

    @Builtin(value = {"margins"}, signature = "*margins, x=None, y=None, tight=True", method = true, doc = "How much room the data leave to the frame, as a share of their range.")
    static void margins(Machine m, AxesValue self, Object[] margins, Object x, Object y, Object tight) {
        Object mx = margins.length > 0 ? margins[0] : x;
        Object my = margins.length > 1 ? margins[1] : margins.length > 0 ? margins[0] : y;
        if (mx != None.NONE) {
            self.axes().x.margin = Semantics.real(m, mx);
        }
        if (my != None.NONE) {
            self.axes().y.margin = Semantics.real(m, my);
        }
    }

    @Builtin(value = "invert_yaxis", method = true, doc = "Turns the y axis round.")
    static void invertYaxis(Machine m, AxesValue self) {
        self.axes().y.inverted ^= true;
    }

    @Builtin(value = "invert_xaxis", method = true, doc = "Turns the x axis round.")
    static void invertXaxis(Machine m, AxesValue self) {
        self.axes().x.inverted ^= true;
    }

    @Builtin(value = {"autoscale", "autoscale_view"}, signature = "enable=True, axis='both', tight=None, scalex=True, scaley=True", method = true, doc = "Lets the data decide the limits again.")
    static void autoscale(Machine m, AxesValue self, boolean enable, String axis, Object tight, boolean scalex, boolean scaley) {
        for (Axis each : new Axis[] {self.axes().x, self.axes().y}) {
            boolean meant = !axis.equals(each == self.axes().x ? "y" : "x") && (each == self.axes().x ? scalex : scaley);
            if (meant && enable) {
                each.low = Double.NaN;
                each.high = Double.NaN;
                each.margin = tight != None.NONE && Semantics.truth(m, tight) ? 0 : each.margin;
            }
        }
    }

    @Builtin(value = "relim", signature = "visible_only=False", method = true, doc = "Limits are always those of the data shown.")
    static void relim(Machine m, AxesValue self, boolean visible) {}
}
