package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.lang.builtin.BuiltinTable;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lib.tf.cluster.ClusterFunctionsTable;
import io.retrograd.lib.tf.cluster.ClusterSpecValue;
import io.retrograd.lib.tf.cluster.DeviceSpecValue;
import io.retrograd.lib.tf.cluster.ServerValue;
import io.retrograd.lib.tf.cluster.SupervisorValue;
import io.retrograd.lib.tf.cluster.SyncReplicasPartsTable;
import io.retrograd.lib.tf.input.BatchFunctionsTable;
import io.retrograd.lib.tf.input.CoordinatorValue;
import io.retrograd.lib.tf.input.DatasetFunctionsTable;
import io.retrograd.lib.tf.input.DatasetValue;
import io.retrograd.lib.tf.input.InputDataTable;
import io.retrograd.lib.tf.input.IteratorValue;
import io.retrograd.lib.tf.input.ProducerFunctionsTable;
import io.retrograd.lib.tf.input.QueueFunctionsTable;
import io.retrograd.lib.tf.input.QueueRunnerValue;
import io.retrograd.lib.tf.input.ReaderFunctionsTable;
import io.retrograd.lib.tf.input.RecordFunctionsTable;
import io.retrograd.lib.tf.input.RecordWriterValue;
import io.retrograd.lib.tf.message.MessageModules;
import io.retrograd.lib.tf.message.MessageType;
import io.retrograd.lib.tf.message.ProtoFunctionsTable;
import io.retrograd.tensor.DType;

/**
 * The module {@code tensorflow}. A builtin called {@code nn.relu} is found in the submodule {@code nn}; to add an
 * area, add its table and, if it is new, its submodule to the lists here.
 */
public final class TfModule {
    /** The version whose Python API this is. */
    static final String VERSION = "1.15.5";

    private static final String[] SUBMODULES = {
        "nn", "nn.rnn_cell", "math", "random", "linalg", "image", "strings", "train", "layers", "losses", "metrics",
        "initializers", "summary", "app", "app.flags", "flags", "gfile", "errors", "data", "data.experimental", "logging", "saved_model",
        "saved_model.builder", "saved_model.loader", "saved_model.signature_constants", "saved_model.signature_def_utils",
        "saved_model.tag_constants", "saved_model.utils", "saved_model.main_op", "saved_model.constants",
        "contrib", "contrib.training", "contrib.layers", "contrib.rnn", "contrib.framework", "contrib.framework.nest", "nest", "contrib.crf", "contrib.slim.learning", "contrib.slim.evaluation", "contrib.image", "contrib.eager", "config.experimental", "signal", "contrib.signal", "lookup", "contrib.lookup", "contrib.data", "contrib.legacy_seq2seq", "contrib.seq2seq", "contrib.slim", "contrib.distributions",
        "contrib.losses", "contrib.metrics", "contrib.learn", "contrib.learn.datasets", "contrib.learn.datasets.mnist", "contrib.learn.datasets.base", "keras", "keras.layers", "keras.initializers", "keras.regularizers",
        "keras.activations", "keras.losses", "keras.datasets", "keras.datasets.mnist", "keras.utils", "keras.models", "keras.optimizers", "keras.metrics", "keras.callbacks", "keras.constraints", "keras.optimizers.schedules", "keras.backend", "keras.preprocessing",
        "keras.preprocessing.sequence", "keras.preprocessing.text", "test", "sparse", "sets", "debugging",
        "distributions", "manip", "dtypes", "io", "io.gfile", "resource_loader", "python_io", "queue", "train.queue_runner", "estimator", "estimator.inputs", "estimator.export", "contrib.predictor", "contrib.saved_model", "feature_column", "contrib.factorization", "contrib.opt",
        "user_ops", "graph_util", "spectral", "bitwise", "regularizers", "compat", "config", "version", "distribute", "raw_ops",
        "contrib.util", "contrib.tensorboard", "contrib.tensorboard.plugins", "contrib.tensorboard.plugins.projector",
        "contrib.learn.preprocessing", "dtypes"
    };

