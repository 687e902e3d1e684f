package io.retrograd.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Draws figures on any Graphics2D in units of points (1/72 inch), the way matplotlib lays them out. */
final class Painter {
    private static final double MARGIN = 0.05;
    private static final Color GRID = new Color(0xb0b0b0);
    private static final double LEGEND_PAD = 4;

    private final Graphics2D g;
    private final double width;
    private final double height;

    private Painter(Graphics2D g, double width, double height) {
        this.g = g;
        this.width = width;
        this.height = height;
    }

    /** Draws the figure; one unit of g is a point. */
    static void paint(Figure figure, Graphics2D g) {
        double w = figure.width * 72;
        double h = figure.height * 72;
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fill(new Rectangle2D.Double(0, 0, w, h));
        Painter painter = new Painter(g, w, h);
        if (!figure.title.isEmpty()) {
            painter.text(figure.title, w / 2, 18, 12, Color.BLACK, "center", "center", 0);
        }
        for (Axes axes : figure.axes) {
            painter.axes(axes);
        }
    }

    /** One pair of axes at its place. */
    private final class Frame implements Contours.Projection {
        final Rectangle2D box;
        final Scale x;
        final Scale y;

        Frame(Rectangle2D box, Scale x, Scale y) {
            this.box = box;
            this.x = x;
            this.y = y;
        }

        @Override
        public double x(double v) {
            return box.getX() + x.place(v) * box.getWidth();
        }

        @Override
        public double y(double v) {
            return box.getMaxY() - y.place(v) * box.getHeight();
        }
    }

    private void axes(Axes a) {
        double barSpace = a.colorBar == null ? 0 : 0.2;
        Rectangle2D box = new Rectangle2D.Double(
                a.position[0] * width,
                (1 - a.position[1] - a.position[3]) * height,
                a.position[2] * width * (1 - barSpace),
                a.position[3] * height);
        double[] xr = range(a, true);
        double[] yr = range(a, false);
        Scale xs = new Scale(xr[0], xr[1], a.x.logarithmic, a.x.inverted);
        Scale ys = new Scale(yr[0], yr[1], a.y.logarithmic, a.y.inverted);
        if (a.equal) {
            box = equalUnits(box, xs, ys);
        }
        Frame f = new Frame(box, xs, ys);
        if (a.frame) {
            g.setColor(Color.WHITE);
            g.fill(box);
        }
        List<Axes.Tick> xt = within(a.x.ticks == null ? xs.ticks() : a.x.ticks, xs);
        List<Axes.Tick> yt = within(a.y.ticks == null ? ys.ticks() : a.y.ticks, ys);
        if (a.grid && a.frame) {
            g.setColor(GRID);
            g.setStroke(new BasicStroke(0.8f));
            for (Axes.Tick t : xt) {
                g.draw(new Line2D.Double(f.x(t.at()), box.getY(), f.x(t.at()), box.getMaxY()));
            }
            for (Axes.Tick t : yt) {
                g.draw(new Line2D.Double(box.getX(), f.y(t.at()), box.getMaxX(), f.y(t.at())));
            }
        }
        Shape clip = g.getClip();
        g.clip(box);
        for (Artist artist : a.artists) {
            if (!(artist instanceof Artist.Text)) {
                draw(artist, f);
            }
        }
        g.setClip(clip);
        if (a.frame) {
            frame(a, f, xt, yt);
        }
        for (Artist artist : a.artists) {
            if (artist instanceof Artist.Text t) {
                drawText(t, f);
            }
        }
        if (!a.title.isEmpty()) {
            text(a.title, box.getCenterX(), box.getY() - 6, 12, Color.BLACK, "center", "bottom", 0);
        }
        if (a.colorBar != null) {
            colorBar(a.colorBar, box);
        }
        if (a.legend) {
            legend(a, f);
        }
    }

    private static Rectangle2D equalUnits(Rectangle2D box, Scale x, Scale y) {
        double unit = Math.min(box.getWidth() / (x.high() - x.low()), box.getHeight() / (y.high() - y.low()));
        double w = unit * (x.high() - x.low());
        double h = unit * (y.high() - y.low());
        return new Rectangle2D.Double(box.getCenterX() - w / 2, box.getCenterY() - h / 2, w, h);
    }

