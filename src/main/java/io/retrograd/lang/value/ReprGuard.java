package io.retrograd.lang.value;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The containers whose representation is being written, so that one inside itself ends in dots. */
final class ReprGuard {
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

    static ReprGuard of(Machine m) {
        return m.state(ReprGuard.class, machine -> new ReprGuard());
    }

    /** Whether the container was not yet open. */
    boolean enter(Object container) {
        return open.add(container);
    }

    void leave(Object container) {
        open.remove(container);
    }
}
