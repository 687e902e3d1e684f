package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Axes;
import java.util.ArrayList;
import java.util.List;

/** What a plotting function answers: something drawn, which can be changed or taken away again. */
final class ArtistValue implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.lines", "Line2D", ArtistValueTable.TABLE);

    private final Axes axes;
    private final List<Artist> parts = new ArrayList<>();
    private final double low;
    private final double high;
    private final io.retrograd.plot.Colormap map;

    ArtistValue(Axes axes, Artist artist) {
        this(axes, artist, null, 0, 1);
    }

    /** With the colour map and the range of values that a colour bar would show. */
    ArtistValue(Axes axes, Artist artist, io.retrograd.plot.Colormap map, double low, double high) {
        this.axes = axes;
        this.map = map;
        this.low = low;
        this.high = high;
        parts.add(artist);
        axes.artists.add(artist);
    }

    Axes axes() {
        return axes;
    }

    io.retrograd.plot.Colormap map() {
        return map;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    private void replace(Artist now) {
        int at = axes.artists.indexOf(parts.get(0));
        if (at >= 0) {
            axes.artists.set(at, now);
        } else {
            axes.artists.add(now);
        }
        parts.set(0, now);
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Builtin(value = "remove", method = true, doc = "Takes it off its axes.")
    static void remove(Machine m, ArtistValue self) {
        self.axes.artists.removeAll(self.parts);
    }

    private Artist.Line line() {
        return parts.get(0) instanceof Artist.Line l ? l : null;
    }

    @Builtin(value = "set_data", signature = "x, y", method = true, doc = "Gives a line other points.")
    static void setData(Machine m, ArtistValue self, Object x, Object y) {
        Artist.Line l = self.line();
        if (l != null) {
            self.replace(new Artist.Line(Numbers.flat(m, x), Numbers.flat(m, y), l.color(), l.width(), l.dashes(), l.marker(),
                    l.markerSize(), l.label()));
        } else if (self.parts.get(0) instanceof Artist.Image) {
            throw io.retrograd.error.NnError.type("set_data() of an image takes the image alone");
        }
    }

    @Builtin(value = "set_ydata", signature = "y", method = true, doc = "Gives a line other heights.")
    static void setYdata(Machine m, ArtistValue self, Object y) {
        Artist.Line l = self.line();
        if (l != null) {
            self.replace(new Artist.Line(l.x(), Numbers.flat(m, y), l.color(), l.width(), l.dashes(), l.marker(), l.markerSize(),
                    l.label()));
        }
    }

    @Builtin(value = "set_label", signature = "s", method = true, doc = "Names a line in the legend.")
    static void setLabel(Machine m, ArtistValue self, String label) {
        Artist.Line l = self.line();
        if (l != null) {
            self.replace(new Artist.Line(l.x(), l.y(), l.color(), l.width(), l.dashes(), l.marker(), l.markerSize(), label));
        }
    }

    @Builtin(value = "set_color", signature = "color", method = true, doc = "Gives a line another colour.")
    static void setColor(Machine m, ArtistValue self, Object color) {
        Artist.Line l = self.line();
        if (l != null) {
            self.replace(new Artist.Line(l.x(), l.y(), Style.color(m, color), l.width(), l.dashes(), l.marker(), l.markerSize(),
                    l.label()));
        }
    }

    @Builtin(value = "set_text", signature = "s", method = true, doc = "Changes a text.")
    static void setText(Machine m, ArtistValue self, Object s) {
        if (self.parts.get(0) instanceof Artist.Text t) {
            self.replace(new Artist.Text(t.x(), t.y(), io.retrograd.lang.value.Semantics.str(m, s), t.size(), t.color(),
                    t.horizontal(), t.vertical(), t.rotation(), t.ofAxes(), t.pointX(), t.pointY(), t.arrow()));
        }
    }

    @Builtin(value = "set_visible", signature = "b", method = true, doc = "Shows it or takes it off.")
    static void setVisible(Machine m, ArtistValue self, boolean visible) {
        self.axes.artists.removeAll(self.parts);
        if (visible) {
            self.axes.artists.addAll(self.parts);
        }
    }

    @Builtin(value = "get_label", method = true, doc = "Its name in the legend.")
    static Object getLabel(Machine m, ArtistValue self) {
        return self.parts.isEmpty() ? None.NONE : self.parts.get(0).label();
    }
}
