package io.retrograd.lang.value;

import io.retrograd.lang.builtin.Builtin;

/** How scripts make a frozenset; what they can ask it is what any set answers. */
final class FrozenSetMethods extends SetQueries {
    private FrozenSetMethods() {}

    @Builtin(value = "__new__", signature = "iterable=None, /", doc = "A frozenset of the elements of an iterable.")
    static Object make(Machine m, Object iterable) {
        if (iterable instanceof FrozenSetValue) {
            return iterable;
        }
        return iterable == None.NONE ? new FrozenSetValue() : FrozenSetValue.from(m, iterable);
    }
}
