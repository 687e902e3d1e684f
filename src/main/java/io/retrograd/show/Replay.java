package io.retrograd.show;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.VariableState;
import io.retrograd.session.PlanKey;
import io.retrograd.session.Session;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes a tensor of a recorded step again, for other values of variables. What random operations gave in the step is
 * fed, so that they neither differ nor move on.
 */
final class Replay implements AutoCloseable {
    private final Session session;
    private final PlanKey key;
    private final NdArray[] feeds;
    private final Map<Operation, NdArray> now;
    private final boolean possible;

    /** Puts the variables back to the values before the step, until closed. */
    Replay(StepWatch.Recording r, Output loss) {
        Output wanted = loss;
        while (wanted.operation().type().equals("Print")) {
            wanted = wanted.operation().input(0);
        }
        session = r.session();
        now = r.after();
        Set<Output> fed = new HashSet<>(r.key().feeds());
        List<Output> keys = new ArrayList<>(r.key().feeds());
        List<NdArray> values = new ArrayList<>(List.of(r.feeds()));
        boolean known = true;
        for (Operation op : ancestors(wanted, fed, false)) {
            // What is printed on the way cannot be computed again in silence, and would stand still if it were fed.
            known &= !Reach.changes(op) && !op.type().equals("Print");
            if (isRandom(op)) {
                for (Output o : op.outputs()) {
                    NdArray v = r.value(o);
                    known &= v != null;
                    if (v != null) {
                        keys.add(o);
                        values.add(v);
                    }
                }
            }
        }
        // What only has to run before is run again whatever is fed.
        for (Operation op : ancestors(wanted, new HashSet<>(keys), true)) {
            known &= !isRandom(op) && !Reach.changes(op);
        }
        possible = known;
        key = new PlanKey(List.of(wanted), List.of(), keys);
        feeds = values.toArray(new NdArray[0]);
        restore(r.before());
    }

    /** Whether it can be computed without running anything that the step did not run. */
    boolean isPossible() {
        return possible;
    }

    /** The state of a variable, to be changed by the caller. */
    VariableState variable(Operation op) {
        return session.variable(op);
    }

    NdArray compute() {
        return session.runUnobserved(key, feeds.clone())[0];
    }

    void restore(Map<Operation, NdArray> values) {
        values.forEach((op, v) -> session.variable(op).assign(v.copy()));
    }

    @Override
    public void close() {
        restore(now);
    }

    /** Whether computing a tensor runs no random or changing operation besides those of a run. */
    static boolean isComputableFrom(Output o, Set<Operation> run, Collection<Output> feeds) {
        for (Operation op : ancestors(o, new HashSet<>(feeds), true)) {
            if ((isRandom(op) || Reach.changes(op)) && !run.contains(op) || op.type().equals("Placeholder")) {
                return false;
            }
        }
        return true;
    }

    /** Whether a tensor is computed from another. */
    static boolean dependsOn(Output o, Output on) {
        return ancestors(o, Set.of(), false).contains(on.operation());
    }

    /** Whether it may give something else when it runs again; arrays and stacks of loops belong to one run. */
    private static boolean isRandom(Operation op) {
        String type = op.type();
        return op.definition().isStateful() && !type.startsWith("Variable") && !type.startsWith("TensorArray")
                && !type.startsWith("Stack") && !type.startsWith("Placeholder") && !type.equals("Assert")
                && !type.equals("IsVariableInitialized") && !Reach.changes(op);
    }

    /** @param waits also what has to run before, although nothing of it is taken in */
    private static Set<Operation> ancestors(Output o, Set<Output> fed, boolean waits) {
        Set<Operation> seen = new HashSet<>();
        Deque<Operation> open = new ArrayDeque<>();
        if (!fed.contains(o)) {
            open.push(o.operation());
        }
        while (!open.isEmpty()) {
            Operation op = open.pop();
            if (seen.add(op)) {
                for (Output in : op.inputs()) {
                    if (!fed.contains(in)) {
                        open.push(in.operation());
                    }
                }
                if (waits) {
                    op.controlInputs().forEach(open::push);
                }
            }
        }
        return seen;
    }
}
