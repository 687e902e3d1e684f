package io.retrograd.lib.tf.message;

import com.google.protobuf.Descriptors.Descriptor;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import java.util.Map;
import org.tensorflow.distruntime.ClusterDef;
import org.tensorflow.distruntime.JobDef;
import org.tensorflow.distruntime.ServerDef;
import org.tensorflow.example.BytesList;
import org.tensorflow.example.Example;
import org.tensorflow.example.Feature;
import org.tensorflow.example.FeatureList;
import org.tensorflow.example.FeatureLists;
import org.tensorflow.example.Features;
import org.tensorflow.example.FloatList;
import org.tensorflow.example.Int64List;
import org.tensorflow.example.SequenceExample;
import org.tensorflow.framework.AttrValue;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.MetaGraphDef;
import org.tensorflow.framework.NameAttrList;
import org.tensorflow.framework.NodeDef;
import org.tensorflow.framework.RunMetadata;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.SummaryMetadata;
import org.tensorflow.framework.TensorInfo;
import org.tensorflow.util.Event;
import org.tensorflow.util.LogMessage;
import org.tensorflow.util.SaverDef;
import org.tensorflow.util.SessionLog;

/** Where scripts find the classes of messages, and the constants of SavedModels. Nothing is loaded before it is asked for. */
public final class MessageModules {
    /** Names in {@code tf.saved_model.signature_constants}, which {@code tf.saved_model} has too. */
    private static final Map<String, String> SIGNATURES = Map.ofEntries(
            Map.entry("DEFAULT_SERVING_SIGNATURE_DEF_KEY", "serving_default"),
            Map.entry("CLASSIFY_INPUTS", "inputs"),
            Map.entry("CLASSIFY_METHOD_NAME", "tensorflow/serving/classify"),
            Map.entry("CLASSIFY_OUTPUT_CLASSES", "classes"),
            Map.entry("CLASSIFY_OUTPUT_SCORES", "scores"),
            Map.entry("PREDICT_INPUTS", "inputs"),
            Map.entry("PREDICT_METHOD_NAME", "tensorflow/serving/predict"),
            Map.entry("PREDICT_OUTPUTS", "outputs"),
            Map.entry("REGRESS_INPUTS", "inputs"),
            Map.entry("REGRESS_METHOD_NAME", "tensorflow/serving/regress"),
            Map.entry("REGRESS_OUTPUTS", "outputs"));

    private static final Map<String, String> TAGS = Map.of("SERVING", "serve", "TRAINING", "train", "GPU", "gpu", "TPU", "tpu");

    private static final Map<String, Object> FILES = Map.ofEntries(
            Map.entry("ASSETS_DIRECTORY", "assets"),
            Map.entry("ASSETS_KEY", "saved_model_assets"),
            Map.entry("LEGACY_INIT_OP_KEY", "legacy_init_op"),
            Map.entry("MAIN_OP_KEY", "saved_model_main_op"),
            Map.entry("SAVED_MODEL_FILENAME_PB", "saved_model.pb"),
            Map.entry("SAVED_MODEL_FILENAME_PBTXT", "saved_model.pbtxt"),
            Map.entry("SAVED_MODEL_SCHEMA_VERSION", 1L),
            Map.entry("VARIABLES_DIRECTORY", "variables"),
            Map.entry("VARIABLES_FILENAME", "variables"));

    private static final String[] ROOT = {
            "GraphDef", "NodeDef", "AttrValue", "NameAttrList", "MetaGraphDef", "TensorInfo", "Summary",
            "SummaryMetadata", "HistogramProto", "Event", "LogMessage", "SessionLog", "RunMetadata"
    };

    private static final String[] TRAIN = {
            "Example", "SequenceExample", "Features", "Feature", "FeatureList", "FeatureLists", "BytesList",
            "FloatList", "Int64List", "SaverDef", "ClusterDef", "JobDef", "ServerDef"
    };

    private MessageModules() {}

    private static Descriptor descriptor(String name) {
        return switch (name) {
            case "GraphDef" -> GraphDef.getDescriptor();
            case "NodeDef" -> NodeDef.getDescriptor();
            case "AttrValue" -> AttrValue.getDescriptor();
            case "NameAttrList" -> NameAttrList.getDescriptor();
            case "MetaGraphDef" -> MetaGraphDef.getDescriptor();
            case "TensorInfo" -> TensorInfo.getDescriptor();
            case "Summary" -> Summary.getDescriptor();
            case "SummaryMetadata" -> SummaryMetadata.getDescriptor();
            case "HistogramProto" -> HistogramProto.getDescriptor();
            case "Event" -> Event.getDescriptor();
            case "LogMessage" -> LogMessage.getDescriptor();
            case "SessionLog" -> SessionLog.getDescriptor();
            case "RunMetadata" -> RunMetadata.getDescriptor();
            case "Example" -> Example.getDescriptor();
            case "SequenceExample" -> SequenceExample.getDescriptor();
            case "Features" -> Features.getDescriptor();
            case "Feature" -> Feature.getDescriptor();
            case "FeatureList" -> FeatureList.getDescriptor();
            case "FeatureLists" -> FeatureLists.getDescriptor();
            case "BytesList" -> BytesList.getDescriptor();
            case "FloatList" -> FloatList.getDescriptor();
            case "Int64List" -> Int64List.getDescriptor();
            case "SaverDef" -> SaverDef.getDescriptor();
            case "ClusterDef" -> ClusterDef.getDescriptor();
            case "JobDef" -> JobDef.getDescriptor();
            case "ServerDef" -> ServerDef.getDescriptor();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static void add(ModuleValue module, String[] names) {
        for (String name : names) {
            module.with(name, (Machine m) -> MessageType.of(descriptor(name)));
        }
    }

    /** Adds the messages that stand in {@code tf} itself. */
    public static void root(ModuleValue tf) {
        add(tf, ROOT);
    }

    /** Adds the messages of {@code tf.train}. */
    public static void train(ModuleValue train) {
        add(train, TRAIN);
    }

    /** The constants of {@code tf.saved_model} and the modules below it. */
    public static void savedModel(ModuleValue module, String path) {
        boolean all = path.equals("saved_model");
        if (all || path.endsWith(".signature_constants")) {
            SIGNATURES.forEach(module::with);
        }
        if (all || path.endsWith(".tag_constants")) {
            TAGS.forEach(module::with);
        }
        if (all || path.endsWith(".constants")) {
            FILES.forEach(module::with);
        }
    }

    /** {@code google.protobuf} and its modules that scripts use; null for others. */
    public static ModuleValue protobuf(String name) {
        return switch (name) {
            case "google" -> new ModuleValue(name).with("protobuf", (Machine m) -> m.library().module(m, "google.protobuf"));
            case "google.protobuf" -> new ModuleValue(name)
                    .with("text_format", (Machine m) -> m.library().module(m, "google.protobuf.text_format"));
            case "google.protobuf.text_format" -> new ModuleValue(name).with(MessageMethodsTable.TABLE, "text_format.");
            default -> null;
        };
    }
}
