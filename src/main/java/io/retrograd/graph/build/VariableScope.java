package io.retrograd.graph.build;

import io.retrograd.tensor.DType;

/**
 * What variables made inside a {@code variable_scope} inherit: the first part of their names, whether existing ones
 * are reused, the default initializer and regularizer, the type. Initializer, regularizer and getter are null where
 * the scope has none.
 */
public final class VariableScope {
    /** Whether {@code get_variable} makes variables, finds them, or does either. */
    public enum Reuse {
        NONE,
        TRUE,
        AUTO
    }

    private final String name;
    private final String originalNameScope;
    private Reuse reuse;
    private Initializer initializer;
    private Regularizer regularizer;
    private Getter getter;
    private DType dtype;

    VariableScope(
            String name,
            String originalNameScope,
            Reuse reuse,
            Initializer initializer,
            Regularizer regularizer,
            Getter getter,
            DType dtype) {
        this.name = name;
        this.originalNameScope = originalNameScope;
        this.reuse = reuse;
        this.initializer = initializer;
        this.regularizer = regularizer;
        this.getter = getter;
        this.dtype = dtype;
    }

    /** The path of the scope, empty at the root. */
    public String name() {
        return name;
    }

    /** The name scope, with a slash at its end, that was opened with it first. */
    public String originalNameScope() {
        return originalNameScope;
    }

    public Reuse reuse() {
        return reuse;
    }

    public Initializer initializer() {
        return initializer;
    }

    public Regularizer regularizer() {
        return regularizer;
    }

    public Getter getter() {
        return getter;
    }

    public DType dtype() {
        return dtype;
    }

    /** {@code reuse_variables()}: from now on variables are found, not made. */
    public void reuseVariables() {
        reuse = Reuse.TRUE;
    }

    public void initializer(Initializer now) {
        initializer = now;
    }

    public void regularizer(Regularizer now) {
        regularizer = now;
    }

    public void getter(Getter now) {
        getter = now;
    }

    public void dtype(DType now) {
        dtype = now;
    }
}
