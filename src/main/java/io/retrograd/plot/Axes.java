package io.retrograd.plot;

import java.util.ArrayList;
import java.util.List;

/** One coordinate system of a figure: where it stands, what it shows, how it is labelled. Changed by whoever plots. */
public final class Axes {
    /** A mark on an axis. */
    public record Tick(double at, String text) {}

    /** How one of the two axes is scaled and labelled. */
    public static final class Axis {
        public String label = "";
        /** NaN where the data decide. */
        public double low = Double.NaN;
        public double high = Double.NaN;
        /** Null where the scale decides. */
        public List<Tick> ticks;
        public boolean logarithmic;
        public boolean inverted;
        public boolean visible = true;
    }

    /** Place in the figure as fractions from the lower left: left, bottom, width, height. */
    public double[] position;

    public final List<Artist> artists = new ArrayList<>();
    public final Axis x = new Axis();
    public final Axis y = new Axis();
    public String title = "";
    public boolean frame = true;
    public boolean grid;
    /** Whether a unit is as long across as up. */
    public boolean equal;
    public boolean legend;
    public String legendPlace = "best";
    /** Null where no colour bar belongs to it. */
    public ColorBar colorBar;
    private int cycle;

    /** A scale beside the axes that says what its colours mean. */
    public record ColorBar(Colormap map, double low, double high) {}

    public Axes(double... position) {
        this.position = position;
    }

    /** The number of the next colour that a line takes by itself. */
    public int nextInCycle() {
        return cycle++;
    }

    /** Drops everything that it shows. */
    public void clear() {
        artists.clear();
        cycle = 0;
        title = "";
        for (Axis a : List.of(x, y)) {
            a.label = "";
            a.low = Double.NaN;
            a.high = Double.NaN;
            a.ticks = null;
            a.logarithmic = false;
            a.inverted = false;
            a.visible = true;
        }
        legend = false;
        grid = false;
        equal = false;
        frame = true;
        colorBar = null;
    }
}
