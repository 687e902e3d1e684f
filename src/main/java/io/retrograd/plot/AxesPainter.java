package io.retrograd.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Draws axes: the ground, what they show, and the frame with marks and names around. */
final class AxesPainter {
    private final Graphics2D g;
    private final Figure figure;
    private final TextPainter texts;
    private final ArtistPainter artists;

    AxesPainter(Graphics2D g, Figure figure) {
        this.g = g;
        this.figure = figure;
        this.texts = new TextPainter(g);
        this.artists = new ArtistPainter(g, texts);
    }

    /** The axes at their place on the paper. */
    Frame frame(Axes a) {
        double[] p = a.placement.rectangle(figure);
        double w = figure.width * 72;
        double h = figure.height * 72;
        Rectangle2D box = new Rectangle2D.Double(p[0] * w, (1 - p[1] - p[3]) * h, p[2] * w, p[3] * h);
        ColorBar bar = a.colorBar;
        if (bar != null && !bar.alone) {
            double room = bar.fraction + bar.pad;
            box = bar.horizontal
                    ? new Rectangle2D.Double(box.getX(), box.getY(), box.getWidth(), box.getHeight() * (1 - room - 0.05))
                    : new Rectangle2D.Double(box.getX(), box.getY(), box.getWidth() * (1 - room), box.getHeight());
        }
        Scale xs = DataRange.of(a.x, figure.axes);
        Scale ys = DataRange.of(a.y, figure.axes);
        if (!Double.isNaN(a.aspect)) {
            if (a.adjustLimits) {
                double unit = Math.min(box.getWidth() / (xs.high() - xs.low()), box.getHeight() / (ys.high() - ys.low()) / a.aspect);
                xs = widened(xs, box.getWidth() / unit);
                ys = widened(ys, box.getHeight() / unit / a.aspect);
            } else {
                double unit = Math.min(box.getWidth() / (xs.high() - xs.low()), box.getHeight() / (ys.high() - ys.low()) / a.aspect);
                double bw = unit * (xs.high() - xs.low());
                double bh = unit * a.aspect * (ys.high() - ys.low());
                box = new Rectangle2D.Double(box.getCenterX() - bw / 2, box.getCenterY() - bh / 2, bw, bh);
            }
        }
        return new Frame(box, xs, ys);
    }

    private static Scale widened(Scale s, double range) {
        double middle = (s.low() + s.high()) / 2;
        return new Scale(middle - range / 2, middle + range / 2, s.spread(), s.linearUpTo(), s.inverted());
    }

    private List<Axis.Tick> ticks(Axis axis, Scale scale, double length) {
        List<Axis.Tick> all = axis.ticks;
        if (all == null && !axis.categories.isEmpty()) {
            all = new ArrayList<>();
            for (int i = 0; i < axis.categories.size(); i++) {
                all.add(new Axis.Tick(i, axis.categories.get(i)));
            }
        } else if (all == null && axis.step != null) {
            all = scale.every(axis.step.applyAsDouble(scale.low(), scale.high()), axis.format);
        } else if (all == null) {
            all = scale.ticks(length, axis.tickStyle.size(), axis.format);
        }
        if (axis.writer != null) {
            all = all.stream().map(t -> new Axis.Tick(t.at(), axis.writer.apply(t.at()))).toList();
        }
        List<Axis.Tick> shown = new ArrayList<>();
        for (Axis.Tick t : all) {
            double p = scale.place(t.at());
            if (p >= -1e-9 && p <= 1 + 1e-9) {
                shown.add(t);
            }
        }
        int power = sharedPower(axis, shown);
        return power == 0 ? shown : without(power, shown);
    }

    /** Where small marks stand: on a log axis always, on others where they are wanted. */
    private static List<Double> small(Axis axis, Scale scale, List<Axis.Tick> ticks) {
        if (axis.ticks == null && axis.spread != Axis.Spread.LINEAR) {
            return scale.minor();
        }
        return axis.small && ticks.size() > 1 ? scale.between(ticks.get(0).at(), ticks.get(1).at()) : List.of();
    }

