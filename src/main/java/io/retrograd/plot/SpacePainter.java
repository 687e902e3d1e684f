package io.retrograd.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Draws a box of three dimensions: its far walls with their grid, then what is in it, the farthest first. */
final class SpacePainter {
    private static final double DISTANCE = 10;
    private static final Color WALL = new Color(0xf2f2f2);
    private static final Color GRID = new Color(0xb0b0b0);

    private final Graphics2D g;
    private final TextPainter texts;
    private final Axes axes;
    private final Space space;
    private final Scale[] scales = new Scale[3];
    private final double[] eye = new double[3];
    private final double[] right;
    private final double[] up;
    private final double[] view;
    private double unit = 1;
    private double centerX;
    private double centerY;

    /** Something to draw, and how far away it is. */
    private record Piece(double distance, Runnable draw) {}

    SpacePainter(Graphics2D g, TextPainter texts, Axes axes, Rectangle2D box) {
        this.g = g;
        this.texts = texts;
        this.axes = axes;
        this.space = axes.space;
        double e = Math.toRadians(space.elevation);
        double a = Math.toRadians(space.azimuth);
        view = new double[] {Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)};
        right = new double[] {-Math.sin(a), Math.cos(a), 0};
        up = new double[] {-Math.sin(e) * Math.cos(a), -Math.sin(e) * Math.sin(a), Math.cos(e)};
        for (int d = 0; d < 3; d++) {
            eye[d] = 0.5 + DISTANCE * view[d];
            double[] r = range(d);
            scales[d] = Scale.linear(r[0], r[1]);
        }
        fit(box);
    }

    private Axis axis(int d) {
        return d == 0 ? axes.x : d == 1 ? axes.y : space.z;
    }

    private double[] range(int d) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Space.Body b : space.bodies) {
            for (double[] part : extent(b, d)) {
                for (double v : part) {
                    if (!Double.isNaN(v) && !Double.isInfinite(v)) {
                        low = Math.min(low, v);
                        high = Math.max(high, v);
                    }
                }
            }
        }
        if (low > high) {
            low = 0;
            high = 1;
        }
        double margin = low == high ? 0.5 : (high - low) / 48;
        low = Double.isNaN(axis(d).low) ? low - margin : axis(d).low;
        high = Double.isNaN(axis(d).high) ? high + margin : axis(d).high;
        return low == high ? new double[] {low - 0.5, low + 0.5} : new double[] {Math.min(low, high), Math.max(low, high)};
    }

    private static double[][] extent(Space.Body b, int d) {
        if (b instanceof Space.Surface s) {
            return d == 0 ? s.x() : d == 1 ? s.y() : s.z();
        }
        if (b instanceof Space.Points p) {
            return new double[][] {d == 0 ? p.x() : d == 1 ? p.y() : p.z()};
        }
        if (b instanceof Space.Line l) {
            return new double[][] {d == 0 ? l.x() : d == 1 ? l.y() : l.z()};
        }
        return new double[0][];
    }

    /** Scales and moves the picture so that the box with its labels fills the place it has. */
    private void fit(Rectangle2D box) {
        double[] low = {Double.MAX_VALUE, Double.MAX_VALUE};
        double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int corner = 0; corner < 8; corner++) {
            Point2D p = place(corner & 1, corner >> 1 & 1, corner >> 2);
            low[0] = Math.min(low[0], p.getX());
            low[1] = Math.min(low[1], p.getY());
            high[0] = Math.max(high[0], p.getX());
            high[1] = Math.max(high[1], p.getY());
        }
        unit = Math.min(box.getWidth() * 0.82 / (high[0] - low[0]), box.getHeight() * 0.82 / (high[1] - low[1]));
        centerX = box.getCenterX() - unit * (low[0] + high[0]) / 2;
        centerY = box.getCenterY() - unit * (low[1] + high[1]) / 2;
    }

    /** Where a point of the unit box is seen. */
    private Point2D place(double x, double y, double z) {
        double[] p = {x - 0.5, y - 0.5, z - 0.5};
        double nearer = DISTANCE / (DISTANCE - dot(p, view));
        return new Point2D.Double(centerX + unit * dot(p, right) * nearer, centerY - unit * dot(p, up) * nearer);
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private double in(int d, double v) {
        return scales[d].place(v);
    }

    private Point2D seen(double x, double y, double z) {
        return place(in(0, x), in(1, y), in(2, z));
    }

    private double distance(double x, double y, double z) {
        double dx = in(0, x) - eye[0];
        double dy = in(1, y) - eye[1];
        double dz = in(2, z) - eye[2];
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    void paint() {
        walls();
        List<Piece> pieces = new ArrayList<>();
        for (Space.Body b : space.bodies) {
            if (b instanceof Space.Surface s) {
                surface(s, pieces);
            } else if (b instanceof Space.Points p) {
                points(p, pieces);
            } else if (b instanceof Space.Line l) {
                line(l, pieces);
            }
        }
        pieces.sort(Comparator.comparingDouble(Piece::distance).reversed());
        pieces.forEach(p -> p.draw().run());
        for (Space.Body b : space.bodies) {
            if (b instanceof Space.Text t) {
                text(t);
            }
        }
    }

    private void walls() {
        int[] far = new int[3];
        for (int d = 0; d < 3; d++) {
            far[d] = view[d] > 0 ? 0 : 1;
        }
        for (int d = 0; d < 3; d++) {
            int u = d == 0 ? 1 : 0;
            int v = d == 2 ? 1 : 2;
            Path2D wall = new Path2D.Double();
            double[][] corners = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
            for (int i = 0; i < 4; i++) {
                Point2D p = at(d, far[d], u, corners[i][0], v, corners[i][1]);
                if (i == 0) {
                    wall.moveTo(p.getX(), p.getY());
                } else {
                    wall.lineTo(p.getX(), p.getY());
                }
            }
            wall.closePath();
            fill(wall, WALL);
            draw(wall, GRID, 0.8);
            for (int[] lines : new int[][] {{u, v}, {v, u}}) {
                for (Axis.Tick t : ticks(lines[0])) {
                    double p = in(lines[0], t.at());
                    Point2D from = at(d, far[d], lines[0], p, lines[1], 0);
                    Point2D to = at(d, far[d], lines[0], p, lines[1], 1);
                    draw(new Line2D.Double(from, to), GRID, 0.6);
                }
            }
        }
        // The axes stand where the ground's near edges and the outer upright edge are.
        edge(0, new double[] {0, 1 - far[1], far[2]}, axes.x.label);
        edge(1, new double[] {1 - far[0], 0, far[2]}, axes.y.label);
        double[][] uprights = {{far[0], 1 - far[1], 0}, {1 - far[0], far[1], 0}};
        boolean first = place(uprights[0][0], uprights[0][1], 0.5).getX() > place(uprights[1][0], uprights[1][1], 0.5).getX();
        edge(2, uprights[first ? 0 : 1], space.z.label);
        if (!axes.title.isEmpty()) {
            Point2D top = place(0.5, 0.5, 1.1);
            texts.draw(axes.title, top.getX(), top.getY() - 24, axes.titleStyle, "center", "bottom", 0);
        }
    }

    private Point2D at(int d, double vd, int u, double vu, int v, double vv) {
        double[] p = new double[3];
        p[d] = vd;
        p[u] = vu;
        p[v] = vv;
        return place(p[0], p[1], p[2]);
    }

    private List<Axis.Tick> ticks(int d) {
        List<Axis.Tick> all = axis(d).ticks == null ? scales[d].ticks(140, 9, axis(d).format) : axis(d).ticks;
        return all.stream().filter(t -> in(d, t.at()) >= -1e-9 && in(d, t.at()) <= 1 + 1e-9).toList();
    }

    /** An edge of the box with its marks, their numbers and its label, drawn outwards from the middle. */
    private void edge(int d, double[] corner, String label) {
        double[] from = corner.clone();
        double[] to = corner.clone();
        from[d] = 0;
        to[d] = 1;
        Point2D a = place(from[0], from[1], from[2]);
        Point2D b = place(to[0], to[1], to[2]);
        draw(new Line2D.Double(a, b), Color.BLACK, 0.8);
        Point2D middle = place(0.5, 0.5, d == 2 ? 0.5 : corner[2]);
        double ox = (a.getX() + b.getX()) / 2 - middle.getX();
        double oy = (a.getY() + b.getY()) / 2 - middle.getY();
        double length = Math.max(1e-9, Math.hypot(ox, oy));
        ox /= length;
        oy /= length;
        for (Axis.Tick t : ticks(d)) {
            double[] p = corner.clone();
            p[d] = in(d, t.at());
            Point2D q = place(p[0], p[1], p[2]);
            draw(new Line2D.Double(q.getX(), q.getY(), q.getX() + 4 * ox, q.getY() + 4 * oy), Color.BLACK, 0.8);
            texts.draw(t.text(), q.getX() + 14 * ox, q.getY() + 14 * oy, TextStyle.PLAIN.withSize(9), "center", "center", 0);
        }
        texts.draw(label, (a.getX() + b.getX()) / 2 + 34 * ox, (a.getY() + b.getY()) / 2 + 34 * oy, axis(d).labelStyle, "center", "center", 0);
    }

    private void surface(Space.Surface s, List<Piece> pieces) {
        for (int r = 0; r + 1 < s.z().length; r++) {
            for (int c = 0; c + 1 < s.z()[r].length; c++) {
                int row = r;
                int column = c;
                int[][] corners = {{r, c}, {r, c + 1}, {r + 1, c + 1}, {r + 1, c}};
                Path2D patch = new Path2D.Double();
                double away = 0;
                boolean whole = true;
                for (int i = 0; i < 4; i++) {
                    int y = corners[i][0];
                    int x = corners[i][1];
                    Point2D p = seen(s.x()[y][x], s.y()[y][x], s.z()[y][x]);
                    whole &= !Double.isNaN(p.getX()) && !Double.isNaN(p.getY());
                    away += distance(s.x()[y][x], s.y()[y][x], s.z()[y][x]) / 4;
                    if (i == 0) {
                        patch.moveTo(p.getX(), p.getY());
                    } else {
                        patch.lineTo(p.getX(), p.getY());
                    }
                }
                patch.closePath();
                if (whole) {
                    pieces.add(new Piece(away, () -> {
                        if (s.fill() != null) {
                            fill(patch, s.fill()[row][column]);
                        }
                        if (s.edge() != null) {
                            draw(patch, s.edge(), s.fill() == null ? 1 : 0.5);
                        }
                    }));
                }
            }
        }
    }

    private void points(Space.Points p, List<Piece> pieces) {
        for (int i = 0; i < p.x().length; i++) {
            Point2D at = seen(p.x()[i], p.y()[i], p.z()[i]);
            double size = Math.sqrt(p.areas()[p.areas().length == 1 ? 0 : i]);
            Color color = p.colors()[p.colors().length == 1 ? 0 : i];
            pieces.add(new Piece(distance(p.x()[i], p.y()[i], p.z()[i]),
                    () -> new Markers(g, texts).draw(new Marker(p.marker(), size, color, color, 1), at.getX(), at.getY())));
        }
    }

    private void line(Space.Line l, List<Piece> pieces) {
        for (int i = 0; i < l.x().length; i++) {
            Point2D to = seen(l.x()[i], l.y()[i], l.z()[i]);
            double away = distance(l.x()[i], l.y()[i], l.z()[i]);
            if (i > 0 && l.style() != null) {
                Point2D from = seen(l.x()[i - 1], l.y()[i - 1], l.z()[i - 1]);
                pieces.add(new Piece(away, () -> {
                    g.setColor(l.style().color());
                    g.setStroke(l.style().stroke());
                    g.draw(new Line2D.Double(from, to));
                }));
            }
            if (l.marker().isDrawn()) {
                pieces.add(new Piece(away, () -> new Markers(g, texts).draw(l.marker(), to.getX(), to.getY())));
            }
        }
    }

    private void text(Space.Text t) {
        Point2D at = seen(t.x(), t.y(), t.z());
        if (t.ground() != null) {
            Rectangle2D b = texts.box(t.text(), at.getX(), at.getY(), t.style(), "left", "baseline");
            fill(new Rectangle2D.Double(b.getX() - 2, b.getY() - 2, b.getWidth() + 4, b.getHeight() + 4), t.ground());
        }
        texts.draw(t.text(), at.getX(), at.getY(), t.style(), "left", "baseline", 0);
    }

    private void fill(Shape shape, Color color) {
        g.setColor(color);
        g.fill(shape);
    }

    private void draw(Shape shape, Color color, double width) {
        g.setColor(color);
        g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(shape);
    }
}
