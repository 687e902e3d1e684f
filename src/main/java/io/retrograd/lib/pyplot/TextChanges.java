package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.plot.Artist;
import io.retrograd.plot.TextStyle;

/** Changes of a text after it was written. */
final class TextChanges {
    private TextChanges() {}

    private static Artist.Text text(ArtistValue self) {
        return (Artist.Text) self.placed().artist;
    }

    private static void change(ArtistValue self, String s, TextStyle style, double x, double y, double rotation) {
        Artist.Text t = text(self);
        self.placed().artist = new Artist.Text(x, y, t.moveX(), t.moveY(), s, style, t.horizontal(), t.vertical(), rotation, t.place(), t.box(), t.arrow());
    }

    @Builtin(value = "set_text", signature = "s", method = true, doc = "Another text.")
    static void setText(Machine m, ArtistValue self, Object s) {
        Artist.Text t = text(self);
        change(self, Semantics.str(m, s), t.style(), t.x(), t.y(), t.rotation());
    }

    @Builtin(value = "get_text", method = true, doc = "The text.")
    static String getText(Machine m, ArtistValue self) {
        return text(self).text();
    }

    @Builtin(value = "set_position", signature = "xy", method = true, doc = "Another place.")
    static void setPosition(Machine m, ArtistValue self, Object xy) {
        double[] p = Numbers.flat(m, xy);
        Artist.Text t = text(self);
        change(self, t.text(), t.style(), p[0], p[1], t.rotation());
    }

    @Builtin(value = "set_x", signature = "x", method = true, doc = "Another place across.")
    static void setX(Machine m, ArtistValue self, double x) {
        Artist.Text t = text(self);
        change(self, t.text(), t.style(), x, t.y(), t.rotation());
    }

    @Builtin(value = "set_y", signature = "y", method = true, doc = "Another height.")
    static void setY(Machine m, ArtistValue self, double y) {
        Artist.Text t = text(self);
        change(self, t.text(), t.style(), t.x(), y, t.rotation());
    }

    @Builtin(value = "set_color", signature = "color", method = true, doc = "Another colour.")
    static void setColor(Machine m, ArtistValue self, Object color) {
        Artist.Text t = text(self);
        change(self, t.text(), t.style().withColor(Style.color(m, color)), t.x(), t.y(), t.rotation());
    }

    @Builtin(value = {"set_fontsize", "set_size"}, signature = "fontsize", method = true, doc = "Another size in points.")
    static void setFontsize(Machine m, ArtistValue self, Object size) {
        Artist.Text t = text(self);
        change(self, t.text(), t.style().withSize(RcParams.of(m).fontSize(m, size)), t.x(), t.y(), t.rotation());
    }

    @Builtin(value = "set_rotation", signature = "rotation", method = true, doc = "Turns it by degrees.")
    static void setRotation(Machine m, ArtistValue self, double degrees) {
        Artist.Text t = text(self);
        change(self, t.text(), t.style(), t.x(), t.y(), degrees);
    }
}
