package io.retrograd.gradient;

import io.retrograd.graph.Gradient;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import java.util.ArrayList;
import java.util.List;

/**
 * What one call of {@link Gradients} made, for those who show it: from which ys to which xs, and the operations that
 * it passed on the way back.
 *
 * @param ys where it started
 * @param xs what it asked about; variables as their references
 * @param gradients one for each x, null where no y depends on it
 * @param steps in the order in which they were made
 */
public record Backpropagation(List<Output> ys, List<Output> xs, List<Gradient> gradients, List<Step> steps) {
    /**
     * The rule of one operation, applied.
     *
     * @param operation of the forward pass
     * @param incoming the gradient of each output; null for outputs that carry none
     * @param outgoing the gradient of each input; null for inputs that get none
     */
    public record Step(Operation operation, Gradient[] incoming, Gradient[] outgoing) {}

    /** All of the graph, oldest first. */
    @SuppressWarnings("unchecked")
    public static List<Backpropagation> of(Graph graph) {
        return (List<Backpropagation>) graph.cache().computeIfAbsent(Backpropagation.class, k -> new ArrayList<>());
    }
}
