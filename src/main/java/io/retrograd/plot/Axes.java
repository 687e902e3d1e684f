package io.retrograd.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One coordinate system of a figure: where it stands, what it shows, how it is labelled. Changed by whoever plots. */
public final class Axes {
    /** The four lines of the frame. */
    public enum Side {
        LEFT,
        RIGHT,
        TOP,
        BOTTOM
    }

    /** One line of the frame; null is drawn nowhere. */
    public final Map<Side, LineStyle> spines = new EnumMap<>(Side.class);
    /** Where a line of the frame stands instead of at its side: a value of the other axis. */
    public final Map<Side, Double> spinePlaces = new EnumMap<>(Side.class);

    public Placement placement;
    public final List<Placed> artists = new ArrayList<>();
    public Axis x = new Axis();
    public Axis y = new Axis();
    public String title = "";
    public TextStyle titleStyle = TextStyle.PLAIN.withSize(12);
    /** left, center or right. */
    public String titlePlace = "center";
    public double titlePad = 6;
    public boolean frame = true;
    public boolean visible = true;
    public Color face = Color.WHITE;
    /** How long a unit up is compared with one across; NaN where the place decides. */
    public double aspect = Double.NaN;
    /** With an aspect: widens the limits instead of shrinking the box. */
    public boolean adjustLimits;
    /** Null where there is none. */
    public Legend legend;
    /** What tells its colours; null for none. */
    public ColorBar colorBar;
    /** Shared axes write their marks out at the edge of the grid only. */
    public boolean hideX;
    public boolean hideY;
    /** Of axes in the same place only one writes out the axis that they share. */
    public boolean ownX = true;
    public boolean ownY = true;
    /** Drawn over others in the same place, without a background. */
    public boolean overlay;
    /** The box of three dimensions that these axes show instead; null where they are flat. */
    public Space space;
    /** The colours that lines take in turn. */
    public Color[] cycle = Colors.cycle();
    private int next;

    public Axes(Placement placement) {
        this.placement = placement;
        for (Side side : Side.values()) {
            spines.put(side, LineStyle.solid(Color.BLACK, 0.8));
        }
    }

    /** The next colour that a line takes by itself. */
    public Color nextColor() {
        return cycle[next++ % cycle.length];
    }

    /** Puts something on top. */
    public Placed add(Artist artist) {
        Placed placed = new Placed(artist);
        artists.add(placed);
        return placed;
    }

    /** Drops everything that it shows. */
    public void clear() {
        artists.clear();
        next = 0;
        title = "";
        x.clear();
        y.clear();
        legend = null;
        aspect = Double.NaN;
        adjustLimits = false;
        frame = true;
        colorBar = null;
        space = space == null ? null : new Space();
    }
}
