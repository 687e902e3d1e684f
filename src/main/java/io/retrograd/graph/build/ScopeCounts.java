package io.retrograd.graph.build;

import io.retrograd.graph.Graph;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each variable scope of a graph was opened: what {@code variable_scope(None, default_name)} and the
 * optimizers' slots make their names unique by. Entering a scope starts the counts below it anew.
 */
public final class ScopeCounts {
    private final Map<String, Integer> counts = new HashMap<>();

    private ScopeCounts() {}

    public static ScopeCounts of(Graph graph) {
        return (ScopeCounts) graph.cache().computeIfAbsent(ScopeCounts.class, k -> new ScopeCounts());
    }

    /** Notes that the scope of that full name was opened. */
    public void open(String scope) {
        counts.merge(scope, 1, Integer::sum);
    }

    /** Forgets the scopes below that one: they are counted anew when it is entered again. */
    public void closeBelow(String scope) {
        String prefix = scope.isEmpty() ? "" : scope + "/";
        counts.replaceAll((name, n) -> scope.isEmpty() || name.startsWith(prefix) ? 0 : n);
    }

    /** The prefix, or the first of {@code prefix_1}, {@code prefix_2} … that was not opened below the current scope. */
    public String unique(String current, String prefix) {
        String path = current.isEmpty() ? prefix : current + "/" + prefix;
        if (counts.getOrDefault(path, 0) == 0) {
            return prefix;
        }
        int i = 1;
        while (counts.getOrDefault(path + "_" + i, 0) > 0) {
            i++;
        }
        return prefix + "_" + i;
    }

    /** The counts as they are, for {@link #restore}. */
    Map<String, Integer> copy() {
        return new HashMap<>(counts);
    }

    void restore(Map<String, Integer> copy) {
        counts.clear();
        counts.putAll(copy);
    }
}
