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

    /** The same, reporting each operation's results; an engine that cannot see them reports none. */
    default Runner prepareTraced(
            SessionState session, List<Output> fetches, List<Operation> targets, List<Output> feeds, RunObserver.Trace trace) {
        return prepare(session, fetches, targets, feeds);
    }

    /** Frees what the engine holds for a session that ends. */
    default void close(SessionState session) {}

    /** One prepared combination of fetches, targets and fed tensors. */
    interface Runner {
        /**
         * Runs it once.
         *
         * @param feeds one value for each fed tensor, of its type and fitting its shape
         * @return one array for each fetch, the caller's own
         */
        NdArray[] run(NdArray[] feeds);

        /** What the last run executed; empty where the engine does not tell. */
        default Optional<RunPlan> describe() {
            return Optional.empty();
        }
    }
}
