package io.retrograd.lib.tf.cluster;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;

/** How the block of {@code Supervisor.managed_session()} is entered and left. */
final class ManagedBlock {
    private ManagedBlock() {}

    @Builtin(value = "__enter__", method = true, doc = "The session.")
    static Object enter(Machine m, SupervisorValue.ManagedSession self) {
        return self.enter(m);
    }

    @Builtin(value = "__exit__", signature = "kind, value, traceback", method = true, doc = "Ends the session; an error other than the end of the data is thrown again.")
    static boolean exit(Machine m, SupervisorValue.ManagedSession self, Object kind, Object value, Object traceback) {
        return self.exit(m, value);
    }
}
