package io.retrograd.exchange;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.session.Session;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.framework.CollectionDef;
import org.tensorflow.framework.MetaGraphDef;
import org.tensorflow.framework.SavedModel;
import org.tensorflow.framework.SignatureDef;
import org.tensorflow.framework.TensorInfo;

/**
 * TensorFlow's SavedModel: a folder with the graphs in {@code saved_model.pb} (or {@code .pbtxt}) and a checkpoint
 * {@code variables/variables}.
 */
public final class SavedModels {
    public static final String BINARY = "saved_model.pb";
    public static final String TEXT = "saved_model.pbtxt";
    public static final String VARIABLES = "variables/variables";
    public static final String ASSETS = "assets/";

    /** Collections that name an operation to run after the variables are there. */
    private static final List<String> MAIN_OPERATIONS = List.of("saved_model_main_op", "legacy_init_op");

    private SavedModels() {}

    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(BINARY)) || Files.isRegularFile(folder.resolve(TEXT));
    }

    /**
     * Reads the graphs of a SavedModel.
     *
     * @param name the folder's name, for errors
     * @throws NnError OSError where there is none or it cannot be read
     */
    public static SavedModel read(Path folder, String name) {
        try {
            if (Files.isRegularFile(folder.resolve(BINARY))) {
                return Parsed.from(Files.readAllBytes(folder.resolve(BINARY)), SavedModel.parser());
            }
            if (Files.isRegularFile(folder.resolve(TEXT))) {
                SavedModel.Builder model = SavedModel.newBuilder();
                TextFormat.merge(Files.readString(folder.resolve(TEXT)), model);
                return model.build();
            }
        } catch (InvalidProtocolBufferException | TextFormat.ParseException damaged) {
            throw new NnError(ErrorKind.OS_ERROR, "Cannot parse file " + name + ": " + damaged.getMessage() + ".");
        } catch (IOException failure) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot read " + name + ": " + failure.getMessage());
        }
        throw new NnError(ErrorKind.OS_ERROR, "SavedModel file does not exist at: " + name + "/{" + TEXT + "|" + BINARY + "}");
    }

    /** The graph with exactly these tags; RuntimeError if there is none. */
    public static MetaGraphDef metaGraph(SavedModel model, Collection<String> tags) {
        Set<String> wanted = new HashSet<>(tags);
        List<String> there = new ArrayList<>();
        for (MetaGraphDef meta : model.getMetaGraphsList()) {
            if (new HashSet<>(meta.getMetaInfoDef().getTagsList()).equals(wanted)) {
                return meta;
            }
            there.add("'" + String.join(",", meta.getMetaInfoDef().getTagsList()) + "'");
        }
        throw NnError.runtime("MetaGraphDef associated with tags " + String.join(", ", tags)
                        + " could not be found in SavedModel. To inspect available tag-sets in the SavedModel, please use the "
                        + "SavedModel CLI: `saved_model_cli`")
                .help("it holds the tags " + String.join(" and ", there));
    }

    /**
     * Adds a graph of a SavedModel to the session's graph, restores its variables and runs its initialization.
     *
     * @param variables the checkpoint's prefix as the session may read it
     */
    public static void load(Session session, MetaGraphDef meta, String variables, String importScope) {
        Graph graph = session.graph();
        Map<String, Operation> made = MetaGraphs.into(graph, meta, false, importScope, Map.of());
        boolean saved = !meta.getSaverDef().getRestoreOpName().isEmpty();
        if (saved) {
            SaverGraph saver = MetaGraphs.saver(graph, meta.getSaverDef(), importScope).orElseThrow();
            Map<Output, NdArray> feed = Map.of(saver.filename(), NdArray.scalar(variables.getBytes(StandardCharsets.UTF_8)));
            session.run(saver.restore(), feed);
        }
        for (Operation op : mainOperations(graph, meta, made)) {
            session.run(op, assets(graph, meta, variables, importScope));
        }
    }

    private static List<Operation> mainOperations(Graph graph, MetaGraphDef meta, Map<String, Operation> made) {
        List<Operation> all = new ArrayList<>();
        SignatureDef init = meta.getSignatureDefMap().get("__saved_model_init_op");
        if (init != null) {
            init.getOutputsMap().values().forEach(o -> all.add(made.get(operation(o.getName()))));
            return all;
        }
        for (String key : MAIN_OPERATIONS) {
            CollectionDef collection = meta.getCollectionDefMap().get(key);
            if (collection != null && collection.getNodeList().getValueCount() > 0) {
                all.add(made.get(operation(collection.getNodeList().getValue(0))));
                return all;
            }
        }
        return all;
    }

    /** The files that belong to the model, as the tensors to feed with their places. */
    private static Map<Output, NdArray> assets(Graph graph, MetaGraphDef meta, String variables, String scope) {
        Map<Output, NdArray> feed = new HashMap<>();
        String folder = variables.substring(0, variables.length() - VARIABLES.length()) + ASSETS;
        meta.getAssetFileDefList().forEach(a -> {
            String name = scope.isEmpty() ? a.getTensorInfo().getName() : scope + "/" + a.getTensorInfo().getName();
            feed.put(MetaGraphs.tensor(graph, name), NdArray.scalar((folder + a.getFilename()).getBytes(StandardCharsets.UTF_8)));
        });
        return feed;
    }

    private static String operation(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    /** The signature of that name; ValueError that lists those there are. */
    public static SignatureDef signature(MetaGraphDef meta, String name) {
        SignatureDef found = meta.getSignatureDefMap().get(name);
        if (found == null) {
            List<String> there = new TreeMap<>(meta.getSignatureDefMap()).keySet().stream().filter(k -> !k.startsWith("__")).toList();
            throw NnError.value("the model has no signature '" + name + "'; it has "
                    + (there.isEmpty() ? "none" : String.join(", ", there)));
        }
        return found;
    }

    /** A tensor as signatures describe it. */
    public static TensorInfo info(Output tensor) {
        int reference = tensor.isReference() ? 100 : 0;
        return TensorInfo.newBuilder()
                .setName(tensor.name())
                .setDtypeValue(tensor.dtype().tfNumber() + reference)
                .setTensorShape(TensorProtos.shape(tensor.shape()))
                .build();
    }

    /** What is wrong with a signature; empty if nothing is. */
    public static Optional<String> mistake(SignatureDef signature) {
        for (Map<String, TensorInfo> part : List.of(signature.getInputsMap(), signature.getOutputsMap())) {
            for (TensorInfo info : part.values()) {
                if (info.getName().isEmpty() && !info.hasCooSparse()) {
                    return Optional.of("All TensorInfo protos used in the SignatureDefs must have one of the 'encoding' fields set: " + info);
                }
                if (info.getDtypeValue() == 0) {
                    return Optional.of("All TensorInfo protos used in the SignatureDefs must have the dtype field set: " + info);
                }
            }
        }
        return Optional.empty();
    }
}
