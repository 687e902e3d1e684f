package io.retrograd.lang.value;

/** A limit that the embedder set was reached. No script can catch it. */
public final class LimitExceeded extends Error {
    private static final long serialVersionUID = 1L;

    public LimitExceeded(String message) {
        super(message, null, false, false);
    }
}
