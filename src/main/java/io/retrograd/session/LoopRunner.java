package io.retrograd.session;

import io.retrograd.tensor.NdArray;
import java.util.Optional;

/** Runs a plan in which loops are single steps; by tokens where it is asked to run while it runs. */
final class LoopRunner implements Engine.Runner {
    private final SessionState session;
    private final Subgraph part;
    private final Plan plan;
    private boolean running;

    LoopRunner(SessionState session, Subgraph part, Plan plan) {
        this.session = session;
        this.part = part;
        this.plan = plan;
    }

    @Override
    public NdArray[] run(NdArray[] feeds) {
        if (running) {
            return new TokenMachine(session, part, null).run(feeds);
        }
        running = true;
        session.kept().begin();
        try {
            return plan.run(feeds);
        } finally {
            session.kept().end();
            running = false;
        }
    }

    @Override
    public Optional<RunPlan> describe() {
        return plan.describe();
    }
}
