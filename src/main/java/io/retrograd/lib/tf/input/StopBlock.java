package io.retrograd.lib.tf.input;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;

/** How the block of {@code Coordinator.stop_on_exception()} is entered and left. */
final class StopBlock {
    private StopBlock() {}

    @Builtin(value = "__enter__", method = true, doc = "Enters the block.")
    static Object enter(Machine m, CoordinatorValue.StopOnException self) {
        return self;
    }

    @Builtin(value = "__exit__", signature = "kind, value, traceback", method = true, doc = "Asks to stop where an exception left the block.")
    static boolean exit(Machine m, CoordinatorValue.StopOnException self, Object kind, Object value, Object traceback) {
        if (value != None.NONE) {
            CoordinatorValue.requestStop(m, self.coordinator(), value);
        }
        return value != None.NONE;
    }
}
