package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ControlFlow.LoopSettings;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The body and condition of a {@code while_loop}. A tensor from outside comes in through an Enter that is the same in
 * all iterations; a loop variable goes Enter, Merge, Switch, body, NextIteration and back to the Merge, or out by
 * an Exit. Backward loops are built with the same pieces, see {@link LoopGradient}.
 */
public final class WhileContext extends FlowContext {
    final LoopSettings settings;
    /** The backward loop's state if this is one. */
    final LoopGradient gradient;
    final List<Output> loopExits = new ArrayList<>();
    final List<Output> loopEnters = new ArrayList<>();
    private Output pivot;
    private Output pivotForPred;
    private Output pivotForBody;

    WhileContext(Graph graph, LoopSettings settings, LoopGradient gradient, String name) {
        super(graph, name);
        this.settings = settings;
        this.gradient = gradient;
    }

    /** One that was read. */
    WhileContext(Graph graph, FlowContext outer, FlowDescription.Loop read) {
        super(graph, outer, read.name());
        this.settings = read.settings();
        this.gradient = null;
        this.pivot = read.pivot();
        this.pivotForPred = read.pivotForPred();
        this.pivotForBody = read.pivotForBody();
        loopExits.addAll(read.exits());
        loopEnters.addAll(read.enters());
    }

    FlowDescription describe(FlowDescription.Tensors tensors, List<FlowDescription> inner) {
        return new FlowDescription.Loop(
                name, settings, pivot, pivotForPred, pivotForBody, List.copyOf(loopExits), List.copyOf(loopEnters), tensors, inner);
    }

    @Override
    WhileContext whileContext() {
        return this;
    }

    /** The boolean that decides whether the loop goes on. */
    Output pivot() {
        return pivot;
    }

    @Override
    Operation pivotOperation() {
        return (pivotForBody != null ? pivotForBody : pivotForPred).operation();
    }

    @Override
    public Output addValue(Output value) {
        if (values.contains(value) || of(value.operation()) == this) {
            return external.getOrDefault(value, value);
        }
        values.add(value);
        Output saved = savedForward(value);
        if (saved != null) {
            external.put(value, saved);
            return saved;
        }
        Output result = outer == null ? value : outer.addValue(value);
        Output enter;
        try (Graph.Block free = graph.clearControlDependencies()) {
            enter = enter(result, true, true, "Enter");
            enter.operation().preventFeeding();
            if (outer != null) {
                outer.addInnerOp(enter.operation());
            }
        }
        fixContext(List.of(enter));
        values.add(enter);
        external.put(value, enter);
        return enter;
    }

    /** In a backward loop: a value of the forward loop, kept on a stack iteration by iteration. */
    private Output savedForward(Output value) {
        FlowContext current = (FlowContext) graph.controlFlowContext();
        LoopGradient state = current == null ? null : current.loopGradient();
        if (state == null) {
            return null;
        }
        WhileContext loop = loopOf(value.operation());
        return loop != null && loop == state.forward() ? state.realValue(value) : null;
    }

    /** An Enter into this loop's frame. */
    Output enter(Output value, boolean constant, boolean useShape, String enterName) {
        Output entered = graph.op(value.isReference() ? "RefEnter" : "Enter").name(enterName).input(value)
                .attr("frame_name", name).attr("is_constant", constant)
                .attr("parallel_iterations", (long) settings.parallelIterations()).output();
        if (useShape) {
            entered.refineShape(value.shape());
        }
        return entered;
    }

    @Override
    public void addOp(Operation op) {
        // The shape of a forward value is cheaper to keep than the value: it is taken in the forward loop.
        if (op.type().equals("Shape") || op.type().equals("Size") || op.type().equals("Rank")) {
            FlowContext current = (FlowContext) graph.controlFlowContext();
            LoopGradient state = current == null ? null : current.loopGradient();
            if (state != null && loopOf(op.input(0).operation()) == state.forward()) {
                FlowContext forward = of(op.input(0).operation());
                op.controlFlowContext(forward);
                if (forward instanceof WhileContext loop) {
                    loop.admit(op);
                } else {
                    forward.addOp(op);
                }
                return;
            }
        }
        admit(op);
    }

