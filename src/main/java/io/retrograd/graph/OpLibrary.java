package io.retrograd.graph;

/** Finds the definition of an operation type. {@code graph.op} fills it; the graph itself knows none. */
public interface OpLibrary {
    /** The definition of that type, or null if it is unknown. */
    OpDef find(String type);
}
