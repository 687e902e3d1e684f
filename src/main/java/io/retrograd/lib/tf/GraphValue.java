package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.exchange.GraphDefs;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lib.tf.message.MessageValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code tf.Graph}. Two wrappers of one graph are the same object to a script. */
public final class GraphValue extends GraphPart<Graph> {
    static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.framework.ops",
            "Graph",
            CoreTypes.OBJECT,
            GraphValueTable.TABLE,
            (m, arguments, keywords) -> of(TfState.of(m).newGraph()));

    private GraphValue(Graph graph) {
        super(graph);
    }

    public static GraphValue of(Graph graph) {
        return new GraphValue(graph);
    }

    public Graph graph() {
        return part;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Builtin(value = "as_default", method = true, doc = "A block in which this is the default graph.")
    static Object asDefault(Machine m, GraphValue self) {
        Graph g = self.graph();
        return new ContextValue((machine, context) -> {
            TfState.of(machine).enter(g);
            context.leave(() -> TfState.of(machine).leave(g));
            return self;
        });
    }

    @Builtin(value = "get_operations", method = true, doc = "All operations, in the order in which they were made.")
    static Object getOperations(Machine m, GraphValue self) {
        List<Object> all = new ArrayList<>();
        for (Operation op : self.graph().operations()) {
            all.add(Tensors.wrap(op));
        }
        return ListValue.of(all.toArray());
    }

    @Builtin(value = "get_operation_by_name", signature = "name", method = true, doc = "The operation of that name.")
    static Object getOperationByName(Machine m, GraphValue self, Object name) {
        return Elements.wrap(Elements.find(m, self.graph(), name, false, true));
    }

    @Builtin(value = "get_tensor_by_name", signature = "name", method = true, doc = "The tensor of that name, such as 'add:0'.")
    static Object getTensorByName(Machine m, GraphValue self, Object name) {
        return Elements.wrap(Elements.find(m, self.graph(), name, true, false));
    }

    @Builtin(
            value = "as_graph_element",
            signature = "obj, allow_tensor=True, allow_operation=True",
            method = true,
            doc = "The tensor or operation that an object or a name stands for.")
    static Object asGraphElement(Machine m, GraphValue self, Object value, boolean tensors, boolean operations) {
        return Elements.wrap(Elements.find(m, self.graph(), value, tensors, operations));
    }

    @Builtin(value = "get_collection", signature = "name, scope=None", method = true, doc = "What a collection holds, as a new list.")
    static Object getCollection(Machine m, GraphValue self, Object name, Object scope) {
        return GraphFunctions.collection(m, self.graph(), GraphFunctions.key(m, name), scope);
    }

    @Builtin(value = "get_collection_ref", signature = "name", method = true, doc = "What a collection holds.")
    static Object getCollectionRef(Machine m, GraphValue self, Object name) {
        return new CollectionValue(self.graph().collectionReference(GraphFunctions.key(m, name)));
    }

    @Builtin(value = "add_to_collection", signature = "name, value", method = true, doc = "Adds a value to a collection.")
    static void addToCollection(Machine m, GraphValue self, Object name, Object value) {
        self.graph().addToCollection(GraphFunctions.key(m, name), Elements.unwrap(value));
    }

    @Builtin(value = "add_to_collections", signature = "names, value", method = true, doc = "Adds a value to several collections.")
    static void addToCollections(Machine m, GraphValue self, Object names, Object value) {
        GraphFunctions.addToAll(m, self.graph(), names, value);
    }

    @Builtin(value = "get_all_collection_keys", method = true, doc = "The names of all collections.")
    static Object getAllCollectionKeys(Machine m, GraphValue self) {
        return GraphFunctions.keys(self.graph());
    }

    @Builtin(value = "clear_collection", signature = "name", method = true, doc = "Empties a collection.")
    static void clearCollection(Machine m, GraphValue self, Object name) {
        self.graph().collectionReference(GraphFunctions.key(m, name)).clear();
    }

    @Builtin(value = "collections", property = true, doc = "The names of all collections.")
    static Object collections(Machine m, GraphValue self) {
        return GraphFunctions.keys(self.graph());
    }

    @Builtin(value = "finalize", method = true, doc = "Allows no more operations.")
    static void finish(Machine m, GraphValue self) {
        self.graph().finish();
    }

    @Builtin(value = "finalized", property = true, doc = "Whether no operation can be added any more.")
    static boolean finalized(Machine m, GraphValue self) {
        return self.graph().isFinalized();
    }

    @Builtin(value = "name_scope", signature = "name", method = true, doc = "A block whose operations' names begin with the scope's.")
    static Object nameScope(Machine m, GraphValue self, Object name) {
        return GraphFunctions.scope(name, self.graph());
    }

    @Builtin(value = "get_name_scope", method = true, doc = "The current name scope.")
    static String getNameScope(Machine m, GraphValue self) {
        return self.graph().currentScope();
    }

    @Builtin(value = "unique_name", signature = "name, mark_as_used=True", method = true, doc = "The name made unique in the graph.")
    static String uniqueName(Machine m, GraphValue self, String name, boolean mark) {
        return self.graph().uniqueName(name, mark);
    }

    @Builtin(value = "device", signature = "device_name_or_function", method = true, doc = "A block whose operations ask for that device.")
    static Object device(Machine m, GraphValue self, Object device) {
        return GraphFunctions.deviceBlock(self.graph(), device);
    }

    @Builtin(
            value = "control_dependencies",
            signature = "control_inputs",
            method = true,
            doc = "A block whose operations run after those given.")
    static Object controlDependencies(Machine m, GraphValue self, Object inputs) {
        return GraphFunctions.dependencies(m, self.graph(), inputs);
    }

    @Builtin(
            value = "colocate_with",
            signature = "op, ignore_existing=False",
            method = true,
            doc = "A block whose operations lie where that one does.")
    static Object colocateWith(Machine m, GraphValue self, Object op, boolean ignoreExisting) {
        return GraphFunctions.colocation(m, self.graph(), op);
    }

    @Builtin(
            value = "gradient_override_map",
            signature = "op_type_map",
            method = true,
            doc = "A block whose operations of the given types take the gradients registered under the given names.",
            example = "with g.gradient_override_map({'Sign': 'Straight'}):")
    static Object gradientOverrideMap(Machine m, GraphValue self, Object map) {
        if (!(map instanceof DictValue given)) {
            throw NnError.type("op_type_map must be a dictionary mapping strings to strings");
        }
        Map<String, String> names = new HashMap<>();
        for (Object key : given.keyArray()) {
            if (!(key instanceof String type) || !(given.get(m, key) instanceof String name)) {
                throw NnError.type("op_type_map must be a dictionary mapping strings to strings");
            }
            names.put(type, name);
        }
        return new ContextValue((machine, context) -> {
            context.leave(self.graph().gradientOverrides(names));
            return None.NONE;
        });
    }

    @Builtin(value = "is_feedable", signature = "tensor", method = true, doc = "Whether a tensor may be fed.")
    static boolean isFeedable(Machine m, GraphValue self, TensorValue tensor) {
        return tensor.output().operation().isFeedable();
    }

    @Builtin(value = "is_fetchable", signature = "tensor_or_op", method = true, doc = "Whether a tensor or operation may be fetched.")
    static boolean isFetchable(Machine m, GraphValue self, Object value) {
        Object found = Elements.find(m, self.graph(), value, true, true);
        return (found instanceof Output t ? t.operation() : (Operation) found).isFetchable();
    }

    @Builtin(value = "prevent_feeding", signature = "tensor", method = true, doc = "Forbids to feed a tensor.")
    static void preventFeeding(Machine m, GraphValue self, TensorValue tensor) {
        tensor.output().operation().preventFeeding();
    }

    @Builtin(value = "prevent_fetching", signature = "op", method = true, doc = "Forbids to fetch an operation.")
    static void preventFetching(Machine m, GraphValue self, OperationValue op) {
        op.operation().preventFetching();
    }

    @Builtin(
            value = "as_graph_def",
            signature = "from_version=None, add_shapes=False",
            method = true,
            doc = "The graph as a GraphDef message, with the static shapes of outputs if asked.",
            example = "for n in g.as_graph_def().node: print(n.name, n.op)")
    static Object asGraphDef(Machine m, GraphValue self, Object from, boolean shapes) {
        return GraphExchange.graphDef(self.graph(), from == None.NONE ? 0 : Semantics.index(m, from), shapes);
    }

    @Builtin(value = "graph_def_versions", property = true, doc = "The versions that a GraphDef of it carries.")
    static Object versions(Machine m, GraphValue self) {
        return MessageValue.of(GraphDefs.since(self.graph(), self.graph().operations().size(), false).getVersions());
    }

    @Builtin(value = "seed", property = true, doc = "The seed set by tf.set_random_seed, or None.")
    static Object seed(Machine m, GraphValue self) {
        return self.graph().seed().map(s -> (Object) s).orElse(None.NONE);
    }

    @Builtin(value = "version", property = true, doc = "Grows with each operation.")
    static long version(Machine m, GraphValue self) {
        return self.graph().lastId();
    }
}
