package io.retrograd.show;

import io.retrograd.plot.Artist;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Axis;
import io.retrograd.plot.Figure;
import io.retrograd.plot.FigureFile;
import io.retrograd.plot.Legend;
import io.retrograd.plot.LineStyle;
import io.retrograd.plot.Marker;
import io.retrograd.plot.Placement;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Courses of losses as a picture. */
public final class LossFigure {
    private static final LineStyle GRID = LineStyle.solid(new Color(0xb0b0b0), 0.8);

    /** A loss that falls by more than this shows best on a logarithmic axis. */
    private static final double LOGARITHMIC_FROM = 100;

    private LossFigure() {}

    /** The picture as the bytes of a file, whose ending says which kind. */
    public static byte[] of(Map<String, LossRecorder.Course> courses, String file, String script, Messages m) {
        Figure figure = new Figure();
        Axes axes = new Axes(Placement.cell(1, 1, 1));
        axes.title = script;
        axes.x.label = m.get("plot.step");
        axes.y.label = courses.size() == 1 ? courses.keySet().iterator().next() : m.get("loss");
        axes.x.grid = GRID;
        axes.y.grid = GRID;
        axes.legend = courses.size() > 1 ? Legend.PLAIN : null;
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
            Color color = axes.nextColor();
            Marker marker = x.length == 1 ? new Marker("o", 6, color, color, 1) : Marker.NONE;
            axes.add(new Artist.Line(x, y, LineStyle.solid(color, 1.5), marker, "", e.getKey()));
        }
        if (low > 0 && high / low > LOGARITHMIC_FROM) {
            axes.y.spread = Axis.Spread.LOG;
        }
        figure.axes.add(axes);
        String format = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return FigureFile.bytes(figure, format, FigureFile.Options.plain(figure.dpi));
    }
}
