package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.ControlFlow;
import io.retrograd.graph.build.GraphKeys;
import io.retrograd.graph.build.Uninitialized;
import io.retrograd.graph.build.VariableRequest;
import io.retrograd.graph.build.VariableScope;
import io.retrograd.graph.build.VariableScopes;
import io.retrograd.graph.build.Variables;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** tf.Variable, get_variable, variable scopes, assignments, initializing. */
final class VariableFunctions {
    private VariableFunctions() {}

    @Builtin(
            value = {"Variable", "contrib.eager.Variable"},
            signature = "initial_value=None, trainable=None, collections=None, validate_shape=True, caching_device=None, "
                    + "name=None, variable_def=None, dtype=None, expected_shape=None, import_scope=None, constraint=None, "
                    + "use_resource=None, synchronization=None, aggregation=None, shape=None",
            doc = "A tensor that keeps its value between runs; it starts from the initial value once its initializer has run.",
            example = "w = tf.Variable(tf.random_normal([2, 3], seed=1), name='w')")
    static Object variable(
            Machine m, Object initial, Object trainable, Object collections, boolean validate, Object cachingDevice,
            String name, Object definition, Object dtype, Object expected, Object importScope, Object constraint,
            Object resource, Object synchronization, Object aggregation, Object shape) {
        if (initial == None.NONE) {
            throw NnError.value("initial_value must be specified.");
        }
        Graph g = TfState.of(m).graph();
        DType type = dtype == None.NONE ? null : DTypeValue.convert(m, dtype);
        Shape declared = shape == None.NONE ? null : ShapeValue.convert(m, shape);
        Variables.Settings settings = new Variables.Settings(
                isTrainable(m, trainable), collections(m, collections), validate, declared);
        Variable made = Semantics.isCallable(initial)
                ? Variables.createFrom(g, () -> Operands.of(m, Semantics.call(m, initial)), type, name, settings)
                : Variables.create(g, Operands.of(m, initial), type, name, settings);
        remember(m, made, constraint);
        return Tensors.wrap(made);
    }

    private static boolean isTrainable(Machine m, Object trainable) {
        return trainable == None.NONE || Semantics.truth(m, trainable);
    }

    private static void remember(Machine m, Variable made, Object constraint) {
        if (constraint == None.NONE) {
            return;
        }
        if (!Semantics.isCallable(constraint)) {
            throw NnError.value("The `constraint` argument must be a callable.");
        }
        TfState.of(m).constraints().put(made, constraint);
    }

    static List<String> collections(Machine m, Object given) {
        if (given == None.NONE) {
            return null;
        }
        if (given instanceof String s) {
            throw NnError.value("collections argument to Variable constructor must be a list, tuple, or set. Got " + s
                    + " of type <class 'str'>");
        }
        List<String> keys = new ArrayList<>();
        for (Object k : Semantics.elements(m, given)) {
            keys.add(GraphFunctions.key(m, k));
        }
        return keys;
    }

    @Builtin(
            value = "get_variable",
            signature = "name, shape=None, dtype=None, initializer=None, regularizer=None, trainable=None, collections=None, "
                    + "caching_device=None, partitioner=None, validate_shape=True, use_resource=None, custom_getter=None, "
                    + "constraint=None, synchronization=None, aggregation=None",
            doc = "The variable of that name in the current variable scope: a new one, or the existing one where it reuses.",
            example = "w = tf.get_variable('w', [2, 3])")
    static Object getVariable(
            Machine m, String name, Object shape, Object dtype, Object initializer, Object regularizer, Object trainable,
            Object collections, Object cachingDevice, Object partitioner, boolean validate, Object resource, Object getter,
            Object constraint, Object synchronization, Object aggregation) {
        refuse(getter, "custom_getter");
        refuse(partitioner, "partitioner");
        if (name == null) {
            throw NnError.value("get_variable() needs a name.");
        }
        VariableRequest r = new VariableRequest(name)
                .shape(shape == None.NONE ? null : ShapeValue.convert(m, shape))
                .dtype(dtype == None.NONE ? null : DTypeValue.convert(m, dtype))
                .initializer(InitializerFunctions.convert(m, initializer))
                .regularizer(RegularizerFunctions.convert(m, regularizer))
                .trainable(isTrainable(m, trainable))
                .collections(collections(m, collections))
                .validateShape(validate);
        Variable found = r.get(TfState.of(m).graph());
        remember(m, found, constraint);
        return Tensors.wrap(found);
    }

