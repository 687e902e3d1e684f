package io.retrograd.limit;

import io.retrograd.error.ErrorKind;

/** A limit that the embedder set was reached. No script can catch it, and no {@code finally} of it runs any more. */
public final class LimitExceeded extends Error {
    private static final long serialVersionUID = 1L;

    private final Limit limit;
    private final ErrorKind kind;

    /** @param kind the kind of error that comes nearest to it in Python's or TensorFlow's words */
    public LimitExceeded(Limit limit, ErrorKind kind, String message) {
        super(message, null, false, false);
        this.limit = limit;
        this.kind = kind;
    }

    public Limit limit() {
        return limit;
    }

    public ErrorKind kind() {
        return kind;
    }
}
