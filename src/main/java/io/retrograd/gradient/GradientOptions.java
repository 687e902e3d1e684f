package io.retrograd.gradient;

import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import java.util.List;

/**
 * What {@code tf.gradients} can be told.
 *
 * @param upstream the gradients of the ys, null entries for ones; an empty list for ones everywhere
 * @param name the scope, null for {@code gradients}
 * @param colocate whether each gradient is placed with its operation
 * @param gate whether all gradients of an operation must be there before one is used
 * @param aggregation how several gradients of one tensor are added
 * @param stop tensors beyond which nothing flows
 * @param zeros whether an x that the ys do not depend on gets zeros instead of no gradient
 */
public record GradientOptions(
        List<? extends Operand> upstream,
        String name,
        boolean colocate,
        boolean gate,
        Aggregation aggregation,
        List<Output> stop,
        boolean zeros) {

    /** How several gradients of one tensor are added. */
    public enum Aggregation {
        /** By one AddN. */
        ADD_N,
        /** In pairs. */
        TREE,
        /** By AccumulateN where there are more than two of known shape, else in pairs. */
        ACCUMULATE_N
    }

    /** {@code tf.gradients(ys, xs)} and nothing more. */
    public static GradientOptions standard() {
        return new GradientOptions(List.of(), null, false, false, Aggregation.ADD_N, List.of(), false);
    }

    /** With gradients that wait for each other, which the optimizers ask for by default. */
    public GradientOptions gated() {
        return new GradientOptions(upstream, name, colocate, true, aggregation, stop, zeros);
    }

    /** With these gradients of the ys; null entries stand for ones. */
    public GradientOptions from(List<? extends Operand> given) {
        return new GradientOptions(given, name, colocate, gate, aggregation, stop, zeros);
    }
}
