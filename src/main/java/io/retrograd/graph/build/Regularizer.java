package io.retrograd.graph.build;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import java.util.Optional;

/** Makes the loss term that keeps a variable small. */
@FunctionalInterface
public interface Regularizer {
    /** The term, or nothing. */
    Optional<Output> apply(Graph graph, Variable variable);
}
