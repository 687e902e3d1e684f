package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.DeviceFunction;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** {@code tf.Variable} and what is built around variables: initializers, initialized values, groups of assignments. */
public final class Variables {
    private Variables() {}

    /**
     * How a variable is made.
     *
     * @param collections its collections; null for the global variables. A trainable one joins the trainable ones too
     * @param validateShape whether the shape must be known and later assignments keep it
     * @param shape the declared shape; null for that of the initial value
     */
    public record Settings(boolean trainable, List<String> collections, boolean validateShape, Shape shape) {
        public static final Settings TRAINABLE = new Settings(true, null, true, null);
        public static final Settings FIXED = new Settings(false, null, true, null);
    }

    /** A variable that starts from a value or tensor. */
    public static Variable create(Graph g, Operand value, DType dtype, String name, Settings settings) {
        try (Graph.Block free = g.clearControlDependencies();
                NameScope scope = g.nameScope(name == null ? "Variable" : name)) {
            Output initial = value.toOutput(g, dtype, null, "initial_value");
            if (initial.operation().controlFlowContext() != null) {
                throw NnError.value("Initializer for variable " + scope.path() + " is from inside a control-flow construct, "
                        + "such as a loop or conditional. When creating a variable inside a loop or conditional, use a "
                        + "lambda as the initializer.");
            }
            Output reference = variableOp(g, scope, declared(initial, settings), initial.dtype());
            return finish(g, scope, reference, initial, settings);
        }
    }

    /** A variable whose first value is built in the scope {@code NAME/Initializer}. */
    public static Variable create(Graph g, Supplier<Output> initializer, String name, Settings settings) {
        return createFrom(g, initializer::get, null, name, settings);
    }

    /** As {@link #create(Graph, Supplier, String, Settings)}, from whatever operand the initializer answers. */
    public static Variable createFrom(
            Graph g, Supplier<? extends Operand> initializer, DType dtype, String name, Settings settings) {
        try (Graph.Block free = g.clearControlDependencies();
                NameScope scope = g.nameScope(name == null ? "Variable" : name)) {
            String trueName = scope.path().substring(0, scope.path().length() - 1);
            Output initial;
            Output reference;
            try (Graph.Block colocated = g.colocateWith(trueName)) {
                try (NameScope inner = g.nameScope("Initializer");
                        Graph.Block anywhere = g.device(DeviceFunction.NONE)) {
                    initial = initializer.get().toOutput(g, dtype, null, "initial_value");
                }
                reference = variableOp(g, scope, declared(initial, settings), initial.dtype());
            }
            return finish(g, scope, reference, initial, settings);
        }
    }

    private static Shape declared(Output initial, Settings settings) {
        return settings.shape() != null ? settings.shape()
                : settings.validateShape() ? initial.shape() : Shape.unknown();
    }

    private static Output variableOp(Graph g, NameScope scope, Shape shape, DType dtype) {
        return g.op("VariableV2").name(scope.operationName()).attr("shape", shape).attr("dtype", dtype).output();
    }

    private static Variable finish(Graph g, NameScope scope, Output reference, Output initial, Settings settings) {
        if (settings.validateShape() && !initial.shape().isFullyDefined()) {
            throw NnError.value("initial_value must have a shape specified: " + initial);
        }
        Output guarded = guard(g, scope.path(), initial);
        Operation assign;
        Output snapshot;
        try (Graph.Block colocated = g.colocateWith(reference.operation())) {
            assign = g.op("Assign").input(reference).input(guarded)
                    .attr("validate_shape", settings.validateShape()).attr("use_locking", true).operation();
            snapshot = g.op("Identity").name("read").input(reference).output();
        }
        Variable variable = new Variable(reference, initial, assign, snapshot, settings.trainable());
        List<String> collections = new ArrayList<>(
                settings.collections() == null ? List.of(GraphKeys.GLOBAL_VARIABLES) : settings.collections());
        if (settings.trainable() && !collections.contains(GraphKeys.TRAINABLE_VARIABLES)) {
            collections.add(GraphKeys.TRAINABLE_VARIABLES);
        }
        for (String key : new LinkedHashSet<>(collections)) {
            g.addToCollection(key, variable);
        }
        return variable;
    }

    /** {@code tf.is_variable_initialized}. */
    public static Output isInitialized(Graph g, Operand variable, String name) {
        return g.op("IsVariableInitialized").name(name).input(variable).output();
    }

