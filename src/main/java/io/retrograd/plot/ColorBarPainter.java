package io.retrograd.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Draws the scale that says what colours mean. */
final class ColorBarPainter {
    private static final int STEPS = 256;

    private final Graphics2D g;
    private final TextPainter texts;

    ColorBarPainter(Graphics2D g, TextPainter texts) {
        this.g = g;
        this.texts = texts;
    }

    /** Beside the box of its axes; width and height are those of the axes' whole place. */
    void beside(ColorBar bar, Rectangle2D box, double width, double height) {
        double thick = 0.05;
        if (bar.horizontal) {
            double w = box.getWidth() * bar.shrink;
            paint(bar, new Rectangle2D.Double(box.getCenterX() - w / 2, box.getMaxY() + (bar.pad + 0.07) * height, w, thick * height));
        } else {
            double h = box.getHeight() * bar.shrink;
            paint(bar, new Rectangle2D.Double(
                    box.getMaxX() + bar.pad * width, box.getCenterY() - h / 2, Math.min(thick * width, bar.fraction * width), h));
        }
    }

    void paint(ColorBar bar, Rectangle2D box) {
        double high = bar.high == bar.low ? bar.low + 1 : bar.high;
        Scale scale = new Scale(bar.low, high, bar.spread, 1, false);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        if (bar.boundaries.length > 1) {
            for (int i = 0; i + 1 < bar.boundaries.length; i++) {
                double from = scale.place(bar.boundaries[i]);
                double to = scale.place(bar.boundaries[i + 1]);
                piece(bar, box, from, to, bar.map.at((from + to) / 2));
            }
        } else {
            for (int i = 0; i < STEPS; i++) {
                piece(bar, box, (double) i / STEPS, (i + 1.0) / STEPS, bar.map.at((i + 0.5) / STEPS));
            }
        }
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.BLACK);
        g.setStroke(new BasicStroke(0.8f));
        g.draw(box);
        marks(bar, box, scale);
    }

    private void piece(ColorBar bar, Rectangle2D box, double from, double to, Color color) {
        g.setColor(Colors.withAlpha(color, bar.alpha));
        g.fill(bar.horizontal
                ? new Rectangle2D.Double(box.getX() + from * box.getWidth(), box.getY(), (to - from) * box.getWidth() + 0.5, box.getHeight())
                : new Rectangle2D.Double(box.getX(), box.getMaxY() - to * box.getHeight(), box.getWidth(), (to - from) * box.getHeight() + 0.5));
    }

    private void marks(ColorBar bar, Rectangle2D box, Scale scale) {
        List<Axis.Tick> ticks = bar.ticks;
        double length = bar.horizontal ? box.getWidth() / 2 : box.getHeight();
        if (ticks == null) {
            ticks = scale.ticks(length, bar.tickStyle.size(), bar.format);
            if (bar.boundaries.length > 1 && bar.boundaries.length <= 12) {
                ticks = new ArrayList<>();
                for (double v : bar.boundaries) {
                    ticks.add(new Axis.Tick(v, new Scale(v, v + 1, Axis.Spread.LINEAR, 0, false).number(v, bar.format)));
                }
            }
        }
        double widest = 0;
        for (Axis.Tick t : ticks) {
            double p = scale.place(t.at());
            if (p < -1e-9 || p > 1 + 1e-9) {
                continue;
            }
            g.setColor(Color.BLACK);
            if (bar.horizontal) {
                double x = box.getX() + p * box.getWidth();
                g.draw(new Line2D.Double(x, box.getMaxY(), x, box.getMaxY() + 3.5));
                texts.draw(t.text(), x, box.getMaxY() + 7, bar.tickStyle, "center", "top", 0);
                widest = Math.max(widest, texts.height(t.text(), bar.tickStyle));
            } else {
                double y = box.getMaxY() - p * box.getHeight();
                g.draw(new Line2D.Double(box.getMaxX(), y, box.getMaxX() + 3.5, y));
                texts.draw(t.text(), box.getMaxX() + 7, y, bar.tickStyle, "left", "center", 0);
                widest = Math.max(widest, texts.width(t.text(), bar.tickStyle));
            }
        }
        if (bar.horizontal) {
            texts.draw(bar.label, box.getCenterX(), box.getMaxY() + 11 + widest, bar.labelStyle, "center", "top", 0);
        } else {
            double half = texts.height(bar.label, bar.labelStyle) / 2;
            texts.draw(bar.label, box.getMaxX() + 11 + widest + half, box.getCenterY(), bar.labelStyle, "center", "center", 90);
        }
    }
}
