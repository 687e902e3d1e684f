package io.retrograd.lang.value;

import io.retrograd.lang.builtin.Builtin;

/** What scripts can ask a view of a dict. */
final class DictViewMethods {
    private DictViewMethods() {}

    @Builtin(value = "isdisjoint", method = true, signature = "other, /", doc = "Whether nothing is in both.")
    static boolean isDisjoint(Machine m, DictView self, Object other) {
        return SetQueries.isDisjoint(m, SetValue.from(m, self), other);
    }

    @Builtin(value = "__reversed__", method = true, doc = "An iterator from the last entry to the first.")
    static Object reversed(Machine m, DictView self) {
        return new IteratorValue(IteratorValue.kind("dict_reverseiterator"), self.backwards());
    }
}
