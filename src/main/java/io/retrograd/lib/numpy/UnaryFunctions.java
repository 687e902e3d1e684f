package io.retrograd.lib.numpy;

/** The functions of one number that numpy's own code applies; those that only scripts ask for are in {@link Ufuncs}. */
final class UnaryFunctions {
    static final UnaryFunction NEGATIVE = new UnaryFunction("negative", x -> -x, x -> -x, false);
    static final UnaryFunction POSITIVE = new UnaryFunction("positive", x -> x, x -> x, false);
    static final UnaryFunction INVERT = new UnaryFunction("invert", null, x -> ~x, false);
    static final UnaryFunction SQUARE = new UnaryFunction("square", x -> x * x, x -> x * x, false);
    static final UnaryFunction SQRT = new UnaryFunction("sqrt", Math::sqrt, null, false);
    static final UnaryFunction LOGICAL_NOT = new UnaryFunction("logical_not", x -> x == 0 ? 1 : 0, x -> x == 0 ? 1 : 0, true);
    static final UnaryFunction CONJUGATE = new UnaryFunction("conjugate", x -> x, x -> x, false);
    static final UnaryFunction ABSOLUTE = new UnaryFunction("absolute", Math::abs, Math::abs, false);

    private UnaryFunctions() {}
}
