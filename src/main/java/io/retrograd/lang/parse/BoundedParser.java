package io.retrograd.lang.parse;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.TokenStream;

/** What the generated parser is made from: one that refuses to go deeper than its stack surely bears. */
abstract class BoundedParser extends Parser {
    /**
     * How deep rules may call each other. CPython's 200 brackets inside 100 blocks need 1500 here; a thread with a stack of 512 KiB
     * bears twice as many.
     */
    private static final int DEEPEST = 2000;

    private int depth;

    BoundedParser(TokenStream input) {
        super(input);
    }

    @Override
    public void enterRule(ParserRuleContext rule, int state, int index) {
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
