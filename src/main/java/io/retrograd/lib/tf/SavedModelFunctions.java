package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.exchange.MetaGraphs;
import io.retrograd.exchange.SavedModels;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.tf.message.MessageValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.MetaGraphDef;
import org.tensorflow.framework.SignatureDef;
import org.tensorflow.framework.TensorInfo;

/** {@code tf.saved_model}: models with their variables and signatures, in a folder of TensorFlow's format. */
final class SavedModelFunctions {
    private static final String CLASSIFY = "tensorflow/serving/classify";
    private static final String PREDICT = "tensorflow/serving/predict";
    private static final String REGRESS = "tensorflow/serving/regress";

    private SavedModelFunctions() {}

    @Builtin(
            value = {"saved_model.Builder", "saved_model.builder.SavedModelBuilder"},
            signature = "export_dir",
            doc = "Collects graphs and variables to be written to a folder that is new or empty.",
            example = "b = tf.saved_model.Builder('./export'); b.add_meta_graph_and_variables(sess, ['serve']); b.save()")
    static Object builder(Machine m, Object folder) {
        return new SavedModelBuilder(m, SaverValue.fspath(m, folder));
    }

    @Builtin(
            value = "saved_model.simple_save",
            signature = "session, export_dir, inputs, outputs, legacy_init_op=None",
            doc = "Writes the session's graph and variables with one signature, 'serving_default'.",
            example = "tf.saved_model.simple_save(sess, './export', inputs={'x': x}, outputs={'y': y})")
    static void simpleSave(Machine m, Object session, Object folder, Object inputs, Object outputs, Object init) {
        DictValue signatures = new DictValue();
        signatures.putText("serving_default", predict(m, inputs, outputs));
        SavedModelBuilder builder = new SavedModelBuilder(m, SaverValue.fspath(m, folder));
        SavedModelBuilder.addWithVariables(
                m, builder, session, ListValue.of("serve"), signatures, None.NONE, None.NONE, true, init,
                false, None.NONE);
        SavedModelBuilder.save(m, builder, false);
    }

    @Builtin(
            value = {"saved_model.load", "saved_model.loader.load"},
            signature = "sess, tags, export_dir, import_scope=None, **saver_kwargs",
            doc = "Adds the graph with these tags to the session's graph and restores its variables; answers its MetaGraphDef.",
            example = "meta = tf.saved_model.loader.load(sess, ['serve'], './export')")
    static Object load(Machine m, Object session, Object tags, Object folder, Object scope, Map<String, Object> ignored) {
        if (!(session instanceof SessionValue sess)) {
            throw NnError.type("'sess' must be a Session; " + Semantics.str(m, session));
        }
        String path = SaverValue.fspath(m, folder);
        List<String> wanted = new ArrayList<>();
        for (Object tag : tags instanceof String s ? new Object[] {s} : Semantics.elements(m, tags)) {
            wanted.add(Semantics.str(m, tag));
        }
        MetaGraphDef meta = SavedModels.metaGraph(SavedModels.read(m.world().files().readable(path), path), wanted);
        String variables = GraphExchange.join(path, SavedModels.VARIABLES);
        if (!meta.getSaverDef().getRestoreOpName().isEmpty()) {
            HostFunctions.info(m, "Restoring parameters from " + variables);
        }
        SavedModels.load(sess.session(), meta, variables, scope == None.NONE ? "" : SaverValue.fspath(m, scope));
        return MessageValue.of(meta);
    }

    @Builtin(
            value = {"saved_model.contains_saved_model", "saved_model.maybe_saved_model_directory", "saved_model.loader.maybe_saved_model_directory"},
            signature = "export_dir",
            doc = "Whether a folder holds a SavedModel.")
    static boolean contains(Machine m, Object folder) {
        return SavedModels.isIn(m.world().files().readable(SaverValue.fspath(m, folder)));
    }

    @Builtin(
            value = {"saved_model.build_tensor_info", "saved_model.utils.build_tensor_info"},
            signature = "tensor",
            doc = "A tensor's name, type and shape as a signature holds them.")
    static Object tensorInfo(Machine m, Object tensor) {
        return MessageValue.of(info(m, tensor));
    }

    private static TensorInfo info(Machine m, Object tensor) {
        if (tensor instanceof TensorValue t) {
            return SavedModels.info(t.output());
        }
        if (tensor instanceof VariableValue v) {
            return SavedModels.info(v.variable().reference());
        }
        throw NnError.type("build_tensor_info takes a tensor, not " + Semantics.typeOf(tensor).name());
    }

    @Builtin(
            value = {"saved_model.get_tensor_from_tensor_info", "saved_model.utils.get_tensor_from_tensor_info"},
            signature = "tensor_info, graph=None, import_scope=None",
            doc = "The tensor of a graph that a signature means.")
    static Object tensor(Machine m, MessageValue info, Object graph, Object scope) {
        Graph g = graph instanceof GraphValue given ? given.graph() : TfState.of(m).graph();
        String name = info.fill(TensorInfo.newBuilder()).build().getName();
        Output found = MetaGraphs.tensor(g, scope == None.NONE ? name : Semantics.str(m, scope) + "/" + name);
        return Tensors.wrap(found);
    }

