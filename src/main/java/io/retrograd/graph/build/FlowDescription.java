package io.retrograd.graph.build;

import io.retrograd.graph.ControlFlowContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ControlFlow.LoopSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What belongs to a branch or a loop, as files hold it besides the operations: without it no gradient could be taken
 * through one that was read.
 */
public sealed interface FlowDescription {
    /** The name that is the frame's in a loop. */
    String name();

    Tensors tensors();

    /** The branches and loops within. */
    List<FlowDescription> nested();

    /**
     * @param known the tensors inside and those that come in
     * @param external what stands inside for those that come in
     */
    record Tensors(List<Output> known, Map<Output, Output> external) {}

    /**
     * One branch of a {@code cond}.
     *
     * @param branch 1 where the condition holds, 0 for the other
     */
    record Branch(String name, Output pred, Output pivot, int branch, Tensors tensors, List<FlowDescription> nested)
            implements FlowDescription {}

    /** A {@code while_loop}; {@code pivot} says whether it goes on. */
    record Loop(
            String name, LoopSettings settings, Output pivot, Output pivotForPred, Output pivotForBody, List<Output> exits,
            List<Output> enters, Tensors tensors, List<FlowDescription> nested) implements FlowDescription {}

    /** Describes a branch or a loop that the graph has. */
    static FlowDescription of(ControlFlowContext of) {
        FlowContext context = (FlowContext) of;
        Tensors tensors = new Tensors(List.copyOf(context.values), Map.copyOf(context.external));
        List<FlowDescription> nested = new ArrayList<>();
        for (FlowContext each : context.nested) {
            // Backward loops are not asked for gradients.
            if (!(each instanceof WhileContext loop) || loop.gradient == null) {
                nested.add(of(each));
            }
        }
        if (context instanceof WhileContext loop) {
            return loop.describe(tensors, nested);
        }
        CondContext cond = (CondContext) context;
        return new Branch(cond.name, cond.pred, cond.pivotOperation().output(0), cond.branch, tensors, nested);
    }

    /** Makes it known to a graph that has the operations, and lets them belong to it. */
    static ControlFlowContext restore(Graph graph, FlowDescription description) {
        return restore(graph, description, null);
    }

    private static FlowContext restore(Graph graph, FlowDescription description, FlowContext outer) {
        FlowContext context = description instanceof Loop loop
                ? new WhileContext(graph, outer, loop) : new CondContext(graph, outer, (Branch) description);
        context.values.addAll(description.tensors().known());
        context.external.putAll(description.tensors().external());
        for (Output value : context.values) {
            if (!context.external.containsKey(value)) {
                value.operation().controlFlowContext(context);
            }
        }
        description.nested().forEach(inner -> restore(graph, inner, context));
        return context;
    }
}
