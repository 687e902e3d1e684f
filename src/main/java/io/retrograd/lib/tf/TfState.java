package io.retrograd.lib.tf;

import io.retrograd.graph.GradientRule;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Variable;
import io.retrograd.graph.op.StandardOps;
import io.retrograd.lang.value.Machine;
import io.retrograd.session.Engines;
import io.retrograd.session.RunObserver;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What TensorFlow remembers in one interpreter: the default graph, the default session, the definitions in use. */
public final class TfState {
    private final StandardOps operations = new StandardOps();
    private final Machine machine;
    private final Deque<Graph> graphs = new ArrayDeque<>();
    private final Deque<Object> sessions = new ArrayDeque<>();
    private final List<WeakReference<Graph>> made = new ArrayList<>();
    private final Map<Variable, Object> constraints = new HashMap<>();
    private final Map<String, GradientRule> gradientRules = new HashMap<>();
    private int verbosity = 30;
    private boolean quiet;
    private RunObserver runObserver;
    private Engines engines;
    private Engines cluster;
    private Graph bottom;
    private Graph largestReplaced;
    private int functions;

    private TfState(Machine m) {
        machine = m;
        bottom = newGraph();
    }

    public static TfState of(Machine m) {
        return m.state(TfState.class, TfState::new);
    }

    /** The gradients that the script registered, by name. */
    Map<String, GradientRule> gradientRules() {
        return gradientRules;
    }

    /** A number for the next function of the script that a graph may call. */
    public int nextFunction() {
        return functions++;
    }

    /** The definitions of operations. */
    public StandardOps operations() {
        return operations;
    }

    /** An empty graph whose operations remember the place in the script. */
    public Graph newGraph() {
        Graph g = new Graph(operations);
        g.origins(machine::place);
        g.gradientRules(gradientRules);
        machine.world().seed().ifPresent(g::fallbackSeed);
        made.add(new WeakReference<>(g));
        return g;
    }

    /** The graph that operations are added to now. */
    public Graph graph() {
        return graphs.isEmpty() ? bottom : graphs.peek();
    }

    /** The graph at the bottom of the stack: what {@code tf.reset_default_graph} replaces. */
    public void resetDefaultGraph() {
        largestReplaced = larger(largestReplaced, bottom);
        bottom = newGraph();
    }

    /** The graph with the most operations of all that the script made. */
    public Graph largestGraph() {
        Graph largest = larger(bottom, largestReplaced);
        for (WeakReference<Graph> each : made) {
            largest = larger(largest, each.get());
        }
        return largest;
    }

    private static Graph larger(Graph a, Graph b) {
        return b == null || a != null && a.operations().size() >= b.operations().size() ? a : b;
    }

    public boolean isGraphStackEmpty() {
        return graphs.isEmpty();
    }

    public void enter(Graph graph) {
        graphs.push(graph);
    }

    public void leave(Graph graph) {
        graphs.removeFirstOccurrence(graph);
    }

    /** Whether the script asked for less than messages of level INFO, which what saves and restores shows otherwise. */
    boolean isQuiet() {
        return quiet;
    }

    /** Log messages below this level are not shown: 10 debug, 20 info, 30 warning, 40 error. */
    public int verbosity() {
        return verbosity;
    }

    public void verbosity(int level) {
        verbosity = level;
        quiet = level > 20;
    }

    /** The functions that optimizers pass a variable's value through after each update. */
    public Map<Variable, Object> constraints() {
        return constraints;
    }

    /** What every session of the script calls: whoever watches at that moment. */
    RunObserver watch() {
        return (session, key, feeds) -> {
            RunObserver now = runObserver;
            return now == null ? session.runUnobserved(key, feeds) : now.run(session, key, feeds);
        };
    }

    /** Who watches the runs of all sessions; null for nobody. */
    public RunObserver runObserver() {
        return runObserver;
    }

    public void runObserver(RunObserver observer) {
        runObserver = observer;
    }

    /** What runs sessions of this process; empty for the JVM's own engine. */
    public Optional<Engines> engines() {
        return Optional.ofNullable(engines);
    }

    /** Lets sessions made from now on run on another runtime. */
    public void engines(Engines runtime) {
        engines = runtime;
    }

    /** What reaches the servers of a cluster, and starts them; empty where scripts may not. */
    public Optional<Engines> cluster() {
        return Optional.ofNullable(cluster);
    }

    /** Lets the script use servers. */
    public void cluster(Engines runtime) {
        cluster = runtime;
    }

    /** The stack of default sessions, innermost first. */
    public Deque<Object> sessions() {
        return sessions;
    }
}
