package io.retrograd.lang.run;

/**
 * Which kinds of operands an operator has met, as bits: bytecode has fast paths for these and no others. Nothing
 * met yet stands for anything.
 */
final class Operands {
    /** Two ints. */
    static final int INTS = 1;
    /** Two floats. */
    static final int FLOATS = 2;
    /** A float and an int. */
    static final int MIXED = 4;
    /** Anything else. */
    static final int OTHERS = 8;

    private Operands() {}

    static int of(Object a, Object b) {
        if (a instanceof Long) {
            return b instanceof Long ? INTS : b instanceof Double ? MIXED : OTHERS;
        }
        if (a instanceof Double) {
            return b instanceof Double ? FLOATS : b instanceof Long ? MIXED : OTHERS;
        }
        return OTHERS;
    }

    /** Whether there were two numbers of that one kind and none of another, so that the other needs no path. */
    static boolean only(int seen, int kind) {
        return (seen & ~OTHERS) == kind;
    }

    static boolean mayBe(int seen, int kind) {
        return seen == 0 || (seen & kind) != 0;
    }
}