    @Builtin(
            value = {"saved_model.build_signature_def", "saved_model.signature_def_utils.build_signature_def"},
            signature = "inputs=None, outputs=None, method_name=None",
            doc = "A signature of inputs and outputs, each a dict of names and tensor infos.")
    static Object signature(Machine m, Object inputs, Object outputs, Object method) {
        MessageValue made = new MessageValue(SignatureDef.getDescriptor());
        made.initialize(m, "inputs", inputs);
        made.initialize(m, "outputs", outputs);
        made.initialize(m, "method_name", method);
        return made;
    }

    private static void put(Machine m, Object given, BiConsumer<String, TensorInfo> to) {
        if (!(given instanceof DictValue dict)) {
            throw NnError.type("inputs and outputs must be dicts of names and tensors, not " + Semantics.typeOf(given).name());
        }
        for (DictValue.Entries e = dict.entries(); e.next();) {
            to.accept(Semantics.str(m, e.key()), info(m, e.value()));
        }
    }

    @Builtin(
            value = {"saved_model.predict_signature_def", "saved_model.signature_def_utils.predict_signature_def"},
            signature = "inputs, outputs",
            doc = "A signature of inputs and outputs, each a dict of names and tensors.")
    static Object predict(Machine m, Object inputs, Object outputs) {
        if (inputs == None.NONE || !Semantics.truth(m, inputs)) {
            throw NnError.value("Prediction inputs cannot be None or empty.");
        }
        if (outputs == None.NONE || !Semantics.truth(m, outputs)) {
            throw NnError.value("Prediction outputs cannot be None or empty.");
        }
        SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(PREDICT);
        put(m, inputs, signature::putInputs);
        put(m, outputs, signature::putOutputs);
        return MessageValue.of(signature.build());
    }

    private static TensorInfo text(Machine m, Object tensor, String what, String missing) {
        if (tensor == None.NONE) {
            throw NnError.value(missing);
        }
        TensorInfo info = tensor instanceof TensorValue ? info(m, tensor) : null;
        if (info == null || info.getDtype() != DataType.DT_STRING) {
            throw NnError.value(what + " must be a string Tensor.");
        }
        return info;
    }

    private static TensorInfo real(Machine m, Object tensor, String what, String missing) {
        if (tensor == None.NONE) {
            throw NnError.value(missing);
        }
        TensorInfo info = info(m, tensor);
        if (info.getDtype() != DataType.DT_FLOAT) {
            throw NnError.value(what + " must be a float Tensor.");
        }
        return info;
    }

    @Builtin(
            value = {"saved_model.classification_signature_def", "saved_model.signature_def_utils.classification_signature_def"},
            signature = "examples, classes, scores",
            doc = "A signature of serialized examples, with classes, scores or both as outputs.")
    static Object classify(Machine m, Object examples, Object classes, Object scores) {
        SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(CLASSIFY);
        signature.putInputs("inputs", text(m, examples, "Classification examples", "Classification examples cannot be None."));
        if (classes == None.NONE && scores == None.NONE) {
            throw NnError.value("Classification classes and scores cannot both be None.");
        }
        if (classes != None.NONE) {
            signature.putOutputs("classes", text(m, classes, "Classification classes", ""));
        }
        if (scores != None.NONE) {
            signature.putOutputs("scores", real(m, scores, "Classification scores", ""));
        }
        return MessageValue.of(signature.build());
    }

    @Builtin(
            value = {"saved_model.regression_signature_def", "saved_model.signature_def_utils.regression_signature_def"},
            signature = "examples, predictions",
            doc = "A signature of serialized examples, with numbers as output.")
    static Object regress(Machine m, Object examples, Object predictions) {
        return MessageValue.of(SignatureDef.newBuilder()
                .setMethodName(REGRESS)
                .putInputs("inputs", text(m, examples, "Regression examples", "Regression examples cannot be None."))
                .putOutputs("outputs", real(m, predictions, "Regression output", "Regression predictions cannot be None."))
                .build());
    }

    @Builtin(
            value = {"saved_model.is_valid_signature", "saved_model.signature_def_utils.is_valid_signature"},
            signature = "signature_def",
            doc = "Whether a signature is a whole one for prediction, classification or regression.")
    static boolean isValid(Machine m, Object signature) {
        if (!(signature instanceof MessageValue v)) {
            return false;
        }
        SignatureDef s = v.fill(SignatureDef.newBuilder()).build();
        return switch (s.getMethodName()) {
            case PREDICT -> s.getInputsCount() > 0 && s.getOutputsCount() > 0;
            case REGRESS -> ofType(s.getInputsMap(), Set.of("inputs"), DataType.DT_STRING)
                    && ofType(s.getOutputsMap(), Set.of("outputs"), DataType.DT_FLOAT);
            case CLASSIFY -> ofType(s.getInputsMap(), Set.of("inputs"), DataType.DT_STRING)
                    && s.getOutputsCount() > 0
                    && Set.of("classes", "scores").containsAll(s.getOutputsMap().keySet())
                    && (!s.containsOutputs("classes") || s.getOutputsOrThrow("classes").getDtype() == DataType.DT_STRING)
                    && (!s.containsOutputs("scores") || s.getOutputsOrThrow("scores").getDtype() == DataType.DT_FLOAT);
            default -> false;
        };
    }

    private static boolean ofType(Map<String, TensorInfo> infos, Set<String> names, DataType type) {
        return infos.keySet().equals(names) && infos.values().stream().allMatch(i -> i.getDtype() == type);
    }
}
