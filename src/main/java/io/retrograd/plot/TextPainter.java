package io.retrograd.plot;

import io.retrograd.error.StopCheck;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Measures and draws texts of one or more lines. */
final class TextPainter {
    private final Graphics2D g;

    TextPainter(Graphics2D g) {
        this.g = g;
    }

    private static Font font(TextStyle style, double scale, boolean italic) {
        int look = (style.bold() ? Font.BOLD : 0) | (style.italic() || italic ? Font.ITALIC : 0);
        return new Font(style.family(), look, 1).deriveFont((float) (style.size() * scale));
    }

    private FontMetrics metrics(TextStyle style) {
        return g.getFontMetrics(font(style, 1, false));
    }

    private double lineWidth(String line, TextStyle style) {
        double w = 0;
        StopCheck.ask();
        for (MathText.Run run : MathText.of(line)) {
            w += g.getFontMetrics(font(style, run.scale(), run.italic())).stringWidth(run.text());
        }
        return w;
    }

    /** The width of the widest line. */
    double width(String text, TextStyle style) {
        double widest = 0;
        for (String line : text.split("\n", -1)) {
            widest = Math.max(widest, lineWidth(line, style));
        }
        return text.isEmpty() ? 0 : widest;
    }

    double height(String text, TextStyle style) {
        FontMetrics m = metrics(style);
        return text.isEmpty() ? 0 : text.split("\n", -1).length * (double) (m.getAscent() + m.getDescent());
    }

    /** The room that a turned text takes: its width and height. */
    double[] room(String text, TextStyle style, double degrees) {
        double w = width(text, style);
        double h = height(text, style);
        double a = Math.toRadians(degrees);
        double c = Math.abs(Math.cos(a));
        double s = Math.abs(Math.sin(a));
        return new double[] {w * c + h * s, w * s + h * c};
    }

    /** The upright rectangle that a text takes which is not turned. */
    Rectangle2D box(String text, double x, double y, TextStyle style, String horizontal, String vertical) {
        double w = width(text, style);
        double h = height(text, style);
        return new Rectangle2D.Double(x + left(horizontal, w), y + top(vertical, h, text, style), w, h);
    }

    /** The middle of a turned text: its own rectangle is what is aligned. */
    double[] middle(String text, double x, double y, TextStyle style, String horizontal, String vertical, double degrees) {
        double[] r = room(text, style, degrees);
        return new double[] {
            x + left(horizontal, r[0]) + r[0] / 2, y + (vertical.equals("baseline") ? -r[1] : top(vertical, r[1], text, style)) + r[1] / 2
        };
    }

    private static double left(String horizontal, double w) {
        return switch (horizontal) {
            case "center" -> -w / 2;
            case "right" -> -w;
            default -> 0;
        };
    }

    private double top(String vertical, double h, String text, TextStyle style) {
        FontMetrics m = metrics(style);
        return switch (vertical) {
            case "top" -> 0;
            case "center", "center_baseline" -> -h / 2;
            case "bottom" -> -h;
            default -> -(h - m.getDescent());
        };
    }

    /** Draws a text around a point, turned by degrees against the clock. */
    void draw(String text, double x, double y, TextStyle style, String horizontal, String vertical, double degrees) {
        if (text.isEmpty()) {
            return;
        }
        AffineTransform before = g.getTransform();
        FontMetrics m = metrics(style);
        double lineHeight = m.getAscent() + m.getDescent();
        String[] lines = text.split("\n", -1);
        double w = width(text, style);
        double h = lineHeight * lines.length;
        g.translate(x, y);
        double left = left(horizontal, w);
        double top = top(vertical, h, text, style);
        if (degrees != 0) {
            // The turned text's own rectangle is what is aligned, as matplotlib does it.
            double a = Math.toRadians(degrees);
            double rw = w * Math.abs(Math.cos(a)) + h * Math.abs(Math.sin(a));
            double rh = w * Math.abs(Math.sin(a)) + h * Math.abs(Math.cos(a));
            g.translate(left(horizontal, rw) + rw / 2, (vertical.equals("baseline") ? -rh : top(vertical, rh, text, style)) + rh / 2);
            g.rotate(-a);
            left = -w / 2;
            top = -h / 2;
        }
        g.setColor(style.color());
        for (int i = 0; i < lines.length; i++) {
            double own = lineWidth(lines[i], style);
            double start = left + (horizontal.equals("center") ? (w - own) / 2 : horizontal.equals("right") ? w - own : 0);
            line(MathText.of(lines[i]), start, top + m.getAscent() + i * lineHeight, style);
        }
        g.setTransform(before);
    }

    private void line(List<MathText.Run> runs, double x, double baseline, TextStyle style) {
        double at = x;
        for (MathText.Run run : runs) {
            Font f = font(style, run.scale(), run.italic());
            g.setFont(f);
            g.drawString(run.text(), (float) at, (float) (baseline - run.raise() * style.size()));
            at += g.getFontMetrics(f).stringWidth(run.text());
        }
    }
}
