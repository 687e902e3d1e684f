package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** {@code tf.Graph}. Two wrappers of one graph are the same object to a script. */
public final class GraphValue implements Value {
    static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.framework.ops",
            "Graph",
            io.retrograd.lang.value.CoreTypes.OBJECT,
            null,
            (m, arguments, keywords) -> of(TfState.of(m).newGraph()));

    private final Graph graph;

    private GraphValue(Graph graph) {
        this.graph = graph;
    }

    public static GraphValue of(Graph graph) {
        return new GraphValue(graph);
    }

    public Graph graph() {
        return graph;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean sameAs(Object other) {
        return equals(other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GraphValue g && g.graph == graph;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(graph);
    }

    @Override
    public long hash(Machine m) {
        return hashCode();
    }
}
