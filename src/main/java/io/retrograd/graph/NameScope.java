package io.retrograd.graph;

/** An open name scope; closing it goes back to the one around it. */
public final class NameScope implements AutoCloseable {
    private final Graph graph;
    private final String path;
    private final String before;

    NameScope(Graph graph, String path, String before) {
        this.graph = graph;
        this.path = path;
        this.before = before;
    }

    /** The scope's own name with the slash that re-enters it literally: {@code layer1/}; empty for the root. */
    public String path() {
        return path.isEmpty() ? "" : path + "/";
    }

    /** The name for the operation that bears the scope's name. */
    public String operationName() {
        return path();
    }

    @Override
    public void close() {
        graph.leaveScope(before);
    }
}
