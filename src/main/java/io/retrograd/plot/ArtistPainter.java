package io.retrograd.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Draws the things inside of axes. */
final class ArtistPainter {
    private final Graphics2D g;
    private final TextPainter texts;
    private final Markers markers;

    ArtistPainter(Graphics2D g, TextPainter texts) {
        this.g = g;
        this.texts = texts;
        this.markers = new Markers(g, texts);
    }

    Markers markers() {
        return markers;
    }

    void draw(Artist artist, Frame f) {
        if (artist instanceof Artist.Line l) {
            line(l, f);
        } else if (artist instanceof Artist.Points p) {
            points(p, f);
        } else if (artist instanceof Artist.Bars b) {
            bars(b, f);
        } else if (artist instanceof Artist.ErrorBars e) {
            errorBars(e, f);
        } else if (artist instanceof Artist.Image i) {
            image(i, f);
        } else if (artist instanceof Artist.Mesh mesh) {
            mesh(mesh, f);
        } else if (artist instanceof Artist.Contour c) {
            contour(c, f);
        } else if (artist instanceof Artist.FilledContour c) {
            filledContour(c, f);
        } else if (artist instanceof Artist.Areas a) {
            for (int i = 0; i < a.x().length; i++) {
                Path2D path = path(a.x()[i], a.y()[i], f);
                if (path.getCurrentPoint() != null) {
                    path.closePath();
                    fill(path, a.fill());
                }
            }
        } else if (artist instanceof Artist.Band b) {
            fill(band(b, f), b.fill());
        } else if (artist instanceof Artist.Rule r) {
            stroke(r.line(), rule(r, f));
        } else if (artist instanceof Artist.Segments s) {
            for (int i = 0; i < s.x0().length; i++) {
                stroke(s.line(), new Line2D.Double(f.x(s.x0()[i]), f.y(s.y0()[i]), f.x(s.x1()[i]), f.y(s.y1()[i])));
            }
        } else if (artist instanceof Artist.Arrows a) {
            for (int i = 0; i < a.x().length; i++) {
                double x0 = f.x(a.x()[i]);
                double y0 = f.y(a.y()[i]);
                arrow(x0, y0, f.x(a.x()[i] + a.dx()[i]), f.y(a.y()[i] + a.dy()[i]), LineStyle.solid(a.color(), a.width()), a.head(),
                        a.head() * 0.8, 0, true, false);
            }
        }
    }

    private void stroke(LineStyle style, Shape shape) {
        if (style != null && style.width() > 0) {
            g.setColor(style.color());
            g.setStroke(style.stroke());
            g.draw(shape);
        }
    }

    void fill(Shape shape, Fill fill) {
        if (fill.face() != null) {
            g.setColor(fill.face());
            g.fill(shape);
        }
        if (!fill.hatch().isEmpty()) {
            Hatching.draw(g, shape, fill.hatch(), fill.edge() == null ? Color.BLACK : fill.edge().color());
        }
        stroke(fill.edge(), shape);
    }

    /** The line through the points that are numbers, interrupted at the others. */
    private static Path2D path(double[] x, double[] y, Frame f) {
        Path2D path = new Path2D.Double();
        boolean open = false;
        for (int i = 0; i < x.length; i++) {
            double px = f.x(x[i]);
            double py = f.y(y[i]);
            if (Double.isNaN(px) || Double.isNaN(py) || Double.isInfinite(px) || Double.isInfinite(py)) {
                open = false;
                continue;
            }
            // Far outside of the paper nothing changes but the renderer's patience with dashes.
            px = Math.max(-1e5, Math.min(1e5, px));
            py = Math.max(-1e5, Math.min(1e5, py));
            if (open) {
                path.lineTo(px, py);
            } else {
                path.moveTo(px, py);
                open = true;
            }
        }
        return path;
    }

    private void line(Artist.Line l, Frame f) {
        if (l.line() != null) {
            double[][] xy = l.steps().isEmpty() ? new double[][] {l.x(), l.y()} : steps(l);
            stroke(l.line(), path(xy[0], xy[1], f));
        }
        if (l.marker().isDrawn()) {
            for (int i = 0; i < l.x().length; i++) {
                double px = f.x(l.x()[i]);
                double py = f.y(l.y()[i]);
                if (!Double.isNaN(px) && !Double.isNaN(py)) {
                    markers.draw(l.marker(), px, py);
                }
            }
        }
    }

