package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.VariableScope.Reuse;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A layer of {@code tf.layers}: makes its variables when it is first called, in a variable scope of its own, and uses
 * them again at later calls.
 */
public abstract class Layer {
    /** How a layer is named and whether its variables are trained and shared. */
    public static final class Options {
        final String name;
        final boolean fixedScope;
        final boolean trainable;
        final Reuse reuse;
        final VariableScope scope;
        final UnaryOperator<String> weightNames;

        private Options(String name, boolean fixedScope, boolean trainable, Reuse reuse) {
            this(name, fixedScope, trainable, reuse, null, n -> n);
        }

        private Options(
                String name, boolean fixedScope, boolean trainable, Reuse reuse, VariableScope scope,
                UnaryOperator<String> weightNames) {
            this.scope = scope;
            this.weightNames = weightNames;
            this.name = name;
            this.fixedScope = fixedScope;
            this.trainable = trainable;
            this.reuse = reuse == null ? Reuse.NONE : reuse;
        }

        /** Of a function such as {@code tf.layers.dense}: a name given is the scope, whether taken before or not. */
        public static Options ofFunction(String name, boolean trainable, Reuse reuse) {
            return new Options(name, name != null, trainable, reuse);
        }

        /** Of a layer that lies in an open scope and calls its variables otherwise, as those of contrib do. */
        public static Options inScope(
                VariableScope scope, boolean trainable, Reuse reuse, UnaryOperator<String> weightNames) {
            return new Options(scope.name(), true, trainable, reuse, scope, weightNames);
        }

        /** Of an object such as {@code tf.layers.Dense}: a name is made unique. */
        public static Options ofObject(String name, boolean trainable, Reuse reuse) {
            return new Options(name, false, trainable, reuse);
        }
    }

    private final Options options;
    private final String baseName;
    private final String name;
    private VariableScope scope;
    private boolean built;
    private DType dtype;
    private Graph graph;
    private final List<Variable> weights = new ArrayList<>();
    private final List<Operation> updates = new ArrayList<>();
    private final List<Output> losses = new ArrayList<>();

    /** @param kind the class's name in snake case: {@code dense} */
    protected Layer(Graph g, String kind, Options options) {
        this.options = options;
        this.baseName = options.name == null ? kind : options.name;
        this.name = options.name == null ? uniqueName(g, kind) : options.name;
        if (options.fixedScope) {
            VariableScopes scopes = VariableScopes.of(g);
            try (VariableScopes.Open open = options.scope == null
                    ? scopes.enter(options.name, VariableScopes.Options.NONE)
                    : scopes.enter(options.scope, VariableScopes.Options.NONE, true)) {
                scope = open.scope();
            }
        }
    }

    private record NameCount(String base) {}

    /** Numbers the unnamed layers of each kind in a graph, from 1. */
    private static String uniqueName(Graph g, String base) {
        int number = (Integer) g.cache().merge(new NameCount(base), 1, (a, b) -> (Integer) a + (Integer) b);
        return base + "_" + number;
    }

    /** Makes the variables, given the static shape of the input. */
    protected abstract void build(Graph g, Shape input);

    /** Makes the operations of one call. */
    protected abstract Output call(Graph g, Output input);

    /** Calls the layer. */
    public final Output apply(Graph g, Output input) {
        return within(g, input, () -> call(g, input));
    }

    /** Runs a call in the layer's scopes, after its variables were made. */
    protected final <T> T within(Graph g, Output input, Supplier<T> call) {
        graph = g;
        setScope(g);
        Reuse reuse = built ? Reuse.TRUE : options.reuse;
        VariableScopes.Options o = VariableScopes.Options.reusing(reuse);
        try (VariableScopes.Open open = VariableScopes.of(g).enter(scope, o, false)) {
            check(input);
            try (NameScope names = g.nameScope(open.scope().originalNameScope())) {
                if (!built) {
                    dtype = input.dtype();
                    build(g, input.shape());
                    built = true;
                }
                return call.get();
            }
        } finally {
            List<Object> collection = g.collectionReference(GraphKeys.UPDATE_OPS);
            for (Operation update : updates) {
                if (!collection.contains(update)) {
                    collection.add(update);
                }
            }
        }
    }