    /** The power of ten that the numbers at marks share, as matplotlib's ScalarFormatter finds it; 0 for none. */
    private static int sharedPower(Axis axis, List<Axis.Tick> ticks) {
        if (axis.powers == null || axis.ticks != null || axis.format != null || axis.writer != null || !axis.categories.isEmpty()
                || axis.spread != Axis.Spread.LINEAR) {
            return 0;
        }
        double largest = ticks.stream().mapToDouble(t -> Math.abs(t.at())).max().orElse(0);
        int power = largest == 0 ? 0 : (int) Math.floor(Math.log10(largest) + 1e-12);
        return power <= axis.powers[0] || power >= axis.powers[1] ? power : 0;
    }

    /** Numbers without the power of ten that they share. */
    private static List<Axis.Tick> without(int power, List<Axis.Tick> ticks) {
        double unit = Math.pow(10, power);
        double step = ticks.size() < 2 ? 1 : (ticks.get(1).at() - ticks.get(0).at()) / unit;
        List<Axis.Tick> written = new ArrayList<>();
        for (Axis.Tick t : ticks) {
            written.add(new Axis.Tick(t.at(), Scale.text(t.at() / unit, Scale.decimals(step))));
        }
        return written;
    }

    /** The shared power itself, at the upper or right end. */
    private void sharedPower(Axis axis, Frame f, List<Axis.Tick> ticks, boolean upright, double away) {
        int power = axis.tickTexts && axis.visible ? sharedPower(axis, ticks) : 0;
        if (power == 0) {
            return;
        }
        String text = "1e" + (power < 0 ? Scale.MINUS : "") + Math.abs(power);
        Rectangle2D b = f.box();
        g.setColor(axis.tickColor);
        if (upright) {
            texts.draw(text, axis.opposite ? b.getMaxX() : b.getX(), b.getY() - 3, axis.tickStyle, axis.opposite ? "right" : "left", "bottom", 0);
        } else {
            texts.draw(text, b.getMaxX(), axis.opposite ? b.getY() - away : b.getMaxY() + away, axis.tickStyle, "right",
                    axis.opposite ? "bottom" : "top", 0);
        }
    }

    /** The texts at the marks: none, where the axis has them switched off. */
    private List<Axis.Tick> texts(Axis axis, List<Axis.Tick> ticks, boolean hidden) {
        return axis.visible && axis.tickTexts && !hidden ? ticks : List.of();
    }

    /** The room that marks and names take on each side: left, right, top, bottom, in points. */
    double[] decorations(Axes a) {
        double[] room = new double[4];
        if (a.frame && a.visible && a.space == null) {
            Frame f = frame(a);
            double x = outside(a.x, ticks(a.x, f.x(), f.box().getWidth()), false, a.hideX);
            double y = outside(a.y, ticks(a.y, f.y(), f.box().getHeight()), true, a.hideY);
            room[a.x.opposite ? 2 : 3] += x;
            room[a.y.opposite ? 1 : 0] += y;
            // The last text of the x axis reaches over the corner.
            for (Axis.Tick t : texts(a.x, ticks(a.x, f.x(), f.box().getWidth()), a.hideX)) {
                double half = texts.room(t.text(), a.x.tickStyle, a.x.tickRotation)[0] / 2;
                room[1] = Math.max(room[1], f.x(t.at()) + half - f.box().getMaxX());
                room[0] = Math.max(room[0], f.box().getX() - (f.x(t.at()) - half));
            }
        }
        if (!a.title.isEmpty()) {
            room[2] += a.titlePad + texts.height(a.title, a.titleStyle);
        }
        if (a.colorBar != null && !a.colorBar.alone && !a.colorBar.horizontal) {
            room[1] += 32;
        }
        return room;
    }

    private double outside(Axis axis, List<Axis.Tick> ticks, boolean upright, boolean hidden) {
        double room = 0;
        for (Axis.Tick t : texts(axis, ticks, hidden)) {
            room = Math.max(room, texts.room(t.text(), axis.tickStyle, axis.tickRotation)[upright ? 0 : 1]);
        }
        if (axis.visible && !ticks.isEmpty()) {
            room += (axis.marks && !axis.ticksInside ? axis.tickLength : 0) + (axis.tickTexts ? axis.tickPad : 0);
        }
        if (axis.visible && !hidden && !axis.label.isEmpty()) {
            room += axis.labelPad + texts.height(axis.label, axis.labelStyle);
        }
        return room;
    }