    private static double[][] steps(Artist.Line l) {
        int n = l.x().length;
        int k = 0;
        double[] x = new double[4 * n];
        double[] y = new double[4 * n];
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                double corner = switch (l.steps()) {
                    case "pre" -> l.x()[i - 1];
                    case "mid" -> (l.x()[i - 1] + l.x()[i]) / 2;
                    default -> l.x()[i];
                };
                x[k] = corner;
                y[k++] = l.y()[i - 1];
                x[k] = corner;
                y[k++] = l.y()[i];
            }
            x[k] = l.x()[i];
            y[k++] = l.y()[i];
        }
        return new double[][] {Arrays.copyOf(x, k), Arrays.copyOf(y, k)};
    }

    private void points(Artist.Points p, Frame f) {
        for (int i = 0; i < p.x().length; i++) {
            double px = f.x(p.x()[i]);
            double py = f.y(p.y()[i]);
            if (Double.isNaN(px) || Double.isNaN(py)) {
                continue;
            }
            Color face = p.faces()[p.faces().length == 1 ? 0 : i % p.faces().length];
            Color edge = p.edges().length == 0 ? null : p.edges()[p.edges().length == 1 ? 0 : i % p.edges().length];
            double size = Math.sqrt(p.areas()[p.areas().length == 1 ? 0 : i % p.areas().length]);
            markers.draw(new Marker(p.marker(), size, face, edge, p.edgeWidth()), px, py);
        }
    }

    private void bars(Artist.Bars b, Frame f) {
        for (int i = 0; i < b.x().length; i++) {
            double x0 = f.x(b.x()[i]);
            double x1 = f.x(b.x()[i] + b.widths()[i]);
            double y0 = clamp(f.y(b.y()[i]), f);
            double y1 = clamp(f.y(b.y()[i] + b.heights()[i]), f);
            Rectangle2D bar =
                    new Rectangle2D.Double(Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0));
            fill(bar, b.fills()[b.fills().length == 1 ? 0 : i]);
        }
    }

    /** The foot of a bar on a log axis lies at minus infinity: a little below the frame is as good. */
    private static double clamp(double y, Frame f) {
        double room = 4 * f.box().getHeight();
        return Double.isNaN(y) ? f.box().getMaxY() + room
                : Math.max(f.box().getY() - room, Math.min(f.box().getMaxY() + room, y));
    }

    private void errorBars(Artist.ErrorBars e, Frame f) {
        double cap = e.cap();
        for (int i = 0; i < e.x().length; i++) {
            double px = f.x(e.x()[i]);
            double py = f.y(e.y()[i]);
            if (e.down() != null || e.up() != null) {
                double low = e.down() == null ? py : f.y(e.y()[i] - e.down()[i]);
                double high = e.up() == null ? py : f.y(e.y()[i] + e.up()[i]);
                stroke(e.line(), new Line2D.Double(px, low, px, high));
                for (double end : new double[] {e.down() == null ? Double.NaN : low, e.up() == null ? Double.NaN : high}) {
                    if (cap > 0 && !Double.isNaN(end)) {
                        stroke(e.line(), new Line2D.Double(px - cap, end, px + cap, end));
                    }
                }
            }
            if (e.left() != null || e.right() != null) {
                double low = e.left() == null ? px : f.x(e.x()[i] - e.left()[i]);
                double high = e.right() == null ? px : f.x(e.x()[i] + e.right()[i]);
                stroke(e.line(), new Line2D.Double(low, py, high, py));
                for (double end : new double[] {e.left() == null ? Double.NaN : low, e.right() == null ? Double.NaN : high}) {
                    if (cap > 0 && !Double.isNaN(end)) {
                        stroke(e.line(), new Line2D.Double(end, py - cap, end, py + cap));
                    }
                }
            }
        }
    }

    private void image(Artist.Image i, Frame f) {
        int h = i.pixels().length;
        int w = h == 0 ? 0 : i.pixels()[0].length;
        if (w == 0) {
            return;
        }
        BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_ARGB);
        for (int r = 0; r < h; r++) {
            image.setRGB(0, r, w, 1, i.pixels()[r], 0, w);
        }
        double left = f.x(i.extent()[0]);
        double right = f.x(i.extent()[1]);
        double top = f.y(i.extent()[3]);
        double bottom = f.y(i.extent()[2]);
        g.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                i.smooth() ? RenderingHints.VALUE_INTERPOLATION_BILINEAR : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.drawImage(image, new AffineTransform((right - left) / w, 0, 0, (bottom - top) / h, left, top), null);
    }

    private void mesh(Artist.Mesh mesh, Frame f) {
        seamless(false);
        for (int r = 0; r < mesh.colors().length; r++) {
            for (int c = 0; c < mesh.colors()[r].length; c++) {
                double[] x = {mesh.x()[r][c], mesh.x()[r][c + 1], mesh.x()[r + 1][c + 1], mesh.x()[r + 1][c]};
                double[] y = {mesh.y()[r][c], mesh.y()[r][c + 1], mesh.y()[r + 1][c + 1], mesh.y()[r + 1][c]};
                Path2D cell = path(x, y, f);
                if (cell.getCurrentPoint() == null) {
                    continue;
                }
                cell.closePath();
                fill(cell, new Fill(mesh.colors()[r][c], mesh.edge(), ""));
            }
        }
        seamless(true);
    }

    /** Edges between cells of one colour would show through smoothing. */
    private void seamless(boolean smooth) {
        g.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING,
                smooth ? RenderingHints.VALUE_ANTIALIAS_ON : RenderingHints.VALUE_ANTIALIAS_OFF);
    }

    private void contour(Artist.Contour c, Frame f) {
        for (int k = 0; k < c.levels().length; k++) {
            Path2D all = new Path2D.Double();
            for (double[][] line : Contours.lines(c.x(), c.y(), c.z(), c.levels()[k])) {
                double[] x = new double[line.length];
                double[] y = new double[line.length];
                for (int i = 0; i < line.length; i++) {
                    x[i] = line[i][0];
                    y[i] = line[i][1];
                }
                all.append(path(x, y, f), false);
            }
            stroke(c.lines()[k], all);
        }
    }

    private void filledContour(Artist.FilledContour c, Frame f) {
        seamless(false);
        for (int k = 0; k + 1 < c.levels().length; k++) {
            Path2D band = Contours.band(c.x(), c.y(), c.z(), c.levels()[k], c.levels()[k + 1], f);
            g.setColor(c.colors()[k]);
            g.fill(band);
            if (c.hatches().length > 0 && !c.hatches()[k % c.hatches().length].isEmpty()) {
                Hatching.draw(g, band, c.hatches()[k % c.hatches().length], Color.BLACK);
            }
        }
        seamless(true);
    }

    private static Rectangle2D band(Artist.Band b, Frame f) {
        Rectangle2D box = f.box();
        if (b.horizontal()) {
            double y0 = f.y(b.low());
            double y1 = f.y(b.high());
            return new Rectangle2D.Double(box.getX() + b.from() * box.getWidth(), Math.min(y0, y1),
                    (b.to() - b.from()) * box.getWidth(), Math.abs(y1 - y0));
        }
        double x0 = f.x(b.low());
        double x1 = f.x(b.high());
        return new Rectangle2D.Double(Math.min(x0, x1), box.getMaxY() - b.to() * box.getHeight(), Math.abs(x1 - x0),
                (b.to() - b.from()) * box.getHeight());
    }

    private static Line2D rule(Artist.Rule r, Frame f) {
        Rectangle2D b = f.box();
        return r.horizontal()
                ? new Line2D.Double(b.getX() + r.from() * b.getWidth(), f.y(r.at()), b.getX() + r.to() * b.getWidth(), f.y(r.at()))
                : new Line2D.Double(
                        f.x(r.at()), b.getMaxY() - r.from() * b.getHeight(), f.x(r.at()), b.getMaxY() - r.to() * b.getHeight());
    }

    // Texts

    private static double[] point(double x, double y, Artist.Place place, Frame f, double width, double height) {
        Rectangle2D b = f.box();
        return switch (place) {
            case DATA -> new double[] {f.x(x), f.y(y)};
            case AXES -> new double[] {b.getX() + x * b.getWidth(), b.getMaxY() - y * b.getHeight()};
            case FIGURE -> new double[] {x * width, (1 - y) * height};
            case AXES_POINTS -> new double[] {b.getX() + x, b.getMaxY() - y};
        };
    }

    /** Draws a text; width and height are the figure's, in points. */
    void text(Artist.Text t, Frame f, double width, double height) {
        double[] p = point(t.x(), t.y(), t.place(), f, width, height);
        double x = p[0] + t.moveX();
        double y = p[1] - t.moveY();
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return;
        }
        Rectangle2D box = texts.box(t.text(), x, y, t.style(), t.horizontal(), t.vertical());
        if (t.arrow() != null) {
            Artist.Arrow a = t.arrow();
            double[] to = point(a.x(), a.y(), a.place(), f, width, height);
            double[] from = t.text().isEmpty() ? new double[] {x, y} : leave(box, to[0], to[1], t.box() == null ? 2 : 2 + t.box().pad());
            shrunkArrow(from, to, a);
        }
        if (t.box() != null) {
            double pad = t.box().pad();
            Rectangle2D around = new Rectangle2D.Double(
                    box.getX() - pad, box.getY() - pad, box.getWidth() + 2 * pad, box.getHeight() + 2 * pad);
            Shape shape = t.box().round()
                    ? new RoundRectangle2D.Double(around.getX(), around.getY(), around.getWidth(), around.getHeight(), 2 * pad, 2 * pad)
                    : around;
            AffineTransform before = g.getTransform();
            if (t.rotation() != 0) {
                double[] middle = texts.middle(t.text(), x, y, t.style(), t.horizontal(), t.vertical(), t.rotation());
                g.translate(middle[0] - box.getCenterX(), middle[1] - box.getCenterY());
                g.rotate(-Math.toRadians(t.rotation()), box.getCenterX(), box.getCenterY());
            }
            fill(shape, new Fill(t.box().face(), t.box().edge(), ""));
            g.setTransform(before);
        }
        texts.draw(t.text(), x, y, t.style(), t.horizontal(), t.vertical(), t.rotation());
    }

    /** Where the line from the middle of a box to a point leaves the box. */
    private static double[] leave(Rectangle2D box, double x, double y, double pad) {
        double cx = box.getCenterX();
        double cy = box.getCenterY();
        double dx = x - cx;
        double dy = y - cy;
        double w = box.getWidth() / 2 + pad;
        double h = box.getHeight() / 2 + pad;
        double share = Math.min(dx == 0 ? 1 : w / Math.abs(dx), dy == 0 ? 1 : h / Math.abs(dy));
        return new double[] {cx + dx * Math.min(1, share), cy + dy * Math.min(1, share)};
    }

    private void shrunkArrow(double[] from, double[] to, Artist.Arrow a) {
        double length = Math.hypot(to[0] - from[0], to[1] - from[1]);
        if (length < 1e-6) {
            return;
        }
        double ux = (to[0] - from[0]) / length;
        double uy = (to[1] - from[1]) / length;
        double begin = Math.min(a.shrinkA(), length / 2);
        double end = Math.min(a.shrinkB(), length / 2);
        double x0 = from[0] + ux * begin;
        double y0 = from[1] + uy * begin;
        double x1 = to[0] - ux * end;
        double y1 = to[1] - uy * end;
        if (a.wedge()) {
            broad(x0, y0, x1, y1, a);
        } else {
            arrow(x0, y0, x1, y1, a.line(), a.headLength(), a.headWidth(), a.bend(), a.head(), a.tail());
        }
    }

    /** matplotlib's plain arrow of an annotation: a broad shaft with a triangle. */
    private void broad(double x0, double y0, double x1, double y1, Artist.Arrow a) {
        double length = Math.hypot(x1 - x0, y1 - y0);
        double ux = (x1 - x0) / length;
        double uy = (y1 - y0) / length;
        double head = Math.min(a.headLength(), length * 0.6);
        double w = a.line().width() / 2;
        double hw = a.headWidth() / 2;
        double bx = x1 - ux * head;
        double by = y1 - uy * head;
        Path2D path = new Path2D.Double();
        path.moveTo(x0 - uy * w, y0 + ux * w);
        path.lineTo(bx - uy * w, by + ux * w);
        path.lineTo(bx - uy * hw, by + ux * hw);
        path.lineTo(x1, y1);
        path.lineTo(bx + uy * hw, by - ux * hw);
        path.lineTo(bx + uy * w, by - ux * w);
        path.lineTo(x0 + uy * w, y0 - ux * w);
        path.closePath();
        g.setColor(a.line().color());
        g.fill(path);
        g.setStroke(new BasicStroke(1f));
        g.draw(path);
    }

    private void arrow(
            double x0, double y0, double x1, double y1, LineStyle line, double headLength, double headWidth, double bend, boolean head,
            boolean tail) {
        double cx = (x0 + x1) / 2 + bend * (y1 - y0);
        double cy = (y0 + y1) / 2 - bend * (x1 - x0);
        Path2D shaft = new Path2D.Double();
        shaft.moveTo(x0, y0);
        shaft.quadTo(cx, cy, x1, y1);
        stroke(line, shaft);
        g.setColor(line.color());
        if (head) {
            triangle(x1, y1, Math.atan2(y1 - cy, x1 - cx), headLength, headWidth);
        }
        if (tail) {
            triangle(x0, y0, Math.atan2(y0 - cy, x0 - cx), headLength, headWidth);
        }
    }

    private void triangle(double x, double y, double angle, double length, double width) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        Path2D path = new Path2D.Double();
        path.moveTo(x, y);
        path.lineTo(x - length * c - width / 2 * s, y - length * s + width / 2 * c);
        path.lineTo(x - length * c + width / 2 * s, y - length * s - width / 2 * c);
        path.closePath();
        g.fill(path);
    }
}