    /** Where scripts import Keras from besides {@code tensorflow.keras}. */
    private static final String[] KERAS_ALIASES = {"contrib.keras", "python.keras"};

    private TfModule() {}

    private static BuiltinTable[] tables() {
        return new BuiltinTable[] {
            CoreFunctionsTable.TABLE,
            ElementwiseFunctionsTable.TABLE,
            BroadcastFunctionsTable.TABLE,
            MathFunctionsTable.TABLE,
            ReductionFunctionsTable.TABLE,
            GraphFunctionsTable.TABLE,
            VariableFunctionsTable.TABLE,
            InitializerFunctionsTable.TABLE,
            RegularizerFunctionsTable.TABLE,
            SessionFunctionsTable.TABLE,
            ControlFlowFunctionsTable.TABLE,
            LoopFunctionsTable.TABLE,
            HostFunctionsTable.TABLE,
            AppFunctionsTable.TABLE,
            GradientFunctionsTable.TABLE,
            ClipFunctionsTable.TABLE,
            CheckFunctionsTable.TABLE,
            OptimizerFunctionsTable.TABLE,
            TrainFunctionsTable.TABLE,
            SummaryFunctionsTable.TABLE,
            ArrayFunctionsTable.TABLE,
            SelectFunctionsTable.TABLE,
            SparseFunctionsTable.TABLE,
            LinalgFunctionsTable.TABLE,
            DatasetFunctionsTable.TABLE,
            StringFunctionsTable.TABLE,
            BitFunctionsTable.TABLE,
            ImageFunctionsTable.TABLE,
            GfileFunctionsTable.TABLE,
            QueueFunctionsTable.TABLE,
            ProducerFunctionsTable.TABLE,
            BatchFunctionsTable.TABLE,
            ReaderFunctionsTable.TABLE,
            RecordFunctionsTable.TABLE,
            ShortFunctionsTable.TABLE,
            RandomFunctionsTable.TABLE,
            NnFunctionsTable.TABLE,
            ConvFunctionsTable.TABLE,
            LayersFunctionsTable.TABLE,
            LossesFunctionsTable.TABLE,
            MetricsFunctionsTable.TABLE,
            RnnFunctionsTable.TABLE,
            ContribLayersTable.TABLE,
            GraphExchangeTable.TABLE,
            GlobalStepFunctionsTable.TABLE,
            HookTypesTable.TABLE,
            MonitoredSessionTable.TABLE,
            SavedModelFunctionsTable.TABLE,
            BehaviorFunctionsTable.TABLE,
            ClusterFunctionsTable.TABLE,
            SyncReplicasPartsTable.TABLE,
            ArgScopesTable.TABLE,
            OptimizeLossTable.TABLE,
            ContribLossesTable.TABLE,
            ProtoFunctionsTable.TABLE,
        };
    }

    /**
     * What scripts import from TensorFlow's insides: packages, and modules that hold the same functions as
     * {@code tf} and {@code tf.nn} do.
     */
    private static final String[] INSIDE = {
        "python", "python.framework", "python.framework.ops", "python.framework.dtypes", "python.framework.constant_op",
        "python.framework.tensor_shape", "python.framework.errors", "python.framework.graph_util", "python.ops",
        "python.ops.math_ops", "python.ops.array_ops", "python.ops.nn_ops", "python.ops.nn", "python.ops.variables",
        "python.ops.variable_scope", "python.ops.init_ops", "python.ops.random_ops", "python.ops.control_flow_ops",
        "python.ops.state_ops", "python.ops.rnn", "python.ops.rnn_cell", "python.ops.rnn_cell_impl", "python.ops.clip_ops", "python.ops.gradients",
        "python.client", "python.client.session", "python.client.timeline", "python.client.device_lib", "python.training", "python.training.moving_averages", "python.platform",
        "python.platform.gfile", "python.platform.flags",
        "python.framework.graph_util_impl", "python.framework.graph_io", "python.framework.importer",
        "python.framework.meta_graph", "python.framework.tensor_util", "python.framework.random_seed", "python.framework.sparse_tensor",
        "python.util", "python.layers", "python.layers.core", "python.layers.base", "python.layers.convolutional", "python.layers.pooling",
        "python.layers.normalization", "python.layers.layers", "python.ops.tensor_array_ops", "python.ops.image_ops", "python.ops.sparse_ops",
        "python.ops.string_ops", "python.ops.embedding_ops", "python.ops.data_flow_ops", "python.ops.linalg_ops",
        "python.ops.candidate_sampling_ops", "python.ops.check_ops", "python.ops.script_ops", "python.ops.logging_ops",
        "python.ops.losses", "python.ops.losses.losses", "python.ops.metrics", "python.lib", "python.lib.io",
        "python.util.nest", "python.training.saver", "python.training.training", "python.saved_model"
    };