    void paint(Axes a) {
        if (!a.visible) {
            return;
        }
        Frame f = frame(a);
        Rectangle2D box = f.box();
        if (a.colorBar != null && a.colorBar.alone) {
            new ColorBarPainter(g, texts).paint(a.colorBar, box);
            return;
        }
        if (a.frame && !a.overlay) {
            g.setColor(a.face);
            g.fill(box);
        }
        if (a.space != null) {
            new SpacePainter(g, texts, a, box).paint();
            colorBar(a, box);
            return;
        }
        List<Axis.Tick> xt = ticks(a.x, f.x(), box.getWidth());
        List<Axis.Tick> yt = ticks(a.y, f.y(), box.getHeight());
        if (a.frame) {
            grid(a.x.grid, xt, f, true);
            grid(a.y.grid, yt, f, false);
        }
        List<Placed> order = new ArrayList<>(a.artists);
        order.sort(Comparator.comparingDouble(p -> p.zorder));
        Shape clip = g.getClip();
        g.clip(box);
        for (Placed placed : order) {
            if (placed.visible && !(placed.artist instanceof Artist.Text)) {
                artists.draw(placed.artist, f);
            }
        }
        g.setClip(clip);
        if (a.frame) {
            spines(a, f);
            if (a.x.visible && a.ownX) {
                xAxis(a, f, xt);
            }
            if (a.y.visible && a.ownY) {
                yAxis(a, f, yt);
            }
        }
        for (Placed placed : order) {
            if (placed.visible && placed.artist instanceof Artist.Text t) {
                artists.text(t, f, figure.width * 72, figure.height * 72);
            }
        }
        title(a, f, xt);
        colorBar(a, box);
        if (a.legend != null) {
            new LegendPainter(g, texts, artists).paint(a, f);
        }
    }

    private void colorBar(Axes a, Rectangle2D box) {
        if (a.colorBar != null) {
            double[] p = a.placement.rectangle(figure);
            new ColorBarPainter(g, texts).beside(a.colorBar, box, p[2] * figure.width * 72, p[3] * figure.height * 72);
        }
    }

    private void title(Axes a, Frame f, List<Axis.Tick> xt) {
        if (a.title.isEmpty()) {
            return;
        }
        Rectangle2D box = f.box();
        double x = switch (a.titlePlace) {
            case "left" -> box.getX();
            case "right" -> box.getMaxX();
            default -> box.getCenterX();
        };
        double above = a.frame && a.x.opposite ? outside(a.x, xt, false, a.hideX) : 0;
        texts.draw(a.title, x, box.getY() - a.titlePad - above, a.titleStyle, a.titlePlace, "bottom", 0);
    }

    private void grid(LineStyle style, List<Axis.Tick> ticks, Frame f, boolean upright) {
        if (style == null) {
            return;
        }
        g.setColor(style.color());
        g.setStroke(style.stroke());
        Rectangle2D box = f.box();
        for (Axis.Tick t : ticks) {
            g.draw(upright
                    ? new Line2D.Double(f.x(t.at()), box.getY(), f.x(t.at()), box.getMaxY())
                    : new Line2D.Double(box.getX(), f.y(t.at()), box.getMaxX(), f.y(t.at())));
        }
    }

    private void spines(Axes a, Frame f) {
        Rectangle2D b = f.box();
        for (Axes.Side side : Axes.Side.values()) {
            LineStyle style = a.spines.get(side);
            if (style == null) {
                continue;
            }
            g.setColor(style.color());
            g.setStroke(style.stroke());
            boolean level = side == Axes.Side.TOP || side == Axes.Side.BOTTOM;
            double at = place(a, f, side);
            g.draw(level ? new Line2D.Double(b.getX(), at, b.getMaxX(), at) : new Line2D.Double(at, b.getY(), at, b.getMaxY()));
        }
    }

    private static double place(Axes a, Frame f, Axes.Side side) {
        Double own = a.spinePlaces.get(side);
        Rectangle2D b = f.box();
        return switch (side) {
            case LEFT -> own == null ? b.getX() : f.x(own);
            case RIGHT -> own == null ? b.getMaxX() : f.x(own);
            case TOP -> own == null ? b.getY() : f.y(own);
            case BOTTOM -> own == null ? b.getMaxY() : f.y(own);
        };
    }