    private static List<Axes.Tick> within(List<Axes.Tick> ticks, Scale s) {
        List<Axes.Tick> shown = new ArrayList<>();
        for (Axes.Tick t : ticks) {
            double p = s.place(t.at());
            if (p >= -1e-9 && p <= 1 + 1e-9) {
                shown.add(t);
            }
        }
        return shown;
    }

    // The range that the data take up

    private static double[] range(Axes a, boolean horizontal) {
        Axes.Axis axis = horizontal ? a.x : a.y;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double stickyLow = Double.NaN;
        double stickyHigh = Double.NaN;
        for (Artist artist : a.artists) {
            boolean sticky = artist instanceof Artist.Image
                    || artist instanceof Artist.Contour
                    || artist instanceof Artist.FilledContour;
            for (double[] part : extent(artist, horizontal)) {
                for (double v : part) {
                    if (Double.isNaN(v) || Double.isInfinite(v) || axis.logarithmic && v <= 0) {
                        continue;
                    }
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                    if (sticky) {
                        stickyLow = Double.isNaN(stickyLow) ? v : Math.min(stickyLow, v);
                        stickyHigh = Double.isNaN(stickyHigh) ? v : Math.max(stickyHigh, v);
                    }
                }
            }
        }
        if (low > high) {
            low = axis.logarithmic ? 1 : 0;
            high = axis.logarithmic ? 10 : 1;
        }
        if (low == high) {
            double around = low == 0 ? 0.05 : Math.abs(low) * 0.05;
            low -= around;
            high += around;
        } else {
            // Pictures and contours reach to the frame; everything else keeps a little away from it.
            double share = MARGIN;
            double byFactor = axis.logarithmic ? Math.pow(high / low, share) : 1;
            double bySum = axis.logarithmic ? 0 : (high - low) * share;
            if (low != stickyLow) {
                low = low / byFactor - bySum;
            }
            if (high != stickyHigh) {
                high = high * byFactor + bySum;
            }
        }
        low = Double.isNaN(axis.low) ? low : axis.low;
        high = Double.isNaN(axis.high) ? high : axis.high;
        return low <= high ? new double[] {low, high == low ? low + 1 : high} : new double[] {high, low};
    }

    private static double[][] extent(Artist artist, boolean horizontal) {
        if (artist instanceof Artist.Line l) {
            return new double[][] {horizontal ? l.x() : l.y()};
        }
        if (artist instanceof Artist.Points p) {
            return new double[][] {horizontal ? p.x() : p.y()};
        }
        if (artist instanceof Artist.Polygon p) {
            return new double[][] {horizontal ? p.x() : p.y()};
        }
        if (artist instanceof Artist.Bars b) {
            double[] from = horizontal ? b.x() : b.y();
            double[] size = horizontal ? b.widths() : b.heights();
            double[] to = new double[from.length];
            for (int i = 0; i < to.length; i++) {
                to[i] = from[i] + size[i];
            }
            return new double[][] {from, to};
        }
        if (artist instanceof Artist.Image i) {
            return new double[][] {
                horizontal ? new double[] {i.extent()[0], i.extent()[1]} : new double[] {i.extent()[2], i.extent()[3]}
            };
        }
        if (artist instanceof Artist.Contour c) {
            return horizontal ? c.x() : c.y();
        }
        if (artist instanceof Artist.FilledContour c) {
            return horizontal ? c.x() : c.y();
        }
        if (artist instanceof Artist.Rule r && r.horizontal() != horizontal) {
            return new double[][] {{r.at()}};
        }
        return new double[0][];
    }

    // Artists

