package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;

/** What scripts can ask an iterator. */
final class IteratorMethods {
    private IteratorMethods() {}

    @Builtin(value = {"__next__", "next"}, method = true, doc = "The next element; StopIteration when there are no more.")
    static Object next(Machine m, Value self) {
        Object found = self.next(m);
        if (found == null) {
            throw new NnError(ErrorKind.STOP_ITERATION, "");
        }
        return found;
    }

    @Builtin(value = "__iter__", method = true, doc = "The iterator itself.")
    static Object iter(Machine m, Value self) {
        return self;
    }
}
