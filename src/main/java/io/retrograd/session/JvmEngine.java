package io.retrograd.session;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import java.util.List;

/** Runs graphs in this JVM, in a fixed order of instructions. */
final class JvmEngine implements Engine {
    @Override
    public Runner prepare(SessionState session, List<Output> fetches, List<Operation> targets, List<Output> feeds) {
        return new Plan(session, Subgraph.of(fetches, targets, feeds));
    }
}
