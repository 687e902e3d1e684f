package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import java.util.List;

/** The chain rule through branches and loops: what goes in by a Switch comes back by a Merge, and the other way round. */
public final class FlowGradients {
    private FlowGradients() {}

    private static FlowContext current(GradientContext g) {
        return (FlowContext) g.graph().controlFlowContext();
    }

    /** Of a Switch: a Merge of both branches' gradients; in a loop the backward loop's variable. */
    public static Gradient[] ofSwitch(GradientContext g) {
        Operation op = g.operation();
        FlowContext context = FlowContext.of(op);
        if (context instanceof WhileContext) {
            LoopGradient loop = current(g).loopGradient();
            Output known = loop.merges.get(op);
            if (known != null) {
                if (g.upstream(1) != null) {
                    loop.backward().nextIteration(known, g.dense(1), false);
                }
                return new Gradient[2];
            }
            if (g.upstream(0) == null) {
                return new Gradient[2];
            }
            Output first = g.dense(0);
            Output merged = ControlFlow.merge(g.graph(), first, first, "b_switch");
            loop.merges.put(op, merged);
            return new Gradient[] {merged, null};
        }
        if (context instanceof CondContext cond) {
            if (g.upstream(1 - cond.branch) == null || g.upstream(cond.branch) == null) {
                return new Gradient[2];
            }
            return new Gradient[] {merge(g, g.upstream(0), g.upstream(1)), null};
        }
        Output whenFalse = g.op("Switch").input(g.dense(0)).input(g.input(1)).operation().output(0);
        Output whenTrue = g.op("Switch").input(g.dense(1)).input(g.input(1)).operation().output(1);
        return new Gradient[] {ControlFlow.merge(g.graph(), whenFalse, whenTrue, null), null};
    }

    private static Gradient merge(GradientContext g, Gradient a, Gradient b) {
        if (!(a instanceof IndexedSlices) && !(b instanceof IndexedSlices)) {
            return ControlFlow.merge(g.graph(), (Output) a, (Output) b, "cond_grad");
        }
        IndexedSlices x = guarded(g, rows(g, a));
        IndexedSlices y = guarded(g, rows(g, b));
        try (var scope = g.graph().nameScope("cond_grad")) {
            Output values = ControlFlow.merge(g.graph(), x.values(), y.values(), null);
            Output indices = ControlFlow.merge(g.graph(), x.indices(), y.indices(), null);
            Output shape = x.denseShape() == null || y.denseShape() == null
                    ? null
                    : ControlFlow.merge(g.graph(), x.denseShape(), y.denseShape(), null);
            return new IndexedSlices(values, indices, shape);
        }
    }

    /**
     * Rows whose places are dead where their values are. In a loop, constant places are made anew in the backward loop, which
     * runs for both branches, and a Merge would take values of one branch and places of the other.
     */
    private static IndexedSlices guarded(GradientContext g, IndexedSlices rows) {
        FlowContext current = current(g);
        if (current == null || current.loopGradient() == null) {
            return rows;
        }
        try (Graph.Block after = g.graph().controlDependencies(List.of(rows.values().operation()))) {
            return new IndexedSlices(rows.values(), g.op("Identity").input(rows.indices()).output(),
                    rows.denseShape() == null ? null : g.op("Identity").input(rows.denseShape()).output());
        }
    }

    /** A tensor as rows: all of them. Its shape is asked for when it runs, so that it is dead where the tensor is. */
    private static IndexedSlices rows(GradientContext g, Gradient gradient) {
        if (gradient instanceof IndexedSlices s) {
            return s;
        }
        Output t = (Output) gradient;
        Output shape = Shapes.shapeOperation(g.graph(), t, null);
        Output n = g.op("StridedSlice").name("strided_slice").input(shape).input(Literal.ofInts(0)).input(Literal.ofInts(1))
                .input(Literal.ofInts(1)).attr("shrink_axis_mask", 1L).output();
        return new IndexedSlices(t, MathOps.range(g.graph(), n), shape);
    }

