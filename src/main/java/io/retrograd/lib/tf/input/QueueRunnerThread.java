package io.retrograd.lib.tf.input;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;

/** What scripts do with the threads of a queue runner. */
final class QueueRunnerThread {
    private QueueRunnerThread() {}

    @Builtin(value = "start", method = true, doc = "Lets it work from now on.")
    static void start(Machine m, QueueRunnerValue.ThreadValue self) {
        self.begin();
    }

    @Builtin(value = "join", signature = "timeout=None", method = true, doc = "Would wait for its end; it works only while others wait for it.")
    static void join(Machine m, QueueRunnerValue.ThreadValue self, Object timeout) {}

    @Builtin(value = {"is_alive", "isAlive"}, method = true, doc = "Whether it may still be asked to work.")
    static boolean isAlive(Machine m, QueueRunnerValue.ThreadValue self) {
        return self.isAlive();
    }

    @Builtin(value = {"name", "getName"}, property = true, doc = "Its name.")
    static Object name(Machine m, QueueRunnerValue.ThreadValue self) {
        return self.name();
    }

    @Builtin(value = "daemon", property = true, doc = "Whether it ends with the script; it always does.")
    static boolean daemon(Machine m, QueueRunnerValue.ThreadValue self) {
        return true;
    }
}
