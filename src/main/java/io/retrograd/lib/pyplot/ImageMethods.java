package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Colors;
import java.util.Map;

/** Changes of a picture after it was plotted. */
final class ImageMethods {
    private ImageMethods() {}

    @Builtin(value = {"set_data", "set_array"}, signature = "A", method = true, doc = "Shows other values in the same place and colours.")
    static void setData(Machine m, ArtistValue self, Object a) {
        Artist.Image old = (Artist.Image) self.placed().artist;
        Colors.Meaning meaning = self.placed().meaning;
        int at = self.axes().artists.size();
        AxesValue axes = new AxesValue(null, self.axes());
        boolean flipY = self.axes().y.inverted;
        boolean flipX = self.axes().x.inverted;
        double aspect = self.axes().aspect;
        ImagePlots.imshow(m, axes, a, meaning == null ? None.NONE : new ColormapValue(meaning.map()), None.NONE, None.NONE, None.NONE, None.NONE,
                meaning == null ? None.NONE : (Object) meaning.low(), meaning == null ? None.NONE : (Object) meaning.high(), None.NONE, None.NONE,
                Map.of());
        Artist.Image made = (Artist.Image) self.axes().artists.remove(at).artist;
        self.axes().y.inverted = flipY;
        self.axes().x.inverted = flipX;
        self.axes().aspect = aspect;
        self.placed().artist = new Artist.Image(made.pixels(), old.extent(), old.smooth());
    }

    @Builtin(value = "set_alpha", signature = "alpha", method = true, doc = "How opaque it is, from 0 to 1.")
    static void setAlpha(Machine m, ArtistValue self, Object alpha) {
        Artist.Image old = (Artist.Image) self.placed().artist;
        int a = (int) Math.round(255 * Math.max(0, Math.min(1, Semantics.real(m, alpha))));
        int[][] pixels = new int[old.pixels().length][];
        for (int r = 0; r < pixels.length; r++) {
            pixels[r] = old.pixels()[r].clone();
            for (int c = 0; c < pixels[r].length; c++) {
                pixels[r][c] = pixels[r][c] & 0xffffff | a << 24;
            }
        }
        self.placed().artist = new Artist.Image(pixels, old.extent(), old.smooth());
    }
}
