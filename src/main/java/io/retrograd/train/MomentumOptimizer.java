package io.retrograd.train;

import io.retrograd.graph.Graph;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import java.util.List;

/** Gradient descent with momentum (Polyak 1964), or with Nesterov's look ahead (Sutskever et al. 2013). */
public final class MomentumOptimizer extends Optimizer {
    private final Operand learningRate;
    private final Operand momentum;
    private final boolean nesterov;
    private Output rate;
    private Output inertia;

    public MomentumOptimizer(Operand learningRate, Operand momentum, boolean locking, String name, boolean nesterov) {
        super(name, locking);
        this.learningRate = learningRate;
        this.momentum = momentum;
        this.nesterov = nesterov;
    }

    @Override
    protected void createSlots(Graph g, List<Variable> variables) {
        variables.forEach(v -> zerosSlot(v, "momentum"));
    }

    @Override
    protected void prepare(Graph g) {
        rate = hyperparameter(g, learningRate, "learning_rate");
        inertia = hyperparameter(g, momentum, "momentum");
    }

    private OpCall start(Graph g, String type, Variable v) {
        return update(g, type).input(v).input(slot(v, "momentum")).input(as(g, rate, v.dtype()))
                .attr("use_nesterov", nesterov);
    }

    @Override
    protected Operation applyDense(Graph g, Output gradient, Variable v) {
        return start(g, "ApplyMomentum", v).input(gradient).input(as(g, inertia, v.dtype())).operation();
    }

    @Override
    protected Operation applySparse(Graph g, Output values, Output indices, Variable v) {
        return start(g, "SparseApplyMomentum", v).input(values).input(indices).input(as(g, inertia, v.dtype())).operation();
    }
}