    /** The variable's value, or its initial value where it has none yet: safe to initialize another variable with. */
    public static Output initializedValue(Graph g, Variable v) {
        try (Graph.Block free = g.clearControlDependencies()) {
            Output ready = isInitialized(g, v, null);
            return ControlFlow.cond(g, ready,
                    c -> List.of(c.result(g.op("Identity").name("read").input(v.reference()).output())),
                    c -> List.of(c.result(v.initialValue())),
                    null).get(0);
        }
    }

    /**
     * An initial value that reads other variables must not meet them uninitialized: the operations between are copied
     * onto the variables' initialized values.
     */
    private static Output guard(Graph g, String scope, Output initial) {
        if (hasCycle(initial.operation(), new HashMap<>())) {
            return initial;
        }
        return safe(g, scope, initial, new HashMap<>());
    }

    private static boolean hasCycle(Operation op, Map<Operation, Boolean> finished) {
        Boolean state = finished.get(op);
        if (state != null) {
            return !state;
        }
        finished.put(op, false);
        for (Output in : op.inputs()) {
            if (hasCycle(in.operation(), finished)) {
                return true;
            }
        }
        for (Operation c : op.controlInputs()) {
            if (hasCycle(c, finished)) {
                return true;
            }
        }
        finished.put(op, true);
        return false;
    }

    private static final Set<String> UNTOUCHED = Set.of("IsVariableInitialized", "VarIsInitializedOp", "ReadVariableOp", "If");

    private static Output safe(Graph g, String scope, Output value, Map<Operation, Operation> done) {
        Operation op = value.operation();
        Operation replaced = done.get(op);
        if (replaced == null) {
            replaced = safe(g, scope, op, done);
            done.put(op, replaced);
        }
        return replaced.output(value.index());
    }

    private static Operation safe(Graph g, String scope, Operation op, Map<Operation, Operation> done) {
        if (UNTOUCHED.contains(op.type())) {
            return op;
        }
        if (op.type().equals("VariableV2") || op.type().equals("Variable")) {
            for (String key : List.of(GraphKeys.GLOBAL_VARIABLES, GraphKeys.LOCAL_VARIABLES)) {
                for (Object o : g.collection(key)) {
                    if (o instanceof Variable v && v.operation() == op) {
                        return initializedValue(g, v).operation();
                    }
                }
            }
            return op;
        }
        List<Output> inputs = new ArrayList<>();
        boolean modified = false;
        for (Output in : op.inputs()) {
            Output now = safe(g, scope, in, done);
            inputs.add(now);
            modified |= now != in;
        }
        if (!modified) {
            return op;
        }
        String type = op.type().equals("RefSwitch") ? "Switch" : op.type();
        return g.add((op.name() + "_" + scope).replace(":", "_"), g.definition(type), inputs, new HashMap<>(op.attributes()));
    }

    /** {@code tf.variables_initializer}: a group of the variables' initializers. */
    public static Operation initializer(Graph g, Collection<Variable> variables, String name) {
        List<Operation> assigns = new ArrayList<>();
        for (Variable v : variables) {
            assigns.add(v.initializer());
        }
        return ControlFlow.group(g, assigns, name == null ? "init" : name);
    }

    /** {@code tf.global_variables_initializer}. */
    public static Operation globalInitializer(Graph g) {
        return initializer(g, global(g), "init");
    }

    public static List<Variable> global(Graph g) {
        return inCollection(g, GraphKeys.GLOBAL_VARIABLES);
    }

    public static List<Variable> trainable(Graph g) {
        return inCollection(g, GraphKeys.TRAINABLE_VARIABLES);
    }

    public static List<Variable> local(Graph g) {
        return inCollection(g, GraphKeys.LOCAL_VARIABLES);
    }

    /** The variables of a collection, in order, what else it holds left out. */
    public static List<Variable> inCollection(Graph g, String key) {
        List<Variable> all = new ArrayList<>();
        for (Object o : g.collection(key)) {
            if (o instanceof Variable v) {
                all.add(v);
            }
        }
        return all;
    }

    /** {@code tf.assign}: the new value; {@code validateShape} keeps the variable's shape. */
    public static Output assign(Graph g, Operand variable, Operand value, boolean validateShape, boolean locking, String name) {
        return g.op("Assign").name(name).input(variable).input(value)
                .attr("validate_shape", validateShape).attr("use_locking", locking).output();
    }

    /** {@code tf.assign_add} or, as {@code AssignSub}, {@code tf.assign_sub}. */
    public static Output assignBy(Graph g, String type, Operand variable, Operand value, boolean locking, String name) {
        return g.op(type).name(name).input(variable).input(value).attr("use_locking", locking).output();
    }
}
