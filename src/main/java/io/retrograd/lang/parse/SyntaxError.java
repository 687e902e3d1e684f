package io.retrograd.lang.parse;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Span;

/**
 * A text that is no script: its kind is {@code SyntaxError}, {@code IndentationError} or {@code TabError}, its wording CPython's
 * (3.11), and it knows its place.
 */
public final class SyntaxError extends NnError {
    private static final long serialVersionUID = 1L;
    private final transient Source source;
    private final transient Span span;
    private final boolean atEnd;

    SyntaxError(ErrorKind kind, String message, Source source, Span span, boolean atEnd) {
        super(kind, message);
        this.source = source;
        this.span = span;
        this.atEnd = atEnd;
    }

    /** The text that was read. */
    public Source source() {
        return source;
    }

    /** The characters that are wrong. */
    public Span span() {
        return span;
    }

    @Override
    public SyntaxError help(String text) {
        super.help(text);
        return this;
    }

    /** Whether more text at the end could make it right. */
    boolean atEnd() {
        return atEnd;
    }
}