    private void xAxis(Axes a, Frame f, List<Axis.Tick> ticks) {
        Axis axis = a.x;
        boolean hidden = a.hideX;
        double at = place(a, f, axis.opposite ? Axes.Side.TOP : Axes.Side.BOTTOM);
        int out = axis.opposite ? -1 : 1;
        double length = axis.marks ? axis.tickLength : 0;
        g.setColor(axis.tickColor);
        g.setStroke(new BasicStroke((float) axis.tickWidth));
        if (axis.marks) {
            for (Axis.Tick t : ticks) {
                double px = f.x(t.at());
                g.draw(new Line2D.Double(px, at, px, at + out * (axis.ticksInside ? -length : length)));
            }
            for (double v : small(axis, f.x(), ticks)) {
                g.draw(new Line2D.Double(f.x(v), at, f.x(v), at + out * (axis.ticksInside ? -2 : 2)));
            }
        }
        double from = (axis.ticksInside ? 0 : length) + axis.tickPad;
        if (!hidden) {
            sharedPower(axis, f, ticks, false, from + texts.height("1", axis.tickStyle) + 2);
        }
        for (Axis.Tick t : texts(axis, ticks, hidden)) {
            texts.draw(t.text(), f.x(t.at()), at + out * from, axis.tickStyle, axis.tickAlign, axis.opposite ? "bottom" : "top",
                    axis.tickRotation);
        }
        if (!axis.label.isEmpty() && !hidden) {
            double side = axis.opposite ? f.box().getY() : f.box().getMaxY();
            double away = outside(axis, ticks, false, hidden) - texts.height(axis.label, axis.labelStyle);
            double turn = Double.isNaN(axis.labelRotation) ? 0 : axis.labelRotation;
            texts.draw(axis.label, f.box().getCenterX(), side + out * away, axis.labelStyle, "center", axis.opposite ? "bottom" : "top", turn);
        }
    }

    private void yAxis(Axes a, Frame f, List<Axis.Tick> ticks) {
        Axis axis = a.y;
        boolean hidden = a.hideY;
        double at = place(a, f, axis.opposite ? Axes.Side.RIGHT : Axes.Side.LEFT);
        int out = axis.opposite ? 1 : -1;
        double length = axis.marks ? axis.tickLength : 0;
        g.setColor(axis.tickColor);
        g.setStroke(new BasicStroke((float) axis.tickWidth));
        if (axis.marks) {
            for (Axis.Tick t : ticks) {
                double py = f.y(t.at());
                g.draw(new Line2D.Double(at, py, at + out * (axis.ticksInside ? -length : length), py));
            }
            for (double v : small(axis, f.y(), ticks)) {
                g.draw(new Line2D.Double(at, f.y(v), at + out * (axis.ticksInside ? -2 : 2), f.y(v)));
            }
        }
        double from = (axis.ticksInside ? 0 : length) + axis.tickPad;
        if (!hidden) {
            sharedPower(axis, f, ticks, true, 0);
        }
        for (Axis.Tick t : texts(axis, ticks, hidden)) {
            texts.draw(t.text(), at + out * from, f.y(t.at()), axis.tickStyle, axis.opposite ? "left" : "right", "center",
                    axis.tickRotation);
        }
        if (!axis.label.isEmpty() && !hidden) {
            double side = axis.opposite ? f.box().getMaxX() : f.box().getX();
            double turn = Double.isNaN(axis.labelRotation) ? 90 : axis.labelRotation;
            double thick = texts.room(axis.label, axis.labelStyle, turn)[0];
            double away = outside(axis, ticks, true, hidden) - texts.height(axis.label, axis.labelStyle) + thick / 2;
            texts.draw(axis.label, side + out * away, f.box().getCenterY(), axis.labelStyle, "center", "center", turn);
        }
    }

    /** Texts that belong to the figure alone, its title among them. */
    void figureTexts() {
        double w = figure.width * 72;
        double h = figure.height * 72;
        Frame whole = new Frame(new Rectangle2D.Double(0, 0, w, h), Scale.linear(0, 1), Scale.linear(0, 1));
        texts.draw(figure.title, figure.titleX * w, (1 - figure.titleY) * h, figure.titleStyle, "center", "top", 0);
        for (Placed placed : figure.texts) {
            if (placed.visible && placed.artist instanceof Artist.Text t) {
                artists.text(t, whole, w, h);
            }
        }
    }

    double titleHeight() {
        return texts.height(figure.title, figure.titleStyle);
    }
}
