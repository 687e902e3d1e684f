package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** {@code tf.cond}, {@code case}, {@code while_loop}, {@code group}, {@code tuple}, {@code Assert}. */
public final class ControlFlow {
    private ControlFlow() {}

    /** {@code tf.no_op}. */
    public static Operation noOp(Graph g, String name) {
        return g.op("NoOp").name(name).operation();
    }

    /** {@code tf.group}: a NoOp that has run when all of these have. */
    public static Operation group(Graph g, Collection<Operation> inputs, String name) {
        try (NameScope scope = g.nameScope(name == null ? "group_deps" : name)) {
            if (inputs.isEmpty()) {
                return noOp(g, scope.operationName());
            }
            Map<String, List<Operation>> byDevice = new TreeMap<>();
            for (Operation op : inputs) {
                byDevice.computeIfAbsent(op.device(), k -> new ArrayList<>()).add(op);
            }
            if (byDevice.size() == 1) {
                return after(g, "", inputs, scope.operationName());
            }
            List<Operation> each = new ArrayList<>();
            byDevice.forEach((device, ops) -> each.add(after(g, device, ops, null)));
            return after(g, "", each, scope.operationName());
        }
    }

    private static Operation after(Graph g, String device, Collection<Operation> inputs, String name) {
        try (Graph.Block wait = g.controlDependencies(inputs)) {
            if (device.isEmpty()) {
                return noOp(g, name);
            }
            try (Graph.Block on = g.device(device)) {
                return noOp(g, name);
            }
        }
    }

    /** {@code control_flow_ops.with_dependencies}: the same tensor, once those operations have run. */
    public static Output withDependencies(Graph g, Collection<Operation> before, Output value, String name) {
        try (NameScope scope = g.nameScope(name == null ? "control_dependency" : name);
                Graph.Block colocated = g.colocateWith(value.operation());
                Graph.Block wait = g.controlDependencies(before)) {
            return identity(g, value, scope.operationName());
        }
    }

    /** An Identity that keeps a reference one. */
    static Output identity(Graph g, Output value, String name) {
        return g.op(value.isReference() ? "RefIdentity" : "Identity").name(name).input(value).output();
    }

    /**
     * {@code tf.tuple}: tensors that are there only when all of them have been computed.
     *
     * @param tensors null elements stay null
     * @param more further operations to wait for
     */
    public static List<Output> tuple(Graph g, List<Output> tensors, Collection<Operation> more, String name) {
        try (NameScope scope = g.nameScope(name == null ? "tuple" : name)) {
            List<Operation> gating = new ArrayList<>(new LinkedHashSet<>(more));
            for (Output t : tensors) {
                if (t != null && !gating.contains(t.operation())) {
                    gating.add(t.operation());
                }
            }
            if (gating.isEmpty()) {
                throw NnError.value("Must have at least one Tensor: " + tensors);
            }
            gating.sort((a, b) -> Integer.compare(a.id(), b.id()));
            Operation gate = group(g, gating, null);
            List<Output> gated = new ArrayList<>();
            for (Output t : tensors) {
                gated.add(t == null ? null : withDependencies(g, List.of(gate), t, null));
            }
            return gated;
        }
    }

    /** Builds one branch: its tensors, by way of {@link CondContext#result}. */
    @FunctionalInterface
    public interface Branch {
        List<Output> build(CondContext context);
    }

    /**
     * {@code tf.cond}: the tensors of one of two branches.
     *
     * @throws NnError ValueError where the branches' results differ in number or type
     */
    public static List<Output> cond(Graph g, Operand condition, Branch whenTrue, Branch whenFalse, String name) {
        try (NameScope scope = g.nameScope(name == null ? "cond" : name)) {
            Output pred = condition.toOutput(g, null, null, "pred");
            Operation decide = g.op("Switch").input(pred).input(pred).operation();
            Output pivotTrue = g.op("Identity").name("switch_t").input(decide.output(1)).output();
            Output pivotFalse = g.op("Identity").name("switch_f").input(decide.output(0)).output();
            Output id = g.op("Identity").name("pred_id").input(pred).output();
            for (Operation op : List.of(decide, pivotTrue.operation(), pivotFalse.operation(), id.operation())) {
                op.preventFetching();
            }
            CondContext contextTrue = new CondContext(g, id, pivotTrue, 1);
            List<Output> resultsTrue = build(contextTrue, whenTrue);
            CondContext contextFalse = new CondContext(g, id, pivotFalse, 0);
            List<Output> resultsFalse = build(contextFalse, whenFalse);
            if (resultsTrue.size() != resultsFalse.size()) {
                throw NnError.value("Incompatible return values of true_fn and false_fn: The two structures don't have the "
                        + "same number of elements. First structure has " + resultsTrue.size() + ", second structure has "
                        + resultsFalse.size());
            }
            if (resultsTrue.isEmpty()) {
                throw NnError.value("true_fn and false_fn must return at least one result.");
            }
            for (int i = 0; i < resultsTrue.size(); i++) {
                Output t = resultsTrue.get(i);
                Output f = resultsFalse.get(i);
                if (t.dtype() != f.dtype()) {
                    throw NnError.value("Outputs of true_fn and false_fn must have the same type: " + t.dtypeName() + ", "
                            + f.dtypeName());
                }
            }
            List<Output> merged = new ArrayList<>();
            for (int i = 0; i < resultsTrue.size(); i++) {
                merged.add(merge(g, resultsFalse.get(i), resultsTrue.get(i), null));
            }
            if (contextTrue.outer() == null) {
                g.addToCollection(GraphKeys.COND_CONTEXT, contextTrue);
                g.addToCollection(GraphKeys.COND_CONTEXT, contextFalse);
            }
            return merged;
        }
    }

