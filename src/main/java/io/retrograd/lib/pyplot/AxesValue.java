package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.BuiltinTable;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Placed;
import java.util.Locale;

/** {@code matplotlib.axes.Axes}: a coordinate system to plot into. Its methods stand in one class for each idea. */
final class AxesValue implements Value {
    static final TypeValue TYPE = type(
            LinePlotsTable.TABLE, PointPlotsTable.TABLE, BarPlotsTable.TABLE, HistogramsTable.TABLE, ImagePlotsTable.TABLE,
            ContourPlotsTable.TABLE, AreaPlotsTable.TABLE, TextMethodsTable.TABLE, LimitMethodsTable.TABLE, TickMethodsTable.TABLE,
            AppearanceMethodsTable.TABLE, LegendMethodsTable.TABLE);

    private static final TypeValue SPACE =
            new TypeValue("mpl_toolkits.mplot3d.axes3d", "Axes3D", TYPE, SpacePlotsTable.TABLE, null);

    private final FigureValue figure;
    private final Axes axes;

    AxesValue(FigureValue figure, Axes axes) {
        this.figure = figure;
        this.axes = axes;
    }

    private static TypeValue type(BuiltinTable... tables) {
        TypeValue type = CoreTypes.OBJECT;
        for (BuiltinTable each : tables) {
            type = new TypeValue("matplotlib.axes._axes", "Axes", type, each, null);
        }
        return type;
    }

    FigureValue figure() {
        return figure;
    }

    Axes axes() {
        return axes;
    }

    /** Puts something on top; what a script gets to hold of it. */
    ArtistValue add(Artist artist) {
        return new ArtistValue(axes, axes.add(artist));
    }

    /** The same, with the styles that any artist has: zorder, visible. */
    ArtistValue add(Artist artist, Style style) {
        Placed placed = axes.add(artist);
        try {
            style.finish(placed);
        } catch (RuntimeException mistake) {
            axes.artists.remove(placed);
            throw mistake;
        }
        return new ArtistValue(axes, placed);
    }

    @Override
    public TypeValue type() {
        return axes.space == null ? TYPE : SPACE;
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
            case "axes" -> this;
            case "lines" -> new ArtistList(axes, a -> a instanceof Artist.Line || a instanceof Artist.Rule);
            case "patches" -> new ArtistList(axes, a -> a instanceof Artist.Bars || a instanceof Artist.Areas || a instanceof Artist.Band);
            case "collections" -> new ArtistList(axes, a -> a instanceof Artist.Points || a instanceof Artist.Contour
                    || a instanceof Artist.FilledContour || a instanceof Artist.Segments || a instanceof Artist.Mesh);
            case "images" -> new ArtistList(axes, a -> a instanceof Artist.Image);
            case "texts" -> new ArtistList(axes, a -> a instanceof Artist.Text);
            case "xaxis" -> new AxisValue(axes, axes.x);
            case "yaxis" -> new AxisValue(axes, axes.y);
            case "title" -> new LabelValue(axes, LabelValue.Kind.TITLE);
            case "spines" -> spines(m);
            case "transAxes" -> new TransformValue(Artist.Place.AXES);
            case "transData" -> new TransformValue(Artist.Place.DATA);
            default -> Value.super.attribute(m, name);
        };
    }

    private Object spines(Machine m) {
        DictValue all = new DictValue();
        for (Axes.Side side : Axes.Side.values()) {
            all.put(m, side.name().toLowerCase(Locale.ROOT), new SpineValue(axes, side));
        }
        return all;
    }
}
