package io.retrograd.gradient;

import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Adds up the gradients that reach one tensor on several ways. */
final class Aggregate {
    private Aggregate() {}

    /** The sum; null for none, and the one itself for one. Rows stay rows if all are. */
    static Gradient sum(Graph g, Operation op, List<Gradient> parts, GradientOptions.Aggregation how) {
        if (parts.size() < 2) {
            return parts.isEmpty() ? null : parts.get(0);
        }
        boolean anyDense = false;
        boolean allDense = true;
        for (Gradient part : parts) {
            anyDense |= part instanceof Output;
            allDense &= part instanceof Output;
        }
        if (allDense) {
            return dense(g, op, parts.stream().map(p -> (Output) p).toList(), how);
        }
        return anyDense ? mixed(g, parts) : rows(g, parts.stream().map(p -> (IndexedSlices) p).toList());
    }

    private static Output dense(Graph g, Operation op, List<Output> parts, GradientOptions.Aggregation how) {
        Shape shape = Shape.unknown();
        for (Output part : parts) {
            shape = shape.merge(part.shape());
        }
        if (how == GradientOptions.Aggregation.ACCUMULATE_N && parts.size() > 2 && shape.isFullyDefined()) {
            return MathOps.accumulateN(g, parts, null, null, null);
        }
        if (how != GradientOptions.Aggregation.ADD_N) {
            try (NameScope scope = g.nameScope(op.name() + "_gradient_sum")) {
                Output sum = parts.get(0);
                for (Output part : parts.subList(1, parts.size())) {
                    sum = MathOps.addN(g, List.of(sum, part), null);
                }
                return sum;
            }
        }
        try (Graph.Block place = g.colocateWith(parts.get(0).operation())) {
            return MathOps.addN(g, parts, null);
        }
    }

    private static Output mixed(Graph g, List<Gradient> parts) {
        try (NameScope scope = g.nameScope("AddN")) {
            List<Output> dense = new ArrayList<>();
            for (Gradient part : parts) {
                dense.add(GradientContext.dense(g, part, "inputs_" + dense.size()));
            }
            return g.op("AddN").name(scope.operationName()).inputs(dense).output();
        }
    }

    private static IndexedSlices rows(Graph g, List<IndexedSlices> parts) {
        boolean wide = false;
        boolean narrow = false;
        for (IndexedSlices part : parts) {
            wide |= part.indices().dtype() == DType.INT64;
            narrow |= part.indices().dtype() == DType.INT32;
        }
        List<Output> indices = new ArrayList<>();
        for (IndexedSlices part : parts) {
            indices.add(wide && narrow ? MathOps.cast(g, part.indices(), DType.INT64, null) : part.indices());
        }
        Output values = concat(g, parts.stream().map(IndexedSlices::values).toList());
        return new IndexedSlices(values, concat(g, indices), parts.get(0).denseShape());
    }

    private static Output concat(Graph g, List<Output> parts) {
        return g.op("ConcatV2").name("concat").inputs(parts).input(Literal.of(0)).output();
    }
}
