package io.retrograd.plot;

import java.util.List;

/** A scale that says what colours mean: beside its axes, or alone in axes of its own. */
public final class ColorBar {
    public final Colormap map;
    public double low;
    public double high;
    /** The colours of contours lie in steps between these; empty for a smooth scale. */
    public double[] boundaries = {};
    public boolean horizontal;
    public String label = "";
    public TextStyle labelStyle = TextStyle.PLAIN;
    public TextStyle tickStyle = TextStyle.PLAIN;
    /** Null where the scale decides. */
    public List<Axis.Tick> ticks;
    public String format;
    /** The share of the axes' room that it takes, its distance from them, and how much of their height it has. */
    public double fraction = 0.15;
    public double pad = 0.05;
    public double shrink = 1;
    public double alpha = 1;
    public Axis.Spread spread = Axis.Spread.LINEAR;
    /** It fills its axes instead of standing beside them. */
    public boolean alone;

    public ColorBar(Colormap map, double low, double high) {
        this.map = map;
        this.low = low;
        this.high = high;
    }
}
