package io.retrograd.lib.tf;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** {@code tf.train.Coordinator}: whether threads were asked to stop. Everything here runs in the script's own thread. */
final class CoordinatorValue implements Value {
    static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.training.coordinator", "Coordinator", CoreTypes.OBJECT, CoordinatorValueTable.TABLE, null);

    private boolean stopped;

    @Builtin(value = "__new__", signature = "clean_stop_exception_types=None", doc = "A coordinator that nobody asked to stop.")
    static Object make(Machine m, Object types) {
        return new CoordinatorValue();
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean sameAs(Object other) {
        return this == other;
    }

    @Builtin(value = "should_stop", method = true, doc = "Whether it was asked to stop.")
    static boolean shouldStop(Machine m, CoordinatorValue self) {
        return self.stopped;
    }

    @Builtin(value = "request_stop", signature = "ex=None", method = true, doc = "Asks to stop.")
    static void requestStop(Machine m, CoordinatorValue self, Object exception) {
        self.stopped = true;
    }

    @Builtin(value = "clear_stop", method = true, doc = "Takes the request to stop back.")
    static void clearStop(Machine m, CoordinatorValue self) {
        self.stopped = false;
    }

    @Builtin(value = "join", signature = "threads=None, stop_grace_period_secs=120, ignore_live_threads=False", method = true, doc = "Waits for threads: there are none to wait for.")
    static void join(Machine m, CoordinatorValue self, Object threads, Object grace, Object ignore) {}

    @Builtin(value = "wait_for_stop", signature = "timeout=None", method = true, doc = "Whether it was asked to stop.")
    static boolean waitForStop(Machine m, CoordinatorValue self, Object timeout) {
        return self.stopped;
    }

    @Builtin(value = "joined", property = true, doc = "Whether no thread is left.")
    static boolean joined(Machine m, CoordinatorValue self) {
        return true;
    }
}
