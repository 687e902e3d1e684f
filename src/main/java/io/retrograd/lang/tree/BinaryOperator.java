package io.retrograd.lang.tree;

/** Arithmetic and bitwise operators with two operands, which augmented assignments use too. */
public enum BinaryOperator {
    ADD("+", "add"),
    SUBTRACT("-", "sub"),
    MULTIPLY("*", "mul"),
    MATRIX_MULTIPLY("@", "matmul"),
    DIVIDE("/", "truediv"),
    FLOOR_DIVIDE("//", "floordiv"),
    REMAINDER("%", "mod"),
    POWER("**", "pow"),
    LEFT_SHIFT("<<", "lshift"),
    RIGHT_SHIFT(">>", "rshift"),
    BIT_AND("&", "and"),
    BIT_OR("|", "or"),
    BIT_XOR("^", "xor");

    private final String symbol;
    private final String method;
    private final String reflected;
    private final String inPlace;

    BinaryOperator(String symbol, String stem) {
        this.symbol = symbol;
        this.method = "__" + stem + "__";
        this.reflected = "__r" + stem + "__";
        this.inPlace = "__i" + stem + "__";
    }

    /** As written in a script, such as {@code +}. */
    public String symbol() {
        return symbol;
    }

    /** The left operand's special method, such as {@code __add__}. */
    public String method() {
        return method;
    }

    /** The right operand's special method, such as {@code __radd__}. */
    public String reflected() {
        return reflected;
    }

    /** The augmented assignment's special method, such as {@code __iadd__}. */
    public String inPlace() {
        return inPlace;
    }
}
