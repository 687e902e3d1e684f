package io.retrograd.plot;

import java.awt.Color;

/** How a text is drawn: size in points, colour, weight, slant, and a font family of Java's (sans-serif, serif, monospaced). */
public record TextStyle(double size, Color color, boolean bold, boolean italic, String family) {
    public static final TextStyle PLAIN = new TextStyle(10, Color.BLACK, false, false, "SansSerif");

    public TextStyle withSize(double other) {
        return new TextStyle(other, color, bold, italic, family);
    }

    public TextStyle withColor(Color other) {
        return new TextStyle(size, other, bold, italic, family);
    }
}
