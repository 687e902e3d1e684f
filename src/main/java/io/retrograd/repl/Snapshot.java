package io.retrograd.repl;

import io.retrograd.Evaluator;
import io.retrograd.graph.Graph;
import io.retrograd.lang.run.ModuleScope;
import io.retrograd.lib.tf.TfState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lookup and graph as they were before an entry: what {@code :undo} goes back to. */
final class Snapshot {
    private final Map<String, Object> names = new LinkedHashMap<>();
    private final Graph graph;
    private final Graph.Mark mark;

    private Snapshot(Graph graph) {
        this.graph = graph;
        this.mark = graph.mark();
    }

    static Snapshot of(Evaluator interpreter) {
        Snapshot snapshot = new Snapshot(TfState.of(interpreter.machine()).graph());
        ModuleScope scope = interpreter.variables();
        for (String name : scope.names()) {
            snapshot.names.put(name, scope.get(name));
        }
        return snapshot;
    }

    /** Whether every name of the script is bound as it was. */
    boolean hasSameNames(Evaluator interpreter) {
        ModuleScope scope = interpreter.variables();
        for (String name : scope.names()) {
            // A module's __doc__ comes and goes with the text that is run.
            if (!name.startsWith("__") && scope.get(name) != names.get(name)) {
                return false;
            }
        }
        return scope.names().containsAll(names.keySet());
    }

    /** Drops the operations made since then from the graph; answers how many. */
    int rollBackGraph() {
        int dropped = graph.operations().size() - mark.operations();
        if (dropped > 0 && !graph.isFinalized()) {
            graph.rollback(mark);
            return dropped;
        }
        return 0;
    }

    /** Binds the names as they were. */
    void restoreNames(Evaluator interpreter) {
        ModuleScope scope = interpreter.variables();
        for (String name : new ArrayList<>(scope.names())) {
            if (!names.containsKey(name)) {
                scope.remove(name);
            }
        }
        names.forEach(scope::set);
    }
}
