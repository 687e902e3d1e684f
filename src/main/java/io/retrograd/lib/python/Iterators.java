package io.retrograd.lib.python;

import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.IteratorValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** Iterators as values, and how anything iterable becomes one. */
final class Iterators {
    private Iterators() {}

    /** An iterator whose class has that name. */
    static IteratorValue of(String kind, Iteration rest) {
        return new IteratorValue(IteratorValue.kind(kind), rest);
    }

    static IteratorValue of(TypeValue kind, Iteration rest) {
        return new IteratorValue(kind, rest);
    }

    /** {@code iter(o)}: an iterator is its own. */
    static Object iter(Machine m, Object o) {
        if (o instanceof IteratorValue) {
            return o;
        }
        if (o instanceof Value v) {
            Object own = v.special(m, "__iter__");
            if (own != null) {
                return own;
            }
        }
        return of(Semantics.typeOf(o).name() + "_iterator", Semantics.iterate(m, o));
    }
}
