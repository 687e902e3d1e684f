package io.retrograd.lang.run;

/**
 * Which kinds of operands an operator has met, as bits: bytecode has fast paths for these and no others. Nothing
 * met yet stands for anything.
 */
final class Operands {
    /** Two ints. */
    static final int INTS = 1;
    /** A float, and a float or an int. */
    static final int FLOATS = 2;
    /** Anything else. */
    static final int OTHERS = 4;

    private Operands() {}

    static int of(Object a, Object b) {
        if (a instanceof Long) {
            return b instanceof Long ? INTS : b instanceof Double ? FLOATS : OTHERS;
        }
        return a instanceof Double && (b instanceof Double || b instanceof Long) ? FLOATS : OTHERS;
    }

    static boolean mayBe(int seen, int kind) {
        return seen == 0 || (seen & kind) != 0;
    }
}
