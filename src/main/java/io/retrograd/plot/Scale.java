package io.retrograd.plot;

import java.util.ArrayList;
import java.util.List;

/** One axis as it is drawn: the range that it shows and the round numbers on it. */
record Scale(double low, double high, boolean logarithmic, boolean inverted) {
    private static final int MOST_TICKS = 9;

    /** Where a value lies between the axis's start (0) and end (1). */
    double place(double v) {
        double f = logarithmic
                ? (Math.log10(v) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (v - low) / (high - low);
        return inverted ? 1 - f : f;
    }

    /** At most nine round numbers, with as many digits as they need. */
    List<Axes.Tick> ticks() {
        List<Axes.Tick> ticks = new ArrayList<>();
        if (logarithmic) {
            for (int e = (int) Math.ceil(Math.log10(low) - 1e-9); e <= Math.floor(Math.log10(high) + 1e-9); e++) {
                ticks.add(new Axes.Tick(Math.pow(10, e), "1e" + e));
            }
            return ticks;
        }
        double step = step((high - low) / (MOST_TICKS - 1));
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        if (Math.abs(step * Math.pow(10, decimals) - Math.rint(step * Math.pow(10, decimals))) > 1e-6) {
            decimals++;
        }
        for (double k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
            double v = k == 0 ? 0 : k * step;
            ticks.add(new Axes.Tick(v, text(v, decimals)));
        }
        return ticks;
    }

    private static double step(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double each : new double[] {1, 2, 2.5, 5, 10}) {
            if (each * power >= rough * (1 - 1e-9)) {
                return each * power;
            }
        }
        return 10 * power;
    }

    private static String text(double v, int decimals) {
        if (v != 0 && (Math.abs(v) >= 1e7 || decimals > 6)) {
            return io.retrograd.tensor.FloatText.format(v, 'g', 3, false);
        }
        String s = io.retrograd.tensor.FloatText.format(Math.abs(v), 'f', decimals, false);
        return v < 0 ? "\u2212" + s : s;
    }
}
