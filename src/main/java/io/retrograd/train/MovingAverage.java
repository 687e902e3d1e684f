package io.retrograd.train;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.Variables;
import io.retrograd.tensor.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shadows of variables that follow them slowly: shadow -= (1 - decay) * (shadow - variable). Early on, where a
 * step count is given, they follow faster: decay is at most (1 + n) / (10 + n).
 */
public final class MovingAverage {
    /** The collection of the variables that have a shadow. */
    public static final String COLLECTION = "moving_average_variables";

    private final Operand decay;
    private final Operand updates;
    private final boolean zeroDebias;
    private final String name;
    private final Map<Object, Variable> shadows = new LinkedHashMap<>();

    /** @param updates the number of updates so far; null for none */
    public MovingAverage(Operand decay, Operand updates, boolean zeroDebias, String name) {
        this.decay = decay;
        this.updates = updates;
        this.zeroDebias = zeroDebias;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The operation that updates the shadows of these variables and tensors. */
    public Operation apply(Graph g, List<? extends Operand> followed) {
        for (Operand each : followed) {
            DType t = each instanceof Variable v ? v.dtype() : ((Output) each).dtype();
            if (!t.isFloating()) {
                throw NnError.type("The variables must be half, float, or double: "
                        + (each instanceof Variable v ? v.name() : ((Output) each).name()));
            }
            shadows.computeIfAbsent(each, k -> shadow(g, each));
        }
        try (NameScope scope = g.nameScope(name)) {
            Output rate = decay.toOutput(g, null, DType.FLOAT32, "decay");
            if (updates != null) {
                rate = early(g, rate);
            }
            List<Operation> all = new ArrayList<>();
            for (Operand each : followed) {
                all.add(update(g, shadows.get(each), each, rate));
            }
            return Optimizer.group(g, all, scope.path());
        }
    }

    private Variable shadow(Graph g, Operand each) {
        try (Graph.Block free = g.clearControlDependencies()) {
            if (each instanceof Variable v) {
                Output initial = Variables.initializedValue(g, v);
                Variable made = SlotVariables.of(v.reference(), name, initial);
                if (!g.collection(COLLECTION).contains(v)) {
                    g.addToCollection(COLLECTION, v);
                }
                return made;
            }
            Output t = (Output) each;
            return SlotVariables.filled(t, name, 0, "zeros", t.dtype());
        }
    }

    private Output early(Graph g, Output rate) {
        Output n = updates instanceof Output t && t.dtype() == DType.FLOAT32
                ? t
                : cast(g, updates);
        Output above = g.op("AddV2").name("add").attr("T", DType.FLOAT32).input(Literal.of(1)).input(n).output();
        Output below = g.op("AddV2").name("add").attr("T", DType.FLOAT32).input(Literal.of(10)).input(n).output();
        Output ratio = g.op("RealDiv").name("truediv").input(above).input(below).output();
        return g.op("Minimum").input(rate).input(ratio).output();
    }

    private static Output cast(Graph g, Operand updates) {
        try (NameScope scope = g.nameScope("num_updates")) {
            Output x = updates.toOutput(g, null, null, "x");
            return x.dtype() == DType.FLOAT32
                    ? x
                    : g.op("Cast").name(scope.path()).input(x).attr("DstT", DType.FLOAT32).output();
        }
    }

    private Operation update(Graph g, Variable shadow, Operand followed, Output rate) {
        try (NameScope scope = g.nameScope("AssignMovingAvg");
                Graph.Block colocated = g.colocateWith(shadow.operation())) {
            Output share = g.op("Sub").name("sub").attr("T", rate.dtype()).input(Literal.of(1)).input(rate).output();
            if (share.dtype() != shadow.dtype()) {
                share = g.op("Cast").input(share).attr("DstT", shadow.dtype()).output();
            }
            if (zeroDebias && !(followed instanceof Variable)) {
                return debiased(g, shadow, (Output) followed, share, scope);
            }
            Output off = g.op("Sub").name("sub").input(shadow.snapshot()).input(followed).output();
            Output delta = g.op("Mul").name("mul").input(off).input(share).output();
            return g.op("AssignSub").name(scope.path()).input(shadow).input(delta).operation();
        }
    }

    /** For shadows that start at zero: the average is divided by the weight that it has gathered so far. */
    private static Operation debiased(Graph g, Variable shadow, Output value, Output share, NameScope scope) {
        Variable biased = SlotVariables.filled(shadow.reference(), "biased", 0, "zeros", shadow.dtype());
        Variable steps = Variables.create(
                g, Literal.of(0.0), shadow.dtype(), shadow.operation().name() + "/local_step", Variables.Settings.FIXED);
        Output off = g.op("Sub").name("sub").input(biased.snapshot()).input(value).output();
        Output delta = g.op("Mul").name("mul").input(off).input(share).output();
        Output moved = g.op("AssignSub").input(biased).input(delta).output();
        Output step = g.op("AssignAdd").input(steps).attr("T", shadow.dtype()).input(Literal.of(1.0)).output();
        Arithmetic a = new Arithmetic(g, shadow.dtype());
        Output kept = a.minus(1, share);
        Output weight = a.minus(1, g.op("Pow").input(kept).input(step).output());
        Output average = a.div(moved, weight);
        return g.op("Assign").name(scope.path()).input(shadow).input(average).operation();
    }

    /** The shadow of a variable or tensor; null if it has none. */
    public Variable average(Operand followed) {
        return shadows.get(followed);
    }

    /** The name under which the variable's shadow is or would be saved. */
    public String averageName(Operand followed) {
        Variable shadow = shadows.get(followed);
        if (shadow != null) {
            return shadow.operation().name();
        }
        Operation op = followed instanceof Variable v ? v.operation() : ((Output) followed).operation();
        try (NameScope root = op.graph().nameScope(null)) {
            return op.graph().uniqueName(op.name() + "/" + name, false);
        }
    }

    /**
     * What to restore so that the variables get their shadows' values: the given ones (default: trainable and
     * averaged) by the shadows' names, all other global variables by their own.
     */
    public Map<String, Variable> variablesToRestore(Graph g, List<Variable> averaged) {
        Map<String, Variable> map = new LinkedHashMap<>();
        List<Variable> moving = new ArrayList<>();
        if (averaged == null) {
            for (String key : List.of("trainable_variables", COLLECTION)) {
                for (Object v : g.collection(key)) {
                    if (!moving.contains(v)) {
                        moving.add((Variable) v);
                    }
                }
            }
        } else {
            moving.addAll(averaged);
        }
        for (Variable v : moving) {
            map.put(averageName(v), v);
        }
        for (Object o : g.collection("variables")) {
            Variable v = (Variable) o;
            if (!moving.contains(v)) {
                map.put(v.operation().name(), v);
            }
        }
        return map;
    }
}
