package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Placed;
import io.retrograd.tensor.NdArray;
import java.util.Map;

/** What a plotting function answers: something drawn, which can be changed or taken away again. */
final class ArtistValue implements Value {
    private static final TypeValue ARTIST = TypeValue.opaque("matplotlib.artist", "Artist", ArtistValueTable.TABLE);
    private static final TypeValue LINE = new TypeValue("matplotlib.lines", "Line2D", ARTIST, LineMethodsTable.TABLE, null);
    private static final TypeValue POINTS = new TypeValue("matplotlib.collections", "PathCollection", ARTIST, PointMethodsTable.TABLE, null);
    private static final TypeValue PATCH = new TypeValue("matplotlib.patches", "Rectangle", ARTIST, PatchMethodsTable.TABLE, null);
    private static final TypeValue IMAGE = new TypeValue("matplotlib.image", "AxesImage", ARTIST, ImageMethodsTable.TABLE, null);
    private static final TypeValue TEXT = new TypeValue("matplotlib.text", "Text", ARTIST, TextChangesTable.TABLE, null);
    private static final TypeValue CONTOUR = new TypeValue("matplotlib.contour", "QuadContourSet", ARTIST, null, null);
    private static final TypeValue COLLECTION = new TypeValue("matplotlib.collections", "Collection", ARTIST, null, null);

    private final Axes axes;
    private final Placed placed;

    ArtistValue(Axes axes, Placed placed) {
        this.axes = axes;
        this.placed = placed;
    }

    Axes axes() {
        return axes;
    }

    Placed placed() {
        return placed;
    }

    @Override
    public TypeValue type() {
        Artist a = placed.artist;
        if (a instanceof Artist.Line) {
            return LINE;
        }
        if (a instanceof Artist.Points) {
            return POINTS;
        }
        if (a instanceof Artist.Bars || a instanceof Artist.Areas) {
            return PATCH;
        }
        if (a instanceof Artist.Image) {
            return IMAGE;
        }
        if (a instanceof Artist.Text) {
            return TEXT;
        }
        return a instanceof Artist.Contour || a instanceof Artist.FilledContour ? CONTOUR : COLLECTION;
    }

    @Override
    public boolean sameAs(Object other) {
        return equals(other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArtistValue a && a.placed == placed;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(placed);
    }

    @Override
    public long hash(Machine m) {
        return hashCode();
    }

    @Override
    public Object attribute(Machine m, String name) {
        if (placed.artist instanceof Artist.Contour || placed.artist instanceof Artist.FilledContour) {
            double[] levels = placed.artist instanceof Artist.Contour c ? c.levels() : ((Artist.FilledContour) placed.artist).levels();
            if (name.equals("levels")) {
                return new ArrayValue(NdArray.of(levels, levels.length));
            }
            if (name.equals("collections")) {
                return ListValue.of(this);
            }
        }
        return Value.super.attribute(m, name);
    }

    @Builtin(value = "remove", method = true, doc = "Takes it off its axes.")
    static void remove(Machine m, ArtistValue self) {
        if (!self.axes.artists.remove(self.placed)) {
            throw NnError.value("list.remove(x): x not in list");
        }
    }

    @Builtin(value = "set_label", signature = "s", method = true, doc = "Names it in the legend.")
    static void setLabel(Machine m, ArtistValue self, Object label) {
        self.placed.label = Semantics.str(m, label);
    }

    @Builtin(value = "get_label", method = true, doc = "Its name in the legend.")
    static Object getLabel(Machine m, ArtistValue self) {
        return self.placed.label();
    }

    @Builtin(value = "set_visible", signature = "b", method = true, doc = "Shows it or hides it.")
    static void setVisible(Machine m, ArtistValue self, boolean visible) {
        self.placed.visible = visible;
    }

    @Builtin(value = "get_visible", method = true, doc = "Whether it is shown.")
    static boolean getVisible(Machine m, ArtistValue self) {
        return self.placed.visible;
    }

    @Builtin(value = "set_zorder", signature = "level", method = true, doc = "Raises it above others.")
    static void setZorder(Machine m, ArtistValue self, double level) {
        self.placed.zorder = level;
    }

    @Builtin(value = "get_zorder", method = true, doc = "Where it lies among others.")
    static double getZorder(Machine m, ArtistValue self) {
        return self.placed.zorder;
    }

    @Builtin(value = "set_animated", signature = "b", method = true, doc = "Whether it is drawn apart from the rest, where there is a window.")
    static void setAnimated(Machine m, ArtistValue self, boolean b) {}

    @Builtin(value = "set", signature = "**kwargs", method = true, doc = "Calls set_… for each keyword.")
    static void set(Machine m, ArtistValue self, Map<String, Object> kwargs) {
        kwargs.forEach((key, value) -> Semantics.callMethod(m, self, "set_" + key, value));
    }

    @Builtin(value = {"get_clim"}, method = true, doc = "The values at the ends of its colours.")
    static Object getClim(Machine m, ArtistValue self) {
        return self.placed.meaning == null ? TupleValue.of(None.NONE, None.NONE)
                : TupleValue.of(self.placed.meaning.low(), self.placed.meaning.high());
    }
}
