package io.retrograd.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/** A picture in the making: its size in inches, its dots per inch, its axes and the room round them. */
public final class Figure {
    public double width = 6.4;
    public double height = 4.8;
    public double dpi = 100;
    public String title = "";
    public TextStyle titleStyle = TextStyle.PLAIN.withSize(12);
    public double titleX = 0.5;
    public double titleY = 0.98;
    public Color face = Color.WHITE;
    public final List<Axes> axes = new ArrayList<>();
    /** Texts that belong to no axes; their coordinates are fractions of the figure. */
    public final List<Placed> texts = new ArrayList<>();

    /** The margins as fractions of the figure, and the gaps between axes as fractions of their size. */
    public double left = 0.125;
    public double right = 0.9;
    public double bottom = 0.11;
    public double top = 0.88;
    public double across = 0.2;
    public double up = 0.2;
    /** Margins and gaps are made as small as the labels allow when it is drawn. */
    public boolean tight;
    /** The room that a tight layout leaves, in multiples of the font's size. */
    public double tightPad = 1.08;
    /** The part of the figure that a tight layout fills. */
    public double[] tightPart = {0, 0, 1, 1};
}