    private static void refuse(Object given, String what) {
        if (given != None.NONE) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, what + " is not offered.");
        }
    }

    @Builtin(
            value = "get_local_variable",
            signature = "name, shape=None, dtype=None, initializer=None, regularizer=None, trainable=False, collections=None, "
                    + "caching_device=None, partitioner=None, validate_shape=True, use_resource=None, custom_getter=None, "
                    + "constraint=None, synchronization=None, aggregation=None",
            doc = "As get_variable, for a variable that is local: not trained, not saved.")
    static Object getLocalVariable(
            Machine m, String name, Object shape, Object dtype, Object initializer, Object regularizer, Object trainable,
            Object collections, Object cachingDevice, Object partitioner, boolean validate, Object resource, Object getter,
            Object constraint, Object synchronization, Object aggregation) {
        List<Object> keys = new ArrayList<>();
        if (collections != None.NONE) {
            keys.addAll(List.of(Semantics.elements(m, collections)));
        }
        keys.add(GraphKeys.LOCAL_VARIABLES);
        return getVariable(m, name, shape, dtype, initializer, regularizer, false,
                ListValue.of(keys.toArray()), cachingDevice, partitioner, validate, resource, getter,
                constraint, synchronization, aggregation);
    }

    // Variable scopes

    @Builtin(
            value = "variable_scope",
            signature = "name_or_scope, default_name=None, values=None, initializer=None, regularizer=None, "
                    + "caching_device=None, partitioner=None, custom_getter=None, reuse=None, dtype=None, use_resource=None, "
                    + "constraint=None, auxiliary_name_scope=True",
            doc = "A block whose get_variable names begin with the scope's, and whose operations lie in a name scope.",
            example = "with tf.variable_scope('layer1', reuse=tf.AUTO_REUSE): w = tf.get_variable('w', [2, 3])")
    static Object variableScope(
            Machine m, Object nameOrScope, Object defaultName, Object values, Object initializer, Object regularizer,
            Object cachingDevice, Object partitioner, Object getter, Object reuse, Object dtype, Object resource,
            Object constraint, Object auxiliary) {
        refuse(getter, "custom_getter");
        if (defaultName == None.NONE && nameOrScope == None.NONE) {
            throw NnError.type("If default_name is None then name_or_scope is required");
        }
        if (!(auxiliary instanceof Boolean newNameScope)) {
            throw NnError.type("The auxiliary_name_scope must be `True` or `False`, while get " + Semantics.str(m, auxiliary));
        }
        VariableScopes.Options options = new VariableScopes.Options(
                InitializerFunctions.convert(m, initializer),
                RegularizerFunctions.convert(m, regularizer),
                null,
                ReuseValue.convert(m, reuse),
                dtype == None.NONE ? null : DTypeValue.convert(m, dtype));
        return new ContextValue((machine, context) -> {
            Graph g = TfState.of(machine).graph();
            VariableScopes scopes = VariableScopes.of(g);
            VariableScopes.Open open;
            if (nameOrScope instanceof String name) {
                open = scopes.enter(name, options, newNameScope);
            } else if (nameOrScope instanceof VariableScopeValue again) {
                open = scopes.enter(again.scope(), options, newNameScope);
            } else if (nameOrScope == None.NONE) {
                open = scopes.enterUnique((String) defaultName, options, newNameScope);
            } else {
                throw NnError.type("VariableScope: name_or_scope must be a string or VariableScope.");
            }
            context.leave(open);
            return new VariableScopeValue(g, open.scope());
        });
    }

    @Builtin(
            value = "variable_op_scope",
            signature = "values, name_or_scope, default_name=None, initializer=None, regularizer=None, caching_device=None, "
                    + "partitioner=None, custom_getter=None, reuse=None, dtype=None, use_resource=None, constraint=None",
            doc = "As variable_scope, with the arguments in an older order.")
    static Object variableOpScope(
            Machine m, Object values, Object nameOrScope, Object defaultName, Object initializer, Object regularizer,
            Object cachingDevice, Object partitioner, Object getter, Object reuse, Object dtype, Object resource,
            Object constraint) {
        return variableScope(m, nameOrScope, defaultName, values, initializer, regularizer, cachingDevice, partitioner, getter,
                reuse, dtype, resource, constraint, Boolean.TRUE);
    }

    @Builtin(value = "get_variable_scope", doc = "The current variable scope.")
    static Object getVariableScope(Machine m) {
        Graph g = TfState.of(m).graph();
        VariableScope now = VariableScopes.of(g).current();
        return new VariableScopeValue(g, now);
    }

    @Builtin(value = "no_regularizer", signature = "_", doc = "A regularizer that adds nothing.")
    static Object noRegularizer(Machine m, Object weights) {
        return None.NONE;
    }

    // Assignments

    private static Operand target(Machine m, Object ref, String method) {
        if (ref instanceof VariableValue v) {
            return v.variable();
        }
        if (ref instanceof TensorValue t && t.output().isReference()) {
            return t.output();
        }
        throw Semantics.noAttribute(m, ref, method);
    }

    @Builtin(
            value = {"assign", "compat.v1.assign"},
            signature = "ref, value, validate_shape=None, use_locking=None, name=None",
            doc = "The variable after it has taken the value.",
            shapes = "the shape of its operand stays",
            example = "sess.run(tf.assign(w, w + 1))",
            gradient = "none")
    static Object assign(Machine m, Object ref, Object value, Object validate, Object locking, String name) {
        boolean keepsShape = validate == None.NONE || Semantics.truth(m, validate);
        boolean locks = locking == None.NONE || Semantics.truth(m, locking);
        return Tensors.wrap(Variables.assign(
                TfState.of(m).graph(), target(m, ref, "assign"), Operands.of(m, value), keepsShape, locks, name));
    }

    @Builtin(
            value = "assign_add",
            signature = "ref, value, use_locking=None, name=None",
            doc = "The variable after the value was added.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object assignAdd(Machine m, Object ref, Object value, Object locking, String name) {
        return by(m, "AssignAdd", "assign_add", ref, value, locking, name);
    }

    @Builtin(
            value = "assign_sub",
            signature = "ref, value, use_locking=None, name=None",
            doc = "The variable after the value was subtracted.",
            shapes = "the shape of its operand stays",
            gradient = "none")
    static Object assignSub(Machine m, Object ref, Object value, Object locking, String name) {
        return by(m, "AssignSub", "assign_sub", ref, value, locking, name);
    }

    private static Object by(Machine m, String type, String method, Object ref, Object value, Object locking, String name) {
        return Tensors.wrap(Variables.assignBy(TfState.of(m).graph(), type, target(m, ref, method), Operands.of(m, value),
                Semantics.truth(m, locking), name));
    }

    static Object scatter(
            Machine m, String type, Object ref, Object indices, Object updates, boolean locking, String name) {
        return Tensors.wrap(TfState.of(m).graph().op(type).name(name).input(target(m, ref, "_lazy_read"))
                .input(Operands.of(m, indices)).input(Operands.of(m, updates)).attr("use_locking", locking).output());
    }

    @Builtin(
            value = "scatter_update",
            signature = "ref, indices, updates, use_locking=True, name=None",
            doc = "The variable after the rows at the indices were replaced.")
    static Object scatterUpdate(Machine m, Object ref, Object indices, Object updates, boolean locking, String name) {
        return scatter(m, "ScatterUpdate", ref, indices, updates, locking, name);
    }

    @Builtin(
            value = "scatter_add",
            signature = "ref, indices, updates, use_locking=False, name=None",
            doc = "The variable after the rows at the indices were added to.")
    static Object scatterAdd(Machine m, Object ref, Object indices, Object updates, boolean locking, String name) {
        return scatter(m, "ScatterAdd", ref, indices, updates, locking, name);
    }

    @Builtin(
            value = "scatter_sub",
            signature = "ref, indices, updates, use_locking=False, name=None",
            doc = "The variable after the rows at the indices were subtracted from.")
    static Object scatterSub(Machine m, Object ref, Object indices, Object updates, boolean locking, String name) {
        return scatter(m, "ScatterSub", ref, indices, updates, locking, name);
    }

    @Builtin(
            value = "scatter_mul",
            signature = "ref, indices, updates, use_locking=False, name=None",
            doc = "The variable after the rows at the indices were multiplied.")
    static Object scatterMul(Machine m, Object ref, Object indices, Object updates, boolean locking, String name) {
        return scatter(m, "ScatterMul", ref, indices, updates, locking, name);
    }

    @Builtin(
            value = "scatter_div",
            signature = "ref, indices, updates, use_locking=False, name=None",
            doc = "The variable after the rows at the indices were divided.")
    static Object scatterDiv(Machine m, Object ref, Object indices, Object updates, boolean locking, String name) {
        return scatter(m, "ScatterDiv", ref, indices, updates, locking, name);
    }

    @Builtin(
            value = "scatter_max",
            signature = "ref, indices, updates, use_locking=False, name=None",
            doc = "The variable after the rows at the indices took the larger values.")
    static Object scatterMax(Machine m, Object ref, Object indices, Object updates, boolean locking, String name) {
        return scatter(m, "ScatterMax", ref, indices, updates, locking, name);
    }

    @Builtin(
            value = "scatter_min",
            signature = "ref, indices, updates, use_locking=False, name=None",
            doc = "The variable after the rows at the indices took the smaller values.")
    static Object scatterMin(Machine m, Object ref, Object indices, Object updates, boolean locking, String name) {
        return scatter(m, "ScatterMin", ref, indices, updates, locking, name);
    }

    @Builtin(
            value = "scatter_nd_update",
            signature = "ref, indices, updates, use_locking=True, name=None",
            doc = "The variable after the slices at the indices were replaced.")
    static Object scatterNdUpdate(Machine m, Object ref, Object indices, Object updates, boolean locking, String name) {
        return scatter(m, "ScatterNdUpdate", ref, indices, updates, locking, name);
    }

    @Builtin(
            value = "scatter_nd_add",
            signature = "ref, indices, updates, use_locking=False, name=None",
            doc = "The variable after the slices at the indices were added to.")
    static Object scatterNdAdd(Machine m, Object ref, Object indices, Object updates, boolean locking, String name) {
        return scatter(m, "ScatterNdAdd", ref, indices, updates, locking, name);
    }

    @Builtin(
            value = "scatter_nd_sub",
            signature = "ref, indices, updates, use_locking=False, name=None",
            doc = "The variable after the slices at the indices were subtracted from.")
    static Object scatterNdSub(Machine m, Object ref, Object indices, Object updates, boolean locking, String name) {
        return scatter(m, "ScatterNdSub", ref, indices, updates, locking, name);
    }

    @Builtin(
            value = "count_up_to",
            signature = "ref, limit, name=None",
            doc = "The variable's value before it is incremented; OutOfRangeError at the limit.")
    static Object countUpTo(Machine m, Object ref, long limit, String name) {
        return Tensors.wrap(TfState.of(m).graph().op("CountUpTo").name(name).input(target(m, ref, "count_up_to"))
                .attr("limit", limit).output());
    }

    // Collections of variables and their initializers

    private static Object inCollection(Machine m, String key, Object scope) {
        return GraphFunctions.collection(m, TfState.of(m).graph(), key, scope);
    }

    @Builtin(
            value = {"global_variables", "all_variables"},
            signature = "scope=None",
            doc = "All variables but the local ones, in the order in which they were made.")
    static Object globalVariables(Machine m, Object scope) {
        return inCollection(m, GraphKeys.GLOBAL_VARIABLES, scope);
    }

    @Builtin(
            value = "trainable_variables",
            signature = "scope=None",
            doc = "The variables that optimizers change unless told otherwise.")
    static Object trainableVariables(Machine m, Object scope) {
        return inCollection(m, GraphKeys.TRAINABLE_VARIABLES, scope);
    }

    @Builtin(value = "local_variables", signature = "scope=None", doc = "The local variables: not trained, not saved.")
    static Object localVariables(Machine m, Object scope) {
        return inCollection(m, GraphKeys.LOCAL_VARIABLES, scope);
    }

    @Builtin(value = "model_variables", signature = "scope=None", doc = "The variables of the collection of model variables.")
    static Object modelVariables(Machine m, Object scope) {
        return inCollection(m, GraphKeys.MODEL_VARIABLES, scope);
    }

    @Builtin(
            value = "moving_average_variables",
            signature = "scope=None",
            doc = "The variables whose moving averages are kept.")
    static Object movingAverageVariables(Machine m, Object scope) {
        return inCollection(m, GraphKeys.MOVING_AVERAGE_VARIABLES, scope);
    }

    @Builtin(
            value = {"global_variables_initializer", "initializers.global_variables", "initialize_all_variables"},
            doc = "The operation that gives all global variables their first values.",
            example = "sess.run(tf.global_variables_initializer())")
    static Object globalVariablesInitializer(Machine m) {
        return Tensors.wrap(Variables.globalInitializer(TfState.of(m).graph()));
    }

    @Builtin(
            value = {"local_variables_initializer", "initializers.local_variables", "initialize_local_variables"},
            doc = "The operation that gives all local variables their first values.")
    static Object localVariablesInitializer(Machine m) {
        Graph g = TfState.of(m).graph();
        return Tensors.wrap(Variables.initializer(g, Variables.local(g), "init"));
    }

    @Builtin(
            value = {"variables_initializer", "initializers.variables", "initialize_variables"},
            signature = "var_list, name='init'",
            doc = "The operation that gives these variables their first values.")
    static Object variablesInitializer(Machine m, Object list, String name) {
        Graph g = TfState.of(m).graph();
        List<Variable> variables = variables(m, list);
        return variables.isEmpty()
                ? Tensors.wrap(ControlFlow.noOp(g, name))
                : Tensors.wrap(Variables.initializer(g, variables, name));
    }

    /** A list of variables as a script gives it; TypeError for anything else. */
    static List<Variable> variables(Machine m, Object list) {
        List<Variable> all = new ArrayList<>();
        for (Object v : Semantics.elements(m, list)) {
            if (!(v instanceof VariableValue value)) {
                throw Semantics.noAttribute(m, v, "initializer");
            }
            all.add(value.variable());
        }
        return all;
    }

    @Builtin(
            value = "is_variable_initialized",
            signature = "variable",
            doc = "A boolean tensor: whether the variable has a value.")
    static Object isVariableInitialized(Machine m, VariableValue variable) {
        return Tensors.wrap(Variables.isInitialized(TfState.of(m).graph(), variable.variable(), null));
    }

    @Builtin(
            value = "report_uninitialized_variables",
            signature = "var_list=None, name='report_uninitialized_variables'",
            doc = "A tensor with the names of the variables that have no value yet.")
    static Object reportUninitializedVariables(Machine m, Object list, String name) {
        Graph g = TfState.of(m).graph();
        List<Variable> variables = new ArrayList<>();
        if (list == None.NONE) {
            variables.addAll(Variables.global(g));
            variables.addAll(Variables.local(g));
        } else {
            variables.addAll(variables(m, list));
        }
        return Tensors.wrap(Uninitialized.report(g, variables, name));
    }

    @Builtin(
            value = "assert_variables_initialized",
            signature = "var_list=None",
            doc = "An operation that fails if a variable has no value yet.")
    static Object assertVariablesInitialized(Machine m, Object list) {
        Graph g = TfState.of(m).graph();
        List<Variable> variables = new ArrayList<>();
        if (list == None.NONE) {
            variables.addAll(Variables.global(g));
            variables.addAll(Variables.local(g));
        } else {
            variables.addAll(variables(m, list));
        }
        if (variables.isEmpty()) {
            return None.NONE;
        }
        List<Output> ranks = new ArrayList<>();
        for (Variable v : variables) {
            try (Graph.Block colocated = g.colocateWith(v.operation())) {
                ranks.add(g.op("Rank").input(v.reference()).output());
            }
        }
        return Tensors.wrap(ranks.size() == 1 ? ranks.get(0) : g.op("Pack").name("stack").inputs(ranks).output());
    }
}
