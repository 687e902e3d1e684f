package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.GraphKeys;
import io.retrograd.graph.build.Initializer;
import io.retrograd.graph.build.VariableScope;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.regex.Pattern;

/** {@code tf.VariableScope}: what {@code with tf.variable_scope(...) as scope} binds. */
final class VariableScopeValue implements Value {
    static final TypeValue TYPE =
            TypeValue.opaque("tensorflow.python.ops.variable_scope", "VariableScope", VariableScopeValueTable.TABLE);

    private final Graph graph;
    private final VariableScope scope;

    VariableScopeValue(Graph graph, VariableScope scope) {
        this.graph = graph;
        this.scope = scope;
    }

    VariableScope scope() {
        return scope;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean sameAs(Object other) {
        return other instanceof VariableScopeValue s && s.scope == scope;
    }

    @Builtin(value = "name", property = true, doc = "The scope's full name.")
    static String name(Machine m, VariableScopeValue self) {
        return self.scope.name();
    }

    @Builtin(value = "original_name_scope", property = true, doc = "The name scope that was opened with it first.")
    static String originalNameScope(Machine m, VariableScopeValue self) {
        return self.scope.originalNameScope();
    }

    @Builtin(value = "reuse", property = true, doc = "Whether variables are found and not made.")
    static Object reuse(Machine m, VariableScopeValue self) {
        return ReuseValue.show(self.scope.reuse());
    }

    @Builtin(value = "dtype", property = true, doc = "The type of its variables.")
    static Object dtype(Machine m, VariableScopeValue self) {
        return DTypeValue.of(self.scope.dtype());
    }

    @Builtin(value = "initializer", property = true, doc = "The default initializer, or None.")
    static Object initializer(Machine m, VariableScopeValue self) {
        Initializer i = self.scope.initializer();
        return i == null ? None.NONE : new InitializerValue(i, self.scope.dtype());
    }

    @Builtin(value = "regularizer", property = true, doc = "The default regularizer, or None.")
    static Object regularizer(Machine m, VariableScopeValue self) {
        var r = self.scope.regularizer();
        return r == null ? None.NONE : new RegularizerValue((g, w) ->
                r.apply(g, (Variable) w).orElse(null));
    }

    @Builtin(value = "reuse_variables", method = true, doc = "From now on, get_variable finds variables and makes none.")
    static void reuseVariables(Machine m, VariableScopeValue self) {
        self.scope.reuseVariables();
    }

    @Builtin(value = "set_initializer", signature = "initializer", method = true, doc = "Sets the default initializer.")
    static void setInitializer(Machine m, VariableScopeValue self, Object initializer) {
        self.scope.initializer(InitializerFunctions.convert(m, initializer));
    }

    @Builtin(value = "set_regularizer", signature = "regularizer", method = true, doc = "Sets the default regularizer.")
    static void setRegularizer(Machine m, VariableScopeValue self, Object regularizer) {
        self.scope.regularizer(RegularizerFunctions.convert(m, regularizer));
    }

    @Builtin(value = "set_dtype", signature = "dtype", method = true, doc = "Sets the type of its variables.")
    static void setDtype(Machine m, VariableScopeValue self, Object dtype) {
        self.scope.dtype(DTypeValue.convert(m, dtype));
    }

    private Object collection(Machine m, String key) {
        return GraphFunctions.collection(
                m, graph, key, scope.name().isEmpty() ? None.NONE : Pattern.quote(scope.name() + "/"));
    }

    @Builtin(value = "get_collection", signature = "name", method = true, doc = "What of a collection lies in this scope.")
    static Object getCollection(Machine m, VariableScopeValue self, Object name) {
        return self.collection(m, GraphFunctions.key(m, name));
    }

    @Builtin(value = "trainable_variables", method = true, doc = "The trainable variables of this scope.")
    static Object trainable(Machine m, VariableScopeValue self) {
        return self.collection(m, GraphKeys.TRAINABLE_VARIABLES);
    }

    @Builtin(value = "global_variables", method = true, doc = "The global variables of this scope.")
    static Object global(Machine m, VariableScopeValue self) {
        return self.collection(m, GraphKeys.GLOBAL_VARIABLES);
    }

    @Builtin(value = "local_variables", method = true, doc = "The local variables of this scope.")
    static Object local(Machine m, VariableScopeValue self) {
        return self.collection(m, GraphKeys.LOCAL_VARIABLES);
    }
}
