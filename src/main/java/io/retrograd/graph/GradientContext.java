package io.retrograd.graph;

import io.retrograd.tensor.NdArray;
import java.util.List;

/** What an operation's gradient sees: the operation and what flows back into its outputs. */
public final class GradientContext {
    private final Operation operation;
    private final Gradient[] upstream;

    public GradientContext(Operation operation, Gradient[] upstream) {
        this.operation = operation;
        this.upstream = upstream;
    }

    /** The graph that the gradient is built in. */
    public Graph graph() {
        return operation.graph();
    }

    /** The operation whose gradient is built. */
    public Operation operation() {
        return operation;
    }

    /** An input of that operation. */
    public Output input(int i) {
        return operation.input(i);
    }

    /** An output of that operation. */
    public Output output(int i) {
        return operation.output(i);
    }

    /** The gradient of output i as it came: dense, rows, or null for none. */
    public Gradient upstream(int i) {
        return upstream[i];
    }

    /** The gradient of output i as a tensor; rows are spread out first. Null for none. */
    public Output dense(int i) {
        return upstream[i] == null ? null : dense(graph(), upstream[i]);
    }

    /** The gradient of the only output that matters. */
    public Output dense() {
        return dense(0);
    }

    /** Operations made in the block run after the gradient of the first output is there. */
    public Graph.Block afterUpstream() {
        Operation source = upstream[0] instanceof IndexedSlices rows
                ? rows.values().operation()
                : ((Output) upstream[0]).operation();
        return graph().controlDependencies(List.of(source));
    }

    /** Starts an operation in the gradient's scope. */
    public OpCall op(String type) {
        return graph().op(type);
    }

    /** A tensor for a gradient: rows are summed into place by an UnsortedSegmentSum, as TensorFlow does. */
    public static Output dense(Graph graph, Gradient gradient) {
        return dense(graph, gradient, null);
    }

    /** As {@link #dense(Graph, Gradient)}; the name is for the UnsortedSegmentSum, null for its own. */
    public static Output dense(Graph graph, Gradient gradient, String name) {
        if (!(gradient instanceof IndexedSlices rows)) {
            return (Output) gradient;
        }
        Output count;
        try (NameScope scope = graph.nameScope("strided_slice")) {
            count = graph.op("StridedSlice")
                    .name(scope.operationName())
                    .input(rows.denseShape())
                    .input(graph.constant(NdArray.of(new int[] {0}, 1), "stack"))
                    .input(graph.constant(NdArray.of(new int[] {1}, 1), "stack_1"))
                    .input(graph.constant(NdArray.of(new int[] {1}, 1), "stack_2"))
                    .attr("shrink_axis_mask", 1L)
                    .output();
        }
        return graph.op("UnsortedSegmentSum").name(name).input(rows.values()).input(rows.indices()).input(count).output();
    }
}
