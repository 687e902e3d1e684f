package io.retrograd.plot;

import io.retrograd.error.StopCheck;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;

/** Draws figures on any Graphics2D in units of points (1/72 inch), the way matplotlib lays them out. */
final class Painter {
    private Painter() {}

    /** Draws the figure; one unit of g is a point. */
    static void paint(Figure figure, Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(figure.face);
        g.fill(new Rectangle2D.Double(0, 0, figure.width * 72, figure.height * 72));
        AxesPainter painter = new AxesPainter(g, figure);
        if (figure.tight) {
            TightLayout.apply(figure, painter);
        }
        for (Axes axes : figure.axes) {
            StopCheck.ask();
            painter.paint(axes);
        }
        painter.figureTexts();
    }
}
