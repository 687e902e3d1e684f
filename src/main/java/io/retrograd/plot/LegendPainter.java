package io.retrograd.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Draws the box that names what axes show. */
final class LegendPainter {
    private static final double PAD = 4;
    private static final double HANDLE = 20;
    private static final double GAP = 8;

    private final Graphics2D g;
    private final TextPainter texts;
    private final ArtistPainter artists;

    LegendPainter(Graphics2D g, TextPainter texts, ArtistPainter artists) {
        this.g = g;
        this.texts = texts;
        this.artists = artists;
    }

    void paint(Axes a, Frame f) {
        Legend legend = a.legend;
        List<Legend.Entry> entries = legend.entries();
        if (entries == null) {
            entries = new ArrayList<>();
            for (Placed each : a.artists) {
                if (!each.label().isEmpty()) {
                    entries.add(new Legend.Entry(each.artist, each.label()));
                }
            }
        }
        if (entries.isEmpty()) {
            return;
        }
        TextStyle style = legend.style();
        int columns = Math.max(1, Math.min(legend.columns(), entries.size()));
        int rows = (entries.size() + columns - 1) / columns;
        double[] widths = new double[columns];
        double line = 0;
        for (int i = 0; i < entries.size(); i++) {
            widths[i / rows] = Math.max(widths[i / rows], HANDLE + GAP + texts.width(entries.get(i).text(), style));
            line = Math.max(line, texts.height(entries.get(i).text(), style) + 3);
        }
        double w = 2 * PAD + (columns - 1) * 2 * GAP;
        for (double each : widths) {
            w += each;
        }
        double titleHeight = legend.title().isEmpty() ? 0 : texts.height(legend.title(), style) + 3;
        w = Math.max(w, 2 * PAD + texts.width(legend.title(), style));
        double h = rows * line + 2 * PAD + titleHeight;
        double[] at = legend.anchor() == null ? inside(a, f, w, h, legend.place()) : anchored(legend, f, w, h);
        box(legend, at, w, h);
        texts.draw(legend.title(), at[0] + w / 2, at[1] + PAD, style, "center", "top", 0);
        double x = at[0] + PAD;
        for (int c = 0; c < columns; c++) {
            for (int r = 0; r < rows && c * rows + r < entries.size(); r++) {
                Legend.Entry e = entries.get(c * rows + r);
                double y = at[1] + PAD + titleHeight + (r + 0.5) * line;
                sample(e.artist(), x, y, legend.points());
                texts.draw(e.text(), x + HANDLE + GAP, y, style, "left", "center", 0);
            }
            x += widths[c] + 2 * GAP;
        }
    }

    private void box(Legend legend, double[] at, double w, double h) {
        if (legend.face() == null) {
            return;
        }
        Shape box = legend.round()
                ? new RoundRectangle2D.Double(at[0], at[1], w, h, 4, 4)
                : new Rectangle2D.Double(at[0], at[1], w, h);
        if (legend.shadow()) {
            g.setColor(new Color(0, 0, 0, 100));
            g.fill(new RoundRectangle2D.Double(at[0] + 2, at[1] + 2, w, h, 4, 4));
        }
        g.setColor(Colors.withAlpha(legend.face(), legend.alpha()));
        g.fill(box);
        g.setColor(legend.edge());
        g.setStroke(new BasicStroke(0.8f));
        g.draw(box);
    }

