package io.retrograd.graph.build;

import io.retrograd.graph.ControlFlowContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What branches and loop bodies have in common: the tensors known inside, and stand-ins for those from outside. */
public abstract class FlowContext implements ControlFlowContext {
    final Graph graph;
    final FlowContext outer;
    final String name;
    final Set<Output> values = Collections.newSetFromMap(new IdentityHashMap<>());
    final Map<Output, Output> external = new IdentityHashMap<>();
    final List<FlowContext> nested = new ArrayList<>();
    private final Deque<Optional<ControlFlowContext>> before = new ArrayDeque<>();

    /** One that the graph builds now, where it stands now. */
    FlowContext(Graph graph, String name) {
        this(graph, (FlowContext) graph.controlFlowContext(), graph.uniqueName(name, true));
    }

    /** One whose operations the graph has already. */
    FlowContext(Graph graph, FlowContext outer, String name) {
        this.graph = graph;
        this.outer = outer;
        this.name = name;
        if (outer != null) {
            outer.nested.add(this);
        }
    }

    @Override
    public FlowContext outer() {
        return outer;
    }

    /** The name that is the frame's in a loop. */
    public String name() {
        return name;
    }

    /** Makes it the current context; {@link #exit} returns to the one before. */
    void enter() {
        before.push(Optional.ofNullable(graph.controlFlowContext()));
        graph.controlFlowContext(this);
    }

    void exit() {
        graph.controlFlowContext(before.pop().orElse(null));
    }

    /** The results become known to the context around. */
    void exitResult(Collection<Output> results) {
        if (outer != null) {
            outer.values.addAll(results);
        }
    }

    @Override
    public void addInnerOp(Operation op) {
        if (outer != null) {
            outer.addInnerOp(op);
        }
    }

    /** An operation that tells whether this branch or iteration runs. */
    abstract Operation pivotOperation();

    /** The innermost loop that this lies in, itself included; null outside loops. */
    abstract WhileContext whileContext();

    /** The state of the backward loop that this lies in; null elsewhere. */
    LoopGradient loopGradient() {
        WhileContext loop = whileContext();
        return loop == null ? null : loop.gradient;
    }

    /** Drops control inputs from outside the innermost loop; answers those that were dropped. */
    List<Operation> dropExternalControlInputs(Operation op) {
        WhileContext loop = whileContext();
        if (loop == null) {
            return List.of();
        }
        List<Operation> kept = new ArrayList<>();
        List<Operation> dropped = new ArrayList<>();
        for (Operation c : op.controlInputs()) {
            FlowContext context = outputContext(c);
            (context != null && context.whileContext() == loop ? kept : dropped).add(c);
        }
        if (!dropped.isEmpty()) {
            op.controlInputs(kept);
        }
        return dropped;
    }

    static FlowContext of(Operation op) {
        return (FlowContext) op.controlFlowContext();
    }

    /** The context that an operation's outputs belong to: an Exit's lie outside its loop. */
    static FlowContext outputContext(Operation op) {
        FlowContext context = of(op);
        return context != null && isLoopExit(op) ? context.outer : context;
    }

    static boolean isLoopExit(Operation op) {
        return op.type().equals("Exit") || op.type().equals("RefExit");
    }

    static boolean isSwitch(Operation op) {
        return op.type().equals("Switch") || op.type().equals("RefSwitch");
    }

    /** Whether it is the Switch of a loop variable. */
    static boolean isLoopSwitch(Operation op) {
        return isSwitch(op) && of(op) instanceof WhileContext;
    }

    static boolean isLoopConstantEnter(Operation op) {
        return (op.type().equals("Enter") || op.type().equals("RefEnter")) && op.flag("is_constant");
    }

    static boolean isIn(Operation op, FlowContext context) {
        for (FlowContext c = of(op); c != null; c = c.outer) {
            if (c == context) {
                return true;
            }
        }
        return false;
    }

    /** The loop that an operation's value belongs to; null outside loops. */
    static WhileContext loopOf(Operation op) {
        FlowContext context = outputContext(op);
        return context == null ? null : context.whileContext();
    }

    /** {@code value} for one of two branches: a RefSwitch for a reference. */
    static Operation switchOn(Graph g, Output value, Output pred, String name) {
        try (Graph.Block colocated = g.colocateWith(value.operation())) {
            return g.op(value.isReference() ? "RefSwitch" : "Switch").name(name).input(value).input(pred).operation();
        }
    }
}
