package io.retrograd.session;

import io.retrograd.graph.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * What an engine executes in each run of one combination of fetches, for those who show it.
 *
 * @param steps in the order in which they run
 * @param constants operations that were computed once and for all, or that only name a variable
 * @param bytes of the arrays that hold what the steps compute, without variables, constants and feeds
 */
public record RunPlan(List<Step> steps, int constants, long bytes) {
    /** How the operations of a step are done. */
    public enum Kind {
        /** By their own kernel. */
        KERNEL,
        /** Several in one pass over memory. */
        FUSED,
        /** Not at all: the same elements under another shape or name. */
        VIEW
    }

    /** One step: an operation, or several that are done as one. */
    public record Step(Kind kind, List<Operation> operations) {}

    /** The same with what the loops among its steps execute in an iteration, in place of these steps. */
    RunPlan withLoops() {
        List<Step> all = new ArrayList<>();
        int folded = constants;
        long arrays = bytes;
        for (Step s : steps) {
            if (s.operations.get(0).definition() instanceof LoopOp loop) {
                for (Plan p : loop.plans()) {
                    RunPlan inner = p.describe().orElseThrow();
                    all.addAll(inner.steps);
                    folded += inner.constants;
                    arrays += inner.bytes;
                }
            } else {
                all.add(s);
            }
        }
        return new RunPlan(all, folded, arrays);
    }
}
