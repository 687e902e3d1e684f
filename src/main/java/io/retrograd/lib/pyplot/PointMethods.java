package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Colors;
import io.retrograd.tensor.NdArray;
import java.awt.Color;

/** Changes of points after they were plotted. */
final class PointMethods {
    private PointMethods() {}

    private static Artist.Points points(ArtistValue self) {
        return (Artist.Points) self.placed().artist;
    }

    private static void colors(ArtistValue self, Color[] faces, Color[] edges) {
        Artist.Points p = points(self);
        self.placed().artist = new Artist.Points(p.x(), p.y(), p.areas(), faces, edges, p.edgeWidth(), p.marker(), p.label());
    }

    @Builtin(value = "set_offsets", signature = "offsets", method = true, doc = "Gives the points other places, a row each.")
    static void setOffsets(Machine m, ArtistValue self, Object offsets) {
        double[] all = Numbers.flat(m, offsets);
        double[] x = new double[all.length / 2];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = all[2 * i];
            y[i] = all[2 * i + 1];
        }
        Artist.Points p = points(self);
        self.placed().artist = new Artist.Points(x, y, p.areas(), p.faces(), p.edges(), p.edgeWidth(), p.marker(), p.label());
    }

    @Builtin(value = "get_offsets", method = true, doc = "The places of the points, a row each.")
    static Object getOffsets(Machine m, ArtistValue self) {
        Artist.Points p = points(self);
        double[] all = new double[2 * p.x().length];
        for (int i = 0; i < p.x().length; i++) {
            all[2 * i] = p.x()[i];
            all[2 * i + 1] = p.y()[i];
        }
        return new ArrayValue(NdArray.of(all, p.x().length, 2));
    }

    @Builtin(value = "set_sizes", signature = "sizes", method = true, doc = "Gives the points other areas.")
    static void setSizes(Machine m, ArtistValue self, Object sizes) {
        Artist.Points p = points(self);
        self.placed().artist = new Artist.Points(p.x(), p.y(), Numbers.flat(m, sizes), p.faces(), p.edges(), p.edgeWidth(), p.marker(), p.label());
    }

    @Builtin(value = "set_array", signature = "A", method = true, doc = "Gives the points other values for the colour map.")
    static void setArray(Machine m, ArtistValue self, Object a) {
        double[] values = Numbers.flat(m, a);
        Colors.Meaning meaning = self.placed().meaning;
        if (meaning == null) {
            meaning = new Colors.Meaning(Style.colormap(m, None.NONE), Numbers.least(values), Numbers.most(values), new double[0]);
            self.placed().meaning = meaning;
        }
        Color[] all = new Color[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = meaning.map().at(ImagePlots.share(values[i], meaning.low(), meaning.high(), false));
        }
        colors(self, all, all);
    }

    @Builtin(value = {"set_color", "set_facecolor", "set_facecolors"}, signature = "c", method = true, doc = "Another colour.")
    static void setColor(Machine m, ArtistValue self, Object c) {
        Color[] all = Style.colors(m, c);
        colors(self, all.length == 0 ? new Color[] {new Color(0, 0, 0, 0)} : all, all);
    }

    @Builtin(value = {"set_edgecolor", "set_edgecolors"}, signature = "c", method = true, doc = "Another colour of the line round them.")
    static void setEdgecolor(Machine m, ArtistValue self, Object c) {
        colors(self, points(self).faces(), Style.colors(m, c));
    }

    @Builtin(value = "set_alpha", signature = "alpha", method = true, doc = "How opaque they are, from 0 to 1.")
    static void setAlpha(Machine m, ArtistValue self, Object alpha) {
        double a = Semantics.real(m, alpha);
        Artist.Points p = points(self);
        colors(self, faded(p.faces(), a), faded(p.edges(), a));
    }

    private static Color[] faded(Color[] all, double alpha) {
        Color[] out = new Color[all.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = LineMethods.faded(all[i], alpha);
        }
        return out;
    }
}