    private void draw(Artist artist, Frame f) {
        if (artist instanceof Artist.Line l) {
            drawLine(l, f);
        } else if (artist instanceof Artist.Points p) {
            for (int i = 0; i < p.x().length; i++) {
                double size = Math.sqrt(p.areas()[p.areas().length == 1 ? 0 : i]);
                Color color = p.colors()[p.colors().length == 1 ? 0 : i];
                mark(p.marker(), f.x(p.x()[i]), f.y(p.y()[i]), size, color, p.edge());
            }
        } else if (artist instanceof Artist.Bars b) {
            for (int i = 0; i < b.x().length; i++) {
                double x0 = f.x(b.x()[i]);
                double x1 = f.x(b.x()[i] + b.widths()[i]);
                double y0 = f.y(b.y()[i]);
                double y1 = f.y(b.y()[i] + b.heights()[i]);
                Rectangle2D bar = new Rectangle2D.Double(
                        Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0));
                g.setColor(b.color());
                g.fill(bar);
                if (b.edge() != null) {
                    g.setColor(b.edge());
                    g.setStroke(new BasicStroke(1f));
                    g.draw(bar);
                }
            }
        } else if (artist instanceof Artist.Image i) {
            drawImage(i, f);
        } else if (artist instanceof Artist.Contour c) {
            for (int k = 0; k < c.levels().length; k++) {
                g.setColor(c.colors()[Math.min(k, c.colors().length - 1)]);
                g.setStroke(new BasicStroke((float) c.width(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                for (double[] s : Contours.segments(c.x(), c.y(), c.z(), c.levels()[k])) {
                    g.draw(new Line2D.Double(f.x(s[0]), f.y(s[1]), f.x(s[2]), f.y(s[3])));
                }
            }
        } else if (artist instanceof Artist.FilledContour c) {
            // Edges between cells would show through smoothing.
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
            for (int k = 0; k + 1 < c.levels().length; k++) {
                g.setColor(c.colors()[Math.min(k, c.colors().length - 1)]);
                g.fill(Contours.band(c.x(), c.y(), c.z(), c.levels()[k], c.levels()[k + 1], f));
            }
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        } else if (artist instanceof Artist.Polygon p) {
            Path2D path = new Path2D.Double();
            for (int i = 0; i < p.x().length; i++) {
                if (i == 0) {
                    path.moveTo(f.x(p.x()[i]), f.y(p.y()[i]));
                } else {
                    path.lineTo(f.x(p.x()[i]), f.y(p.y()[i]));
                }
            }
            path.closePath();
            g.setColor(p.fill());
            g.fill(path);
            if (p.edge() != null) {
                g.setColor(p.edge());
                g.setStroke(new BasicStroke(1f));
                g.draw(path);
            }
        } else if (artist instanceof Artist.Rule r) {
            g.setColor(r.color());
            g.setStroke(stroke(r.width(), r.dashes()));
            Rectangle2D b = f.box;
            g.draw(r.horizontal()
                    ? new Line2D.Double(
                            b.getX() + r.from() * b.getWidth(), f.y(r.at()), b.getX() + r.to() * b.getWidth(), f.y(r.at()))
                    : new Line2D.Double(
                            f.x(r.at()), b.getMaxY() - r.from() * b.getHeight(), f.x(r.at()), b.getMaxY() - r.to() * b.getHeight()));
        }
    }

    private void drawLine(Artist.Line l, Frame f) {
        if (!l.dashes().isEmpty()) {
            Path2D path = new Path2D.Double();
            boolean open = false;
            for (int i = 0; i < l.x().length; i++) {
                double px = f.x(l.x()[i]);
                double py = f.y(l.y()[i]);
                if (Double.isNaN(px) || Double.isNaN(py) || Double.isInfinite(px) || Double.isInfinite(py)) {
                    open = false;
                } else if (open) {
                    path.lineTo(px, py);
                } else {
                    path.moveTo(px, py);
                    open = true;
                }
            }
            g.setColor(l.color());
            g.setStroke(stroke(l.width(), l.dashes()));
            g.draw(path);
        }
        if (!l.marker().isEmpty()) {
            for (int i = 0; i < l.x().length; i++) {
                mark(l.marker(), f.x(l.x()[i]), f.y(l.y()[i]), l.markerSize(), l.color(), null);
            }
        }
    }

    private static BasicStroke stroke(double width, String dashes) {
        float w = (float) width;
        float[] pattern = switch (dashes) {
            case "--" -> new float[] {3.7f * w, 1.6f * w};
            case ":" -> new float[] {w, 1.65f * w};
            case "-." -> new float[] {6.4f * w, 1.6f * w, w, 1.6f * w};
            default -> null;
        };
        return pattern == null
                ? new BasicStroke(w, BasicStroke.CAP_SQUARE, BasicStroke.JOIN_ROUND)
                : new BasicStroke(w, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, pattern, 0f);
    }

    /** A marker of that size in points around the point. */
    private void mark(String marker, double x, double y, double size, Color color, Color edge) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return;
        }
        double r = size / 2;
        Shape shape = switch (marker) {
            case "s" -> new Rectangle2D.Double(x - r, y - r, size, size);
            case "^" -> polygon(x, y, r, 3, -90);
            case "v" -> polygon(x, y, r, 3, 90);
            case "<" -> polygon(x, y, r, 3, 180);
            case ">" -> polygon(x, y, r, 3, 0);
            case "D", "d" -> polygon(x, y, r, 4, 0);
            case "p" -> polygon(x, y, r, 5, -90);
            case "h", "H" -> polygon(x, y, r, 6, -90);
            case "*" -> star(x, y, r);
            case "." -> new Ellipse2D.Double(x - r / 2, y - r / 2, r, r);
            case "," -> new Rectangle2D.Double(x - 0.4, y - 0.4, 0.8, 0.8);
            case "x", "+", "1", "2", "3", "4", "|", "_" -> null;
            default -> new Ellipse2D.Double(x - r, y - r, size, size);
        };
        g.setColor(color);
        if (shape == null) {
            g.setStroke(new BasicStroke(1.2f));
            if (marker.equals("x")) {
                g.draw(new Line2D.Double(x - r, y - r, x + r, y + r));
                g.draw(new Line2D.Double(x - r, y + r, x + r, y - r));
            } else {
                if (!marker.equals("|")) {
                    g.draw(new Line2D.Double(x - r, y, x + r, y));
                }
                if (!marker.equals("_")) {
                    g.draw(new Line2D.Double(x, y - r, x, y + r));
                }
            }
            return;
        }
        g.fill(shape);
        if (edge != null) {
            g.setColor(edge);
            g.setStroke(new BasicStroke(1f));
            g.draw(shape);
        }
    }

