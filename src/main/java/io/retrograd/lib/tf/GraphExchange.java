package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.exchange.FrozenGraphs;
import io.retrograd.exchange.GraphDefs;
import io.retrograd.exchange.GraphImport;
import io.retrograd.exchange.GraphReading;
import io.retrograd.exchange.MetaGraphs;
import io.retrograd.format.WholeFile;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.tf.message.MessageText;
import io.retrograd.lib.tf.message.MessageValue;
import io.retrograd.session.PlanKey;
import io.retrograd.tensor.NdArray;
import io.retrograd.train.SaverGraph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.MetaGraphDef;
import org.tensorflow.util.SaverDef;

/** Graphs to files and messages, and back: GraphDef, MetaGraphDef, frozen graphs. */
public final class GraphExchange {
    private GraphExchange() {}

    static MessageValue graphDef(Graph graph, long fromVersion, boolean withShapes) {
        int skipped = 0;
        while (skipped < graph.operations().size() && graph.operations().get(skipped).id() <= fromVersion) {
            skipped++;
        }
        return MessageValue.of(GraphDefs.since(graph, skipped, withShapes));
    }

    /** The GraphDef that a script gives. */
    static GraphDef graphDef(Object value, String wrong) {
        if (value instanceof MessageValue m && m.descriptor() == GraphDef.getDescriptor()) {
            return m.fill(GraphDef.newBuilder()).build();
        }
        throw NnError.type(wrong);
    }

    /** A folder and a name as one path. */
    public static String join(String folder, String name) {
        return folder.isEmpty() || name.startsWith("/") ? name : folder.endsWith("/") ? folder + name : folder + "/" + name;
    }

