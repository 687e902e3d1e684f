package io.retrograd.lang.tree;

/** Comparisons, which chain: {@code a < b <= c}. */
public enum CompareOperator {
    EQUAL("==", "__eq__", "__eq__"),
    NOT_EQUAL("!=", "__ne__", "__ne__"),
    LESS("<", "__lt__", "__gt__"),
    LESS_EQUAL("<=", "__le__", "__ge__"),
    GREATER(">", "__gt__", "__lt__"),
    GREATER_EQUAL(">=", "__ge__", "__le__"),
    IN("in", "__contains__", ""),
    NOT_IN("not in", "__contains__", ""),
    IS("is", "", ""),
    IS_NOT("is not", "", "");

    private final String symbol;
    private final String method;
    private final String reflected;

    CompareOperator(String symbol, String method, String reflected) {
        this.symbol = symbol;
        this.method = method;
        this.reflected = reflected;
    }

    /** As written in a script. */
    public String symbol() {
        return symbol;
    }

    /** The special method behind it ({@code __contains__} of the right operand for {@code in}); empty for {@code is}. */
    public String method() {
        return method;
    }

    /** The right operand's method that answers when the left one does not; empty where there is none. */
    public String reflected() {
        return reflected;
    }
}
