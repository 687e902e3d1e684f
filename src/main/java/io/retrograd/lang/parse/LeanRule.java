package io.retrograd.lang.parse;

import java.util.ArrayList;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;

/** What the parser's nodes are made from: most have one child, and room for ten would double the memory of a long script. */
class LeanRule extends ParserRuleContext {
    LeanRule() {}

    LeanRule(ParserRuleContext parent, int invokingState) {
        super(parent, invokingState);
    }

    @Override
    public <T extends ParseTree> T addAnyChild(T child) {
        if (children == null) {
            children = new ArrayList<>(1);
        }
        return super.addAnyChild(child);
    }
}