    static void write(Machine m, String file, byte[] content) {
        Path path = m.world().files().writable(file);
        try {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            WholeFile.write(path, content);
        } catch (IOException failure) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot write " + file + ": " + failure.getMessage());
        }
    }

    private static void write(Machine m, String file, MessageValue message, boolean text) {
        write(m, file, text ? MessageText.of(message).getBytes(StandardCharsets.UTF_8) : message.message().toByteArray());
    }

    @Builtin(
            value = {"train.write_graph", "io.write_graph"},
            signature = "graph_or_graph_def, logdir, name, as_text=True",
            doc = "Writes a graph to a file, as text or in binary form, and answers its path.",
            example = "tf.train.write_graph(sess.graph, './model', 'net.pbtxt')")
    static String writeGraph(Machine m, Object graph, Object folder, Object name, boolean text) {
        MessageValue message = graph instanceof GraphValue g ? graphDef(g.graph(), 0, false)
                : graph instanceof MessageValue given ? given : null;
        if (message == null) {
            throw NnError.type("graph_or_graph_def must be a tf.Graph or a GraphDef, not " + Semantics.typeOf(graph).name());
        }
        String path = join(SaverValue.fspath(m, folder), SaverValue.fspath(m, name));
        write(m, path, message, text);
        return path;
    }

    @Builtin(
            value = {"import_graph_def", "graph_util.import_graph_def"},
            signature = "graph_def, input_map=None, return_elements=None, name=None, op_dict=None, producer_op_list=None",
            doc = "Adds the operations of a GraphDef to the default graph, below the scope `name` ('import' if none is given).",
            example = "y, = tf.import_graph_def(graph_def, return_elements=['y:0'], name='')")
    static Object importGraphDef(
            Machine m, Object def, Object inputMap, Object returned, Object name, Object opDict, Object producer) {
        GraphDef message = graphDef(def, "graph_def must be a GraphDef proto.");
        List<String> elements = new ArrayList<>();
        if (returned != None.NONE) {
            for (Object x : Semantics.elements(m, returned)) {
                if (!(x instanceof String) && !(x instanceof BytesValue)) {
                    throw NnError.type("return_elements must be a list of strings.");
                }
                elements.add(SaverValue.fspath(m, x));
            }
        }
        Graph graph = TfState.of(m).graph();
        String prefix = "";
        Map<String, Output> inputs;
        try (NameScope scope = graph.nameScope(name == None.NONE ? "import" : SaverValue.fspath(m, name))) {
            prefix = graph.currentScope();
            inputs = inputMap(m, graph, inputMap, prefix);
        }
        return returned(m, elements, GraphImport.into(graph, message, prefix, inputs), returned == None.NONE);
    }

    private static Map<String, Output> inputMap(Machine m, Graph graph, Object given, String prefix) {
        Map<String, Output> inputs = new LinkedHashMap<>();
        if (given == None.NONE) {
            return inputs;
        }
        if (!(given instanceof DictValue dict)) {
            throw NnError.type("input_map must be a dictionary mapping strings to Tensor objects.");
        }
        for (DictValue.Entries e = dict.entries(); e.next();) {
            if (!(e.key() instanceof String) && !(e.key() instanceof BytesValue)) {
                throw NnError.type("input_map must be a dictionary mapping strings to Tensor objects.");
            }
            String key = SaverValue.fspath(m, e.key());
            if (e.value() instanceof TensorValue t) {
                inputs.put(key, t.output());
                continue;
            }
            if (prefix.isEmpty()) {
                throw NnError.value("tf.import_graph_def() requires a non-empty `name` if `input_map` contains non-Tensor values. "
                        + "Try calling tf.convert_to_tensor() on `input_map` values before calling tf.import_graph_def().");
            }
            try (NameScope scope = graph.nameScope("_inputs")) {
                inputs.put(key, Operands.of(m, e.value()).toOutput(graph, null, null, "Const"));
            }
        }
        return inputs;
    }

    private static Object returned(Machine m, List<String> elements, Map<String, Operation> made, boolean nothing) {
        if (nothing) {
            return None.NONE;
        }
        List<Object> found = new ArrayList<>();
        for (String name : elements) {
            int colon = name.indexOf(':');
            Operation op = made.get(colon < 0 ? name : name.substring(0, colon));
            int index = colon < 0 ? 0 : (int) Semantics.index(m, Long.valueOf(name.substring(colon + 1)));
            if (op == null || colon >= 0 && index >= op.outputCount()) {
                throw NnError.value("Requested return " + (colon < 0 ? "node '" : "tensor '") + name + "' not found in graph def");
            }
            found.add(colon < 0 ? Tensors.wrap(op) : Tensors.wrap(op.output(index)));
        }
        return ListValue.of(found.toArray());
    }

    // Frozen graphs

    private static List<String> names(Machine m, Object given, String wrong) {
        if (given instanceof String || given instanceof BytesValue) {
            throw NnError.type(wrong);
        }
        List<String> names = new ArrayList<>();
        for (Object x : Semantics.elements(m, given)) {
            names.add(SaverValue.fspath(m, x));
        }
        return names;
    }

    private static MessageValue extracted(Machine m, Object def, Object nodes) {
        return MessageValue.of(FrozenGraphs.extract(
                graphDef(def, "graph_def must be a graph_pb2.GraphDef proto."), names(m, nodes, "dest_nodes must be a list.")));
    }

    @Builtin(
            value = "graph_util.extract_sub_graph",
            signature = "graph_def, dest_nodes",
            doc = "The part of a graph that the named nodes need.")
    static Object extractSubGraph(Machine m, Object def, Object nodes) {
        return extracted(m, def, nodes);
    }

    @Builtin(
            value = "graph_util.convert_variables_to_constants",
            signature = "sess, input_graph_def, output_node_names, variable_names_whitelist=None, variable_names_blacklist=None",
            doc = "The part of a graph that the named nodes need, with the variables' present values in place of the variables.",
            example = "frozen = tf.graph_util.convert_variables_to_constants(sess, sess.graph_def, ['y'])")
    static Object freeze(Machine m, Object session, Object def, Object outputs, Object only, Object except) {
        if (!(session instanceof SessionValue sess)) {
            throw NnError.type("sess must be a Session; " + Semantics.repr(m, session));
        }
        GraphDef part = ((MessageValue) extracted(m, def, outputs)).fill(GraphDef.newBuilder()).build();
        Set<String> wanted = only == None.NONE ? null : new HashSet<>(names(m, only, "variable_names_whitelist must be a list."));
        Set<String> unwanted = except == None.NONE ? Set.of() : new HashSet<>(names(m, except, "variable_names_blacklist must be a list."));
        List<String> variables = new ArrayList<>();
        List<Output> fetches = new ArrayList<>();
        for (String name : FrozenGraphs.variables(part)) {
            if ((wanted == null || wanted.contains(name)) && !unwanted.contains(name)) {
                variables.add(name);
                fetches.add(MetaGraphs.tensor(sess.session().graph(), name + ":0"));
            }
        }
        NdArray[] values = fetches.isEmpty()
                ? new NdArray[0]
                : sess.session().run(new PlanKey(fetches, List.of(), List.of()), new NdArray[0]);
        Map<String, NdArray> byName = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            byName.put(variables.get(i), values[i]);
        }
        HostFunctions.info(m, "Froze " + values.length + " variables.");
        HostFunctions.info(m, "Converted " + values.length + " variables to const ops.");
        return MessageValue.of(FrozenGraphs.freeze(part, byName));
    }

    @Builtin(
            value = "graph_util.remove_training_nodes",
            signature = "input_graph, protected_nodes=None",
            doc = "The graph without checks of numbers and without identities that nothing waits for.")
    static Object removeTraining(Machine m, Object def, Object kept) {
        List<String> names = kept == None.NONE ? List.of() : names(m, kept, "protected_nodes must be a list.");
        return MessageValue.of(FrozenGraphs.withoutTraining(graphDef(def, "input_graph must be a GraphDef proto."), names));
    }

    @Builtin(
            value = "graph_util.tensor_shape_from_node_def_name",
            signature = "graph, input_name",
            doc = "The static shape of a node's first output, or of the output named.")
    static Object shapeOf(Machine m, GraphValue graph, String name) {
        return new ShapeValue(MetaGraphs.tensor(graph.graph(), name).shape());
    }

    // Meta graphs

    /** A meta graph of the graph or of a GraphDef that stands for it. */
    static MetaGraphDef metaGraph(
            Machine m, Graph graph, Object def, Optional<SaverDef> saver, Object collections, boolean clearDevices) {
        GraphDef message = def == None.NONE ? GraphDefs.of(graph, true) : graphDef(def, "graph_def must be of type GraphDef");
        Collection<String> keys = collections == None.NONE
                ? graph.collectionKeys()
                : names(m, collections, "collection_list must be a list.");
        return MetaGraphs.of(graph, clearDevices ? MetaGraphs.withoutDevices(message) : message, saver, keys);
    }

    @Builtin(
            value = "train.export_meta_graph",
            signature = "filename=None, meta_info_def=None, graph_def=None, saver_def=None, collection_list=None, as_text=False, "
                    + "graph=None, export_scope=None, clear_devices=False, clear_extraneous_savers=False, "
                    + "strip_default_attrs=False, save_debug_info=False",
            doc = "The graph with its collections as a MetaGraphDef; written to a file if one is named.",
            example = "tf.train.export_meta_graph('net.meta')")
    static Object exportMetaGraph(
            Machine m, Object file, Object info, Object def, Object saver, Object collections, boolean text, Object graph,
            Object scope, boolean clearDevices, boolean clearSavers, boolean strip, boolean debugInfo) {
        refuseScope(scope);
        Graph g = graph instanceof GraphValue given ? given.graph() : TfState.of(m).graph();
        Optional<SaverDef> saverDef = saver instanceof MessageValue s && s.descriptor() == SaverDef.getDescriptor()
                ? Optional.of(s.fill(SaverDef.newBuilder()).build())
                : Optional.empty();
        MetaGraphDef.Builder meta = metaGraph(m, g, def, saverDef, collections, clearDevices).toBuilder();
        if (info instanceof MessageValue given) {
            meta.mergeMetaInfoDef(given.fill(MetaGraphDef.MetaInfoDef.newBuilder()).build());
        }
        return exported(m, file, meta.build(), text);
    }

    private static void refuseScope(Object scope) {
        if (scope != None.NONE && !"".equals(scope)) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "export_meta_graph exports whole graphs; export_scope is not supported");
        }
    }

    /** Writes a meta graph where a file is named, and answers it. */
    static MessageValue exported(Machine m, Object file, MetaGraphDef meta, boolean text) {
        MessageValue message = MessageValue.of(meta);
        if (file != None.NONE) {
            write(m, SaverValue.fspath(m, file), message, text);
        }
        return message;
    }

    private static MetaGraphDef metaGraph(Machine m, Object given) {
        if (given instanceof MessageValue message && message.descriptor() == MetaGraphDef.getDescriptor()) {
            return message.fill(MetaGraphDef.newBuilder()).build();
        }
        String file = SaverValue.fspath(m, given);
        Path path = m.world().files().readable(file);
        if (!Files.isRegularFile(path)) {
            throw new NnError(ErrorKind.OS_ERROR, "File " + file + " does not exist.");
        }
        try {
            return GraphReading.metaGraph(Files.readAllBytes(path), file);
        } catch (IOException failure) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot read " + file + ": " + failure.getMessage());
        }
    }

    @Builtin(
            value = "train.import_meta_graph",
            signature = "meta_graph_or_file, clear_devices=False, import_scope=None, input_map=None, return_elements=None",
            doc = "Adds the graph of a .meta file to the default graph, with its collections; answers a Saver for its variables.",
            example = "saver = tf.train.import_meta_graph('./model/net-1000.meta')")
    static Object importMetaGraph(Machine m, Object file, boolean clearDevices, Object importScope, Object inputMap, Object returned) {
        MetaGraphDef meta = metaGraph(m, file);
        Graph graph = TfState.of(m).graph();
        String prefix = "";
        Map<String, Output> inputs;
        try (NameScope scope = graph.nameScope(importScope == None.NONE ? "" : SaverValue.fspath(m, importScope))) {
            prefix = graph.currentScope();
            inputs = inputMap(m, graph, inputMap, prefix);
        }
        Map<String, Operation> made = MetaGraphs.into(graph, meta, clearDevices, prefix, inputs);
        Object saver = saver(m, graph, meta, prefix);
        if (returned == None.NONE) {
            return saver;
        }
        Object elements = returned(m, names(m, returned, "return_elements must be a list of strings."), made, false);
        return TupleValue.of(saver, elements);
    }

    private static Object saver(Machine m, Graph graph, MetaGraphDef meta, String prefix) {
        SaverDef def = meta.getSaverDef();
        Optional<SaverGraph> saver = meta.hasSaverDef() ? MetaGraphs.saver(graph, def, prefix) : Optional.empty();
        if (saver.isPresent()) {
            return new SaverValue(m, saver.get(), def.getMaxToKeep(), def.getKeepCheckpointEveryNHours(), false);
        }
        if (graph.collection("variables").isEmpty()) {
            return None.NONE;
        }
        return TrainFunctionsTable.TABLE.find("train.Saver").call(m, Semantics.NO_ARGUMENTS, Semantics.NO_KEYWORDS);
    }
}
