package io.retrograd.lang.check;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;

/** Attributes of things in the library, without an error where there is none. */
final class Lookup {
    private Lookup() {}

    /** The attribute, or null. */
    static Object attribute(Machine m, Object object, String name) {
        try {
            return Semantics.attributeOrNull(m, object, name);
        } catch (NnError notThere) {
            return null;
        }
    }
}
