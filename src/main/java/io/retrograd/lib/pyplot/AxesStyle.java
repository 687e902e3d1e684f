package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.Machine;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Axis;
import io.retrograd.plot.LineStyle;
import java.util.Locale;

/** What the rc parameters say of new axes. */
final class AxesStyle {
    private AxesStyle() {}

    /** The defaults of the rc parameters. */
    static void style(Machine m, Axes a) {
        m.step();
        RcParams rc = RcParams.of(m);
        a.face = rc.color(m, "axes.facecolor");
        a.cycle = rc.cycle(m);
        a.titleStyle = rc.style(m, "axes.titlesize", "axes.titleweight", "");
        a.titlePad = rc.number(m, "axes.titlepad");
        LineStyle frame = LineStyle.solid(rc.color(m, "axes.edgecolor"), rc.number(m, "axes.linewidth"));
        for (Axes.Side side : Axes.Side.values()) {
            a.spines.put(side, rc.flag(m, "axes.spines." + side.name().toLowerCase(Locale.ROOT)) ? frame : null);
        }
        axis(m, a.x, "xtick", rc.number(m, "axes.xmargin"));
        axis(m, a.y, "ytick", rc.number(m, "axes.ymargin"));
    }

    /** The defaults for axes that share one of their axes with others. */
    static void styleTwin(Machine m, Axes a) {
        Axes fresh = new Axes(a.placement);
        style(m, fresh);
        a.cycle = fresh.cycle;
        a.spines.putAll(fresh.spines);
        a.titleStyle = fresh.titleStyle;
        Axis own = a.ownX ? a.x : a.y;
        axis(m, own, a.ownX ? "xtick" : "ytick", own.margin);
        own.grid = null;
    }

    static void axis(Machine m, Axis axis, String name, double margin) {
        RcParams rc = RcParams.of(m);
        axis.margin = margin;
        axis.labelStyle = rc.style(m, "axes.labelsize", "axes.labelweight", "axes.labelcolor");
        axis.labelPad = rc.number(m, "axes.labelpad");
        axis.tickStyle = rc.style(m, name + ".labelsize", "", name + ".color");
        axis.tickColor = rc.color(m, name + ".color");
        axis.ticksInside = rc.text(m, name + ".direction").equals("in");
        axis.tickLength = rc.number(m, name + ".major.size");
        axis.tickWidth = rc.number(m, name + ".major.width");
        axis.tickPad = rc.number(m, name + ".major.pad");
        axis.grid = rc.flag(m, "axes.grid") ? rc.grid(m) : null;
    }
}
