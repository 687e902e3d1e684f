package io.retrograd.graph.build;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Variable;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.List;

/**
 * One call of {@code get_variable}, with the arguments that were given; the rest comes from the scope.
 * {@code new VariableRequest("kernel").shape(s).get(graph)}.
 */
public final class VariableRequest {
    String name;
    Shape shape;
    DType dtype;
    Initializer initializer;
    Regularizer regularizer;
    VariableScope.Reuse reuse;
    boolean trainable = true;
    List<String> collections;
    boolean validateShape = true;
    Getter getter;

    public VariableRequest(String name) {
        this.name = name;
    }

    public VariableRequest shape(Shape s) {
        shape = s;
        return this;
    }

    public VariableRequest shape(int... dims) {
        shape = Shape.of(dims);
        return this;
    }

    public VariableRequest dtype(DType t) {
        dtype = t;
        return this;
    }

    public VariableRequest initializer(Initializer i) {
        initializer = i;
        return this;
    }

    public VariableRequest regularizer(Regularizer r) {
        regularizer = r;
        return this;
    }

    /** Overrides the scope's reuse. */
    public VariableRequest reuse(VariableScope.Reuse r) {
        reuse = r;
        return this;
    }

    public VariableRequest trainable(boolean t) {
        trainable = t;
        return this;
    }

    public VariableRequest collections(List<String> c) {
        collections = c;
        return this;
    }

    public VariableRequest validateShape(boolean v) {
        validateShape = v;
        return this;
    }

    public VariableRequest getter(Getter g) {
        getter = g;
        return this;
    }

    public String name() {
        return name;
    }

    public Shape shape() {
        return shape;
    }

    public DType dtype() {
        return dtype;
    }

    public Initializer initializer() {
        return initializer;
    }

    public Regularizer regularizer() {
        return regularizer;
    }

    public boolean trainable() {
        return trainable;
    }

    public List<String> collections() {
        return collections;
    }

    /** Finds or makes the variable in the graph's current variable scope. */
    public Variable get(Graph g) {
        return VariableScopes.of(g).get(this);
    }
}