    /** Takes the operation in, wherever the graph stands now. */
    private void admit(Operation op) {
        List<Operation> dropped;
        if (op.inputCount() == 0) {
            dropped = dropExternalControlInputs(op);
            if (op.controlInputs().isEmpty()) {
                op.addControlInput(pivotOperation());
            }
        } else {
            for (int i = 0; i < op.inputCount(); i++) {
                Output x = op.input(i);
                Output real = addValue(x);
                if (real != x) {
                    op.replaceInput(i, real);
                }
            }
            dropped = dropExternalControlInputs(op);
            addPivotIfFree(op);
        }
        values.addAll(op.outputs());
        List<Operation> waits = new ArrayList<>();
        if (!dropped.isEmpty()) {
            // What has to run before the loop body comes in as a value that nobody reads.
            try (Graph.Block free = graph.clearControlDependencies()) {
                enter();
                try {
                    for (Operation x : dropped) {
                        if (x.outputCount() > 0) {
                            waits.add(graph.op("Identity").input(x.output(0)).operation());
                        }
                    }
                } finally {
                    exit();
                }
            }
            waits.forEach(op::addControlInput);
        }
        if (outer != null || !isLoopExit(op)) {
            op.preventFetching();
            op.preventFeeding();
        }
        if (outer != null) {
            outer.addInnerOp(op);
        }
    }

    private void addPivotIfFree(Operation op) {
        if (!op.controlInputs().isEmpty()) {
            return;
        }
        for (Output x : op.inputs()) {
            if (!isLoopConstantEnter(x.operation())) {
                return;
            }
        }
        op.addControlInput(pivotOperation());
    }

    /** Enters belong to this loop, yet wait for what the blocks around the loop ask. */
    private void fixContext(List<Output> enters) {
        for (Output e : enters) {
            Operation op = e.operation();
            List<Operation> kept = new ArrayList<>();
            for (Operation control : graph.controlInputsFor(List.of(op.input(0)))) {
                FlowContext wanted = outputContext(control);
                WhileContext outerLoop = outer == null ? null : outer.whileContext();
                FlowContext c = outer;
                boolean keep = true;
                while (c != wanted) {
                    if (c == null || c == outerLoop) {
                        keep = false;
                        break;
                    }
                    c = c.outer;
                }
                if (keep) {
                    kept.add(control);
                }
            }
            op.controlFlowContext(this);
            kept.forEach(op::addControlInput);
            graph.recordSeen(op);
        }
    }

    /** Builds the loop; answers the Exits. */
    List<Output> build(
            Function<List<Output>, ? extends Operand> condition,
            Function<List<Output>, List<Output>> body,
            List<Output> variables,
            List<Shape> invariants) {
        enter();
        try {
            return buildInside(condition, body, variables, invariants);
        } finally {
            exit();
        }
    }

    private List<Output> buildInside(
            Function<List<Output>, ? extends Operand> condition,
            Function<List<Output>, List<Output>> body,
            List<Output> variables,
            List<Shape> invariants) {
        values.clear();
        values.addAll(variables);
        List<Output> real = new ArrayList<>();
        for (Output v : variables) {
            real.add(outer == null ? v : outer.addValue(v));
        }
        List<Output> enters = new ArrayList<>();
        try (Graph.Block free = graph.clearControlDependencies()) {
            for (Output v : real) {
                enters.add(enter(v, false, invariants == null, "Enter"));
            }
            for (Output e : enters) {
                e.operation().preventFeeding();
                if (outer != null) {
                    outer.addInnerOp(e.operation());
                }
            }
        }
        Operation outerPivot = null;
        for (FlowContext c = outer; c != null && outerPivot == null; c = c.outer) {
            outerPivot = c.pivotOperation();
        }
        if (outerPivot != null) {
            for (Output e : enters) {
                if (isLoopConstantEnter(e.operation().input(0).operation())) {
                    e.operation().addControlInput(outerPivot);
                }
            }
        }
        setInvariants(real, enters, invariants);
        fixContext(enters);
        values.clear();
        values.addAll(enters);
        loopEnters.clear();
        loopEnters.addAll(enters);
        List<Output> merges = new ArrayList<>();
        for (Output e : enters) {
            merges.add(ControlFlow.merge(graph, e, e, null));
        }
        pivotForPred = merges.get(0);
        Output goesOn = condition.apply(merges).toOutput(graph, null, null, "Const");
        pivot = graph.op("LoopCond").input(goesOn).output();
        List<Operation> switches = new ArrayList<>();
        for (Output m : merges) {
            switches.add(switchOn(graph, m, pivot, "Switch"));
        }
        List<Output> inBody = new ArrayList<>();
        for (Operation s : switches) {
            inBody.add(ControlFlow.identity(graph, s.output(1), null));
        }
        pivotForBody = inBody.get(0);
        List<Output> results = body.apply(inBody);
        if (results.size() != merges.size()) {
            throw NnError.value("Number of inputs and outputs of body must match loop_vars: " + merges.size() + ", "
                    + results.size());
        }
        for (int i = 0; i < merges.size(); i++) {
            nextIteration(merges.get(i), results.get(i), true);
        }
        List<Output> exits = new ArrayList<>();
        for (Operation s : switches) {
            exits.add(exitOf(s.output(0), null));
        }
        loopExits.addAll(exits);
        exitResult(exits);
        return exits;
    }

