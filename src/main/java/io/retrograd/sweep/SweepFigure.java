package io.retrograd.sweep;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One value over the first setting that varies, a line for each combination of the others: means over the seeds, and a
 * point for each run.
 */
public final class SweepFigure {
    private static final LineStyle GRID = LineStyle.solid(new Color(0xd0d0d0), 0.8);

    /** Positive values that differ by more than this factor show best on a logarithmic axis. */
    private static final double LOGARITHMIC_FROM = 50;

    private final Results results;
    private final String value;
    private final String across;
    private final List<String> places;
    private final boolean numeric;

    private SweepFigure(Results results, String value) {
        this.results = results;
        this.value = value;
        this.across = results.settings().stream().filter(s -> distinct(s).size() > 1).findFirst()
                .orElse(results.isSeeded() ? "" : results.settings().stream().findFirst().orElse(""));
        this.places = across.isEmpty() ? List.of() : distinct(across);
        this.numeric = places.stream().allMatch(p -> !Double.isNaN(number(p)));
    }

    /**
     * The picture.
     *
     * @param value which of the results' values it shows
     * @param format png or svg
     */
    public static byte[] of(Results results, String value, String title, String format) {
        return new SweepFigure(results, value).draw(title, format);
    }

    private List<String> distinct(String setting) {
        Set<String> found = new LinkedHashSet<>();
        results.outcomes().forEach(o -> found.add(o.run().settings().get(setting)));
        return new ArrayList<>(found);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }

    /** Where a run stands: at its setting's value, or at its seed where nothing else varies. */
    private double place(Outcome o) {
        if (across.isEmpty()) {
            return o.run().seed().isPresent() ? o.run().seed().getAsLong() : o.run().number();
        }
        String text = o.run().settings().get(across);
        return numeric ? number(text) : places.indexOf(text);
    }

    private byte[] draw(String title, String format) {
        Figure figure = new Figure();
        figure.tight = true;
        Axes axes = new Axes(Placement.cell(1, 1, 1));
        axes.title = title;
        axes.x.label = across.isEmpty() ? results.isSeeded() ? "seed" : "run" : across;
        axes.y.label = value;
        axes.x.grid = GRID;
        axes.y.grid = GRID;
        Map<String, List<Outcome>> lines = new LinkedHashMap<>();
        for (Outcome o : results.outcomes()) {
            double v = o.values().containsKey(value) ? Numbers.of(o.values().get(value)) : Double.NaN;
            if (o.isOk() && Double.isFinite(v)) {
                lines.computeIfAbsent(others(o), k -> new ArrayList<>()).add(o);
            }
        }
        lines.forEach((name, runs) -> line(axes, name, runs));
        int shown = lines.values().stream().mapToInt(List::size).sum();
        int there = results.outcomes().size();
        if (shown < there) {
            axes.x.label += " (" + (there - shown) + " of " + there + " runs have no finite " + value + ")";
        }
        axes.legend = lines.size() > 1 ? Legend.PLAIN : null;
        double[] all = lines.values().stream().flatMap(List::stream).mapToDouble(o -> Numbers.of(o.values().get(value))).toArray();
        axes.y.spread = isWide(all) ? Axis.Spread.LOG : Axis.Spread.LINEAR;
        if (numeric && !across.isEmpty()) {
            axes.x.spread = isWide(places.stream().mapToDouble(SweepFigure::number).toArray()) ? Axis.Spread.LOG : Axis.Spread.LINEAR;
        } else if (!numeric) {
            axes.x.categories = places;
            axes.x.ticks = new ArrayList<>();
            for (int i = 0; i < places.size(); i++) {
                axes.x.ticks.add(new Axis.Tick(i, places.get(i)));
            }
        }
        figure.axes.add(axes);
        return FigureFile.bytes(figure, format, FigureFile.Options.plain(figure.dpi));
    }

    private String others(Outcome o) {
        List<String> words = new ArrayList<>();
        o.run().settings().forEach((name, v) -> {
            if (!name.equals(across) && distinct(name).size() > 1) {
                words.add(name + " = " + v);
            }
        });
        return String.join(", ", words);
    }

    private void line(Axes axes, String name, List<Outcome> runs) {
        Color color = axes.nextColor();
        Map<Double, List<Double>> byPlace = new TreeMap<>();
        double[] x = new double[runs.size()];
        double[] y = new double[runs.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = place(runs.get(i));
            y[i] = Numbers.of(runs.get(i).values().get(value));
            byPlace.computeIfAbsent(x[i], k -> new ArrayList<>()).add(y[i]);
        }
        Marker dot = new Marker("o", 4, color, color, 0.5);
        axes.add(new Artist.Line(x, y, null, dot, "", byPlace.size() > 1 && !across.isEmpty() ? "" : name));
        if (byPlace.size() > 1 && !across.isEmpty()) {
            double[] at = byPlace.keySet().stream().mapToDouble(Double::doubleValue).toArray();
            double[] mean = byPlace.values().stream()
                    .mapToDouble(v -> Results.mean(v.stream().mapToDouble(Double::doubleValue).toArray())).toArray();
            axes.add(new Artist.Line(at, mean, LineStyle.solid(color, 1.5), Marker.NONE, "", name));
        }
    }

    private static boolean isWide(double[] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (double v : values) {
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        return low > 0 && high / low >= LOGARITHMIC_FROM;
    }
}
