package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.VariableScope.Reuse;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The variables that a graph's {@code get_variable} knows, by name, and the {@code variable_scope} that it is in.
 * Names follow the variable scope and are never made unique; operations follow the name scope.
 */
public final class VariableScopes {
    private static final String KEY = "('__variable_scopes',)";

    private final Graph graph;
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private VariableScope current;

    private VariableScopes(Graph graph) {
        this.graph = graph;
        this.current = new VariableScope("", "", Reuse.NONE, null, null, null, DType.FLOAT32);
    }

    /** Those of the graph; made on first use. */
    public static VariableScopes of(Graph g) {
        var kept = g.collectionReference(KEY);
        if (kept.isEmpty()) {
            kept.add(new VariableScopes(g));
        }
        return (VariableScopes) kept.get(0);
    }

    /** Whether a collection's name is one that scripts know, not this class's own. */
    public static boolean isPublicCollection(String key) {
        return !key.equals(KEY);
    }

    public VariableScope current() {
        return current;
    }

    /** What a {@code with variable_scope(...)} says besides its name; null where it says nothing. */
    public record Options(Initializer initializer, Regularizer regularizer, Getter getter, Reuse reuse, DType dtype) {
        public static final Options NONE = new Options(null, null, null, null, null);

        public static Options reusing(Reuse reuse) {
            return new Options(null, null, null, reuse, null);
        }
    }

    /** An open variable scope; closing it goes back to the one around it. */
    public static final class Open implements AutoCloseable {
        private final VariableScopes scopes;
        private final VariableScope scope;
        private final NameScope nameScope;
        private final VariableScope before;
        private final Map<String, Integer> countsBefore;

        private Open(
                VariableScopes scopes,
                VariableScope scope,
                NameScope nameScope,
                VariableScope before,
                Map<String, Integer> countsBefore) {
            this.scopes = scopes;
            this.scope = scope;
            this.nameScope = nameScope;
            this.before = before;
            this.countsBefore = countsBefore;
        }

        public VariableScope scope() {
            return scope;
        }

        @Override
        public void close() {
            if (countsBefore != null) {
                scopes.counts().restore(countsBefore);
            } else {
                scopes.counts().closeBelow(scope.name());
            }
            scopes.current = before;
            if (nameScope != null) {
                nameScope.close();
            }
        }
    }

    /** {@code variable_scope(name)}: a scope below the current one, and a new name scope of that name. */
    public Open enter(String name, Options options) {
        return enter(name, options, true);
    }

    /** As {@link #enter(String, Options)}; without {@code newNameScope} the current name scope stays. */
    public Open enter(String name, Options options, boolean newNameScope) {
        NameScope names = !newNameScope ? reenterCurrent() : name.isEmpty() ? null : graph.nameScope(name);
        return push(name, names, options);
    }

    /** {@code variable_scope(None, default_name)}: the name is made unique among variable scopes too. */
    public Open enterUnique(String defaultName, Options options, boolean newNameScope) {
        if (options.reuse() != null && options.reuse() != Reuse.NONE) {
            throw NnError.value("reuse=True cannot be used without a name_or_scope");
        }
        NameScope names = newNameScope ? graph.nameScope(defaultName) : reenterCurrent();
        return push(unique(defaultName), names, options);
    }

    private NameScope reenterCurrent() {
        String now = graph.currentScope();
        return graph.nameScope(now.isEmpty() ? null : now + "/");
    }

    private Open push(String name, NameScope names, Options o) {
        VariableScope old = current;
        String path = old.name().isEmpty() ? name : old.name() + "/" + name;
        Reuse reuse = o.reuse() != null && o.reuse() != Reuse.NONE ? o.reuse() : old.reuse();
        VariableScope scope = new VariableScope(
                path,
                names == null ? name : names.path(),
                reuse,
                o.initializer() != null ? o.initializer() : old.initializer(),
                o.regularizer() != null ? o.regularizer() : old.regularizer(),
                chain(o.getter(), old.getter()),
                o.dtype() != null ? o.dtype() : old.dtype());
        counts().open(path);
        current = scope;
        return new Open(this, scope, names, old, null);
    }

    /** {@code variable_scope(scope)}: that scope again, in a new name scope. */
    public Open enter(VariableScope again, Options options, boolean newNameScope) {
        String last = again.name().substring(again.name().lastIndexOf('/') + 1);
        NameScope names = !newNameScope ? reenterCurrent() : last.isEmpty() ? null : graph.nameScope(last);
        return pushAgain(again, names, options);
    }

    private Open pushAgain(VariableScope again, NameScope names, Options o) {
        VariableScope old = current;
        VariableScope scope = new VariableScope(
                again.name(),
                again.originalNameScope(),
                o.reuse() != null && o.reuse() != Reuse.NONE ? o.reuse() : again.reuse(),
                o.initializer() != null ? o.initializer() : again.initializer(),
                o.regularizer() != null ? o.regularizer() : again.regularizer(),
                chain(o.getter(), again.getter()),
                o.dtype() != null ? o.dtype() : again.dtype());
        counts().open(again.name());
        Map<String, Integer> before = counts().copy();
        current = scope;
        return new Open(this, scope, names, old, before);
    }

