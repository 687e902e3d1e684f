package io.retrograd;

import io.retrograd.error.NnError;
import io.retrograd.limit.Limit;

/** A script came to a limit that the embedder set. No script can catch it, but for that of recursion. */
public final class LimitError extends ScriptError {
    private static final long serialVersionUID = 1L;

    private final Limit limit;

    LimitError(Limit limit, String kind, String message, Place place, String rendered, NnError origin) {
        super(kind, message, place, rendered, origin, null);
        this.limit = limit;
    }

    /** Which limit it was. */
    public Limit limit() {
        return limit;
    }
}
