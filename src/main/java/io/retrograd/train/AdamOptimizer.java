package io.retrograd.train;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.Variables;
import io.retrograd.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/** Adam (Kingma and Ba 2015). The powers of the betas are two variables that are multiplied after all updates. */
public final class AdamOptimizer extends Optimizer {
    private final Operand learningRate;
    private final Operand beta1;
    private final Operand beta2;
    private final Operand epsilon;
    private final double beta1Start;
    private final double beta2Start;
    private Variable beta1Power;
    private Variable beta2Power;
    private Output rate;
    private Output b1;
    private Output b2;
    private Output eps;

    /** The starts are the betas as numbers: what their powers begin with. */
    public AdamOptimizer(
            Operand learningRate,
            Operand beta1,
            Operand beta2,
            Operand epsilon,
            double beta1Start,
            double beta2Start,
            boolean locking,
            String name) {
        super(name, locking);
        this.learningRate = learningRate;
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.beta1Start = beta1Start;
        this.beta2Start = beta2Start;
    }

    @Override
    protected void createSlots(Graph g, List<Variable> variables) {
        if (beta1Power == null || beta1Power.graph() != g) {
            Variable first = variables.stream().min((a, b) -> a.name().compareTo(b.name())).orElseThrow();
            beta1Power = power(g, "beta1_power", beta1Start, first);
            beta2Power = power(g, "beta2_power", beta2Start, first);
        }
        for (Variable v : variables) {
            zerosSlot(v, "m");
            zerosSlot(v, "v");
        }
    }

    private static Variable power(Graph g, String name, double start, Variable first) {
        try (Graph.Block colocated = g.colocateWith(first.operation())) {
            return Variables.create(
                    g, Literal.of(start), DType.FLOAT32, name, Variables.Settings.FIXED);
        }
    }

    /** The powers of beta1 and beta2, once slots were made. */
    public List<Variable> powers() {
        return beta1Power == null ? List.of() : List.of(beta1Power, beta2Power);
    }

    @Override
    public List<Variable> variables() {
        List<Variable> all = new ArrayList<>(super.variables());
        all.addAll(powers());
        all.sort((a, b) -> a.name().compareTo(b.name()));
        return all;
    }

    @Override
    protected void prepare(Graph g) {
        rate = hyperparameter(g, learningRate, "learning_rate");
        b1 = hyperparameter(g, beta1, "beta1");
        b2 = hyperparameter(g, beta2, "beta2");
        eps = hyperparameter(g, epsilon, "epsilon");
    }

    @Override
    protected Operation applyDense(Graph g, Output gradient, Variable v) {
        return update(g, "ApplyAdam")
                .input(v)
                .input(slot(v, "m"))
                .input(slot(v, "v"))
                .input(as(g, beta1Power.snapshot(), v.dtype()))
                .input(as(g, beta2Power.snapshot(), v.dtype()))
                .input(as(g, rate, v.dtype()))
                .input(as(g, b1, v.dtype()))
                .input(as(g, b2, v.dtype()))
                .input(as(g, eps, v.dtype()))
                .input(gradient)
                .operation();
    }

    /** Adam for rows: the slots decay everywhere, only the named rows get a new share. */
    @Override
    protected Operation applySparse(Graph g, Output values, Output indices, Variable v) {
        Output b1p = as(g, beta1Power.snapshot(), v.dtype());
        Output b2p = as(g, beta2Power.snapshot(), v.dtype());
        Output lr = as(g, rate, v.dtype());
        Output c1 = as(g, b1, v.dtype());
        Output c2 = as(g, b2, v.dtype());
        Output e = as(g, eps, v.dtype());
        Arithmetic a = new Arithmetic(g, v.dtype());
        Output factor = a.div(a.mul(lr, a.op("Sqrt", a.minus(1, b2p))), a.minus(1, b1p));
        Variable m = slot(v, "m");
        Variable s = slot(v, "v");
        Output scaled = a.mul(values, a.minus(1, c1));
        Output m2 = assign(g, m, a.mul(m.snapshot(), c1));
        try (Graph.Block after = g.controlDependencies(List.of(m2.operation()))) {
            m2 = scatter(g, m, indices, scaled);
        }
        Output squares = a.mul(a.mul(values, values), a.minus(1, c2));
        Output v2 = assign(g, s, a.mul(s.snapshot(), c2));
        try (Graph.Block after = g.controlDependencies(List.of(v2.operation()))) {
            v2 = scatter(g, s, indices, squares);
        }
        Output root = a.op("Sqrt", v2);
        Output step = a.div(a.mul(factor, m2), a.add(root, e));
        Operation moved = update(g, "AssignSub").input(v).input(step).operation();
        return group(g, List.of(moved, m2.operation(), v2.operation()), "group_deps");
    }

    private Output assign(Graph g, Variable target, Output value) {
        return update(g, "Assign").input(target).input(value).output();
    }

    private Output scatter(Graph g, Variable target, Output indices, Output rows) {
        return update(g, "ScatterAdd").input(target).input(indices).input(rows).output();
    }

    @Override
    protected Operation finish(Graph g, List<Operation> updates, String name) {
        List<Operation> all = new ArrayList<>(updates);
        try (Graph.Block after = g.controlDependencies(updates);
                Graph.Block colocated = g.colocateWith(beta1Power.operation())) {
            Output next1 = g.op("Mul").name("mul").input(beta1Power.snapshot()).input(b1).output();
            all.add(update(g, "Assign").input(beta1Power).input(next1).operation());
            Output next2 = g.op("Mul").name("mul").input(beta2Power.snapshot()).input(b2).output();
            all.add(update(g, "Assign").input(beta2Power).input(next2).operation());
        }
        return group(g, all, name);
    }
}
