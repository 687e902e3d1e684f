package io.retrograd.lang.parse;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/** Ends the parse at the first word that does not fit: what follows a mistake is guesswork. */
final class FirstError extends DefaultErrorStrategy {
    @Override
    public void recover(Parser parser, RecognitionException error) {
        throw rejection(parser, error.getOffendingToken());
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw rejection(parser, parser.getCurrentToken());
    }

    @Override
    public void reportError(Parser parser, RecognitionException error) {
        // Diagnosis words it later.
    }

    @Override
    public void sync(Parser parser) {
        // Without recovery there is nothing to prepare for.
    }

    private static Rejected rejection(Parser parser, Token token) {
        return new Rejected(token, parser.getContext(), parser.getExpectedTokens());
    }
}
