package io.retrograd.plot;

/** What part of an axis is shown, before anything is drawn. */
public final class Limits {
    private Limits() {}

    /** The low and the high end. */
    public static double[] of(Axis axis, Figure figure) {
        Scale s = DataRange.of(axis, figure.axes);
        return new double[] {s.low(), s.high()};
    }

    /** Where its marks stand, for an axis of common length. */
    public static double[] ticks(Axis axis, Figure figure) {
        if (axis.ticks != null) {
            return axis.ticks.stream().mapToDouble(Axis.Tick::at).toArray();
        }
        return DataRange.of(axis, figure.axes).ticks(250, 10, null).stream().mapToDouble(Axis.Tick::at).toArray();
    }
}
