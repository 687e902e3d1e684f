package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The containers whose representation is being written, so that one inside itself ends in dots. */
final class ReprGuard {
    private final Machine machine;
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private ReprGuard(Machine machine) {
        this.machine = machine;
    }

    static ReprGuard of(Machine m) {
        return m.state(ReprGuard.class, ReprGuard::new);
    }

    /** Whether the container was not yet open; RecursionError where it lies too deep in others. */
    boolean enter(Object container) {
        if (open.size() >= machine.recursionLimit()) {
            throw new NnError(ErrorKind.RECURSION_ERROR, "maximum recursion depth exceeded while getting the repr of an object");
        }
        return open.add(container);
    }

    void leave(Object container) {
        open.remove(container);
    }
}