    private static List<Output> build(CondContext context, Branch branch) {
        context.enter();
        try {
            List<Output> results = branch.build(context);
            context.exitResult(results);
            return results;
        } finally {
            context.exit();
        }
    }

    /** Whichever of two tensors is there; a RefMerge of two references. */
    static Output merge(Graph g, Output a, Output b, String name) {
        boolean references = a.isReference() && b.isReference();
        return g.op(references ? "RefMerge" : "Merge").name(name).inputs(List.of(a, b)).output();
    }

    /**
     * {@code tf.case}: the first action whose condition holds, or the default.
     *
     * @param defaultAction null: the last action, after assertions that its condition and no other holds
     * @param exclusive asserts that at most one condition holds
     */
    public static List<Output> caseOf(
            Graph g, List<Output> conditions, List<Branch> actions, Branch defaultAction, boolean exclusive, String name) {
        try (NameScope scope = g.nameScope(name == null ? "case" : name)) {
            List<Output> preds = conditions;
            List<Branch> branches = actions;
            Branch last = defaultAction;
            if (last == null) {
                int k = conditions.size() - 1;
                preds = conditions.subList(0, k);
                branches = actions.subList(0, k);
                last = defaultCase(g, conditions, actions.get(k), k);
            }
            if (!exclusive) {
                return chain(g, preds, branches, last, 0);
            }
            Operation check = assertAtMost(g, preds, 1, "Input error: exclusive=True");
            try (Graph.Block wait = g.controlDependencies(List.of(check))) {
                return chain(g, preds, branches, last, 0);
            }
        }
    }

    private static List<Output> chain(Graph g, List<Output> preds, List<Branch> actions, Branch last, int from) {
        Branch rest = from + 1 == preds.size()
                ? last
                : context -> chain(g, preds, actions, last, from + 1).stream().map(o -> context.result(o)).toList();
        return cond(g, preds.get(from), actions.get(from), rest, null);
    }

    private static Branch defaultCase(Graph g, List<Output> conditions, Branch action, int k) {
        return context -> {
            List<Operation> checks = new ArrayList<>();
            checks.add(assertAtMost(g, conditions.subList(0, k), 0, "Implementation error: selected default action #" + k
                    + " was called, but some of other predicates are True: "));
            Output all = g.op("Pack").name("preds_c").inputs(conditions).output();
            checks.add(assertTrue(g, conditions.get(k),
                    List.of(text(g, "Input error: None of conditions evaluated as True:"), all), null, null));
            try (Graph.Block wait = g.controlDependencies(checks)) {
                return action.build(context);
            }
        };
    }

    private static Operand text(Graph g, String s) {
        return Literal.of(NdArray.scalar(s.getBytes(StandardCharsets.UTF_8)));
    }

    private static Operation assertAtMost(Graph g, List<Output> preds, int n, String message) {
        Output all = g.op("Pack").name("preds_c").inputs(preds).output();
        Output count = MathOps.reduce(g, "Sum", MathOps.cast(g, all, DType.INT32, null), null, false, "num_true_conds");
        Output holds = g.op("LessEqual").input(count).input(g.constant(NdArray.scalar(n), "n_true_conds")).output();
        StringBuilder names = new StringBuilder();
        for (Output p : preds) {
            names.append(names.isEmpty() ? "" : ", ").append(p.name());
        }
        return assertTrue(g, holds,
                List.of(text(g, message + ": more than " + n + " conditions (" + names + ") evaluated as True:"), all),
                (long) preds.size(), null);
    }

