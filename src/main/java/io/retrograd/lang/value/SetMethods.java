package io.retrograd.lang.value;

import io.retrograd.lang.builtin.Builtin;

/** What scripts can ask a set beyond what any set answers: its changes. */
final class SetMethods extends SetQueries {
    private SetMethods() {}

    @Builtin(value = "__new__", signature = "iterable=None, /", doc = "A set of the elements of an iterable.")
    static Object make(Machine m, Object iterable) {
        return iterable == None.NONE ? new SetValue() : SetValue.from(m, iterable);
    }

    @Builtin(value = "add", method = true, signature = "value, /", doc = "Adds a value.")
    static void add(Machine m, SetValue self, Object value) {
        self.add(m, value);
    }

    @Builtin(value = "remove", method = true, signature = "value, /", doc = "Removes a value; KeyError if it is not there.")
    static void remove(Machine m, SetValue self, Object value) {
        if (!self.remove(m, value)) {
            throw Semantics.noKey(m, value);
        }
    }

    @Builtin(value = "discard", method = true, signature = "value, /", doc = "Removes a value if it is there.")
    static void discard(Machine m, SetValue self, Object value) {
        self.remove(m, value);
    }

    @Builtin(value = "pop", method = true, doc = "Removes and returns some element.")
    static Object pop(Machine m, SetValue self) {
        Object found = self.table.pop();
        if (found == null) {
            throw Semantics.noKey(m, "pop from an empty set");
        }
        return found;
    }

    @Builtin(value = "clear", method = true, doc = "Removes all elements.")
    static void clear(Machine m, SetValue self) {
        self.table = new SetTable();
    }

    @Builtin(value = "update", method = true, signature = "*others", doc = "Adds the elements of all others.")
    static void update(Machine m, SetValue self, Object[] others) {
        for (Object other : others) {
            self.addAll(m, other);
        }
    }

    @Builtin(value = "intersection_update", method = true, signature = "*others", doc = "Keeps the elements that are in all others.")
    static void intersectionUpdate(Machine m, SetValue self, Object[] others) {
        self.table = intersection(m, self, others).table;
    }

    @Builtin(value = "difference_update", method = true, signature = "*others", doc = "Removes the elements that are in some other.")
    static void differenceUpdate(Machine m, SetValue self, Object[] others) {
        for (Object other : others) {
            self.removeAll(m, other);
        }
    }

    @Builtin(value = "symmetric_difference_update", method = true, signature = "other, /", doc = "Keeps the elements of exactly one of the two.")
    static void symmetricDifferenceUpdate(Machine m, SetValue self, Object other) {
        if (other == self) {
            clear(m, self);
        } else {
            self.toggleAll(m, asSet(m, other));
        }
    }
}
