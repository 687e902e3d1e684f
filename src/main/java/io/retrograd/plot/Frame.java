package io.retrograd.plot;

import java.awt.geom.Rectangle2D;

/** Axes at their place on the paper: where a value of the data lies, in points from the upper left. */
record Frame(Rectangle2D box, Scale x, Scale y) implements Contours.Projection {
    @Override
    public double x(double v) {
        return box.getX() + x.place(v) * box.getWidth();
    }

    @Override
    public double y(double v) {
        return box.getMaxY() - y.place(v) * box.getHeight();
    }
}
