package io.retrograd.graph.build;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import java.util.List;

/** One branch of a {@code cond}. A tensor from outside comes in through a Switch on the condition. */
public final class CondContext extends FlowContext {
    final Output pred;
    private final Output pivot;
    final int branch;

    CondContext(Graph graph, Output pred, Output pivot, int branch) {
        super(graph, "cond_text");
        this.pred = pred;
        this.pivot = pivot;
        this.branch = branch;
        values.add(pred);
        external.put(pred, pred);
        values.add(pivot);
        external.put(pivot, pivot);
    }

    /** One that was read. */
    CondContext(Graph graph, FlowContext outer, FlowDescription.Branch read) {
        super(graph, outer, read.name());
        this.pred = read.pred();
        this.pivot = read.pivot();
        this.branch = read.branch();
    }

    @Override
    Operation pivotOperation() {
        return pivot.operation();
    }

    @Override
    WhileContext whileContext() {
        return outer == null ? null : outer.whileContext();
    }

    @Override
    public Output addValue(Output value) {
        if (values.contains(value)) {
            return external.getOrDefault(value, value);
        }
        values.add(value);
        Output result = fromOuter(value);
        try (Graph.Block free = graph.clearControlDependencies()) {
            result = switchOn(graph, result, pred, "Switch").output(branch);
            if (outer != null) {
                outer.addInnerOp(result.operation());
            }
        }
        result.operation().preventFetching();
        result.operation().controlFlowContext(this);
        for (FlowContext c = this; c != null; c = c.outer) {
            c.values.add(result);
        }
        external.put(value, result);
        return result;
    }

    private Output fromOuter(Output value) {
        if (outer == null) {
            return value;
        }
        Output result = outer.addValue(value);
        values.add(result);
        external.put(result, result);
        return result;
    }

    @Override
    public void addOp(Operation op) {
        if (op.inputCount() == 0) {
            dropExternalControlInputs(op);
            boolean inside = false;
            for (Operation c : op.controlInputs()) {
                inside |= isIn(c, this);
            }
            if (!inside) {
                op.addControlInput(pivot.operation());
            }
        } else {
            for (int i = 0; i < op.inputCount(); i++) {
                Output x = op.input(i);
                boolean backEdge = op.type().equals("Merge") && x.operation().type().equals("NextIteration");
                Output real = backEdge ? x : addValue(x);
                if (real != x) {
                    op.replaceInput(i, real);
                }
            }
            dropExternalControlInputs(op);
        }
        for (FlowContext c = this; c != null; c = c.outer) {
            c.values.addAll(op.outputs());
        }
        if (outer != null || !isLoopExit(op)) {
            op.preventFetching();
        }
        if (outer != null) {
            outer.addInnerOp(op);
        }
    }

    /** A tensor that the branch returns: through a Switch where it comes from outside. */
    public Output result(Operand operand) {
        Output value = operand.toOutput(graph, null, null, "Const");
        if (values.contains(value)) {
            return external.getOrDefault(value, value);
        }
        values.add(value);
        Output real = switchOn(graph, fromOuter(value), pred, "Switch").output(branch);
        external.put(value, real);
        return real;
    }

    /** What stands for an operation that the branch returns: a tensor that is there once it has run. */
    public Output result(Operation op) {
        return ControlFlow.withDependencies(graph, List.of(op), pivot, null);
    }
}
