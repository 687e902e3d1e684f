package io.retrograd.lang.value;

import io.retrograd.lang.builtin.Builtin;

/** What scripts can ask any set, whether it can be changed or not. */
abstract class SetQueries {
    SetQueries() {}

    static SetValue asSet(Machine m, Object o) {
        return o instanceof SetValue s ? s : SetValue.from(m, o);
    }

    @Builtin(value = {"copy", "__copy__"}, method = true, doc = "A set of the same elements.")
    static Object copy(Machine m, SetValue self) {
        return self instanceof FrozenSetValue ? self : self.copy(m);
    }

    @Builtin(value = "union", method = true, signature = "*others", doc = "The elements of any of them.")
    static Object union(Machine m, SetValue self, Object[] others) {
        SetValue all = self.copy(m);
        for (Object other : others) {
            all.addAll(m, other);
        }
        return all;
    }

    @Builtin(value = "intersection", method = true, signature = "*others", doc = "The elements of all of them.")
    static SetValue intersection(Machine m, SetValue self, Object[] others) {
        SetValue common = others.length == 0 ? self.copy(m) : self;
        for (Object other : others) {
            common = common.intersection(m, other);
        }
        return common;
    }

    @Builtin(value = "difference", method = true, signature = "*others", doc = "The elements that are in no other.")
    static Object difference(Machine m, SetValue self, Object[] others) {
        SetValue rest = others.length == 0 ? self.copy(m) : self;
        for (Object other : others) {
            rest = rest.difference(m, other);
        }
        return rest;
    }

    @Builtin(value = "symmetric_difference", method = true, signature = "other, /", doc = "The elements of exactly one of the two.")
    static Object symmetricDifference(Machine m, SetValue self, Object other) {
        return self.symmetricDifference(m, other);
    }

    @Builtin(value = "issubset", method = true, signature = "other, /", doc = "Whether all elements are in the other.")
    static boolean isSubset(Machine m, SetValue self, Object other) {
        return self.isSubset(m, asSet(m, other));
    }

    @Builtin(value = "issuperset", method = true, signature = "other, /", doc = "Whether it has all elements of the other.")
    static boolean isSuperset(Machine m, SetValue self, Object other) {
        return asSet(m, other).isSubset(m, self);
    }

    @Builtin(value = "isdisjoint", method = true, signature = "other, /", doc = "Whether nothing is in both.")
    static boolean isDisjoint(Machine m, SetValue self, Object other) {
        Iteration all = Semantics.iterate(m, other);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            if (self.contains(m, x)) {
                return false;
            }
        }
        return true;
    }
}
