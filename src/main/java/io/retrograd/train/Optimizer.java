package io.retrograd.train;

import io.retrograd.error.NnError;
import io.retrograd.gradient.GradientOptions;
import io.retrograd.gradient.Gradients;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.ControlFlow;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What all optimizers share: the gradients of a loss, slots beside each variable, and the operation that applies
 * one step. A rule adds its slots, its hyperparameters and the operation for one variable.
 */
public abstract class Optimizer {
    /** How gradients wait for each other: not at all, per operation (the default), or all for all. */
    public enum Gate {
        NONE,
        OP,
        GRAPH
    }

    /** A variable and its gradient; null where the loss does not depend on it. */
    public record GradientAndVariable(Gradient gradient, Variable variable) {}

    /** What {@code minimize} and {@code compute_gradients} can be told. */
    public record Options(Gate gate, boolean colocate, Operand gradientOfLoss) {
        public static final Options DEFAULT = new Options(Gate.OP, false, null);
    }

    private final String name;
    private final boolean locking;
    private final Map<String, Map<Variable, Variable>> slots = new LinkedHashMap<>();

    protected Optimizer(String name, boolean locking) {
        if (name == null || name.isEmpty()) {
            throw NnError.value("Must specify the optimizer name");
        }
        this.name = name;
        this.locking = locking;
    }

    /** The name given when it was made; slots are called by it. */
    public final String name() {
        return name;
    }

    /** Makes the slots for these variables. */
    protected void createSlots(Graph g, List<Variable> variables) {}

    /** Makes the constants of the hyperparameters, in the step's scope. */
    protected abstract void prepare(Graph g);

    /** The operation that changes one variable. */
    protected abstract Operation applyDense(Graph g, Output gradient, Variable v);

    /** The same for rows; indices are distinct. */
    protected abstract Operation applySparse(Graph g, Output values, Output indices, Variable v);

    /** Rows that may be named more than once; most rules sum them up first. */
    protected Operation applySparseDuplicates(Graph g, Output values, Output indices, Variable v) {
        Operation unique = g.op("Unique").input(indices).operation();
        Output distinct = unique.output(0);
        Output shape = g.op("Shape").input(distinct).output();
        Output count = g.op("StridedSlice")
                .name("strided_slice")
                .input(shape)
                .input(g.constant(NdArray.of(new int[] {0}, 1), "strided_slice/stack"))
                .input(g.constant(NdArray.of(new int[] {1}, 1), "strided_slice/stack_1"))
                .input(g.constant(NdArray.of(new int[] {1}, 1), "strided_slice/stack_2"))
                .attr("shrink_axis_mask", 1L)
                .output();
        Output summed = g.op("UnsortedSegmentSum").input(values).input(unique.output(1)).input(count).output();
        return applySparse(g, summed, distinct, v);
    }

    /** What has to happen after all updates; answers the operation of that name that completes the step. */
    protected Operation finish(Graph g, List<Operation> updates, String name) {
        return group(g, updates, name);
    }

    protected static Operation group(Graph g, List<Operation> operations, String name) {
        try (Graph.Block after = g.controlDependencies(operations)) {
            return g.op("NoOp").name(name).operation();
        }
    }

