package io.retrograd.lib.tf.input;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.ExceptionValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.ScriptException;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** {@code tf.train.Coordinator}: whether those who fill queues were asked to stop, and the error that one of them met. */
public final class CoordinatorValue implements Value {
    /** {@code tf.train.Coordinator}. */
    public static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.training.coordinator", "Coordinator", CoreTypes.OBJECT, CoordinatorValueTable.TABLE, null);

    private final List<Consumer<String>> stoppers = new ArrayList<>();
    private volatile boolean stopped;
    private volatile NnError failure;

    @Builtin(value = "__new__", signature = "clean_stop_exception_types=None", doc = "A coordinator that nobody asked to stop.")
    static Object make(Machine m, Object types) {
        return new CoordinatorValue();
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    /** Whether somebody asked for a stop. */
    public boolean isStopped() {
        return stopped;
    }

    /** Lets somebody know when it is asked to stop, and why if an error was the reason. */
    void whenStopped(Consumer<String> stopper) {
        stoppers.add(stopper);
    }

    /** Asks for a stop, saying why. */
    public void stop(String why) {
        if (!stopped) {
            stopped = true;
            stoppers.forEach(s -> s.accept(why));
        }
    }

    /** As new: those who filled queues are forgotten with their session. */
    public void clear() {
        stopped = false;
        failure = null;
        stoppers.clear();
    }

    /** Asks to stop because of an error, which join will throw. */
    void fail(NnError error) {
        if (!stopped) {
            failure = error;
        }
        stop(error.kind().scriptName() + ": " + error.getMessage());
    }

    @Builtin(value = "should_stop", method = true, doc = "Whether it was asked to stop.")
    static boolean shouldStop(Machine m, CoordinatorValue self) {
        return self.stopped;
    }

    @Builtin(
            value = "request_stop",
            signature = "ex=None",
            method = true,
            doc = "Asks those who fill queues to stop; an exception other than OutOfRangeError is thrown again by join.")
    public static void requestStop(Machine m, CoordinatorValue self, Object exception) {
        if (exception instanceof ExceptionValue e) {
            NnError error = e.raised() != null ? e.raised() : ScriptException.raise(m, e);
            if (error.kind() != ErrorKind.OUT_OF_RANGE_ERROR) {
                self.fail(error);
            }
        } else if (exception != None.NONE) {
            throw NnError.type("request_stop takes an exception, not " + Semantics.repr(m, exception));
        }
        self.stop(null);
    }

    @Builtin(value = "clear_stop", method = true, doc = "Takes the request to stop back.")
    static void clearStop(Machine m, CoordinatorValue self) {
        self.stopped = false;
        self.failure = null;
    }

    @Builtin(
            value = "join",
            signature = "threads=None, stop_grace_period_secs=120, ignore_live_threads=False",
            method = true,
            doc = "Throws the error that stopped it, if one did; those who fill queues work only while others wait for them.")
    static void join(Machine m, CoordinatorValue self, Object threads, Object grace, Object ignore) {
        self.throwFailure();
    }

    /** Throws what the stop was asked for with, if that was an error. */
    public void throwFailure() {
        if (failure != null) {
            NnError error = failure;
            failure = null;
            throw error;
        }
    }

    @Builtin(value = "raise_requested_exception", method = true, doc = "Throws the error that stopped it, if one did.")
    static void raiseRequested(Machine m, CoordinatorValue self) {
        self.throwFailure();
    }

    @Builtin(value = "register_thread", signature = "thread", method = true, doc = "Takes note of a thread; none runs by itself.")
    static void register(Machine m, CoordinatorValue self, Object thread) {}

    @Builtin(value = "wait_for_stop", signature = "timeout=None", method = true, doc = "Whether it was asked to stop.")
    static boolean waitForStop(Machine m, CoordinatorValue self, Object timeout) {
        return self.stopped;
    }

    @Builtin(
            value = "stop_on_exception",
            method = true,
            doc = "A block that asks to stop where an exception leaves it, instead of passing the exception on.")
    public static Object stopOnException(Machine m, CoordinatorValue self) {
        return new StopOnException(self);
    }

    @Builtin(value = "joined", property = true, doc = "Whether no thread is left.")
    static boolean joined(Machine m, CoordinatorValue self) {
        return self.stopped;
    }

    /** The block of {@code with coord.stop_on_exception()}. */
    public record StopOnException(CoordinatorValue coordinator) implements Value {
        private static final TypeValue BLOCK = TypeValue.opaque("contextlib", "_GeneratorContextManager", StopBlockTable.TABLE);

        @Override
        public TypeValue type() {
            return BLOCK;
        }
    }
}
