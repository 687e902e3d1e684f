package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.VariableScopes;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.tf.cluster.DeviceSpecValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The default graph, scopes, devices, control dependencies, collections. */
final class GraphFunctions {
    private GraphFunctions() {}

    @Builtin(value = "get_default_graph", doc = "The graph that operations are added to.")
    static Object getDefaultGraph(Machine m) {
        return GraphValue.of(TfState.of(m).graph());
    }

    @Builtin(value = "reset_default_graph", doc = "Starts the default graph anew.")
    static void resetDefaultGraph(Machine m) {
        if (!TfState.of(m).isGraphStackEmpty()) {
            throw new NnError(ErrorKind.ASSERTION_ERROR, "Do not use tf.reset_default_graph() to clear nested graphs. If you "
                    + "need a cleared graph, exit the nesting and create a new graph.");
        }
        TfState.of(m).resetDefaultGraph();
    }

    @Builtin(
            value = {"name_scope", "keras.backend.name_scope"},
            signature = "name, default_name=None, values=None",
            doc = "A block whose operations' names begin with the scope's; `as` gives the scope's full name.",
            example = "with tf.name_scope('layer1'): y = tf.matmul(x, w)")
    static Object nameScope(Machine m, Object name, Object defaultName, Object values) {
        return scope(name == None.NONE ? defaultName : name, null);
    }

    @Builtin(
            value = "op_scope",
            signature = "values, name, default_name=None",
            doc = "As name_scope, with the arguments in an older order.")
    static Object opScope(Machine m, Object values, Object name, Object defaultName) {
        return scope(name == None.NONE ? defaultName : name, null);
    }

    static ContextValue scope(Object name, Graph graph) {
        return new ContextValue((machine, context) -> {
            if (name != None.NONE && !(name instanceof String)) {
                throw NnError.type("name for name_scope must be a string.");
            }
            Graph g = graph == null ? TfState.of(machine).graph() : graph;
            NameScope open = g.nameScope(name == None.NONE ? null : (String) name);
            context.leave(open);
            return open.path();
        });
    }

    @Builtin(
            value = "control_dependencies",
            signature = "control_inputs",
            doc = "A block whose operations run after those given; None forgets the blocks around.",
            example = "with tf.control_dependencies([train]): step = tf.assign_add(n, 1)")
    static Object controlDependencies(Machine m, Object inputs) {
        return dependencies(m, TfState.of(m).graph(), inputs);
    }

    static ContextValue dependencies(Machine m, Graph g, Object inputs) {
        if (inputs == None.NONE) {
            return new ContextValue((machine, context) -> {
                context.leave(g.clearControlDependencies());
                return None.NONE;
            });
        }
        List<Operation> before = new ArrayList<>();
        for (Object x : Semantics.elements(m, inputs)) {
            if (x instanceof IndexedSlicesValue s) {
                before.add(s.slices().values().operation());
                continue;
            }
            Object found = Elements.find(m, g, x, true, true);
            Operation op = found instanceof Output t ? t.operation() : (Operation) found;
            if (!before.contains(op)) {
                before.add(op);
            }
        }
        return new ContextValue((machine, context) -> {
            context.leave(g.controlDependencies(before));
            return None.NONE;
        });
    }

    @Builtin(
            value = "device",
            signature = "device_name_or_function",
            doc = "A block whose operations ask for that device: a name, a tf.DeviceSpec, or a function of each operation.",
            example = "with tf.device('/job:ps/task:0'): w = tf.Variable(0.0)")
    static Object device(Machine m, Object device) {
        return deviceBlock(TfState.of(m).graph(), device);
    }

    static ContextValue deviceBlock(Graph g, Object device) {
        return new ContextValue((machine, context) -> {
            context.leave(DeviceSpecValue.open(machine, g, device));
            return None.NONE;
        });
    }

    @Builtin(
            value = "colocate_with",
            signature = "op, ignore_existing=False",
            doc = "A block whose operations lie where that one does.")
    static Object colocateWith(Machine m, Object op, boolean ignoreExisting) {
        return colocation(m, TfState.of(m).graph(), op);
    }

