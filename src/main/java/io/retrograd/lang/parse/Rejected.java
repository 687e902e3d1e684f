package io.retrograd.lang.parse;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Where a parse ended: the word that does not fit, the rule that met it, and what that rule would have taken. */
final class Rejected extends ParseCancellationException {
    private static final long serialVersionUID = 1L;
    private final transient Token token;
    private final transient ParserRuleContext rule;
    private final transient IntervalSet expected;

    Rejected(Token token, ParserRuleContext rule, IntervalSet expected) {
        this.token = token;
        this.rule = rule;
        this.expected = expected;
    }

    Token token() {
        return token;
    }

    ParserRuleContext rule() {
        return rule;
    }

    IntervalSet expected() {
        return expected;
    }
}
