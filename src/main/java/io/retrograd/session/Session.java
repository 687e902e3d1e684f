package io.retrograd.session;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.VariableState;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import io.retrograd.tensor.random.PhiloxRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs parts of a graph and keeps its variables' values. A combination of fetches, targets and fed tensors is
 * prepared once; running it again costs a look-up by identity.
 *
 * <p>In one run every tensor that does not depend on an update is computed from the values before all updates; a
 * variable, or an Identity of it, fetched beside its update shows the value after. A run that fails or is interrupted
 * leaves every variable as it was.
 *
 * <p>Sessions are used by one thread at a time.
 */
public final class Session implements AutoCloseable {
    /** Beyond this many combinations a script makes fetches anew in a loop; the oldest go. */
    private static final int MOST_PLANS = 256;

    private final Graph graph;
    private final Engine engine;
    private final SessionState state;
    private final Map<PlanKey, Engine.Runner> plans = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PlanKey, Engine.Runner> eldest) {
            return size() > MOST_PLANS;
        }
    };
    private PlanKey lastKey;
    private Engine.Runner lastRunner;
    private volatile boolean closed;
    private RunObserver observer;
    private long timeout;

    /** A session on the JVM's own engine. */
    public Session(Graph graph, SessionOptions options) {
        this(graph, options, new JvmEngine());
    }

    public Session(Graph graph, SessionOptions options, Engine engine) {
        this.graph = graph;
        this.engine = engine;
        this.state = new SessionState(options);
    }

    /** The graph whose operations it runs. */
    public Graph graph() {
        return graph;
    }

    /** Lets somebody watch every run from now on; null for nobody. */
    public void observe(RunObserver observer) {
        this.observer = observer;
    }

    /** The state of a variable's VariableV2 operation. */
    public VariableState variable(Operation operation) {
        return state.variable(operation);
    }

    /** The generators of the random operations that have run, for those who want to run them again. */
    public Map<Operation, PhiloxRandom> generators() {
        return state.states(PhiloxRandom.class);
    }

    /** Whether close was called; it runs nothing any more. */
    public boolean isClosed() {
        return closed;
    }

    /** Throws RuntimeError if the session is closed or its graph empty: what TensorFlow looks at first. */
    public void checkUsable() {
        if (closed) {
            throw NnError.runtime("Attempted to use a closed Session.");
        }
        if (graph.operations().isEmpty()) {
            throw NnError.runtime("The Session graph is empty.  Add operations to the graph before calling run().");
        }
    }

    /** Runs for one tensor. */
    public NdArray run(Output fetch, Map<Output, NdArray> feeds) {
        return run(List.of(fetch), List.of(), feeds)[0];
    }

    /** Runs for one operation's effect. */
    public void run(Operation target, Map<Output, NdArray> feeds) {
        run(List.of(), List.of(target), feeds);
    }

    /** As {@link #run(PlanKey, NdArray[])}. */
    public NdArray[] run(List<Output> fetches, List<Operation> targets, Map<Output, NdArray> feeds) {
        NdArray[] values = new NdArray[feeds.size()];
        List<Output> keys = new ArrayList<>(values.length);
        int i = 0;
        for (Map.Entry<Output, NdArray> feed : feeds.entrySet()) {
            keys.add(feed.getKey());
            values[i++] = feed.getValue();
        }
        return run(new PlanKey(fetches, targets, keys), values);
    }

    /**
     * Runs once.
     *
     * @param key what to fetch, what else to run, which tensors are fed
     * @param feeds one value for each fed tensor, of its type; read before this returns, not kept
     * @return one array for each fetch, the caller's own
     * @throws NnError RuntimeError if closed or empty; ValueError for a feed of the wrong shape; what kernels throw,
     *     with the operation's name
     */
    public NdArray[] run(PlanKey key, NdArray[] feeds) {
        checkUsable();
        for (int i = 0; i < feeds.length; i++) {
            checkShape(key.feed(i), feeds[i]);
        }
        return observer == null ? runPlan(key, feeds) : observer.run(this, key, feeds);
    }

    /** The run itself, without the observer. */
    NdArray[] runPlan(PlanKey key, NdArray[] feeds) {
        Engine.Runner runner = lastRunner;
        if (runner == null || !key.equals(lastKey)) {
            runner = plans.get(key);
            if (runner == null) {
                runner = engine.prepare(state, key.fetches(), key.targets(), key.feeds());
                plans.put(key, runner);
            }
            lastKey = key;
            lastRunner = runner;
        }
        if (!runner.takesParts()) {
            compact(feeds);
        }
        return timeout == 0 ? runner.run(feeds) : runner.run(feeds, timeout);
    }

    private static void compact(NdArray[] feeds) {
        for (int i = 0; i < feeds.length; i++) {
            feeds[i] = feeds[i].compact();
        }
    }

    /** How many milliseconds each run may take from now on, where the engine can give it up; 0 for no limit. */
    public void timeout(long milliseconds) {
        timeout = milliseconds;
    }

    /**
     * Runs once, and the observer does not hear of it.
     *
     * @return one array for each fetch
     */
    public NdArray[] runUnobserved(PlanKey key, NdArray[] feeds) {
        checkUsable();
        return runPlan(key, feeds);
    }

    /**
     * Runs once and reports what each operation computed. Nothing is folded, fused or left out for that; the result is
     * the same.
     *
     * @return one array for each fetch
     * @throws NnError UnimplementedError where the session is not {@linkplain #isTraceable traceable}
     */
    public NdArray[] runTraced(PlanKey key, NdArray[] feeds, RunObserver.Trace trace) {
        checkUsable();
        if (!isTraceable()) {
            throw new NnError(ErrorKind.UNIMPLEMENTED_ERROR, "The single operations of a session on TensorFlow's runtime cannot be seen")
                    .help("run the script without --engine");
        }
        compact(feeds);
        return engine.prepareTraced(state, key.fetches(), key.targets(), key.feeds(), trace).run(feeds);
    }

    /** Prepares a combination for another thread, which no interruption of the script reaches; only where {@link #isConcurrent}. */
    public Engine.Runner prepareAside(PlanKey key) {
        checkUsable();
        SessionOptions o = state.options();
        SessionState aside = new SessionState(new SessionOptions(o.threads(), o.kernels(), () -> {}, o.files(), o.log()));
        return engine.prepareAside(aside, key.fetches(), key.targets(), key.feeds());
    }

    /** Whether {@link #runTraced} is possible: not on another runtime than ours. */
    public boolean isTraceable() {
        return engine.isTraceable();
    }

    /** Whether prepared runs may be under way on several threads at once. */
    public boolean isConcurrent() {
        return engine.isConcurrent();
    }

    /** The names of the devices that it may use. */
    public List<String> devices() {
        checkUsable();
        return engine.devices(state);
    }

    /** What a run of that combination executes; empty before its first run, and where the engine does not tell. */
    public Optional<RunPlan> describe(PlanKey key) {
        Engine.Runner runner = plans.get(key);
        return runner == null ? Optional.empty() : runner.describe();
    }

    /** ValueError in TensorFlow's words unless the array fits the tensor's static shape. */
    public static void checkShape(Output tensor, NdArray value) {
        Shape shape = tensor.shape();
        boolean fits = !shape.hasRank() || shape.rank() == value.rank();
        for (int i = 0; fits && shape.hasRank() && i < shape.rank(); i++) {
            fits = shape.dim(i) == Shape.UNKNOWN || shape.dim(i) == value.dim(i);
        }
        if (!fits) {
            throw NnError.value("Cannot feed value of shape " + Shape.of(value.shape()) + " for Tensor '" + tensor.name()
                    + "', which has shape '" + shape + "'");
        }
    }

    /** Frees everything; idempotent. */
    @Override
    public void close() {
        closed = true;
        plans.clear();
        lastKey = null;
        lastRunner = null;
        engine.close(state);
        state.clear();
    }
}