    /** Of a Merge: a Switch on the condition that decided forwards. */
    public static Gradient[] ofMerge(GradientContext g) {
        Operation op = g.operation();
        Graph graph = g.graph();
        FlowContext context = FlowContext.outputContext(op.input(0).operation());
        FlowContext current = current(g);
        if (context instanceof WhileContext) {
            Operation s = FlowContext.switchOn(graph, g.dense(0), current.whileContext().pivot(), "Switch");
            return new Gradient[] {s.output(0), s.output(1)};
        }
        if (context instanceof CondContext cond) {
            Output pred = cond.pred;
            LoopGradient loop = current == null ? null : current.loopGradient();
            if (loop != null) {
                Output real = loop.history.get(pred);
                if (real == null) {
                    loop.backward().exit();
                    Output stack = loop.push(pred, false);
                    loop.backward().enter();
                    real = loop.pop(stack, pred, false);
                    loop.history.put(pred, real);
                }
                pred = real;
            }
            if (g.upstream(0) instanceof IndexedSlices rows) {
                return switchRows(graph, rows, pred);
            }
            Operation s = FlowContext.switchOn(graph, g.dense(0), pred, "cond_grad");
            return new Gradient[] {s.output(0), s.output(1)};
        }
        Gradient[] each = new Gradient[op.inputCount()];
        Output[] chosen = new Output[op.inputCount()];
        for (int i = 0; i < each.length; i++) {
            chosen[i] = g.op("Equal").input(op.output(1)).input(Literal.of(i)).output();
        }
        for (int i = 0; i < each.length; i++) {
            each[i] = FlowContext.switchOn(graph, g.dense(0), chosen[i], "Switch").output(1);
        }
        return each;
    }

    private static Gradient[] switchRows(Graph graph, IndexedSlices rows, Output pred) {
        try (var scope = graph.nameScope("cond_grad")) {
            Operation values = FlowContext.switchOn(graph, rows.values(), pred, "Switch");
            Operation indices = FlowContext.switchOn(graph, rows.indices(), pred, "Switch");
            Operation shape = rows.denseShape() == null ? null : FlowContext.switchOn(graph, rows.denseShape(), pred, "Switch");
            Gradient[] both = new Gradient[2];
            for (int i = 0; i < 2; i++) {
                both[i] = new IndexedSlices(values.output(i), indices.output(i), shape == null ? null : shape.output(i));
            }
            return both;
        }
    }

    /** Of an Exit: the way into the backward loop. */
    public static Gradient[] ofExit(GradientContext g) {
        WhileContext backward = current(g).whileContext();
        if (!backward.settings.backProp()) {
            return new Gradient[1];
        }
        if (FlowContext.of(g.operation()).loopGradient() != null) {
            throw NnError.type("Second-order gradient for while loops not supported.");
        }
        Output grad = g.dense(0);
        backward.values.add(grad);
        backward.enter();
        Output entered = backward.enter(grad, false, true, "b_exit");
        backward.loopEnters.add(entered);
        backward.exit();
        return new Gradient[] {entered};
    }

    /** Of an Enter: out of the backward loop, or the sum over its iterations for a constant. */
    public static Gradient[] ofEnter(GradientContext g) {
        FlowContext current = current(g);
        WhileContext backward = current == null ? null : current.whileContext();
        if (backward == null || !backward.settings.backProp() || backward.gradient == null) {
            return new Gradient[] {g.upstream(0)};
        }
        if (g.operation().flag("is_constant")) {
            return g.upstream(0) instanceof IndexedSlices rows
                    ? new Gradient[] {backward.accumulate(g.operation(), rows)}
                    : new Gradient[] {backward.accumulate(g.operation(), g.dense(0))};
        }
        Output out = backward.exitOf(g.dense(0), null);
        backward.loopExits.add(out);
        backward.exitResult(List.of(out));
        return new Gradient[] {out};
    }
}