    private void sample(Artist each, double x, double y, int points) {
        if (each instanceof Artist.Line l) {
            level(l.line(), x, y);
            if (l.marker().isDrawn()) {
                for (int i = 0; i < points; i++) {
                    artists.markers().draw(l.marker(), x + HANDLE * (i + 1) / (points + 1), y);
                }
            }
        } else if (each instanceof Artist.Points p && p.faces().length > 0) {
            double size = Math.min(12, Math.sqrt(p.areas()[0]));
            artists.markers().draw(
                    new Marker(p.marker(), size, p.faces()[0], p.edges().length == 0 ? null : p.edges()[0], p.edgeWidth()), x + HANDLE / 2, y);
        } else if (each instanceof Artist.Rule r) {
            level(r.line(), x, y);
        } else if (each instanceof Artist.Segments s) {
            level(s.line(), x, y);
        } else if (each instanceof Artist.Contour c && c.lines().length > 0) {
            level(c.lines()[0], x, y);
        } else if (each instanceof Artist.ErrorBars e) {
            level(e.line(), x, y);
        } else if (each instanceof Artist.Arrows a) {
            level(LineStyle.solid(a.color(), a.width()), x, y);
        } else {
            Fill fill = each instanceof Artist.Bars b && b.fills().length > 0 ? b.fills()[0]
                    : each instanceof Artist.Areas p ? p.fill()
                    : each instanceof Artist.Band b ? b.fill() : Fill.of(Color.GRAY);
            artists.fill(new Rectangle2D.Double(x, y - 3.5, HANDLE, 7), fill);
        }
    }

    private void level(LineStyle style, double x, double y) {
        if (style != null) {
            g.setColor(style.color());
            g.setStroke(style.stroke());
            g.draw(new Line2D.Double(x, y, x + HANDLE, y));
        }
    }

    /** The corner of the box that its place names stands at the anchor. */
    private static double[] anchored(Legend legend, Frame f, double w, double h) {
        Rectangle2D b = f.box();
        double[] a = legend.anchor();
        double x = b.getX() + a[0] * b.getWidth();
        double y = b.getMaxY() - a[1] * b.getHeight();
        String place = legend.place();
        double left = place.contains("left") ? 6 : place.contains("right") ? -w - 6 : -w / 2;
        double top = place.contains("upper") ? 6 : place.contains("lower") ? -h - 6 : -h / 2;
        return new double[] {x + left, y + top};
    }

    /** The corner asked for, or the one with the fewest points under it. */
    private static double[] inside(Axes a, Frame f, double w, double h, String place) {
        Rectangle2D b = f.box();
        double left = b.getX() + 6;
        double right = b.getMaxX() - w - 6;
        double top = b.getY() + 6;
        double bottom = b.getMaxY() - h - 6;
        double middle = b.getCenterX() - w / 2;
        double centre = b.getCenterY() - h / 2;
        double[][] places = {
            {right, top}, {left, top}, {left, bottom}, {right, bottom}, {right, centre}, {left, centre}, {right, centre},
            {middle, bottom}, {middle, top}, {middle, centre}
        };
        int number = List.of("best", "upper right", "upper left", "lower left", "lower right", "right", "center left", "center right",
                "lower center", "upper center", "center").indexOf(place);
        if (number > 0) {
            return places[number - 1];
        }
        double[] best = places[0];
        int fewest = Integer.MAX_VALUE;
        for (double[] c : places) {
            int under = covered(a, f, new Rectangle2D.Double(c[0], c[1], w, h));
            if (under < fewest) {
                fewest = under;
                best = c;
            }
        }
        return best;
    }

    private static int covered(Axes a, Frame f, Rectangle2D box) {
        int n = 0;
        for (Placed placed : a.artists) {
            Artist each = placed.artist;
            double[] xs = each instanceof Artist.Line l ? l.x() : each instanceof Artist.Points p ? p.x() : new double[0];
            double[] ys = each instanceof Artist.Line l ? l.y() : each instanceof Artist.Points p ? p.y() : new double[0];
            for (int i = 0; i < xs.length; i++) {
                n += box.contains(f.x(xs[i]), f.y(ys[i])) ? 1 : 0;
                if (each instanceof Artist.Line l && l.line() != null && i > 0) {
                    n += box.intersectsLine(f.x(xs[i - 1]), f.y(ys[i - 1]), f.x(xs[i]), f.y(ys[i])) ? 1 : 0;
                }
            }
            if (each instanceof Artist.Bars bars) {
                for (int i = 0; i < bars.x().length; i++) {
                    Rectangle2D bar = new Rectangle2D.Double();
                    bar.setFrameFromDiagonal(f.x(bars.x()[i]), f.y(bars.y()[i]), f.x(bars.x()[i] + bars.widths()[i]),
                            f.y(bars.y()[i] + bars.heights()[i]));
                    n += box.intersects(bar) ? 3 : 0;
                }
            }
        }
        return n;
    }
}
