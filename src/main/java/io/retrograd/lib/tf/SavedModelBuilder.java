package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.exchange.GraphDefs;
import io.retrograd.exchange.MetaGraphs;
import io.retrograd.exchange.SavedModels;
import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.message.MessageText;
import io.retrograd.lib.tf.message.MessageValue;
import io.retrograd.session.Session;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.train.SaverGraph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tensorflow.framework.AssetFileDef;
import org.tensorflow.framework.MetaGraphDef;
import org.tensorflow.framework.SavedModel;
import org.tensorflow.framework.SignatureDef;
import org.tensorflow.framework.TensorInfo;
import org.tensorflow.util.SaverDef;

/** {@code tf.saved_model.Builder}: collects graphs and the variables of one session, then writes the SavedModel. */
final class SavedModelBuilder implements Value {
    static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.saved_model.builder_impl",
            "SavedModelBuilder",
            CoreTypes.OBJECT,
            SavedModelBuilderTable.TABLE,
            (m, arguments, keywords) -> SavedModelFunctionsTable.TABLE.find("saved_model.Builder").call(m, arguments, keywords));

    private final String folder;
    private final SavedModel.Builder model = SavedModel.newBuilder().setSavedModelSchemaVersion(1);
    private final Map<String, String> copied = new HashMap<>();
    private boolean variablesSaved;

    SavedModelBuilder(Machine m, String folder) {
        this.folder = folder;
        Path path = m.world().files().writable(folder);
        try {
            if (Files.exists(path)) {
                try (Stream<Path> there = Files.list(path)) {
                    if (there.findAny().isPresent()) {
                        throw new NnError(
                                ErrorKind.ASSERTION_ERROR,
                                "Export directory already exists, and isn't empty. Please choose a different export directory, or "
                                        + "delete all the contents of the specified directory: " + folder);
                    }
                }
            } else {
                Files.createDirectories(path);
            }
        } catch (IOException failure) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot write to " + folder + ": " + failure.getMessage());
        }
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Builtin(
            value = "add_meta_graph_and_variables",
            signature = "sess, tags, signature_def_map=None, assets_collection=None, legacy_init_op=None, clear_devices=False, "
                    + "main_op=None, strip_default_attrs=False, saver=None",
            method = true,
            doc = "Adds the session's graph under these tags, and saves the session's variables.")
    static void addWithVariables(
            Machine m, SavedModelBuilder self, Object sess, Object tags, Object signatures, Object assets, Object legacyInit,
            boolean clearDevices, Object mainOp, boolean strip, Object saver) {
        if (!(sess instanceof SessionValue session)) {
            throw NnError.type("'sess' must be a Session; " + Semantics.str(m, sess));
        }
        if (self.variablesSaved) {
            throw new NnError(
                    ErrorKind.ASSERTION_ERROR,
                    "Graph state including variables and assets has already been saved. Please invoke `add_meta_graph()` instead.");
        }
        Map<String, SignatureDef> checked = signatures(m, signatures);
        List<AssetFileDef> files = self.assets(m, assets);
        Graph graph = session.session().graph();
        Optional<SaverGraph> saving = saver instanceof SaverValue s ? Optional.of(s.graph()) : saver(graph);
        if (saving.isPresent()) {
            self.saveVariables(m, session.session(), saving.get());
        }
        self.variablesSaved = true;
        self.add(m, graph, tags, checked, legacyInit, mainOp, clearDevices, saving, files);
    }

    @Builtin(
            value = "add_meta_graph",
            signature = "tags, signature_def_map=None, assets_collection=None, legacy_init_op=None, clear_devices=False, "
                    + "main_op=None, strip_default_attrs=False, saver=None",
            method = true,
            doc = "Adds the default graph under these tags; its variables are those saved before.")
    static void add(
            Machine m, SavedModelBuilder self, Object tags, Object signatures, Object assets, Object legacyInit, boolean clearDevices,
            Object mainOp, boolean strip, Object saver) {
        if (!self.variablesSaved) {
            throw new NnError(
                    ErrorKind.ASSERTION_ERROR,
                    "Graph state including variables and assets has not been saved yet. Please invoke "
                            + "`add_meta_graph_and_variables()` first.");
        }
        Map<String, SignatureDef> checked = signatures(m, signatures);
        List<AssetFileDef> files = self.assets(m, assets);
        Graph graph = TfState.of(m).graph();
        Optional<SaverGraph> saving = saver instanceof SaverValue s ? Optional.of(s.graph()) : saver(graph);
        self.add(m, graph, tags, checked, legacyInit, mainOp, clearDevices, saving, files);
    }

    /** Copies the files that the graph's tables read into the model; different files of one name are numbered. */
    private List<AssetFileDef> assets(Machine m, Object assets) {
        List<AssetFileDef> all = new ArrayList<>();
        for (Object each : assets == None.NONE ? new Object[0] : Semantics.elements(m, assets)) {
            if (!(each instanceof TensorValue tensor)) {
                throw NnError.type("assets_collection must hold tensors, not " + Semantics.typeOf(each).name());
            }
            Output place = tensor.output();
            NdArray path = ConstantValue.of(place).filter(v -> v.dtype() == DType.STRING && v.size() == 1).orElseThrow(
                    () -> NnError.type("Invalid asset filepath tensor " + place.name() + ": it is no constant string"));
            String source = new String((byte[]) path.getObject(0), StandardCharsets.UTF_8);
            all.add(AssetFileDef.newBuilder()
                    .setFilename(copied.computeIfAbsent(source, file -> copy(m, file)))
                    .setTensorInfo(TensorInfo.newBuilder().setName(place.name()))
                    .build());
        }
        return all;
    }

    private String copy(Machine m, String source) {
        String plain = Path.of(source).getFileName().toString();
        String name = plain;
        for (int i = 1; copied.containsValue(name); i++) {
            name = plain + "_" + i;
        }
        Path to = m.world().files().writable(GraphExchange.join(folder, SavedModels.ASSETS + name));
        try {
            Files.createDirectories(to.getParent());
            Files.copy(m.world().files().readable(source), to, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException none) {
            throw new NnError(ErrorKind.NOT_FOUND_ERROR, source + "; No such file or directory");
        } catch (IOException failure) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot copy " + source + " to " + folder + ": " + failure.getMessage());
        }
        return name;
    }

    private static Optional<SaverGraph> saver(Graph graph) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (Object v : graph.collection("variables")) {
            variables.put(((Variable) v).operation().name(), (Variable) v);
        }
        return variables.isEmpty() ? Optional.empty() : Optional.of(SaverGraph.build(graph, variables, null, "model", false));
    }

    private void saveVariables(Machine m, Session session, SaverGraph saver) {
        String prefix = GraphExchange.join(folder, SavedModels.VARIABLES);
        Path path = m.world().files().writable(prefix);
        try {
            Files.createDirectories(path.getParent());
        } catch (IOException failure) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot write to " + folder + ": " + failure.getMessage());
        }
        Map<Output, NdArray> feed = Map.of(saver.filename(), NdArray.scalar(prefix.getBytes(StandardCharsets.UTF_8)));
        session.run(saver.save(), feed);
    }

    private static Map<String, SignatureDef> signatures(Machine m, Object given) {
        Map<String, SignatureDef> all = new TreeMap<>();
        if (given == None.NONE) {
            return all;
        }
        if (!(given instanceof DictValue dict)) {
            throw NnError.type("signature_def_map must be a dict of names and SignatureDef messages");
        }
        for (DictValue.Entries e = dict.entries(); e.next();) {
            if (!(e.value() instanceof MessageValue v) || v.descriptor() != SignatureDef.getDescriptor()) {
                throw NnError.type("signature_def_map must hold SignatureDef messages, not " + Semantics.typeOf(e.value()).name())
                        .help("make them by tf.saved_model.signature_def_utils.predict_signature_def(inputs, outputs)");
            }
            SignatureDef signature = v.fill(SignatureDef.newBuilder()).build();
            SavedModels.mistake(signature).ifPresent(text -> {
                throw new NnError(ErrorKind.ASSERTION_ERROR, text);
            });
            all.put(Semantics.str(m, e.key()), signature);
        }
        return all;
    }

    private void add(
            Machine m, Graph graph, Object tags, Map<String, SignatureDef> signatures, Object legacyInit, Object mainOp,
            boolean clearDevices, Optional<SaverGraph> saver, List<AssetFileDef> files) {
        if (legacyInit != None.NONE && mainOp != None.NONE) {
            throw NnError.value("legacy_init_op and main_op cannot both be given");
        }
        if (mainOp != None.NONE) {
            graph.addToCollection("saved_model_main_op", Elements.unwrap(mainOp));
        }
        if (legacyInit != None.NONE) {
            graph.addToCollection("legacy_init_op", Elements.unwrap(legacyInit));
        }
        Optional<SaverDef> saverDef = saver.map(s -> MetaGraphs.saverDef(s, 5, 10000, false));
        var def = GraphDefs.of(graph, true);
        MetaGraphDef.Builder meta = MetaGraphs.of(
                        graph, clearDevices ? MetaGraphs.withoutDevices(def) : def, saverDef, graph.collectionKeys())
                .toBuilder();
        for (Object tag : tags instanceof String s ? new Object[] {s} : Semantics.elements(m, tags)) {
            meta.getMetaInfoDefBuilder().addTags(Semantics.str(m, tag));
        }
        model.addMetaGraphs(meta.putAllSignatureDef(signatures).addAllAssetFileDef(files));
    }

    @Builtin(value = "save", signature = "as_text=False", method = true, doc = "Writes the SavedModel, and answers its file.")
    static Object save(Machine m, SavedModelBuilder self, boolean text) {
        String file = GraphExchange.join(self.folder, text ? SavedModels.TEXT : SavedModels.BINARY);
        SavedModel model = self.model.build();
        GraphExchange.write(
                m, file, text ? MessageText.of(MessageValue.of(model)).getBytes(StandardCharsets.UTF_8) : model.toByteArray());
        HostFunctions.info(m, "SavedModel written to: " + file);
        return new BytesValue(file.getBytes(StandardCharsets.UTF_8));
    }
}
