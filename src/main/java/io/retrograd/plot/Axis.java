package io.retrograd.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleFunction;

/** One of the two axes of a coordinate system: how it is scaled, marked and labelled. Axes that share it have the same one. */
public final class Axis {
    /** A mark on an axis. */
    public record Tick(double at, String text) {}

    /** How values are spread along it. */
    public enum Spread {
        LINEAR,
        LOG,
        SYMLOG
    }

    public String label = "";
    public TextStyle labelStyle = TextStyle.PLAIN;
    /** Degrees; NaN for the axis's own. */
    public double labelRotation = Double.NaN;
    /** Points between marks and label. */
    public double labelPad = 4;
    /** NaN where the data decide. */
    public double low = Double.NaN;
    public double high = Double.NaN;
    /** Null where the scale decides. */
    public List<Tick> ticks;
    /** How far marks stand apart, given the range's low and high end; null where the scale decides. */
    public DoubleBinaryOperator step;
    /** How a mark is written; null where the scale or the format decides. */
    public DoubleFunction<String> writer;
    /** The names that stand at 0, 1, 2 … where strings are plotted. */
    public List<String> categories = new ArrayList<>();
    /** How marks are written where their texts are not given: a printf format with {@code %}; null for the scale's own. */
    public String format;
    /** From which power of ten downwards and upwards the marks share one, which stands at the axis's end; null for never. */
    public int[] powers = {-5, 6};
    /** Whether small marks stand between the others. */
    public boolean small;
    public TextStyle tickStyle = TextStyle.PLAIN;
    public double tickRotation;
    public String tickAlign = "center";
    public Color tickColor = Color.BLACK;
    public double tickLength = 3.5;
    public double tickWidth = 0.8;
    public double tickPad = 3.5;
    /** Into the axes instead of out of them. */
    public boolean ticksInside;
    public Spread spread = Spread.LINEAR;
    /** Up to where a symmetric log scale is linear. */
    public double linearUpTo = 2;
    public boolean inverted;
    public boolean visible = true;
    public boolean marks = true;
    public boolean tickTexts = true;
    /** Above instead of below, to the right instead of to the left. */
    public boolean opposite;
    /** Null for no lines at the marks. */
    public LineStyle grid;
    /** How much room the data leave to the frame, as a share of their range. */
    public double margin = 0.05;

    void clear() {
        Axis fresh = new Axis();
        label = fresh.label;
        labelStyle = fresh.labelStyle;
        low = Double.NaN;
        high = Double.NaN;
        ticks = null;
        format = null;
        powers = fresh.powers;
        small = false;
        step = null;
        writer = null;
        categories = new ArrayList<>();
        spread = Spread.LINEAR;
        inverted = false;
        visible = true;
        marks = true;
        tickTexts = true;
        grid = null;
    }
}