    /**
     * {@code tf.Assert}: fails with the data unless the condition holds.
     *
     * @param summarize how many elements of each tensor the message shows; null for 3
     */
    public static Operation assertTrue(Graph g, Operand condition, List<? extends Operand> data, Long summarize, String name) {
        try (NameScope scope = g.nameScope(name == null ? "Assert" : name)) {
            List<Output> tensors = new ArrayList<>();
            boolean plain = true;
            for (Operand d : data) {
                if (!(d instanceof Output) && !(d instanceof Variable)) {
                    tensors.add(d.toOutput(g, null, null, "Const"));
                } else {
                    tensors.add(d.toOutput(g, null, null, ""));
                }
                DType t = tensors.get(tensors.size() - 1).dtype();
                plain &= t == DType.STRING || t == DType.INT32;
            }
            if (plain) {
                return check(g, condition, data, summarize);
            }
            Output pred = condition.toOutput(g, DType.BOOL, null, "Condition");
            return cond(g, pred,
                    c -> List.of(c.result(noOp(g, null))),
                    c -> List.of(c.result(check(g, pred, data, summarize))),
                    "AssertGuard").get(0).operation();
        }
    }

    private static Operation check(Graph g, Operand condition, List<? extends Operand> data, Long summarize) {
        return g.op("Assert").input(condition).inputs(data).attr("summarize", summarize == null ? 3L : summarize).operation();
    }

    /**
     * {@code tf.while_loop} over a flat list of tensors.
     *
     * @param condition from the loop variables to a boolean scalar
     * @param body from the loop variables to their next values
     * @param invariants the shape that each variable keeps, null for that of its first value
     */
    public static List<Output> whileLoop(
            Graph g,
            Function<List<Output>, ? extends Operand> condition,
            Function<List<Output>, List<Output>> body,
            List<Output> variables,
            List<Shape> invariants,
            LoopSettings settings,
            String name) {
        try (NameScope scope = g.nameScope(name == null ? "while" : name)) {
            return whileLoopHere(g, condition, body, variables, invariants, settings);
        }
    }

    /** As {@link #whileLoop}, in the scope that is open. */
    public static List<Output> whileLoopHere(
            Graph g,
            Function<List<Output>, ? extends Operand> condition,
            Function<List<Output>, List<Output>> body,
            List<Output> variables,
            List<Shape> invariants,
            LoopSettings settings) {
        if (variables.isEmpty()) {
            throw NnError.value("No loop variables provided");
        }
        if (settings.maximumIterations() == null) {
            WhileContext context = new WhileContext(g, settings, null, "while_context");
            if (context.outer() == null) {
                g.addToCollection(GraphKeys.WHILE_CONTEXT, context);
            }
            return context.build(condition, body, variables, invariants);
        }
        Output most = settings.maximumIterations().toOutput(g, null, null, "maximum_iterations");
        if (most.shape().hasRank() && most.shape().rank() != 0) {
            throw NnError.value("maximum_iterations must be a scalar, saw shape: " + most.shape());
        }
        Output counter = g.constant(NdArray.zeros(most.dtype()), "iteration_counter");
        List<Output> all = new ArrayList<>(List.of(counter));
        all.addAll(variables);
        List<Shape> shapes = null;
        if (invariants != null) {
            shapes = new ArrayList<>(List.of(Shape.scalar()));
            shapes.addAll(invariants);
        }
        Function<List<Output>, Operand> bounded = v -> {
            Output within = g.op("Less").input(v.get(0)).input(most).output();
            Operand wanted = condition.apply(v.subList(1, v.size()));
            return g.op("LogicalAnd").input(within).input(wanted).output();
        };
        Function<List<Output>, List<Output>> counting = v -> {
            List<Output> next = new ArrayList<>();
            next.add(MathOps.plus(g, v.get(0), Literal.of(1)));
            next.addAll(body.apply(v.subList(1, v.size())));
            return next;
        };
        WhileContext context = new WhileContext(g, settings, null, "while_context");
        if (context.outer() == null) {
            g.addToCollection(GraphKeys.WHILE_CONTEXT, context);
        }
        List<Output> results = context.build(bounded, counting, all, shapes);
        return results.subList(1, results.size());
    }

    /**
     * How a loop runs.
     *
     * @param maximumIterations at most so many; null for no limit
     */
    public record LoopSettings(Operand maximumIterations, int parallelIterations, boolean backProp, boolean swapMemory) {
        public static final LoopSettings DEFAULT = new LoopSettings(null, 10, true, false);
    }
}
