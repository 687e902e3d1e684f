package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The backward loop of one forward loop. It runs as many iterations; a value of the forward loop that it needs is
 * pushed on a stack by each forward iteration and popped by the matching backward one (Yu et al. 2018, section 5).
 */
final class LoopGradient {
    private final Graph graph;
    private final LoopGradient outerGradient;
    private final WhileContext forward;
    private final Output forwardIndex;
    private final WhileContext backward;
    private final Output backwardIndex;
    private Operation forwardSync;
    private Operation backwardSync;
    /** Forward values and conditions, and what stands for them in the backward loop. */
    final Map<Output, Output> history = new IdentityHashMap<>();
    /** The Switch of a loop variable, and the Merge that its gradient comes from. */
    final Map<Operation, Output> merges = new IdentityHashMap<>();
    final List<Output> unusedExits = new ArrayList<>();
    final List<Output> deferredExits = new ArrayList<>();
    final List<Output> forwardExits;
    int pendingExits;

    LoopGradient(WhileContext forward, LoopGradient outerGradient) {
        this.graph = forward.graph;
        this.forward = forward;
        this.outerGradient = outerGradient;
        this.forwardExits = List.copyOf(forward.loopExits);
        this.pendingExits = forwardExits.size();
        FlowContext around = outerGradient != null ? outerGradient.forward : forward.outer;
        Output[] counter = in(around, () -> forward.addForwardCounter(outerGradient));
        forwardIndex = counter[1];
        if (outerGradient != null) {
            around.values.add(counter[0]);
            Output pushed = outerGradient.push(counter[0], false);
            WhileContext outerBackward = outerGradient.backward;
            outerBackward.enter();
            backward = new WhileContext(graph, forward.settings, this, forward.name);
            Output count = outerGradient.pop(pushed, counter[0], false);
            backwardIndex = backward.addBackwardCounter(count, outerGradient);
            outerBackward.exit();
        } else {
            if (around != null) {
                around.enter();
            }
            backward = new WhileContext(graph, forward.settings, this, forward.name);
            backwardIndex = backward.addBackwardCounter(counter[0], null);
            if (around != null) {
                around.exit();
            }
        }
    }

    private static <T> T in(FlowContext context, Supplier<T> make) {
        if (context == null) {
            return make.get();
        }
        context.enter();
        try {
            return make.get();
        } finally {
            context.exit();
        }
    }

    LoopGradient outerGradient() {
        return outerGradient;
    }

    WhileContext forward() {
        return forward;
    }

    WhileContext backward() {
        return backward;
    }

    Output forwardIndex() {
        return forwardIndex;
    }

    private Operation forwardSync() {
        if (forwardSync == null) {
            try (Graph.Block free = graph.clearControlDependencies()) {
                forwardSync = graph.op("ControlTrigger").name("f_sync").operation();
            }
            forwardSync.controlFlowContext(forward);
            forwardIndex.operation().addControlInput(forwardSync);
        }
        return forwardSync;
    }

    /** Runs when all pops of a backward iteration have: the next one may begin. */
    Operation backwardSync() {
        if (backwardSync == null) {
            try (Graph.Block free = graph.clearControlDependencies()) {
                backwardSync = graph.op("ControlTrigger").name("b_sync").operation();
            }
            backwardSync.controlFlowContext(backward);
            backwardIndex.operation().addControlInput(backwardSync);
            if (backward.outer != null) {
                backward.outer.addInnerOp(backwardSync);
            }
        }
        return backwardSync;
    }

    /** Pushes a forward value in each iteration of the forward loop; answers the stack. */
    Output push(Output value, boolean deadBranch) {
        FlowContext current = (FlowContext) graph.controlFlowContext();
        try (Graph.Block free = graph.clearControlDependencies()) {
            Output stack = in(current, () -> {
                try (Graph.Block colocated = graph.colocateWith(value.operation())) {
                    return graph.op("StackV2").name("f_acc").input(graph.constant(NdArray.scalar(-1), "Const"))
                            .attr("elem_type", value.dtype()).output();
                }
            });
            Output entered = forward.addValue(stack);
            FlowContext valueContext = FlowContext.outputContext(value.operation());
            Output push;
            if (valueContext == forward) {
                push = in(forward, () -> pushOp(entered, value));
                forwardIndex.operation().addControlInput(push.operation());
            } else {
                if (!(valueContext instanceof CondContext)) {
                    throw NnError.type("value_ctxt is not a CondContext: " + valueContext);
                }
                if (deadBranch) {
                    push = in(valueContext.outer, () -> pushOp(entered, value));
                    push.operation().controlFlowContext(valueContext);
                } else {
                    push = in(valueContext, () -> pushOp(entered, value));
                }
                forwardSync().addControlInput(push.operation());
            }
            push.operation().addControlInput(forwardIndex.operation().input(0).operation());
            return stack;
        }
    }

    private Output pushOp(Output stack, Output value) {
        return graph.op("StackPushV2").input(stack).input(value)
                .attr("swap_memory", forward.settings.swapMemory()).output();
    }

    /** Pops, in each backward iteration, what the matching forward iteration pushed. */
    Output pop(Output stack, Output value, boolean deadBranch) {
        FlowContext stackContext = FlowContext.of(stack.operation());
        CondContext branch = null;
        for (FlowContext c = FlowContext.of(value.operation()); c != null && c != stackContext; c = c.outer) {
            if (c instanceof CondContext cond) {
                branch = cond;
                break;
            }
        }
        Output popped;
        try (Graph.Block free = graph.clearControlDependencies()) {
            backward.enter();
            Output from = stack;
            if (branch != null) {
                Output pred = null;
                for (LoopGradient g = this; g != null && pred == null; g = g.outerGradient) {
                    pred = g.history.get(branch.pred);
                }
                from = FlowContext.switchOn(graph, stack, pred == null ? branch.pred : pred, "Switch")
                        .output(deadBranch ? 1 - branch.branch : branch.branch);
            }
            popped = graph.op("StackPopV2").input(from).attr("elem_type", value.dtype()).output();
            popped.refineShape(value.shape());
            backward.exit();
        }
        if (backward.settings.parallelIterations() > 1) {
            backwardSync().addControlInput(popped.operation());
        }
        return popped;
    }

    /** What stands in the backward loop for a value of the forward loop. */
    Output realValue(Output value) {
        Output known = history.get(value);
        if (known != null) {
            return known;
        }
        Output real = null;
        Output stack = null;
        Output current = value;
        LoopGradient state = this;
        while (real == null && stack == null) {
            Operation enter = constantEnter(current);
            if (enter != null) {
                current = enter.input(0);
                state = state.outerGradient;
                if (state == null) {
                    real = backward.addValue(current);
                }
            } else if (current.operation().type().equals("Const")) {
                real = Literal.of((NdArray) current.operation().attribute("value")).toOutput(graph, null, null, "Const");
            } else {
                backward.exit();
                stack = state.push(current, false);
                backward.enter();
            }
        }
        if (real == null) {
            real = state.pop(stack, current, false);
            if (state != this) {
                real = backward.addValue(real);
            }
        }
        history.put(value, real);
        return real;
    }

    /** The Enter through which a loop constant came in, seen through what passes it on; null if it is none. */
    private static Operation constantEnter(Output value) {
        Operation op = value.operation();
        while (FlowContext.isSwitch(op) || op.type().equals("Identity") || op.type().equals("RefIdentity")) {
            op = op.input(0).operation();
        }
        return FlowContext.isLoopConstantEnter(op) ? op : null;
    }
}
