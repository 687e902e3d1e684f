package io.retrograd.plot;

import java.awt.Color;

/** How an area is drawn: its colour, the line round it (null for none), and hatching (matplotlib's signs; empty for none). */
public record Fill(Color face, LineStyle edge, String hatch) {
    public static Fill of(Color face) {
        return new Fill(face, null, "");
    }
}