    /** Packages that hold nothing but modules. */
    private static final String[] PACKAGES = {"examples", "examples.tutorials", "examples.tutorials.mnist"};

    private static final String INPUT_DATA = "examples.tutorials.mnist.input_data";

    /** The module, or one of its submodules by its path below {@code tensorflow}; null if there is none. */
    public static ModuleValue make(Machine m, String path) {
        if (path.isEmpty()) {
            return root();
        }
        if (path.equals("core") || path.startsWith("core.")) {
            return MessageType.module("tensorflow." + path);
        }
        if (path.equals("raw_ops")) {
            return new RawOps();
        }
        if (path.equals("contrib.learn.python.learn.datasets.base")) {
            return below("contrib.learn.datasets.base");
        }
        if (path.equals("contrib.learn.python.learn.datasets.mnist")) {
            return below("contrib.learn.datasets.mnist");
        }
        if (path.equals(INPUT_DATA)) {
            return new ModuleValue("tensorflow." + path).with(InputDataTable.TABLE);
        }
        for (String keras : KERAS_ALIASES) {
            if (path.equals(keras) || path.startsWith(keras + ".")) {
                return make(m, path.substring(keras.length() - "keras".length()));
            }
        }
        if (contains(SUBMODULES, path)) {
            return below(path);
        }
        if (contains(PACKAGES, path)) {
            return withModules(new ModuleValue("tensorflow." + path), path);
        }
        if (path.equals("python.platform.gfile")) {
            return below("gfile");
        }
        if (path.equals("python.util.nest")) {
            return below("nest");
        }
        if (path.equals("python.util.compat")) {
            return below("compat");
        }
        if (path.equals("python.lib.io.tf_record")) {
            return below("python_io");
        }
        if (path.startsWith("contrib.layers.python.layers") && contains(new String[] {"", ".layers", ".initializers", ".regularizers"},
                path.substring("contrib.layers.python.layers".length()))) {
            return below("contrib.layers");
        }
        if (path.startsWith("python.framework.graph_util")) {
            return below("graph_util");
        }
        if (path.startsWith("python.saved_model")) {
            return make(m, path.substring("python.".length()));
        }
        if (contains(INSIDE, path)) {
            ModuleValue inside = root(new ModuleValue("tensorflow." + path));
            for (BuiltinTable table : tables()) {
                inside.with(table).with(table, "nn.").with(table, "train.");
                if (path.startsWith("python.layers")) {
                    inside.with(table, "layers.");
                } else if (path.startsWith("python.ops.losses")) {
                    inside.with(table, "losses.");
                } else if (path.equals("python.ops.metrics")) {
                    inside.with(table, "metrics.");
                } else if (path.equals("python.ops.image_ops")) {
                    inside.with(table, "image.");
                }
            }
            if (path.startsWith("python.ops.rnn_cell")) {
                withCells(inside, "nn.rnn_cell.");
            }
            return withModules(Written.add(inside, path), path);
        }
        return null;
    }

