package io.retrograd.sweep;

/** Why a sweep cannot begin, in words for the user. */
public final class SweepProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SweepProblem(String message) {
        super(message, null, false, false);
    }
}