    private void setScope(Graph g) {
        if (scope != null) {
            return;
        }
        VariableScopes scopes = VariableScopes.of(g);
        try (VariableScopes.Open open = options.reuse != Reuse.NONE
                ? scopes.enter(baseName, VariableScopes.Options.NONE)
                : scopes.enterUnique(baseName, VariableScopes.Options.NONE, true)) {
            scope = open.scope();
        }
    }

    /** Refuses inputs that the layer cannot take. */
    protected void check(Output input) {}

    /** The input must have that rank, or at least that rank. */
    protected final void requireRank(Output input, int rank, boolean atLeast) {
        Shape s = input.shape();
        if (!s.hasRank()) {
            throw NnError.value("Input 0 of layer " + name + " is incompatible with the layer: its rank is undefined, but the "
                    + "layer requires a defined rank.");
        }
        if (atLeast ? s.rank() < rank : s.rank() != rank) {
            throw NnError.value("Input 0 of layer " + name + " is incompatible with the layer: "
                    + (atLeast ? ": expected min_ndim=" : "expected ndim=") + rank + ", found ndim=" + s.rank()
                    + ". Full shape received: " + list(s));
        }
    }

    /** Dimension {@code axis} of the input must be of that size, if it is known. */
    protected final void requireSize(Output input, int axis, int size) {
        int found = input.shape().dim(axis);
        if (size >= 0 && found >= 0 && found != size) {
            throw NnError.value("Input 0 of layer " + name + " is incompatible with the layer: expected axis " + axis
                    + " of input shape to have value " + size + " but received input with shape " + list(input.shape()));
        }
    }

    private static String list(Shape s) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < s.rank(); i++) {
            text.append(i == 0 ? "" : ", ").append(s.dim(i) < 0 ? "None" : String.valueOf(s.dim(i)));
        }
        return text.append("]").toString();
    }

    /** Makes or finds one of the layer's variables; the regularizer counts once, where the variable is new. */
    protected final Variable weight(
            Graph g, String weightName, Shape shape, Initializer initializer, Regularizer regularizer, boolean train) {
        List<Variable> before = Variables.global(g);
        Reuse reuse = built ? Reuse.TRUE : options.reuse;
        VariableScopes.Options o = VariableScopes.Options.reusing(reuse);
        try (VariableScopes.Open open = VariableScopes.of(g).enter(scope, o, false);
                NameScope names = g.nameScope(open.scope().originalNameScope())) {
            Initializer first = initializer != null ? initializer : open.scope().initializer();
            Variable v = new VariableRequest(options.weightNames.apply(weightName))
                    .shape(shape)
                    .dtype(dtype)
                    .initializer(first != null ? first : dtype.isFloating() ? Initializers.glorotUniform(null) : Initializers.zeros())
                    .trainable(train && options.trainable)
                    .get(g);
            weights.add(v);
            if (regularizer != null && !before.contains(v)) {
                try (NameScope inner = g.nameScope(weightName + "/Regularizer")) {
                    regularizer.apply(g, v).ifPresent(loss -> {
                        losses.add(loss);
                        g.addToCollection(GraphKeys.REGULARIZATION_LOSSES, loss);
                    });
                }
            }
            return v;
        }
    }

    /** An operation that has to run in training, such as one that moves an average. */
    protected final void addUpdate(Operation update) {
        updates.add(update);
    }

    static Output activate(UnaryOperator<Output> activation, Output x) {
        return activation == null ? x : activation.apply(x);
    }

    /** The name by which errors call the layer. */
    public final String name() {
        return name;
    }

    /** The variable scope; ValueError before the first call. */
    public final String scopeName() {
        if (scope == null) {
            throw NnError.value("No name available for layer scope because the layer \"" + name + "\" has not been used yet. The "
                    + "scope name  is determined the first time the layer instance is called. You must therefore call the layer "
                    + "before querying `scope_name`.");
        }
        return scope.name();
    }

    public final boolean isBuilt() {
        return built;
    }

    public final DType dtype() {
        return dtype;
    }

    public List<Variable> variables() {
        return List.copyOf(weights);
    }

    public final List<Variable> trainableVariables() {
        List<Variable> trained = new ArrayList<>();
        for (Variable v : variables()) {
            if (v.trainable() && Variables.trainable(graph).contains(v)) {
                trained.add(v);
            }
        }
        return trained;
    }

    public final List<Operation> updates() {
        return List.copyOf(updates);
    }

    public final List<Output> losses() {
        return List.copyOf(losses);
    }
}
