package io.retrograd.lang.resolve;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Span;

/** A use of names that no run could make right, such as a nonlocal name without a function around it. */
public final class ScopeError extends NnError {
    private static final long serialVersionUID = 1L;
    private final transient Span span;

    ScopeError(String message, Span span) {
        super(ErrorKind.SYNTAX_ERROR, message);
        this.span = span;
    }

    /** Where it stands. */
    public Span span() {
        return span;
    }
}
