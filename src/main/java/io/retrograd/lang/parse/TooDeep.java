package io.retrograd.lang.parse;

import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** The parser's refusal to go deeper. */
final class TooDeep extends ParseCancellationException {
    private static final long serialVersionUID = 1L;
    private final transient Token at;

    TooDeep(Token at) {
        this.at = at;
    }

    Token at() {
        return at;
    }
}
