package io.retrograd.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/** What axes of three dimensions show: surfaces, points, lines and texts in a box that is looked at from somewhere. */
public final class Space {
    /** Something in the box; coordinates are those of the axes, sizes are in points. */
    public sealed interface Body {}

    /** A patch for each cell of a grid; a null fill leaves the wires alone. */
    public record Surface(double[][] x, double[][] y, double[][] z, Color[][] fill, Color edge) implements Body {}

    /** A mark at each point; areas and colours have one element for all or one each. */
    public record Points(double[] x, double[] y, double[] z, double[] areas, Color[] colors, String marker) implements Body {}

    /** A line through points; null is no line, a mark at each point alone. */
    public record Line(double[] x, double[] y, double[] z, LineStyle style, Marker marker) implements Body {}

    /** Text at a point, on a ground of its own where there is one. */
    public record Text(double x, double y, double z, String text, TextStyle style, Color ground) implements Body {}

    public final List<Body> bodies = new ArrayList<>();
    public final Axis z = new Axis();
    /** Degrees above the ground and around it from which the box is looked at. */
    public double elevation = 30;
    public double azimuth = -60;
}
