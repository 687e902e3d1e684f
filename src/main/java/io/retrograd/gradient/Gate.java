package io.retrograd.gradient;

import io.retrograd.graph.Gradient;
import io.retrograd.graph.Graph;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import java.util.List;
import java.util.TreeSet;

/** Makes the gradients of one operation wait for each other ({@code control_flow_ops.tuple}). */
final class Gate {
    private Gate() {}

    /** The gradients behind a gate; as they are where there is only one. */
    static Gradient[] close(Graph g, Gradient[] gradients) {
        TreeSet<Operation> sources = new TreeSet<>((a, b) -> Integer.compare(a.id(), b.id()));
        int count = 0;
        for (Gradient gradient : gradients) {
            if (gradient != null) {
                sources.add(source(gradient));
                count++;
            }
        }
        if (count < 2) {
            return gradients;
        }
        try (NameScope scope = g.nameScope("tuple")) {
            Operation gate;
            try (Graph.Block after = g.controlDependencies(sources)) {
                gate = g.op("NoOp").name("group_deps").operation();
            }
            Gradient[] behind = new Gradient[gradients.length];
            for (int i = 0; i < gradients.length; i++) {
                if (gradients[i] != null) {
                    behind[i] = behind(g, gate, gradients[i]);
                }
            }
            return behind;
        }
    }

    private static Operation source(Gradient gradient) {
        return gradient instanceof IndexedSlices rows ? rows.values().operation() : ((Output) gradient).operation();
    }

    private static Gradient behind(Graph g, Operation gate, Gradient gradient) {
        try (NameScope scope = g.nameScope("control_dependency");
                Graph.Block place = g.colocateWith(source(gradient));
                Graph.Block after = g.controlDependencies(List.of(gate))) {
            if (gradient instanceof IndexedSlices rows) {
                Output values = MathOps.unary(g, "Identity", rows.values(), scope.operationName());
                return new IndexedSlices(values, rows.indices(), rows.denseShape());
            }
            return MathOps.unary(g, "Identity", (Output) gradient, scope.operationName());
        }
    }
}
