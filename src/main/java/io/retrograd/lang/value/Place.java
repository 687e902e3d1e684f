package io.retrograd.lang.value;

import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Span;

/** A piece of a script's text: what an error points at and an operation remembers as its origin. */
public record Place(Source source, Span span) {
    /** Before the first statement, and for what no script asked for. */
    public static final Place NOWHERE = new Place(null, null);

    /**
     * Everywhere in a module that the library has in the language itself: errors and operations made there belong to
     * the line of the script that called it.
     */
    public static final Place LIBRARY = new Place(null, null);

    public boolean isKnown() {
        return source != null;
    }

    /** {@code FILE:LINE}; empty where nothing is known. */
    @Override
    public String toString() {
        return isKnown() ? source.name() + ":" + span.line() : "";
    }
}
