package io.retrograd.lang.run;

import io.retrograd.lang.value.Machine;

/** What happens to the value of an expression statement of the module itself. */
@FunctionalInterface
public interface DisplayHook {
    /** Gets every such value, None included. */
    void show(Machine m, Object value);
}
