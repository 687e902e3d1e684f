package io.retrograd.lang.parse;

import io.retrograd.error.StopCheck;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.TokenStream;

/** What the generated parser is made from: one that refuses to go deeper than its stack surely bears. */
abstract class BoundedParser extends Parser {
    /**
     * How deep rules may call each other. CPython's 200 brackets inside 100 blocks need 1700 here; a thread with the usual stack of 1 MiB
     * bears them.
     */
    private static final int DEEPEST = 1800;

    private static final int ASK_EVERY = 1 << 8;

    private int depth;
    private int rules;

    BoundedParser(TokenStream input) {
        super(input);
    }

    @Override
    public void enterRule(ParserRuleContext rule, int state, int index) {
        if ((++rules & ASK_EVERY - 1) == 0) {
            StopCheck.ask();
        }
        super.enterRule(rule, state, index);
        if (++depth > DEEPEST) {
            throw new TooDeep(getCurrentToken());
        }
    }

    @Override
    public void exitRule() {
        depth--;
        super.exitRule();
    }
}
