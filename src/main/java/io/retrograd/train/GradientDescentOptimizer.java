package io.retrograd.train;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;

/** Plain gradient descent: w -= learning_rate * gradient. */
public final class GradientDescentOptimizer extends Optimizer {
    private final Operand learningRate;
    private Output rate;

    public GradientDescentOptimizer(Operand learningRate, boolean locking, String name) {
        super(name, locking);
        this.learningRate = learningRate;
    }

    @Override
    protected void prepare(Graph g) {
        rate = hyperparameter(g, learningRate, "learning_rate");
    }

    @Override
    protected Operation applyDense(Graph g, Output gradient, Variable v) {
        return update(g, "ApplyGradientDescent").input(v).input(as(g, rate, v.dtype())).input(gradient).operation();
    }

    /** Subtracting rows one by one sums duplicates by itself. */
    @Override
    protected Operation applySparseDuplicates(Graph g, Output values, Output indices, Variable v) {
        Output delta = g.op("Mul").name("mul").input(values).input(as(g, rate, v.dtype())).output();
        return update(g, "ScatterSub").input(v).input(indices).input(delta).operation();
    }

    @Override
    protected Operation applySparse(Graph g, Output values, Output indices, Variable v) {
        return applySparseDuplicates(g, values, indices, v);
    }
}
