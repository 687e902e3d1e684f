package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What backpropagation keeps about the loops that it goes through: one backward loop for each forward loop. The
 * walk over the graph asks it around each operation.
 */
public final class LoopGradients {
    private final Graph graph;
    private final Map<WhileContext, LoopGradient> loops = new LinkedHashMap<>();

    private LoopGradients(Graph graph) {
        this.graph = graph;
    }

    /**
     * The state for a walk over these operations; the Exits of each loop met are added to them.
     *
     * @param between the operations between xs and ys, in the walk's order
     * @param known the same as a set
     * @return null where no loop lies between
     */
    public static LoopGradients over(Graph graph, List<Operation> between, Set<Operation> known) {
        LoopGradients state = null;
        for (int i = 0; i < between.size(); i++) {
            Operation op = between.get(i);
            if (FlowContext.isLoopExit(op)) {
                if (state == null) {
                    state = new LoopGradients(graph);
                }
                state.add(op, between, known);
            }
        }
        return state;
    }

    private void add(Operation exit, List<Operation> between, Set<Operation> known) {
        // The Exit itself lies in its loop; only its output lies outside.
        if (FlowContext.of(exit) == null) {
            throw NnError.value("The gradient through the loop of '" + exit.name() + "' is not known: it was imported without its context")
                    .help("tf.train.import_meta_graph brings it along, a GraphDef alone does not say what belongs to a loop");
        }
        WhileContext forward = FlowContext.of(exit).whileContext();
        if (loops.containsKey(forward)) {
            return;
        }
        WhileContext around = forward.outer == null ? null : forward.outer.whileContext();
        LoopGradient state = new LoopGradient(forward, around == null ? null : loops.get(around));
        loops.put(forward, state);
        for (Output e : state.forwardExits) {
            if (known.add(e.operation())) {
                between.add(e.operation());
            }
        }
    }

    /** The backward loop of the loop that an operation lies in; {@code before} takes an Exit as lying outside. */
    private LoopGradient loopOf(Operation op, boolean before) {
        WhileContext forward;
        if (before && FlowContext.isLoopExit(op)) {
            FlowContext outer = FlowContext.of(op).outer;
            forward = outer == null ? null : outer.whileContext();
        } else {
            FlowContext context = FlowContext.of(op);
            forward = context == null ? null : context.whileContext();
        }
        return forward == null ? null : loops.get(forward);
    }

    /** Enters the backward loop around the gradient of an operation, before or after its upstream is summed. */
    public void enter(Operation op, boolean before) {
        LoopGradient state = loopOf(op, before);
        if (state != null) {
            state.backward().enter();
        }
    }

    public void exit(Operation op, boolean before) {
        LoopGradient state = loopOf(op, before);
        if (state != null) {
            state.backward().exit();
        }
    }

    /** Exits that no gradient reaches while their loop's others are used: they get zeros. */
    public List<Output> unusedExits(Map<Operation, Integer> pending, Set<Operation> targets) {
        List<Output> exits = new ArrayList<>();
        for (LoopGradient state : loops.values()) {
            for (Output y : state.forwardExits) {
                if (pending.getOrDefault(y.operation(), 0) == 0) {
                    state.pendingExits--;
                    if (!targets.contains(y.operation())) {
                        state.unusedExits.add(y);
                    }
                    if (state.pendingExits == 0) {
                        exits.addAll(state.unusedExits);
                    }
                }
            }
            for (Output y : state.forward().loopEnters) {
                pending.putIfAbsent(y.operation(), 0);
                if (pending.get(y.operation()) == 0) {
                    pending.put(y.operation(), 1);
                }
            }
        }
        return exits;
    }

    /** An Exit whose consumers are done. All Exits of a loop go on together; answers those that may now. */
    public ReadyExits exitReady(Output exit, Predicate<Operation> hasGradient) {
        LoopGradient state = loopOf(exit.operation(), false);
        state.deferredExits.add(exit);
        state.pendingExits--;
        List<Operation> ready = new ArrayList<>();
        List<Output> zeros = new ArrayList<>();
        if (state.pendingExits == 0) {
            boolean any = false;
            for (Output y : state.deferredExits) {
                if (hasGradient.test(y.operation())) {
                    any = true;
                    ready.add(y.operation());
                } else {
                    state.unusedExits.add(y);
                }
            }
            for (Output y : state.unusedExits) {
                if (any) {
                    zeros.add(y);
                }
                ready.add(y.operation());
            }
        }
        return new ReadyExits(ready, zeros);
    }

    /** Exits to visit next, and those of them that get zeros for a gradient first. */
    public record ReadyExits(List<Operation> operations, List<Output> zeros) {}

