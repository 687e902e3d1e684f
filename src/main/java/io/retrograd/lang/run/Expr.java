package io.retrograd.lang.run;

import io.retrograd.lang.value.Semantics;

/** An executable expression: one small class for each construct, each with its {@code eval}. */
abstract class Expr {
    /** The value, never null. */
    abstract Object eval(Frame f);

    /** The truth of the value; comparisons answer it without making an object. */
    boolean test(Frame f) {
        Object value = eval(f);
        return value instanceof Boolean b ? b : Semantics.truth(f.machine, value);
    }

    /** Whether evaluating it twice, or not at all, makes no difference. */
    boolean isConstant() {
        return false;
    }
}
