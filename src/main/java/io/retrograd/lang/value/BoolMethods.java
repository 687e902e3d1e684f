package io.retrograd.lang.value;

import io.retrograd.lang.builtin.Builtin;

/** How scripts make a bool; its methods are those of an int. */
final class BoolMethods {
    private BoolMethods() {}

    @Builtin(value = "__new__", signature = "x=False, /", doc = "Whether x is true.")
    static boolean make(Machine m, boolean x) {
        return x;
    }
}
