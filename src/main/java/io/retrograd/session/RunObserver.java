package io.retrograd.session;

import io.retrograd.graph.Operation;
import io.retrograd.tensor.NdArray;

/** Watches a session's runs: it is asked to do each of them, and answers what the run answered. */
@FunctionalInterface
public interface RunObserver {
    /**
     * Does one run, by {@link Session#runUnobserved} or {@link Session#runTraced}.
     *
     * @return one array for each of the key's fetches
     */
    NdArray[] run(Session session, PlanKey key, NdArray[] feeds);

    /** Hears of every operation that a traced run executes, in order. */
    @FunctionalInterface
    interface Trace {
        /**
         * @param results copies; null for an output that has no value
         * @param nanos what the operation took
         */
        void executed(Operation operation, NdArray[] results, long nanos);
    }
}
