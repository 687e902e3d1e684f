package io.retrograd.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** matplotlib's marks for points. */
final class Markers {
    private final Graphics2D g;
    private final TextPainter texts;

    Markers(Graphics2D g, TextPainter texts) {
        this.g = g;
        this.texts = texts;
    }

    void draw(Marker marker, double x, double y) {
        String sign = marker.shape();
        double size = marker.size();
        double r = size / 2;
        if (sign.length() > 2 && sign.startsWith("$")) {
            texts.draw(sign, x, y, TextStyle.PLAIN.withSize(size * 1.2).withColor(marker.face()), "center", "center", 0);
            return;
        }
        Path2D lines = strokes(sign, x, y, r);
        if (lines != null) {
            g.setColor(marker.edge() == null ? marker.face() : marker.edge());
            g.setStroke(new BasicStroke((float) Math.max(marker.edgeWidth(), 0.5)));
            g.draw(lines);
            return;
        }
        Shape shape = switch (sign) {
            case "s" -> new Rectangle2D.Double(x - r, y - r, size, size);
            case "^" -> corners(x, y, -r, r, 0, -r, r, r);
            case "v" -> corners(x, y, -r, -r, 0, r, r, -r);
            case "<" -> corners(x, y, r, -r, -r, 0, r, r);
            case ">" -> corners(x, y, -r, -r, r, 0, -r, r);
            case "D" -> corners(x, y, -r, 0, 0, -r, r, 0, 0, r);
            case "d" -> corners(x, y, -0.6 * r, 0, 0, -r, 0.6 * r, 0, 0, r);
            case "p" -> regular(x, y, r, 5, -90);
            case "h" -> regular(x, y, r, 6, -90);
            case "H" -> regular(x, y, r, 6, 0);
            case "8" -> regular(x, y, r, 8, 22.5);
            case "*" -> star(x, y, r);
            case "P" -> plus(x, y, r, 0);
            case "X" -> plus(x, y, r, 45);
            case "." -> new Ellipse2D.Double(x - r / 2, y - r / 2, r, r);
            case "," -> new Rectangle2D.Double(x - 0.36, y - 0.36, 0.72, 0.72);
            default -> new Ellipse2D.Double(x - r, y - r, size, size);
        };
        g.setColor(marker.face());
        g.fill(shape);
        if (marker.edge() != null && marker.edgeWidth() > 0 && !sign.equals(",")) {
            g.setColor(marker.edge());
            g.setStroke(new BasicStroke((float) marker.edgeWidth(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_MITER));
            g.draw(shape);
        }
    }

    /** The marks that are lines; null for the others. */
    private static Path2D strokes(String sign, double x, double y, double r) {
        double d = r * 0.707;
        double[] pieces = switch (sign) {
            case "x" -> new double[] {-r, -r, r, r, -r, r, r, -r};
            case "+" -> new double[] {-r, 0, r, 0, 0, -r, 0, r};
            case "|" -> new double[] {0, -r, 0, r};
            case "_" -> new double[] {-r, 0, r, 0};
            case "1" -> new double[] {0, 0, 0, r, 0, 0, -d, -r / 2, 0, 0, d, -r / 2};
            case "2" -> new double[] {0, 0, 0, -r, 0, 0, -d, r / 2, 0, 0, d, r / 2};
            case "3" -> new double[] {0, 0, -r, 0, 0, 0, r / 2, -d, 0, 0, r / 2, d};
            case "4" -> new double[] {0, 0, r, 0, 0, 0, -r / 2, -d, 0, 0, -r / 2, d};
            default -> null;
        };
        if (pieces == null) {
            return null;
        }
        Path2D path = new Path2D.Double();
        for (int i = 0; i < pieces.length; i += 4) {
            path.append(new Line2D.Double(x + pieces[i], y + pieces[i + 1], x + pieces[i + 2], y + pieces[i + 3]), false);
        }
        return path;
    }

    private static Path2D corners(double x, double y, double... at) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < at.length; i += 2) {
            if (i == 0) {
                path.moveTo(x + at[0], y + at[1]);
            } else {
                path.lineTo(x + at[i], y + at[i + 1]);
            }
        }
        path.closePath();
        return path;
    }

    private static Path2D regular(double x, double y, double r, int n, double startDegrees) {
        double[] at = new double[2 * n];
        for (int i = 0; i < n; i++) {
            double angle = Math.toRadians(startDegrees + 360.0 * i / n);
            at[2 * i] = r * Math.cos(angle);
            at[2 * i + 1] = r * Math.sin(angle);
        }
        return corners(x, y, at);
    }

    private static Path2D star(double x, double y, double r) {
        double[] at = new double[20];
        for (int i = 0; i < 10; i++) {
            double angle = Math.toRadians(-90 + 36.0 * i);
            double radius = i % 2 == 0 ? r : r * 0.382;
            at[2 * i] = radius * Math.cos(angle);
            at[2 * i + 1] = radius * Math.sin(angle);
        }
        return corners(x, y, at);
    }

    private static Path2D plus(double x, double y, double r, double degrees) {
        double w = r / 3;
        double[] at = {-w, -r, w, -r, w, -w, r, -w, r, w, w, w, w, r, -w, r, -w, w, -r, w, -r, -w, -w, -w};
        double c = Math.cos(Math.toRadians(degrees));
        double s = Math.sin(Math.toRadians(degrees));
        for (int i = 0; i < at.length; i += 2) {
            double px = at[i] * c - at[i + 1] * s;
            at[i + 1] = at[i] * s + at[i + 1] * c;
            at[i] = px;
        }
        return corners(x, y, at);
    }
}