    private static boolean contains(String[] paths, String path) {
        for (String known : paths) {
            if (known.equals(path)) {
                return true;
            }
        }
        return false;
    }

    /** Adds the modules directly below the path. */
    private static ModuleValue withModules(ModuleValue module, String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        for (String[] group : new String[][] {SUBMODULES, PACKAGES, INSIDE, KERAS_ALIASES, {INPUT_DATA, "python.util.compat", "python.lib.io.tf_record"}}) {
            for (String known : group) {
                if (known.startsWith(prefix) && known.indexOf('.', prefix.length()) < 0) {
                    module.with(known.substring(prefix.length()), (Machine m) -> m.library().module(m, "tensorflow." + known));
                }
            }
        }
        return module;
    }

    /** {@code google.protobuf} and what scripts use of it; null for its other modules. */
    public static ModuleValue protobuf(String name) {
        return MessageModules.protobuf(name);
    }

    /** The words of the short language that TensorFlow does not have: {@code run}, {@code init}, {@code adam} … */
    public static ModuleValue words() {
        return below("words");
    }

    private static ModuleValue root() {
        return root(below(""));
    }

    /** Adds what stands in {@code tf} itself besides functions. */
    private static ModuleValue root(ModuleValue tf) {
        addTypes(tf);
        tf.with("newaxis", None.NONE);
        tf.with("Tensor", TensorValue.TYPE);
        tf.with("Operation", OperationValue.TYPE);
        tf.with("Graph", GraphValue.TYPE);
        tf.with("Variable", VariableValue.TYPE);
        tf.with("VariableScope", VariableScopeValue.TYPE);
        tf.with("AUTO_REUSE", ReuseValue.AUTO_REUSE);
        tf.with("GraphKeys", GraphKeysModule.make());
        tf.with("TensorArray", TensorArrayValue.TYPE);
        tf.with("OpError", ExceptionTypes.of(ErrorKind.OP_ERROR));
        tf.with("Session", SessionValue.TYPE);
        tf.with("InteractiveSession", SessionValue.INTERACTIVE);
        tf.with("ConfigProto", OptionsValue.CONFIG);
        tf.with("GPUOptions", OptionsValue.GPU);
        tf.with("RunOptions", OptionsValue.RUN_OPTIONS);
        tf.with("GraphOptions", OptionsValue.GRAPH_OPTIONS);
        tf.with("OptimizerOptions", OptionsValue.OPTIMIZER_OPTIONS);
        tf.with("DeviceSpec", DeviceSpecValue.TYPE);
        tf.with("TensorShape", ShapeValue.TYPE);
        tf.with("Dimension", DimensionValue.TYPE);
        tf.with("SparseTensor", SparseTensorValue.TYPE);
        tf.with("SparseTensorValue", SparseResult.TYPE);
        tf.with("IndexedSlices", IndexedSlicesValue.TYPE);
        MessageModules.root(tf);
        tf.with("__version__", VERSION);
        tf.with("VERSION", VERSION);
        return tf;
    }