    /** The gradients of the loss for each variable, in their order. */
    public final List<GradientAndVariable> computeGradients(Output loss, List<Variable> variables, Options options) {
        if (!loss.dtype().isFloating()) {
            throw NnError.value("Invalid type tf." + loss.dtype().tfName() + " for " + loss.name()
                    + ", expected: [tf.float32, tf.float64, tf.float16, tf.bfloat16].");
        }
        if (variables.isEmpty()) {
            throw NnError.value("No variables to optimize.");
        }
        Graph g = loss.graph();
        GradientOptions how = GradientOptions.standard();
        if (options.gate() == Gate.OP) {
            how = how.gated();
        }
        if (options.gradientOfLoss() != null) {
            how = how.from(List.of(options.gradientOfLoss().toOutput(g, loss.dtype(), null, "grad_ys_0")));
        }
        List<Gradient> gradients = Gradients.gradients(g, List.of(loss), variables, how);
        if (options.gate() == Gate.GRAPH) {
            gradients = allTogether(g, gradients);
        }
        List<GradientAndVariable> pairs = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            pairs.add(new GradientAndVariable(gradients.get(i), variables.get(i)));
        }
        return pairs;
    }

    /** Gradients that are there only when all of them have been computed. */
    private static List<Gradient> allTogether(Graph g, List<Gradient> gradients) {
        List<Output> dense = new ArrayList<>();
        for (Gradient each : gradients) {
            if (each != null) {
                dense.add(GradientContext.dense(g, each));
            }
        }
        List<Output> waiting = ControlFlow.tuple(g, dense, List.of(), null);
        List<Gradient> all = new ArrayList<>();
        int next = 0;
        for (Gradient each : gradients) {
            all.add(each == null ? null : waiting.get(next++));
        }
        return all;
    }

    /**
     * One step: {@code compute_gradients} and {@code apply_gradients}.
     *
     * @param globalStep counted up after the updates; null for none
     * @param stepName the step's name; null for the optimizer's
     */
    public final Operation minimize(
            Output loss, Variable globalStep, List<Variable> variables, Options options, String stepName) {
        List<GradientAndVariable> pairs = computeGradients(loss, variables, options);
        boolean any = false;
        List<String> names = new ArrayList<>();
        for (GradientAndVariable p : pairs) {
            any |= p.gradient() != null;
            names.add("\"" + p.variable() + "\"");
        }
        if (!any) {
            throw NnError.value("No gradients provided for any variable, check your graph for ops that do not support "
                            + "gradients, between variables [" + String.join(", ", names) + "] and loss " + loss + ".")
                    .help("the loss does not depend on any of these variables through differentiable operations");
        }
        return applyGradients(loss.graph(), pairs, globalStep, stepName);
    }

    /** The operation that applies these gradients. */
    public Operation applyGradients(
            Graph g, List<GradientAndVariable> pairs, Variable globalStep, String stepName) {
        if (pairs.isEmpty()) {
            throw NnError.value("No variables provided.");
        }
        List<GradientAndVariable> used = new ArrayList<>();
        List<Variable> variables = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (GradientAndVariable p : pairs) {
            names.add("\"" + p.variable() + "\"");
            if (p.gradient() != null) {
                used.add(p);
                variables.add(p.variable());
            }
        }
        if (used.isEmpty()) {
            throw NnError.value("No gradients provided for any variable: [" + String.join(", ", names) + "].");
        }
        try (Graph.Block free = g.clearControlDependencies()) {
            createSlots(g, variables);
        }
        List<Operation> updates = new ArrayList<>();
        Operation step;
        try (NameScope scope = g.nameScope(stepName == null ? name : stepName)) {
            prepare(g);
            for (GradientAndVariable p : used) {
                Variable v = p.variable();
                try (NameScope update = g.nameScope("update_" + v.operation().name());
                        Graph.Block colocated = g.colocateWith(v.operation())) {
                    updates.add(p.gradient() instanceof IndexedSlices rows
                            ? applySparseDuplicates(g, rows.values(), rows.indices(), v)
                            : applyDense(g, (Output) p.gradient(), v));
                }
            }
            if (globalStep == null) {
                step = finish(g, updates, scope.path());
            } else {
                Operation updated = finish(g, updates, "update");
                try (Graph.Block after = g.controlDependencies(List.of(updated));
                        Graph.Block colocated = g.colocateWith(globalStep.operation())) {
                    Output one = Literal.of(1).toOutput(g, globalStep.dtype(), null, "value");
                    step = g.op("AssignAdd").name(scope.path()).input(globalStep).input(one).operation();
                }
            }
        }
        List<Object> trainOps = g.collectionReference("train_op");
        if (!trainOps.contains(step)) {
            trainOps.add(step);
        }
        return step;
    }

    // Slots

    /** The variable that this optimizer keeps under that name beside v; null if there is none. */
    public final Variable slot(Variable v, String slot) {
        return slots.getOrDefault(slot, Map.of()).get(v);
    }

    /** The names of its slots, sorted. */
    public final List<String> slotNames() {
        return new ArrayList<>(new TreeSet<>(slots.keySet()));
    }

    /** All variables that it made. */
    public List<Variable> variables() {
        List<Variable> all = new ArrayList<>();
        for (Map<Variable, Variable> each : slots.values()) {
            all.addAll(each.values());
        }
        all.sort((a, b) -> a.name().compareTo(b.name()));
        return all;
    }

    /** A slot that starts with zeros; an old one is kept. */
    protected final void zerosSlot(Variable v, String slot) {
        filledSlot(v, slot, 0, "zeros");
    }

    /** A slot that starts with one value everywhere. */
    protected final void filledSlot(Variable v, String slot, double value, String initializer) {
        slots.computeIfAbsent(slot, k -> new LinkedHashMap<>())
                .computeIfAbsent(v, k -> SlotVariables.filled(v.reference(), name, value, initializer, v.dtype()));
    }

    /** A slot that starts with a constant made at the top level, as the oldest optimizers do. */
    protected final void constantSlot(Variable v, String slot, double value) {
        slots.computeIfAbsent(slot, k -> new LinkedHashMap<>()).computeIfAbsent(v, k -> {
            Graph g = v.graph();
            try (Graph.Block colocated = g.colocateWith(v.operation())) {
                Output initial = g.constant(
                        NdArray.full(v.dtype(), value, v.shape().toInts()), "Const");
                return SlotVariables.of(v.reference(), name, initial);
            }
        });
    }

    // Building an update

    /** A hyperparameter as a tensor: numbers become a constant of that name in the step's scope. */
    protected static Output hyperparameter(Graph g, Operand value, String name) {
        return value.toOutput(g, null, null, name);
    }

    /** The hyperparameter in the variable's type. */
    protected static Output as(Graph g, Output hyperparameter, DType dtype) {
        return hyperparameter.dtype() == dtype
                ? hyperparameter
                : g.op("Cast").input(hyperparameter).attr("DstT", dtype).output();
    }

    /** Starts the update operation of that type. */
    protected final OpCall update(Graph g, String type) {
        return g.op(type).attr("use_locking", locking);
    }
}
