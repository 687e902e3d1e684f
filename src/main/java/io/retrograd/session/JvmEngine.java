package io.retrograd.session;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs graphs in this JVM: a fixed order of instructions where it can, a token machine where branches or loops decide. */
final class JvmEngine implements Engine {
    private static final Set<String> CONTROL_FLOW = Set.of(
            "Switch", "RefSwitch", "Merge", "RefMerge", "Enter", "RefEnter", "Exit", "RefExit", "NextIteration",
            "RefNextIteration", "LoopCond");

    @Override
    public Runner prepare(SessionState session, List<Output> fetches, List<Operation> targets, List<Output> feeds) {
        return prepareTraced(session, fetches, targets, feeds, null);
    }

    @Override
    public boolean isTraceable() {
        return true;
    }

    @Override
    public Runner prepareTraced(
            SessionState session, List<Output> fetches, List<Operation> targets, List<Output> feeds, RunObserver.Trace trace) {
        Subgraph part = Subgraph.of(fetches, targets, feeds);
        for (Operation op : part.operations()) {
            if (isControlFlow(op.type())) {
                Optional<Subgraph> plain = trace == null ? Loops.collapse(session, part) : Optional.empty();
                return plain.isPresent() ? new LoopRunner(session, part, new Plan(session, plain.get(), (RunObserver.Trace) null))
                        : new TokenMachine(session, part, trace);
            }
        }
        return new Plan(session, part, trace);
    }

    static boolean isControlFlow(String type) {
        return CONTROL_FLOW.contains(type);
    }
}