    /** A submodule: the tables' functions below its path, and its own submodules, made on first use. */
    private static ModuleValue below(String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        ModuleValue module = new ModuleValue(path.isEmpty() ? "tensorflow" : "tensorflow." + path);
        for (BuiltinTable table : tables()) {
            module.with(table, prefix);
        }
        switch (path) {
            case "errors" -> addErrors(module);
            case "sparse" -> module.with("SparseTensor", SparseTensorValue.TYPE);
            case "contrib.layers" -> ScopedFunction.addLayers(module, ContribLayersTable.TABLE, SparseFunctionsTable.TABLE);
            case "contrib.slim" -> {
                for (BuiltinTable table : tables()) {
                    module.with(table, "contrib.layers.").with(table, "contrib.framework.");
                }
                ScopedFunction.addLayers(module, ContribLayersTable.TABLE, SparseFunctionsTable.TABLE);
                Written.add(module, "contrib.layers");
                Written.add(module, "contrib.framework");
                module.with("losses", (Machine m) -> m.library().module(m, "tensorflow.contrib.losses"));
                module.with("metrics", (Machine m) -> m.library().module(m, "tensorflow.contrib.metrics"));
            }
            case "keras.datasets.mnist" -> module.with(InputDataTable.TABLE, "keras.datasets.mnist.");
            case "contrib.learn.datasets.mnist" -> module.with(InputDataTable.TABLE, "learn.datasets.mnist.");
            case "compat" -> module.with("v1", (Machine m) -> m.library().module(m, "tensorflow"));
            case "train" -> MessageModules.train(
                    OptimizerValue.addTypes(module).with("Coordinator", CoordinatorValue.TYPE).with("QueueRunner", QueueRunnerValue.TYPE)
                            .with("MonitoredSession", MonitoredSession.TYPE)
                            .with("_initialize_from", (Machine m) -> new NativeFunction("_initialize_from", (machine, a) -> {
                                ((VariableValue) a[0]).variable().initializer().replaceInput(1, ((TensorValue) a[1]).output());
                                return None.NONE;
                            }))
                            .with("_open_checkpoint", (Machine m) -> new NativeFunction("_open_checkpoint",
                                    (machine, a) -> CheckpointReaderValue.open(machine, (String) a[0]))).with("ClusterSpec", ClusterSpecValue.TYPE)
                            .with("Server", ServerValue.TYPE).with("Supervisor", SupervisorValue.TYPE));
            case "distribute" -> module.with("Server", ServerValue.TYPE);
            case "saved_model", "saved_model.signature_constants", "saved_model.tag_constants", "saved_model.constants" ->
                MessageModules.savedModel(module, path);
            case "dtypes" -> addTypes(module);
            case "data" -> module.with("Dataset", DatasetValue.TYPE).with("Iterator", IteratorValue.TYPE);
            case "train.queue_runner" -> module.with("QueueRunner", QueueRunnerValue.TYPE);
            case "python_io", "io" -> module.with("TFRecordWriter", RecordWriterValue.TYPE)
                    .with("TFRecordCompressionType", OptionsValue.COMPRESSION);
            case "data.experimental" -> module.with("AUTOTUNE", -1L);
            case "app.flags", "flags" -> module.with("FLAGS", (Machine m) -> FlagsValue.of(m));
            case "nn.rnn_cell", "contrib.rnn" -> CellValue.addTypes(module, path.equals("contrib.rnn"));
            case "logging" -> module.with("DEBUG", 10L).with("INFO", 20L).with("WARN", 30L).with("ERROR", 40L).with("FATAL", 50L);
            default -> { }
        }
        return withModules(Written.add(module, path), path);
    }

    private static void addTypes(ModuleValue module) {
        for (DType t : DType.values()) {
            if (t.tfNumber() > 0) {
                module.with(t.tfName(), DTypeValue.of(t));
            }
        }
        module.with("half", DTypeValue.of(DType.FLOAT16));
        module.with("double", DTypeValue.of(DType.FLOAT64));
        module.with("DType", DTypeValue.TYPE);
    }

    private static void withCells(ModuleValue module, String prefix) {
        for (BuiltinTable table : tables()) {
            module.with(table, prefix);
        }
        CellValue.addTypes(module, false);
    }

    /** The names of the numbers of errors, from 0. */
    private static final String[] ERROR_CODES = {
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
        "UNAUTHENTICATED"
    };

    private static void addErrors(ModuleValue module) {
        for (ErrorKind kind : ErrorKind.values()) {
            if (kind.isA(ErrorKind.OP_ERROR) || kind == ErrorKind.OPERATOR_NOT_ALLOWED_IN_GRAPH_ERROR) {
                module.with(kind.scriptName(), ExceptionTypes.of(kind));
            }
        }
        for (int i = 0; i < ERROR_CODES.length; i++) {
            module.with(ERROR_CODES[i], (long) i);
        }
    }
}
