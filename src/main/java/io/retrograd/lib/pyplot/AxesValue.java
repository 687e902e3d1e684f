package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Axes;

/** {@code matplotlib.axes.Axes}: a coordinate system to plot into. */
final class AxesValue implements Value {
    static final TypeValue TYPE = TypeValue.opaque("matplotlib.axes._axes", "Axes", AxesMethodsTable.TABLE);

    private final FigureValue figure;
    private final Axes axes;

    AxesValue(FigureValue figure, Axes axes) {
        this.figure = figure;
        this.axes = axes;
    }

    FigureValue figure() {
        return figure;
    }

    Axes axes() {
        return axes;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean sameAs(Object other) {
        return equals(other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AxesValue a && a.axes == axes;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(axes);
    }

    @Override
    public long hash(Machine m) {
        return hashCode();
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "figure" -> figure;
            case "lines" -> figure.lines(m, axes);
            case "xaxis", "yaxis" -> new AxisValue(name.equals("xaxis") ? axes.x : axes.y);
            default -> Value.super.attribute(m, name);
        };
    }
}