    static ContextValue colocation(Machine m, Graph g, Object op) {
        if (op == None.NONE) {
            return new ContextValue((machine, context) -> None.NONE);
        }
        Object found = Elements.find(m, g, op, true, true);
        Operation target = found instanceof Output t ? t.operation() : (Operation) found;
        return new ContextValue((machine, context) -> {
            context.leave(g.colocateWith(target));
            return None.NONE;
        });
    }

    @Builtin(value = "init_scope", doc = "A block outside of all branches, loops and control dependencies.")
    static Object initScope(Machine m) {
        Graph g = TfState.of(m).graph();
        return new ContextValue((machine, context) -> {
            context.leave(g.clearControlDependencies());
            return None.NONE;
        });
    }

    @Builtin(value = "container", signature = "container_name", doc = "A block whose variables live in a container; there is one.")
    static Object container(Machine m, Object name) {
        return new ContextValue((machine, context) -> name);
    }

    // Collections

    @Builtin(value = "add_to_collection", signature = "name, value", doc = "Adds a value to a collection of the default graph.")
    static void addToCollection(Machine m, Object name, Object value) {
        TfState.of(m).graph().addToCollection(key(m, name), Elements.unwrap(value));
    }

    @Builtin(
            value = "add_to_collections",
            signature = "names, value",
            doc = "Adds a value to several collections of the default graph.")
    static void addToCollections(Machine m, Object names, Object value) {
        addToAll(m, TfState.of(m).graph(), names, value);
    }

    static void addToAll(Machine m, Graph g, Object names, Object value) {
        if (names instanceof String s) {
            g.addToCollection(s, Elements.unwrap(value));
            return;
        }
        List<String> seen = new ArrayList<>();
        for (Object name : Semantics.elements(m, names)) {
            if (!seen.contains(key(m, name))) {
                seen.add(key(m, name));
                g.addToCollection(key(m, name), Elements.unwrap(value));
            }
        }
    }

    @Builtin(
            value = "get_collection",
            signature = "key, scope=None",
            doc = "What a collection of the default graph holds, as a new list; only what the scope's name begins, if given.")
    static Object getCollection(Machine m, Object key, Object scope) {
        return collection(m, TfState.of(m).graph(), key(m, key), scope);
    }

    static ListValue collection(Machine m, Graph g, String key, Object scope) {
        List<Object> found = new ArrayList<>();
        for (Object o : g.collection(key)) {
            String name = name(m, o);
            if (scope == None.NONE || name != null && matches((String) scope, name)) {
                found.add(Elements.wrap(o));
            }
        }
        return ListValue.of(found.toArray());
    }

    private static String name(Machine m, Object o) {
        if (o instanceof Output t) {
            return t.name();
        }
        if (o instanceof Variable v) {
            return v.name();
        }
        if (o instanceof Operation op) {
            return op.name();
        }
        Object name = Semantics.attributeOrNull(m, Elements.wrap(o), "name");
        return name instanceof String s ? s : null;
    }

    /** Python's {@code re.match}: the pattern from the start, not to the end. */
    private static boolean matches(String pattern, String name) {
        try {
            return Pattern.compile(pattern).matcher(name).lookingAt();
        } catch (PatternSyntaxException noPattern) {
            return name.startsWith(pattern);
        }
    }

    @Builtin(value = "get_collection_ref", signature = "key", doc = "What a collection of the default graph holds.")
    static Object getCollectionRef(Machine m, Object key) {
        return new CollectionValue(TfState.of(m).graph().collectionReference(key(m, key)));
    }

    /** Collections are named by strings; other hashable values are told apart by how they are written. */
    static String key(Machine m, Object name) {
        return name instanceof String s ? s : Semantics.repr(m, name);
    }

    static ListValue keys(Graph g) {
        List<Object> names = new ArrayList<>();
        for (String k : g.collectionKeys()) {
            if (VariableScopes.isPublicCollection(k)) {
                names.add(k);
            }
        }
        return ListValue.of(names.toArray());
    }
}
