package io.retrograd.lang.value;

import io.retrograd.lang.builtin.Builtin;

/** What scripts can ask a frozenset. */
final class FrozenSetMethods {
    private FrozenSetMethods() {}

    @Builtin(value = "__new__", signature = "iterable=None, /", doc = "A frozenset of the elements of an iterable.")
    static Object make(Machine m, Object iterable) {
        if (iterable instanceof FrozenSetValue) {
            return iterable;
        }
        return iterable == None.NONE ? new FrozenSetValue() : FrozenSetValue.from(m, iterable);
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
