package io.retrograd.lang.run;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.Value;

/** Passes over values, as loops and unpacking start them. */
final class Iterations {
    private Iterations() {}

    /** The elements of what is unpacked; a TypeError that says so where there are none. */
    static Iteration unpack(Machine m, Object value) {
        if (!(value instanceof Value) && !(value instanceof String)) {
            throw NnError.type("cannot unpack non-iterable " + Semantics.typeOf(value).name() + " object");
        }
        try {
            return Semantics.iterate(m, value);
        } catch (NnError e) {
            if (("'" + Semantics.typeOf(value).name() + "' object is not iterable").equals(e.getMessage())) {
                throw NnError.type("cannot unpack non-iterable " + Semantics.typeOf(value).name() + " object");
            }
            throw e;
        }
    }
}
