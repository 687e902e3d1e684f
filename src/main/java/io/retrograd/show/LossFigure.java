package io.retrograd.show;

import io.retrograd.plot.Artist;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Figure;
import io.retrograd.plot.FigureFile;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Courses of losses as a picture. */
public final class LossFigure {
    private static final Color[] COLOURS = {
        new Color(0x1f77b4), new Color(0xff7f0e), new Color(0x2ca02c), new Color(0xd62728), new Color(0x9467bd), new Color(0x8c564b)
    };

    /** A loss that falls by more than this shows best on a logarithmic axis. */
    private static final double LOGARITHMIC_FROM = 100;

    private LossFigure() {}

    /** Whether a file's ending is one that can be written. */
    public static boolean isEnding(String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        return lower.endsWith(".png") || lower.endsWith(".svg");
    }

    /** The picture as the bytes of a file, whose ending says which kind. */
    public static byte[] of(Map<String, LossRecorder.Course> courses, String file, String script, Messages m) {
        Figure figure = new Figure();
        Axes axes = new Axes(Figure.cell(1, 1, 1));
        axes.title = script;
        axes.x.label = m.get("plot.step");
        axes.y.label = courses.size() == 1 ? courses.keySet().iterator().next() : m.get("loss");
        axes.grid = true;
        axes.legend = courses.size() > 1;
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (Map.Entry<String, LossRecorder.Course> e : courses.entrySet()) {
            List<double[]> points = e.getValue().points();
            double[] x = new double[points.size()];
            double[] y = new double[points.size()];
            for (int i = 0; i < x.length; i++) {
                x[i] = points.get(i)[0];
                y[i] = Double.isFinite(points.get(i)[1]) ? points.get(i)[1] : Double.NaN;
                low = Double.isNaN(y[i]) ? low : Math.min(low, y[i]);
                high = Double.isNaN(y[i]) ? high : Math.max(high, y[i]);
            }
            axes.artists.add(new Artist.Line(
                    x, y, COLOURS[axes.nextInCycle() % COLOURS.length], 1.5, "-", x.length == 1 ? "o" : "", 6, e.getKey()));
        }
        axes.y.logarithmic = low > 0 && high / low > LOGARITHMIC_FROM;
        figure.axes.add(axes);
        return file.toLowerCase(Locale.ROOT).endsWith(".svg") ? FigureFile.svg(figure) : FigureFile.png(figure, figure.dpi);
    }
}
