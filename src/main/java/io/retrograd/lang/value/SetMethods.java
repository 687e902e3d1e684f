package io.retrograd.lang.value;

import io.retrograd.lang.builtin.Builtin;

/** What scripts can ask a set. */
final class SetMethods {
    private SetMethods() {}

    static SetValue asSet(Machine m, Object o) {
        return o instanceof SetValue s ? s : SetValue.from(m, o);
    }

    static Object copyOf(Machine m, SetValue self) {
        return self instanceof FrozenSetValue ? self : self.copy(m);
    }

    static Object unionOf(Machine m, SetValue self, Object[] others) {
        SetValue all = self.copy(m);
        for (Object other : others) {
            all.addAll(m, other);
        }
        return all;
    }

    static Object intersectionOf(Machine m, SetValue self, Object[] others) {
        SetValue common = others.length == 0 ? self.copy(m) : self;
        for (Object other : others) {
            common = common.intersection(m, other);
        }
        return common;
    }

    static Object differenceOf(Machine m, SetValue self, Object[] others) {
        SetValue rest = others.length == 0 ? self.copy(m) : self;
        for (Object other : others) {
            rest = rest.difference(m, other);
        }
        return rest;
    }

    static boolean disjoint(Machine m, SetValue self, Object other) {
        Iteration all = Semantics.iterate(m, other);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            if (self.contains(m, x)) {
                return false;
            }
        }
        return true;
    }

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
        self.table = ((SetValue) intersectionOf(m, self, others)).table;
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

    @Builtin(value = {"copy", "__copy__"}, method = true, doc = "A set of the same elements.")
    static Object copy(Machine m, SetValue self) {
        return SetMethods.copyOf(m, self);
    }

    @Builtin(value = "union", method = true, signature = "*others", doc = "The elements of any of them.")
    static Object union(Machine m, SetValue self, Object[] others) {
        return SetMethods.unionOf(m, self, others);
    }

    @Builtin(value = "intersection", method = true, signature = "*others", doc = "The elements of all of them.")
    static Object intersection(Machine m, SetValue self, Object[] others) {
        return SetMethods.intersectionOf(m, self, others);
    }

    @Builtin(value = "difference", method = true, signature = "*others", doc = "The elements that are in no other.")
    static Object difference(Machine m, SetValue self, Object[] others) {
        return SetMethods.differenceOf(m, self, others);
    }

    @Builtin(value = "symmetric_difference", method = true, signature = "other, /", doc = "The elements of exactly one of the two.")
    static Object symmetricDifference(Machine m, SetValue self, Object other) {
        return self.symmetricDifference(m, other);
    }

    @Builtin(value = "issubset", method = true, signature = "other, /", doc = "Whether all elements are in the other.")
    static boolean isSubset(Machine m, SetValue self, Object other) {
        return self.isSubset(m, SetMethods.asSet(m, other));
    }

    @Builtin(value = "issuperset", method = true, signature = "other, /", doc = "Whether it has all elements of the other.")
    static boolean isSuperset(Machine m, SetValue self, Object other) {
        return SetMethods.asSet(m, other).isSubset(m, self);
    }

    @Builtin(value = "isdisjoint", method = true, signature = "other, /", doc = "Whether nothing is in both.")
    static boolean isDisjoint(Machine m, SetValue self, Object other) {
        return SetMethods.disjoint(m, self, other);
    }
}
