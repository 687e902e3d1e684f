package io.retrograd.plot;

/** An artist on its axes: it can be replaced, hidden, and raised above others. */
public final class Placed {
    public Artist artist;
    public double zorder;
    public boolean visible = true;
    /** Overrides the artist's own name in the legend; null where it does not. */
    public String label;

    /** What its colours mean, for a colour bar; null where they mean nothing. */
    public Colors.Meaning meaning;

    public Placed(Artist artist) {
        this.artist = artist;
        this.zorder = artist.zorder();
    }

    /** The text for the legend; empty for none. */
    public String label() {
        String own = label == null ? artist.label() : label;
        return own.startsWith("_") ? "" : own;
    }
}
