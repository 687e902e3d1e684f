package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;

/** {@code itertools.chain}: the elements of several iterables one after the other. */
final class Chain {
    static final TypeValue TYPE = new TypeValue("itertools", "chain", CoreTypes.OBJECT, ChainTable.TABLE, null);

    private Chain() {}

    @Builtin(value = "__new__", signature = "*iterables", doc = "The elements of the first iterable, then those of the second, and so on.")
    static Object make(Machine m, Object[] iterables) {
        return fromIterable(m, TupleValue.of(iterables));
    }

    @Builtin(value = "from_iterable", signature = "iterable, /", doc = "The elements of the elements of an iterable.")
    static Object fromIterable(Machine m, Object iterable) {
        Iteration outer = Semantics.iterate(m, iterable);
        Iteration[] inner = {null};
        return Iterators.of("chain", machine -> {
            while (true) {
                machine.step();
                Object x = inner[0] == null ? null : inner[0].next(machine);
                if (x != null) {
                    return x;
                }
                Object next = outer.next(machine);
                if (next == null) {
                    return null;
                }
                inner[0] = Semantics.iterate(machine, next);
            }
        });
    }
}
