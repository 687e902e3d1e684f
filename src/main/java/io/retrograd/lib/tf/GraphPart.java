package io.retrograd.lib.tf;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Value;

/**
 * What a script holds of a graph or a part of it. Two views of one part are the same object to the script, so that they
 * need not be kept.
 *
 * @param <T> the part, which is equal to itself only
 */
abstract class GraphPart<T> implements Value {
    final T part;

    GraphPart(T part) {
        this.part = part;
    }

    @Override
    public final boolean sameAs(Object other) {
        return equals(other);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof GraphPart<?> view && view.part.equals(part);
    }

    @Override
    public final int hashCode() {
        return part.hashCode();
    }

    @Override
    public final long hash(Machine m) {
        return hashCode();
    }
}
