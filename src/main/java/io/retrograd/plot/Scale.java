package io.retrograd.plot;

import io.retrograd.tensor.FloatText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One axis as it is drawn: the range that it shows and the round numbers on it. */
record Scale(double low, double high, Axis.Spread spread, double linearUpTo, boolean inverted) {
    private static final int MOST_STEPS = 9;
    static final char MINUS = '\u2212';

    static Scale linear(double low, double high) {
        return new Scale(low, high, Axis.Spread.LINEAR, 0, false);
    }

    /** Where a value lies between the axis's start (0) and end (1). */
    double place(double v) {
        double f = (spread(v) - spread(low)) / (spread(high) - spread(low));
        return inverted ? 1 - f : f;
    }

    private double spread(double v) {
        return switch (spread) {
            case LINEAR -> v;
            case LOG -> v > 0 ? Math.log10(v) : v == 0 ? -1e3 : Double.NaN;
            case SYMLOG -> Math.abs(v) <= linearUpTo
                    ? v / linearUpTo
                    : Math.signum(v) * (1 + Math.log10(Math.abs(v) / linearUpTo));
        };
    }

    /** Round numbers in the range, as many as the axis's length in points has room for. */
    List<Axis.Tick> ticks(double length, double textSize, String format) {
        List<Axis.Tick> ticks = new ArrayList<>();
        if (spread != Axis.Spread.LINEAR) {
            powers(ticks, format);
            return ticks;
        }
        int steps = (int) Math.max(1, Math.min(MOST_STEPS, Math.floor(length / (textSize * 2.2))));
        return every(step((high - low) / steps), format);
    }

    /** Marks at the multiples of a step. */
    List<Axis.Tick> every(double step, String format) {
        List<Axis.Tick> ticks = new ArrayList<>();
        int decimals = decimals(step);
        for (double k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
            double v = k == 0 ? 0 : k * step;
            ticks.add(new Axis.Tick(v, format == null ? text(v, decimals) : formatted(v, format)));
        }
        return ticks;
    }

    /** How many digits behind the point tell the multiples of a step apart. */
    static int decimals(double step) {
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        return Math.abs(step * Math.pow(10, decimals) - Math.rint(step * Math.pow(10, decimals))) > 1e-6 ? decimals + 1 : decimals;
    }

    private void powers(List<Axis.Tick> ticks, String format) {
        if (spread == Axis.Spread.SYMLOG) {
            for (int e = (int) Math.ceil(Math.log10(Math.max(-low, linearUpTo))); e >= 0; e--) {
                power(ticks, -1, e, format);
            }
            if (low <= 0 && high >= 0) {
                ticks.add(new Axis.Tick(0, "0"));
            }
            for (int e = 0; e <= Math.log10(Math.max(high, linearUpTo)) + 1e-9; e++) {
                power(ticks, 1, e, format);
            }
            return;
        }
        int first = (int) Math.ceil(Math.log10(low) - 1e-9);
        int last = (int) Math.floor(Math.log10(high) + 1e-9);
        int every = Math.max(1, (last - first + 1) / MOST_STEPS);
        for (int e = first; e <= last; e += every) {
            power(ticks, 1, e, format);
        }
    }

    private void power(List<Axis.Tick> ticks, int sign, int e, String format) {
        double v = sign * Math.pow(10, e);
        if (v >= low && v <= high || spread == Axis.Spread.LOG) {
            String power = "$" + (sign < 0 ? "-" : "") + "10^{" + e + "}$";
            ticks.add(new Axis.Tick(v, format == null ? power : formatted(v, format)));
        }
    }

    /** Where the small marks of a log axis stand: 2, 3 … 9 times the powers of ten. */
    List<Double> minor() {
        List<Double> all = new ArrayList<>();
        if (spread == Axis.Spread.LOG && Math.log10(high / low) <= MOST_STEPS) {
            for (int e = (int) Math.floor(Math.log10(low)); e <= Math.log10(high); e++) {
                for (int k = 2; k < 10; k++) {
                    double v = k * Math.pow(10, e);
                    if (v >= low && v <= high) {
                        all.add(v);
                    }
                }
            }
        }
        return all;
    }

    /** Small marks on a linear axis: four or five parts of each step, as matplotlib's AutoMinorLocator has it. */
    List<Double> between(double first, double second) {
        double step = Math.abs(second - first);
        double lead = step / Math.pow(10, Math.floor(Math.log10(step) + 1e-9));
        int parts = Math.abs(lead - 2) < 1e-6 ? 4 : 5;
        List<Double> all = new ArrayList<>();
        double small = step / parts;
        double low = Math.min(this.low, high);
        double high = Math.max(this.low, this.high);
        for (double k = Math.ceil((low - first) / small); first + k * small <= high; k++) {
            if (k % parts != 0) {
                all.add(first + k * small);
            }
        }
        return all;
    }

    static double step(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double each : new double[] {1, 2, 2.5, 5, 10}) {
            if (each * power >= rough * (1 - 1e-9)) {
                return each * power;
            }
        }
        return 10 * power;
    }

    /** A number as a mark is written: by the format, or with as many digits as it has. */
    String number(double v, String format) {
        if (format != null) {
            return formatted(v, format);
        }
        String s = FloatText.format(Math.abs(v), 'g', 6, false);
        return v < 0 ? MINUS + s : s;
    }

    static String text(double v, int decimals) {
        if (v != 0 && (Math.abs(v) >= 1e7 || decimals > 6)) {
            String s = FloatText.format(Math.abs(v), 'g', 3, false);
            return v < 0 ? MINUS + s : s;
        }
        String s = FloatText.format(Math.abs(v), 'f', decimals, false);
        return v < 0 ? MINUS + s : s;
    }

    /** A number written with the first conversion of a printf format: %d, %.2f, %g, %1.1e, %d%%. */
    private static String formatted(double v, String format) {
        Matcher m = Pattern.compile("%(?:\\d+)?(?:\\.(\\d+))?([dfgeEi])").matcher(format);
        if (!m.find()) {
            return format.replace("%%", "%");
        }
        char kind = m.group(2).charAt(0);
        int digits = m.group(1) == null ? 6 : Integer.parseInt(m.group(1));
        String number = kind == 'd' || kind == 'i' ? String.valueOf((long) v) : FloatText.format(v, kind, digits, false);
        return (format.substring(0, m.start()) + number + format.substring(m.end())).replace("%%", "%");
    }
}