    public static boolean isLoopSwitch(Operation op) {
        return FlowContext.isLoopSwitch(op);
    }

    public static boolean isLoopExit(Operation op) {
        return FlowContext.isLoopExit(op);
    }

    /** Zeros in the shape of an Exit's value. */
    public Output zerosForExit(Output value) {
        FlowContext outer = FlowContext.of(value.operation()).outer;
        WhileContext around = outer == null ? null : outer.whileContext();
        LoopGradient state = around == null ? null : loops.get(around);
        if (state == null) {
            return value.shape().isFullyDefined()
                    ? Shapes.zeros(graph, value.shape(), value.dtype(), null)
                    : Shapes.zerosLike(graph, value, value.dtype(), false, null);
        }
        if (value.shape().isFullyDefined()) {
            state.backward().enter();
            Output zeros = Shapes.zeros(graph, value.shape(), value.dtype(), null);
            state.backward().exit();
            return zeros;
        }
        outer.enter();
        Output shape = Shapes.shapeOperation(graph, value, null);
        outer.exit();
        Output stack = state.push(shape, false);
        state.backward().enter();
        Output zeros = Shapes.zeros(graph, state.pop(stack, shape, false), value.dtype(), null);
        state.backward().exit();
        return zeros;
    }

    /** Zeros for an output that no gradient reaches; null where none are needed. */
    public Output zerosLike(Operation op, int index) {
        if (FlowContext.isLoopSwitch(op)) {
            return null;
        }
        boolean dead = FlowContext.isSwitch(op);
        FlowContext context = FlowContext.of(op);
        WhileContext forward = context == null ? null : context.whileContext();
        LoopGradient state = forward == null ? null : loops.get(forward);
        if (state == null) {
            return zerosOutsideLoop(op, index);
        }
        Output value = op.output(index);
        if (value.shape().isFullyDefined()) {
            Output zeros = graph.constant(NdArray.zeros(value.dtype(), value.shape().toInts()), "Const");
            if (dead) {
                CondContext cond = (CondContext) context;
                zeros = FlowContext.switchOn(graph, zeros, state.history.get(cond.pred), "Switch").output(1 - cond.branch);
            }
            return zeros;
        }
        Output shape;
        if (dead) {
            CondContext cond = (CondContext) context;
            cond.outer.enter();
            Output other = FlowContext.switchOn(graph, op.input(0), cond.pred, "Switch").output(1 - cond.branch);
            shape = Shapes.shapeOperation(graph, other, null);
            cond.outer.exit();
            other.operation().controlFlowContext(cond);
            shape.operation().controlFlowContext(cond);
        } else {
            context.enter();
            shape = Shapes.shapeOperation(graph, value, null);
            context.exit();
        }
        state.backward().exit();
        Output stack = state.push(shape, dead);
        state.backward().enter();
        return Shapes.zeros(graph, state.pop(stack, shape, dead), value.dtype(), null);
    }

    /** As {@link #zerosLike} where no loop lies between: for a branch not taken, in the shape of what would have come. */
    public static Output zerosOutsideLoop(Operation op, int index) {
        Graph g = op.graph();
        Output value = op.output(index);
        if (!FlowContext.isSwitch(op) || !(FlowContext.of(op) instanceof CondContext cond)) {
            return Shapes.zerosLike(g, value, value.dtype(), false, null);
        }
        Output other = g.op("Switch").input(op.input(0)).input(cond.pred).operation().output(1 - cond.branch);
        Output pivot = g.op("Identity").input(other).output();
        Output shape = Shapes.shapeOperation(g, other, null);
        try (Graph.Block wait = g.controlDependencies(List.of(pivot.operation()))) {
            return Shapes.zeros(g, shape, value.dtype(), null);
        }
    }

    /** After the walk: loop variables whose gradient never came back round get zeros. */
    public void finish() {
        for (LoopGradient state : loops.values()) {
            for (Output merge : state.merges.values()) {
                Operation op = merge.operation();
                if (op.input(0) != op.input(1)) {
                    continue;
                }
                Output first = op.input(0);
                Output zeros;
                if (first.shape().isFullyDefined()) {
                    state.backward().enter();
                    zeros = graph.constant(NdArray.zeros(first.dtype(), first.shape().toInts()), "Const");
                } else {
                    FlowContext around = state.backward().outer;
                    if (around != null) {
                        around.enter();
                    }
                    Output shape = Shapes.shapeOperation(graph, first.operation().input(0), null);
                    zeros = Shapes.zeros(graph, shape, first.dtype(), null);
                    if (around != null) {
                        around.exit();
                    }
                    state.backward().enter();
                }
                state.backward().nextIteration(merge, zeros, false);
                state.backward().exit();
            }
        }
    }
}