    Output exitOf(Output value, String exitName) {
        return graph.op(value.isReference() ? "RefExit" : "Exit").name(exitName).input(value).output();
    }

    /** The back edge: the value for the next iteration to the loop variable's Merge. */
    Output nextIteration(Output merge, Output value, boolean checkShape) {
        Output next = graph.op(value.isReference() ? "RefNextIteration" : "NextIteration").input(value).output();
        if (checkShape && !isLess(next.shape(), merge.shape())) {
            Output first = merge.operation().input(0).operation().input(0);
            throw NnError.value("Input tensor '" + first.name() + "' enters the loop with shape " + first.shape()
                    + ", but has shape " + next.shape() + " after one iteration. To allow the shape to vary across "
                    + "iterations, use the `shape_invariants` argument of tf.while_loop to specify a less-specific shape.");
        }
        merge.operation().replaceInput(1, next);
        return next;
    }

    /** Whether a shape is at least as precise as another. */
    private static boolean isLess(Shape a, Shape b) {
        if (!b.hasRank()) {
            return true;
        }
        if (!a.hasRank() || a.rank() != b.rank()) {
            return false;
        }
        for (int i = 0; i < b.rank(); i++) {
            if (b.dim(i) != Shape.UNKNOWN && a.dim(i) != b.dim(i)) {
                return false;
            }
        }
        return true;
    }

    private static void setInvariants(List<Output> real, List<Output> enters, List<Shape> invariants) {
        if (invariants == null) {
            return;
        }
        for (int i = 0; i < enters.size(); i++) {
            Output in = real.get(i);
            Shape kept = invariants.get(i) == null ? in.shape() : invariants.get(i);
            if (!isLess(in.shape(), kept)) {
                throw NnError.value("The shape invariant specified for " + in.name() + " is not compatible with the initial "
                        + "shape of the loop variable. It enters the loop with shape " + in.shape()
                        + ", but the specified shape invariant is " + kept + ".");
            }
            enters.get(i).refineShape(kept);
        }
    }

    // What backpropagation adds

    /** Counts the iterations of this forward loop: the total after it, the count inside it. */
    Output[] addForwardCounter(LoopGradient outerGradient) {
        Output n = graph.constant(NdArray.scalar(0), "f_count");
        if (outerGradient != null) {
            n.operation().addControlInput(outerGradient.forwardIndex().operation().input(0).operation());
        }
        enter();
        try {
            values.add(n);
            Output entered = enter(n, false, true, "f_count");
            loopEnters.add(entered);
            Output merged = ControlFlow.merge(graph, entered, entered, null);
            Operation decide = graph.op("Switch").input(merged).input(pivot).operation();
            Output index = graph.op("Add").input(decide.output(1)).input(Literal.of(1)).output();
            Output next = nextIteration(merged, index, false);
            Output total = exitOf(decide.output(0), "f_count");
            loopExits.add(total);
            exitResult(List.of(total));
            return new Output[] {total, next};
        } finally {
            exit();
        }
    }

    /** Makes this backward loop run as often as the forward one did; answers the count inside it. */
    Output addBackwardCounter(Output count, LoopGradient outerGradient) {
        Output one = graph.constant(NdArray.scalar(1), "b_count");
        enter();
        try {
            values.add(count);
            Output entered = enter(count, false, true, "b_count");
            loopEnters.add(entered);
            Output merged = ControlFlow.merge(graph, entered, entered, null);
            pivotForPred = merged;
            Output more = graph.op("GreaterEqual").input(merged).input(one).output();
            pivot = graph.op("LoopCond").name("b_count").input(more).output();
            Operation decide = graph.op("Switch").input(merged).input(pivot).operation();
            Output index = graph.op("Sub").input(decide.output(1)).input(one).output();
            pivotForBody = index;
            Output next = nextIteration(merged, index, false);
            Output zero = exitOf(decide.output(0), "b_count");
            loopExits.add(zero);
            if (outerGradient != null) {
                outerGradient.backwardSync().addControlInput(zero.operation());
            }
            exitResult(List.of(zero));
            return next;
        } finally {
            exit();
        }
    }

    /** Sums, over the iterations of this backward loop, the gradient of a tensor that is constant in the loop. */
    Output accumulate(Operation enterOp, Output grad) {
        exit();
        Output start = startOfSum(enterOp, grad);
        enter();
        values.add(start);
        Output entered = enter(start, false, true, "b_acc");
        loopEnters.add(entered);
        Output merged = ControlFlow.merge(graph, entered, entered, "b_acc");
        Operation decide = graph.op("Switch").input(merged).input(pivot).operation();
        Output sum = graph.op("Add").input(decide.output(1)).input(grad).output();
        nextIteration(merged, sum, false);
        Output result = exitOf(decide.output(0), "b_acc");
        loopExits.add(result);
        exitResult(List.of(result));
        return result;
    }

