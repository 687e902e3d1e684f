package io.retrograd.exchange;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.retrograd.error.NnError;
import io.retrograd.graph.ControlFlowContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.train.SaverGraph;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.framework.CollectionDef;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.MetaGraphDef;
import org.tensorflow.framework.NodeDef;
import org.tensorflow.framework.VariableDef;
import org.tensorflow.util.SaverDef;

/** A graph with what is needed to go on with it: its collections and its saver, as TensorFlow's MetaGraphDef, both ways. */
public final class MetaGraphs {
    private static final String TRAINABLE = "trainable_variables";

    /** Collections whose members are variables, which files hold as messages. */
    private static final Set<String> OF_VARIABLES = Set.of(
            "variables", TRAINABLE, "local_variables", "model_variables", "moving_average_variables", "metric_variables",
            "global_step");

    private MetaGraphs() {}

    /** The message for a graph with all its collections; {@code saver} may be null. */
    public static MetaGraphDef of(Graph graph, SaverGraph saver, long maxToKeep) {
        return of(
                graph,
                GraphDefs.of(graph, true),
                saver == null ? Optional.empty() : Optional.of(saverDef(saver, maxToKeep, 10000, false)),
                graph.collectionKeys());
    }

    /** The message for that much of a graph, with those of its collections. */
    public static MetaGraphDef of(Graph graph, GraphDef def, Optional<SaverDef> saver, Collection<String> collections) {
        MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
        meta.setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().setTensorflowVersion("1.15.0"));
        meta.setGraphDef(def);
        saver.ifPresent(meta::setSaverDef);
        for (String key : collections) {
            CollectionDef collection = collection(graph.collection(key));
            if (collection.getKindCase() != CollectionDef.KindCase.KIND_NOT_SET) {
                meta.putCollectionDef(key, collection);
            }
        }
        return meta.build();
    }

    /** How a saver is written down: the names to feed and run. */
    public static SaverDef saverDef(SaverGraph saver, long maxToKeep, double keepEveryHours, boolean sharded) {
        return SaverDef.newBuilder()
                .setFilenameTensorName(saver.filename().name())
                .setSaveTensorName(saver.save().name())
                .setRestoreOpName(saver.restore().name())
                .setMaxToKeep((int) maxToKeep)
                .setSharded(sharded)
                .setKeepCheckpointEveryNHours((float) keepEveryHours)
                .setVersion(SaverDef.CheckpointFormatVersion.V2)
                .build();
    }

    /** Variables as their messages, tensors and operations by name; what is of no such kind is left out. */
    private static CollectionDef collection(List<Object> items) {
        CollectionDef.Builder out = CollectionDef.newBuilder();
        for (Object item : items) {
            if (item instanceof Variable v) {
                out.getBytesListBuilder().addValue(variable(v).toByteString());
            } else if (item instanceof Output o) {
                out.getNodeListBuilder().addValue(o.name());
            } else if (item instanceof Operation op) {
                out.getNodeListBuilder().addValue(op.name());
            } else if (item instanceof ControlFlowContext c) {
                out.getBytesListBuilder().addValue(ControlFlowDefs.message(c));
            } else if (item instanceof String s) {
                out.getBytesListBuilder().addValue(ByteString.copyFromUtf8(s));
            } else if (item instanceof byte[] b) {
                out.getBytesListBuilder().addValue(ByteString.copyFrom(b));
            } else if (item instanceof Long n) {
                out.getInt64ListBuilder().addValue(n);
            } else if (item instanceof Double d) {
                out.getFloatListBuilder().addValue(d.floatValue());
            }
        }
        return out.build();
    }

    private static VariableDef variable(Variable v) {
        return VariableDef.newBuilder()
                .setVariableName(v.name())
                .setInitialValueName(v.initialValue() == null ? "" : v.initialValue().name())
                .setInitializerName(v.initializer().name())
                .setSnapshotName(v.snapshot().name())
                .setTrainable(v.trainable())
                .build();
    }

    /**
     * Adds a meta graph to a graph: its operations and its collections. A collection's strings come back as bytes.
     *
     * @param prefix the scope in which names are put; empty for none
     * @return the new operations by their names in the file
     * @throws NnError as {@link GraphImport#into}
     */
    public static Map<String, Operation> into(
            Graph graph, MetaGraphDef meta, boolean clearDevices, String prefix, Map<String, Output> inputMap) {
        GraphDef def = clearDevices ? withoutDevices(meta.getGraphDef()) : meta.getGraphDef();
        Map<String, Operation> made = GraphImport.into(graph, def, prefix, inputMap);
        Map<ByteString, Variable> variables = new HashMap<>();
        if (meta.containsCollectionDef(TRAINABLE)) {
            restore(graph, TRAINABLE, meta.getCollectionDefOrThrow(TRAINABLE), prefix, variables);
        }
        new TreeMap<>(meta.getCollectionDefMap()).forEach((key, collection) -> {
            if (!key.equals(TRAINABLE)) {
                restore(graph, key, collection, prefix, variables);
            }
        });
        return made;
    }

    /** The graph with every device left open. */
    public static GraphDef withoutDevices(GraphDef def) {
        GraphDef.Builder out = def.toBuilder();
        for (NodeDef.Builder node : out.getNodeBuilderList()) {
            node.clearDevice();
        }
        return out.build();
    }

    private static void restore(
            Graph graph, String key, CollectionDef collection, String prefix, Map<ByteString, Variable> variables) {
        switch (collection.getKindCase()) {
            case NODE_LIST -> {
                for (String name : collection.getNodeList().getValueList()) {
                    graph.addToCollection(key, element(graph, prefixed(name, prefix)));
                }
            }
            case BYTES_LIST -> {
                for (ByteString bytes : collection.getBytesList().getValueList()) {
                    if (key.equals(ControlFlowDefs.LOOPS) || key.equals(ControlFlowDefs.BRANCHES)) {
                        graph.addToCollection(key, ControlFlowDefs.restore(graph, key, bytes, prefix));
                        continue;
                    }
                    if (!OF_VARIABLES.contains(key)) {
                        graph.addToCollection(key, bytes.toByteArray());
                        continue;
                    }
                    Variable v = variables.get(bytes);
                    if (v == null) {
                        v = variable(graph, bytes, prefix);
                        variables.put(bytes, v);
                    }
                    graph.addToCollection(key, v);
                }
            }
            case INT64_LIST -> collection.getInt64List().getValueList().forEach(n -> graph.addToCollection(key, n));
            case FLOAT_LIST -> collection.getFloatList().getValueList()
                    .forEach(f -> graph.addToCollection(key, (double) f));
            default -> { }
        }
    }

    private static Variable variable(Graph graph, ByteString bytes, String prefix) {
        VariableDef def;
        try {
            def = Parsed.from(bytes.toByteArray(), VariableDef.parser());
        } catch (InvalidProtocolBufferException damaged) {
            throw NnError.value("A variable in the meta graph cannot be read: " + damaged.getMessage());
        }
        if (def.getIsResource()) {
            throw NnError.value("Variable '" + def.getVariableName() + "' is a resource variable, which cannot be used here");
        }
        Output initial = def.getInitialValueName().isEmpty()
                ? graph.operationNamed(operation(prefixed(def.getInitializerName(), prefix))).input(1)
                : tensor(graph, prefixed(def.getInitialValueName(), prefix));
        return new Variable(
                tensor(graph, prefixed(def.getVariableName(), prefix)),
                initial,
                graph.operationNamed(operation(prefixed(def.getInitializerName(), prefix))),
                tensor(graph, prefixed(def.getSnapshotName(), prefix)),
                def.getTrainable());
    }

    private static String prefixed(String name, String prefix) {
        return prefix.isEmpty() ? name : name.startsWith("^") ? "^" + prefix + "/" + name.substring(1) : prefix + "/" + name;
    }

    private static String operation(String name) {
        int colon = name.lastIndexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    /** The tensor of that name; KeyError if there is none. */
    public static Output tensor(Graph graph, String name) {
        int colon = name.lastIndexOf(':');
        return graph.operationNamed(operation(name)).output(colon < 0 ? 0 : Integer.parseInt(name.substring(colon + 1)));
    }

    private static Object element(Graph graph, String name) {
        return name.indexOf(':') < 0 ? graph.operationNamed(name) : tensor(graph, name);
    }

    /** The saver that a message describes; empty if it names none. */
    public static Optional<SaverGraph> saver(Graph graph, SaverDef def, String prefix) {
        if (def.getRestoreOpName().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SaverGraph(
                tensor(graph, prefixed(def.getFilenameTensorName(), prefix)),
                tensor(graph, prefixed(def.getSaveTensorName(), prefix)),
                graph.operationNamed(operation(prefixed(def.getRestoreOpName(), prefix)))));
    }
}
