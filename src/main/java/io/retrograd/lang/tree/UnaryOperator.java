package io.retrograd.lang.tree;

/** Operators with one operand. */
public enum UnaryOperator {
    POSITIVE("+", "__pos__"),
    NEGATIVE("-", "__neg__"),
    INVERT("~", "__invert__"),
    NOT("not", "");

    private final String symbol;
    private final String method;

    UnaryOperator(String symbol, String method) {
        this.symbol = symbol;
        this.method = method;
    }

    /** As written in a script. */
    public String symbol() {
        return symbol;
    }

    /** The special method behind it, such as {@code __neg__}; empty for {@code not}, which has none. */
    public String method() {
        return method;
    }
}
