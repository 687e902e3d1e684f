package io.retrograd.lang.run;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.Place;

/** A SyntaxError that only the making of executable code finds. */
public final class SyntaxProblem extends NnError {
    private static final long serialVersionUID = 1L;
    private final transient Place place;

    SyntaxProblem(String message, Place place) {
        super(ErrorKind.SYNTAX_ERROR, message);
        this.place = place;
    }

    /** Where it stands. */
    public Place place() {
        return place;
    }
}
