package io.retrograd.graph.build;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether a layer trains: known while the graph is built, or a boolean tensor that decides at each run.
 *
 * @param known the answer where the tensor is null
 */
public record Training(boolean known, Output tensor) {
    public static final Training NO = new Training(false, null);
    public static final Training YES = new Training(true, null);

    public static Training of(Output tensor) {
        return new Training(false, tensor);
    }

    boolean isKnown() {
        return tensor == null;
    }

    /** Whether it may train. */
    boolean mayTrain() {
        return tensor != null || known;
    }

    /** What one of the two builds, or a {@code cond} of both. */
    List<Output> choose(Graph g, Supplier<List<Output>> training, Supplier<List<Output>> inference) {
        if (tensor == null) {
            return known ? training.get() : inference.get();
        }
        return ControlFlow.cond(g, tensor, c -> results(c, training.get()), c -> results(c, inference.get()), null);
    }

    private static List<Output> results(CondContext c, List<Output> built) {
        List<Output> results = new ArrayList<>();
        for (Output o : built) {
            results.add(c.result(o));
        }
        return results;
    }
}