    private static Getter chain(Getter inner, Getter outer) {
        if (inner == null) {
            return outer;
        }
        return outer == null ? inner : (request, next) -> inner.get(request, r -> outer.get(r, next));
    }

    /** The name, or the first of {@code name_1}, … that no variable scope below the current one bears. */
    public String unique(String name) {
        return counts().unique(current.name(), name);
    }

    private ScopeCounts counts() {
        return ScopeCounts.of(graph);
    }

    /** {@code tf.get_variable}. */
    Variable get(VariableRequest r) {
        VariableRequest full = new VariableRequest(current.name().isEmpty() ? r.name : current.name() + "/" + r.name);
        full.shape = r.shape;
        full.trainable = r.trainable;
        full.collections = r.collections;
        full.validateShape = r.validateShape;
        full.regularizer = r.regularizer != null ? r.regularizer : current.regularizer();
        full.reuse = r.reuse != null ? r.reuse : current.reuse();
        try (NameScope root = graph.nameScope(null)) {
            if (r.dtype != null && r.initializer != null && r.initializer.value() != null) {
                DType own = r.initializer.value().toOutput(graph, null, null, "Const").dtype();
                if (own != r.dtype) {
                    throw NnError.value("Initializer type '<dtype: '" + own.tfName() + "'>' and explicit dtype '<dtype: '"
                            + r.dtype.tfName() + "'>' don't match.");
                }
            }
            full.initializer = r.initializer != null ? r.initializer : current.initializer();
            full.dtype = r.dtype != null ? r.dtype : current.dtype();
            Getter getter = r.getter != null ? r.getter : current.getter();
            return getter == null ? findOrMake(full) : getter.get(full, this::findOrMake);
        }
    }

    private Variable findOrMake(VariableRequest r) {
        if (r.initializer != null && r.initializer.value() != null && r.shape != null) {
            throw NnError.value("If initializer is a constant, do not specify shape.");
        }
        Variable found = variables.get(r.name);
        if (found != null && graph.operation(found.operation().name()).orElse(null) != found.operation()) {
            // Undone since.
            variables.remove(r.name);
            found = null;
        }
        if (found != null) {
            return reuse(r, found);
        }
        if (r.reuse == Reuse.TRUE) {
            throw NnError.value("Variable " + r.name + " does not exist, or was not created with tf.get_variable(). Did you "
                    + "mean to set reuse=tf.AUTO_REUSE in VarScope?");
        }
        Variable made = make(r);
        variables.put(r.name, made);
        regularize(r, made);
        return made;
    }

    private static Variable reuse(VariableRequest r, Variable found) {
        if (r.reuse == Reuse.NONE) {
            Object origin = found.operation().origin();
            throw NnError.value("Variable " + r.name + " already exists, disallowed. Did you mean to set reuse=True or "
                    + "reuse=tf.AUTO_REUSE in VarScope?" + (origin == null ? "" : " Originally defined at:\n\n  " + origin));
        }
        Shape shape = r.shape == null ? Shape.unknown() : r.shape;
        if (!shape.isCompatibleWith(found.shape())) {
            throw NnError.value("Trying to share variable " + r.name + ", but specified shape " + shape + " and found shape "
                    + found.shape() + ".");
        }
        if (r.dtype != found.dtype()) {
            throw NnError.value("Trying to share variable " + r.name + ", but specified dtype " + r.dtype.tfName()
                    + " and found dtype " + found.reference().dtypeName() + ".");
        }
        return found;
    }

    private Variable make(VariableRequest r) {
        Initializer initializer = r.initializer != null ? r.initializer : defaultInitializer(r);
        Variables.Settings settings = new Variables.Settings(r.trainable, r.collections, r.validateShape, null);
        if (initializer.value() != null) {
            return Variables.create(graph, initializer.value(), null, r.name, settings);
        }
        if (r.shape != null && r.shape.isFullyDefined()) {
            return Variables.createFrom(
                    graph, () -> initializer.make(graph, r.shape, r.dtype), r.dtype, r.name, settings);
        }
        if (initializer.bringsShape()) {
            return Variables.createFrom(graph, () -> initializer.make(graph, null, null), null, r.name, settings);
        }
        throw NnError.value("The initializer passed is not valid. It should be a callable with no arguments and the shape "
                + "should not be provided or an instance of `tf.keras.initializers.*' and `shape` should be fully defined.");
    }

    private static Initializer defaultInitializer(VariableRequest r) {
        if (r.dtype.isFloating()) {
            return Initializers.glorotUniform(null);
        }
        if (r.dtype.isInteger() || r.dtype == DType.BOOL || r.dtype == DType.STRING) {
            return Initializers.zeros();
        }
        throw NnError.value("An initializer for variable " + r.name + " of <dtype: '" + r.dtype.tfName() + "'> is required");
    }

    private void regularize(VariableRequest r, Variable made) {
        if (r.regularizer == null) {
            return;
        }
        try (Graph.Block colocated = graph.colocateWith(made.operation());
                NameScope scope = graph.nameScope(r.name + "/Regularizer/");
                Graph.Block free = graph.clearControlDependencies()) {
            r.regularizer.apply(graph, made).ifPresent(loss -> graph.addToCollection(GraphKeys.REGULARIZATION_LOSSES, loss));
        }
    }
}
