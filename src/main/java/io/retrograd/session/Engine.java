package io.retrograd.session;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.NdArray;
import java.util.List;
import java.util.Optional;

/** Where graphs run. The JVM's own engine is the default; another may send them elsewhere. */
public interface Engine {
    /** Prepares what one session will run again and again. */
    Runner prepare(SessionState session, List<Output> fetches, List<Operation> targets, List<Output> feeds);

    /** Whether it sees each operation's results, and the session's variables are where it computes. */
    default boolean isTraceable() {
        return false;
    }

    /** The same, reporting each operation's results, where {@link #isTraceable()}. */
    default Runner prepareTraced(
            SessionState session, List<Output> fetches, List<Operation> targets, List<Output> feeds, RunObserver.Trace trace) {
        throw new UnsupportedOperationException();
    }

    /** Whether runs of one session may be under way on several threads at once, as long as each was prepared before. */
    default boolean isConcurrent() {
        return false;
    }

    /** Prepares a run for a thread that is none of the script's, where {@link #isConcurrent}. */
    default Runner prepareAside(SessionState session, List<Output> fetches, List<Operation> targets, List<Output> feeds) {
        return prepare(session, fetches, targets, feeds);
    }

    /** The names of the devices that a session may use. */
    default List<String> devices(SessionState session) {
        return List.of("/job:localhost/replica:0/task:0/device:CPU:0");
    }

    /** Frees what the engine holds for a session that ends. */
    default void close(SessionState session) {}

    /** One prepared combination of fetches, targets and fed tensors. */
    interface Runner {
        /**
         * Runs it once.
         *
         * @param feeds one value for each fed tensor, of its type and fitting its shape, compact unless it
         *     {@linkplain #takesParts takes parts}
         * @return one array for each fetch, the caller's own
         */
        NdArray[] run(NdArray[] feeds);

        /** The same, given up with DeadlineExceededError after so many milliseconds where the engine can do that. */
        default NdArray[] run(NdArray[] feeds, long timeout) {
            return run(feeds);
        }

        /** Whether feeds may be parts of larger arrays, in any order of their elements. */
        default boolean takesParts() {
            return false;
        }

        /** What the last run executed; empty where the engine does not tell. */
        default Optional<RunPlan> describe() {
            return Optional.empty();
        }
    }
}