    private static Shape polygon(double x, double y, double r, int corners, double startDegrees) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < corners; i++) {
            double angle = Math.toRadians(startDegrees + 360.0 * i / corners);
            double px = x + r * 1.15 * Math.cos(angle);
            double py = y + r * 1.15 * Math.sin(angle);
            if (i == 0) {
                path.moveTo(px, py);
            } else {
                path.lineTo(px, py);
            }
        }
        path.closePath();
        return path;
    }

    private static Shape star(double x, double y, double r) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < 10; i++) {
            double angle = Math.toRadians(-90 + 36.0 * i);
            double radius = i % 2 == 0 ? r * 1.2 : r * 0.46;
            if (i == 0) {
                path.moveTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
            } else {
                path.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
            }
        }
        path.closePath();
        return path;
    }

    private void drawImage(Artist.Image i, Frame f) {
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
        AffineTransform to = new AffineTransform((right - left) / w, 0, 0, (bottom - top) / h, left, top);
        g.drawImage(image, to, null);
    }

    // What stands around

    private void frame(Axes a, Frame f, List<Axes.Tick> xt, List<Axes.Tick> yt) {
        Rectangle2D box = f.box;
        g.setColor(Color.BLACK);
        g.setStroke(new BasicStroke(0.8f));
        g.draw(box);
        if (a.x.visible) {
            for (Axes.Tick t : xt) {
                double px = f.x(t.at());
                g.draw(new Line2D.Double(px, box.getMaxY(), px, box.getMaxY() + 3.5));
                text(t.text(), px, box.getMaxY() + 7, 10, Color.BLACK, "center", "top", 0);
            }
        }
        double widest = 0;
        if (a.y.visible) {
            for (Axes.Tick t : yt) {
                double py = f.y(t.at());
                g.draw(new Line2D.Double(box.getX() - 3.5, py, box.getX(), py));
                widest = Math.max(widest, text(t.text(), box.getX() - 7, py, 10, Color.BLACK, "right", "center", 0));
            }
        }
        text(a.x.label, box.getCenterX(), box.getMaxY() + (xt.isEmpty() ? 6 : 21), 10, Color.BLACK, "center", "top", 0);
        text(a.y.label, box.getX() - 11 - widest, box.getCenterY(), 10, Color.BLACK, "center", "bottom", 90);
    }

    private void colorBar(Axes.ColorBar bar, Rectangle2D beside) {
        Rectangle2D box = new Rectangle2D.Double(
                beside.getMaxX() + 0.05 * beside.getWidth(), beside.getY(), 0.05 * beside.getWidth(), beside.getHeight());
        int steps = 256;
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        for (int i = 0; i < steps; i++) {
            g.setColor(bar.map().at((i + 0.5) / steps));
            double h = box.getHeight() / steps;
            g.fill(new Rectangle2D.Double(box.getX(), box.getMaxY() - (i + 1) * h, box.getWidth(), h + 0.5));
        }
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.BLACK);
        g.setStroke(new BasicStroke(0.8f));
        g.draw(box);
        Scale s = new Scale(bar.low(), bar.high() == bar.low() ? bar.low() + 1 : bar.high(), false, false);
        for (Axes.Tick t : s.ticks()) {
            double py = box.getMaxY() - s.place(t.at()) * box.getHeight();
            g.draw(new Line2D.Double(box.getMaxX(), py, box.getMaxX() + 3.5, py));
            text(t.text(), box.getMaxX() + 7, py, 10, Color.BLACK, "left", "center", 0);
        }
    }

    private void legend(Axes a, Frame f) {
        List<Artist> entries = new ArrayList<>();
        double widest = 0;
        for (Artist each : a.artists) {
            if (!each.label().isEmpty() && !each.label().startsWith("_")) {
                entries.add(each);
                widest = Math.max(widest, measure(each.label(), 10));
            }
        }
        if (entries.isEmpty()) {
            return;
        }
        double w = widest + 36 + 2 * LEGEND_PAD;
        double h = entries.size() * 15 + 2 * LEGEND_PAD;
        double[] at = legendPlace(a, f, w, h);
        Rectangle2D box = new Rectangle2D.Double(at[0], at[1], w, h);
        g.setColor(new Color(255, 255, 255, 204));
        g.fill(box);
        g.setColor(new Color(0xcccccc));
        g.setStroke(new BasicStroke(0.8f));
        g.draw(box);
        double y = at[1] + LEGEND_PAD + 7.5;
        for (Artist each : entries) {
            sample(each, at[0] + LEGEND_PAD, y);
            text(each.label(), at[0] + LEGEND_PAD + 30, y, 10, Color.BLACK, "left", "center", 0);
            y += 15;
        }
    }

    private void sample(Artist each, double x, double y) {
        if (each instanceof Artist.Line l) {
            if (!l.dashes().isEmpty()) {
                g.setColor(l.color());
                g.setStroke(stroke(l.width(), l.dashes()));
                g.draw(new Line2D.Double(x, y, x + 22, y));
            }
            if (!l.marker().isEmpty()) {
                mark(l.marker(), x + 11, y, l.markerSize(), l.color(), null);
            }
        } else if (each instanceof Artist.Points p && p.colors().length > 0) {
            mark(p.marker(), x + 11, y, 6, p.colors()[0], p.edge());
        } else if (each instanceof Artist.Rule r) {
            g.setColor(r.color());
            g.setStroke(stroke(r.width(), r.dashes()));
            g.draw(new Line2D.Double(x, y, x + 22, y));
        } else {
            g.setColor(each instanceof Artist.Bars b ? b.color() : each instanceof Artist.Polygon p ? p.fill() : Color.GRAY);
            g.fill(new Rectangle2D.Double(x, y - 4, 22, 8));
        }
    }

    /** The corner asked for, or the one with the fewest points under it. */
    private double[] legendPlace(Axes a, Frame f, double w, double h) {
        Rectangle2D b = f.box;
        double[][] corners = {
            {b.getMaxX() - w - 6, b.getY() + 6},
            {b.getX() + 6, b.getY() + 6},
            {b.getX() + 6, b.getMaxY() - h - 6},
            {b.getMaxX() - w - 6, b.getMaxY() - h - 6},
            {b.getCenterX() - w / 2, b.getCenterY() - h / 2},
            {b.getCenterX() - w / 2, b.getY() + 6},
            {b.getCenterX() - w / 2, b.getMaxY() - h - 6},
            {b.getX() + 6, b.getCenterY() - h / 2},
            {b.getMaxX() - w - 6, b.getCenterY() - h / 2},
        };
        return switch (a.legendPlace) {
            case "upper right", "1" -> corners[0];
            case "upper left", "2" -> corners[1];
            case "lower left", "3" -> corners[2];
            case "lower right", "4" -> corners[3];
            case "center", "10" -> corners[4];
            case "upper center", "9" -> corners[5];
            case "lower center", "8" -> corners[6];
            case "center left", "6" -> corners[7];
            case "center right", "7", "right", "5" -> corners[8];
            default -> {
                double[] best = corners[0];
                int fewest = Integer.MAX_VALUE;
                for (double[] c : corners) {
                    int under = covered(a, f, new Rectangle2D.Double(c[0], c[1], w, h));
                    if (under < fewest) {
                        fewest = under;
                        best = c;
                    }
                }
                yield best;
            }
        };
    }

    private static int covered(Axes a, Frame f, Rectangle2D box) {
        int n = 0;
        for (Artist each : a.artists) {
            double[][] xs = extent(each, true);
            double[][] ys = extent(each, false);
            if (each instanceof Artist.Line || each instanceof Artist.Points) {
                for (int i = 0; i < xs[0].length; i++) {
                    n += box.contains(f.x(xs[0][i]), f.y(ys[0][i])) ? 1 : 0;
                }
            }
        }
        return n;
    }

    // Text

    private void drawText(Artist.Text t, Frame f) {
        double px = t.ofAxes() ? f.box.getX() + t.x() * f.box.getWidth() : f.x(t.x());
        double py = t.ofAxes() ? f.box.getMaxY() - t.y() * f.box.getHeight() : f.y(t.y());
        if (t.arrow() != null && !Double.isNaN(t.pointX())) {
            double tx = f.x(t.pointX());
            double ty = f.y(t.pointY());
            g.setColor(t.arrow());
            g.setStroke(new BasicStroke(1f));
            g.draw(new Line2D.Double(px, py, tx, ty));
            double angle = Math.atan2(ty - py, tx - px);
            Path2D head = new Path2D.Double();
            head.moveTo(tx, ty);
            head.lineTo(tx - 8 * Math.cos(angle - 0.35), ty - 8 * Math.sin(angle - 0.35));
            head.lineTo(tx - 8 * Math.cos(angle + 0.35), ty - 8 * Math.sin(angle + 0.35));
            head.closePath();
            g.fill(head);
        }
        text(t.text(), px, py, t.size(), t.color(), t.horizontal(), t.vertical(), t.rotation());
    }

    private double measure(String s, double size) {
        return g.getFontMetrics(font(size)).stringWidth(s);
    }

    private static Font font(double size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) size);
    }

    /** Draws the lines of a text around the point; answers the width of the widest. */
    private double text(
            String text, double x, double y, double size, Color color, String horizontal, String vertical, double rotation) {
        if (text.isEmpty()) {
            return 0;
        }
        g.setFont(font(size));
        g.setColor(color);
        FontMetrics m = g.getFontMetrics();
        String[] lines = text.split("\n");
        double lineHeight = m.getAscent() + m.getDescent();
        double total = lineHeight * lines.length;
        AffineTransform before = g.getTransform();
        g.translate(x, y);
        g.rotate(-Math.toRadians(rotation));
        double top = switch (vertical) {
            case "top" -> 0;
            case "center" -> -total / 2;
            case "baseline" -> -m.getAscent() - lineHeight * (lines.length - 1);
            default -> -total;
        };
        double widest = 0;
        for (int i = 0; i < lines.length; i++) {
            double w = m.stringWidth(lines[i]);
            widest = Math.max(widest, w);
            double left = horizontal.equals("center") ? -w / 2 : horizontal.equals("right") ? -w : 0;
            g.drawString(lines[i], (float) left, (float) (top + m.getAscent() + i * lineHeight));
        }
        g.setTransform(before);
        return widest;
    }
}