    private Output startOfSum(Operation enterOp, Output grad) {
        Shape shape = grad.shape();
        if (shape.isFullyDefined()) {
            return outside(() -> graph.constant(NdArray.zeros(grad.dtype(), shape.toInts()), "b_acc"));
        }
        Output value = enterOp.input(0);
        if (outer instanceof WhileContext around && around.gradient != null) {
            FlowContext forwardOuter = gradient.forward().outer;
            forwardOuter.enter();
            Output dims;
            try {
                dims = Shapes.shapeOperation(graph, value, null);
            } finally {
                forwardOuter.exit();
            }
            LoopGradient outerGradient = gradient.outerGradient();
            Output history = outerGradient.push(dims, false);
            return outside(() -> Shapes.zeros(graph, outerGradient.pop(history, dims, false), grad.dtype(), null));
        }
        return outside(() -> Shapes.zeros(graph, Shapes.shapeOperation(graph, value, null), grad.dtype(), null));
    }

    private Output outside(Supplier<Output> make) {
        if (outer == null) {
            return make.get();
        }
        outer.enter();
        try {
            return make.get();
        } finally {
            outer.exit();
        }
    }

    /** Collects, over the iterations of this backward loop, the rows of a sparse gradient. */
    IndexedSlices accumulate(Operation enterOp, IndexedSlices grad) {
        exit();
        Output valuesStart = outside(() -> {
            Shape s = grad.values().shape();
            if (s.isFullyDefined()) {
                return graph.constant(NdArray.zeros(grad.values().dtype(), s.withDim(0, 1).toInts()), "b_acc");
            }
            Output rows = graph.op("StridedSlice").name("strided_slice").input(Shapes.shape(graph, enterOp.input(0), null))
                    .input(Literal.ofInts(1)).input(Literal.ofInts(0)).input(Literal.ofInts(1)).attr("end_mask", 1L).output();
            Output dims = graph.op("ConcatV2").name("concat").inputs(List.of(Literal.ofInts(1), rows)).input(Literal.of(0)).output();
            return Shapes.zeros(graph, dims, grad.values().dtype(), null);
        });
        Output indicesStart = outside(() -> graph.constant(NdArray.zeros(grad.indices().dtype(), 1), "Const"));
        Output shapeStart = grad.denseShape() == null ? null : outside(() -> {
            Shape s = grad.denseShape().shape();
            return s.isFullyDefined()
                    ? graph.constant(NdArray.zeros(grad.denseShape().dtype(), s.toInts()), "Const")
                    : Shapes.zerosLike(graph,
                            Shapes.shape(graph, enterOp.input(0), grad.denseShape().dtype(), false, null), null);
        });
        enter();
        List<Output> starts = new ArrayList<>(List.of(indicesStart, valuesStart));
        if (shapeStart != null) {
            starts.add(shapeStart);
        }
        values.addAll(starts);
        List<Output> enters = new ArrayList<>();
        for (Output x : starts) {
            enters.add(enter(x, false, false, "b_acc"));
        }
        enters.get(0).refineShape(Shape.of(Shape.UNKNOWN));
        if (valuesStart.shape().hasRank()) {
            enters.get(1).refineShape(valuesStart.shape().withDim(0, Shape.UNKNOWN));
        }
        loopEnters.addAll(enters);
        List<Output> merges = new ArrayList<>();
        for (Output e : enters) {
            merges.add(ControlFlow.merge(graph, e, e, "b_acc"));
        }
        List<Operation> switches = new ArrayList<>();
        for (Output m : merges) {
            switches.add(graph.op("Switch").input(m).input(pivot).operation());
        }
        List<Output> next = new ArrayList<>();
        List<Output> added = List.of(grad.indices(), grad.values());
        for (int i = 0; i < 2; i++) {
            next.add(graph.op("ConcatV2").name("concat").inputs(List.of(switches.get(i).output(1), added.get(i)))
                    .input(Literal.of(0)).output());
        }
        if (shapeStart != null) {
            next.add(graph.op("Maximum").input(grad.denseShape()).input(switches.get(2).output(1)).output());
        }
        for (int i = 0; i < next.size(); i++) {
            nextIteration(merges.get(i), next.get(i), false);
        }
        List<Output> exits = new ArrayList<>();
        for (Operation s : switches) {
            exits.add(exitOf(s.output(0), "b_acc"));
        }
        loopExits.addAll(exits);
        exitResult(exits);
        return new IndexedSlices(exits.get(1), exits.get(0), shapeStart == null ? null : exits.get(2));
    }
}
