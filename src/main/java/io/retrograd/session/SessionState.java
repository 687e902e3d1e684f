package io.retrograd.session;

import io.retrograd.graph.Operation;
import io.retrograd.graph.VariableState;
import io.retrograd.kernel.FusedLoops;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What a session remembers between runs: the values of variables, and what single operations keep (generators, iterators). */
public final class SessionState {
    private final SessionOptions options;
    private final Map<Operation, VariableState> variables = new IdentityHashMap<>();
    private final Map<Operation, Object> states = new IdentityHashMap<>();
    private final BufferPool pool = new BufferPool();
    private final KeptArrays kept = new KeptArrays();
    private final FusedLoops loops = new FusedLoops();
    private boolean running;

    SessionState(SessionOptions options) {
        this.options = options;
    }

    public SessionOptions options() {
        return options;
    }

    /** The state of that variable; made, uninitialized, on first use. */
    public VariableState variable(Operation operation) {
        return variables.computeIfAbsent(operation, VariableState::new);
    }

    /** What the operation remembers; made on first use. */
    public <T> T state(Operation operation, Class<T> kind, Supplier<T> make) {
        Object found = states.get(operation);
        if (found == null) {
            found = make.get();
            states.put(operation, found);
        }
        return kind.cast(found);
    }

    /** The states of that kind that there are, by operation. */
    <T> Map<Operation, T> states(Class<T> kind) {
        Map<Operation, T> found = new IdentityHashMap<>();
        states.forEach((op, state) -> {
            if (kind.isInstance(state)) {
                found.put(op, kind.cast(state));
            }
        });
        return found;
    }

    /** Whether a plan that uses shared arrays is under way: a run inside a run must not use them. */
    boolean isRunning() {
        return running;
    }

    void running(boolean now) {
        running = now;
    }

    BufferPool pool() {
        return pool;
    }

    KeptArrays kept() {
        return kept;
    }

    FusedLoops loops() {
        return loops;
    }

    void clear() {
        variables.clear();
        states.clear();
        pool.close();
    }
}
