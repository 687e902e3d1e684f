package io.retrograd.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** Fills a shape with matplotlib's hatches: / \ | - + x o O . *, a sign given twice being twice as dense. */
final class Hatching {
    private static final double SPACING = 12;

    private Hatching() {}

    static void draw(Graphics2D g, Shape shape, String signs, Color color) {
        Shape before = g.getClip();
        g.clip(shape);
        g.setColor(color);
        g.setStroke(new BasicStroke(1f));
        Rectangle2D b = shape.getBounds2D();
        for (char sign : "/\\|-+xoO.*".toCharArray()) {
            long count = signs.chars().filter(c -> c == sign).count();
            if (count > 0) {
                lines(g, b, sign, SPACING / count);
            }
        }
        g.setClip(before);
    }

    private static void lines(Graphics2D g, Rectangle2D b, char sign, double gap) {
        double w = b.getWidth();
        double h = b.getHeight();
        if (sign == '/' || sign == 'x') {
            for (double d = -h; d < w; d += gap) {
                g.draw(new Line2D.Double(b.getX() + d, b.getMaxY(), b.getX() + d + h, b.getY()));
            }
        }
        if (sign == '\\' || sign == 'x') {
            for (double d = -h; d < w; d += gap) {
                g.draw(new Line2D.Double(b.getX() + d, b.getY(), b.getX() + d + h, b.getMaxY()));
            }
        }
        if (sign == '|' || sign == '+') {
            for (double d = gap / 2; d < w; d += gap) {
                g.draw(new Line2D.Double(b.getX() + d, b.getY(), b.getX() + d, b.getMaxY()));
            }
        }
        if (sign == '-' || sign == '+') {
            for (double d = gap / 2; d < h; d += gap) {
                g.draw(new Line2D.Double(b.getX(), b.getY() + d, b.getMaxX(), b.getY() + d));
            }
        }
        double r = sign == 'O' ? gap * 0.35 : sign == 'o' ? gap * 0.2 : gap * 0.1;
        if ("oO.*".indexOf(sign) >= 0) {
            for (double y = gap / 2; y < h; y += gap) {
                for (double x = gap / 2; x < w; x += gap) {
                    Shape dot = new Ellipse2D.Double(b.getX() + x - r, b.getY() + y - r, 2 * r, 2 * r);
                    if (sign == '.' || sign == '*') {
                        g.fill(dot);
                    } else {
                        g.draw(dot);
                    }
                }
            }
        }
    }
}
