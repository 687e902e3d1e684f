package io.retrograd.show;

/** The course of a number in a few characters: values evenly spread over however many there were. */
public final class Sparkline {
    private static final int POINTS = 24;
    private static final String BARS = "▁▂▃▄▅▆▇█";

    private static final double LOGARITHMIC_FROM = 100;

    private final double[] points = new double[POINTS];
    private int count;
    private int stride = 1;
    private int until = 1;

    /** Takes one value in; nan is left out until there was a number. */
    public synchronized void add(double value) {
        if (count == 0 && Double.isNaN(value) || --until > 0) {
            return;
        }
        if (count == POINTS) {
            for (int i = 0; i < POINTS / 2; i++) {
                points[i] = points[2 * i + 1];
            }
            count = POINTS / 2;
            stride *= 2;
        }
        points[count++] = value;
        until = stride;
    }

    /** One bar for each point, the lowest to the highest; a question mark where it is no number. Empty below two points. */
    public synchronized String text() {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            if (Double.isFinite(points[i])) {
                least = Math.min(least, points[i]);
                most = Math.max(most, points[i]);
            }
        }
        // A loss that falls through orders of magnitude would be a cliff and a plain.
        boolean logarithmic = least > 0 && most / least > LOGARITHMIC_FROM;
        StringBuilder bars = new StringBuilder();
        for (int i = 0; i < count && count > 1; i++) {
            double part = logarithmic ? Math.log(points[i] / least) / Math.log(most / least) : (points[i] - least) / (most - least);
            double height = most > least ? part : 0;
            bars.append(Double.isFinite(points[i]) ? BARS.charAt((int) Math.round(height * (BARS.length() - 1))) : '?');
        }
        return bars.toString();
    }
}
