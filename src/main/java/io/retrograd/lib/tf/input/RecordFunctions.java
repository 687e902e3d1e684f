package io.retrograd.lib.tf.input;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.RecordFile;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.Shapes;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.tf.DTypeValue;
import io.retrograd.lib.tf.Operands;
import io.retrograd.lib.tf.OptionsValue;
import io.retrograd.lib.tf.PythonOperand;
import io.retrograd.lib.tf.ShapeValue;
import io.retrograd.lib.tf.SparseTensorValue;
import io.retrograd.lib.tf.Tensors;
import io.retrograd.lib.tf.TfState;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** TFRecord files and the Examples in them: written, gone through, parsed into tensors. */
final class RecordFunctions {
    private RecordFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    /** TensorFlow's name of a compression, from TFRecordOptions, a number of TFRecordCompressionType, a name or None. */
    static String compression(Machine m, Object options) {
        if (options == None.NONE) {
            return "";
        }
        Object type = options instanceof String || options instanceof Long ? options
                : Semantics.attribute(m, options, "compression_type");
        if (type instanceof Long n) {
            return n == 1 ? "ZLIB" : n == 2 ? "GZIP" : "";
        }
        return type == None.NONE ? "" : Semantics.str(m, type);
    }

    @Builtin(
            value = {"python_io.TFRecordOptions", "io.TFRecordOptions"},
            signature = "compression_type=None, **kwargs",
            doc = "How a TFRecord file is compressed.")
    static Object options(Machine m, Object type, Map<String, Object> rest) {
        return OptionsValue.of("TFRecordOptions", "compression_type", type == None.NONE ? "" : type);
    }

    @Builtin(
            value = {"python_io.tf_record_iterator", "io.tf_record_iterator"},
            signature = "path, options=None",
            doc = "The records of a TFRecord file, as bytes.",
            example = "for record in tf.python_io.tf_record_iterator('train.tfrecords'): example.ParseFromString(record)")
    static Object iterator(Machine m, Object path, Object options) {
        String name = Semantics.str(m, path);
        RecordFile.Compression compression = RecordFile.Compression.named(compression(m, options));
        Path file = m.world().files().readable(name);
        if (!Files.exists(file)) {
            throw new NnError(ErrorKind.NOT_FOUND_ERROR, name + "; No such file or directory");
        }
        try {
            RecordFile.Reader reader = new RecordFile.Reader(file, compression);
            Iteration records = machine -> {
                try {
                    byte[] next = reader.next();
                    if (next == null) {
                        reader.close();
                        return null;
                    }
                    return new BytesValue(next);
                } catch (IOException e) {
                    throw new NnError(ErrorKind.DATA_LOSS_ERROR, name + "; " + e.getMessage());
                }
            };
            return new io.retrograd.lang.value.IteratorValue(io.retrograd.lang.value.IteratorValue.kind("generator"), records);
        } catch (IOException e) {
            throw new NnError(ErrorKind.DATA_LOSS_ERROR, name + "; " + e.getMessage());
        }
    }

    @Builtin(
            value = {"FixedLenFeature", "io.FixedLenFeature"},
            signature = "shape, dtype, default_value=None",
            doc = "A feature of that shape and type.")
    static Object fixed(Machine m, Object shape, Object dtype, Object fallback) {
        return new FeatureSpec("FixedLenFeature", shape, DTypeValue.convert(m, dtype), fallback, false, false);
    }

    @Builtin(
            value = {"VarLenFeature", "io.VarLenFeature"},
            signature = "dtype",
            doc = "A feature of any length, as a sparse tensor.")
    static Object anyLength(Machine m, Object dtype) {
        return new FeatureSpec("VarLenFeature", None.NONE, DTypeValue.convert(m, dtype), None.NONE, false, true);
    }

    @Builtin(
            value = {"FixedLenSequenceFeature", "io.FixedLenSequenceFeature"},
            signature = "shape, dtype, allow_missing=False, default_value=None",
            doc = "A feature of any number of blocks of that shape.")
    static Object sequence(Machine m, Object shape, Object dtype, boolean mayMiss, Object fallback) {
        return new FeatureSpec("FixedLenSequenceFeature", shape, DTypeValue.convert(m, dtype), fallback, true, mayMiss);
    }

    /** The features to parse, split as the operations take them. */
    private static final class Features {
        final List<String> sparseKeys = new ArrayList<>();
        final List<DType> sparseTypes = new ArrayList<>();
        final List<String> denseKeys = new ArrayList<>();
        final List<Shape> denseShapes = new ArrayList<>();
        final List<Output> defaults = new ArrayList<>();

        Features(Machine m, Graph g, DictValue features) {
            Object[] keys = features.keyArray();
            Arrays.sort(keys, Comparator.comparing(k -> Semantics.str(m, k)));
            List<FeatureSpec> dense = new ArrayList<>();
            for (Object k : keys) {
                String key = Semantics.str(m, k);
                if (!(features.get(m, k) instanceof FeatureSpec spec)) {
                    throw NnError.value("Invalid feature " + key + ":" + Semantics.str(m, features.get(m, k)) + ".");
                }
                if (spec.dtype() != DType.STRING && spec.dtype() != DType.FLOAT32 && spec.dtype() != DType.INT64) {
                    throw NnError.type("Value passed to parameter '" + (spec.isSparse() ? "sparse_types" : "dense_defaults")
                            + "' has DataType " + spec.dtype().tfName() + " not in list of allowed values: float32, int64, string");
                }
                if (spec.isSparse()) {
                    sparseKeys.add(key);
                    sparseTypes.add(spec.dtype());
                    continue;
                }
                if (spec.shape() == None.NONE) {
                    throw NnError.value("Missing shape for feature " + key + ".");
                }
                if (spec.sequence() && !spec.mayMiss()) {
                    throw NnError.value("Unsupported: FixedLenSequenceFeature requires allow_missing to be True.");
                }
                Shape shape = ShapeValue.convert(m, spec.shape());
                if (!spec.sequence() && !shape.isFullyDefined()) {
                    throw NnError.value(shape.rank() > 0 && shape.dim(0) == Shape.UNKNOWN
                            ? "First dimension of shape for feature " + key + " unknown. Consider using FixedLenSequenceFeature."
                            : "All dimensions of shape for feature " + key + " need to be known but received "
                                    + Semantics.str(m, spec.shape()) + ".");
                }
                denseKeys.add(key);
                denseShapes.add(spec.sequence() ? Shape.of(Shape.UNKNOWN).concatenate(shape) : shape);
                dense.add(spec);
            }
            for (int i = 0; i < dense.size(); i++) {
                defaults.add(fallback(m, g, dense.get(i), denseKeys.get(i), denseShapes.get(i)));
            }
        }

        private static Output fallback(Machine m, Graph g, FeatureSpec spec, String key, Shape shape) {
            DType type = spec.dtype();
            if (spec.fallback() == None.NONE) {
                return g.constant(spec.sequence() ? blank(type) : NdArray.zeros(type, 0), "Const");
            }
            String name = (spec.sequence() ? "padding_" : "key_") + key.replaceAll("[^A-Za-z0-9_.\\-/]", "_");
            Output value = Operands.of(m, spec.fallback()).toOutput(g, type, null, name);
            Shape wanted = spec.sequence() ? Shape.scalar() : shape;
            return g.op("Reshape").input(value).input(Literal.of(Shapes.vector(wanted))).output();
        }

        private static NdArray blank(DType type) {
            return type == DType.STRING ? NdArray.scalar(new byte[0]) : NdArray.zeros(type);
        }
    }

    private static Object results(Machine m, Features f, Operation op) {
        DictValue all = new DictValue();
        int n = f.sparseKeys.size();
        for (int i = 0; i < n; i++) {
            all.put(m, f.sparseKeys.get(i), new SparseTensorValue(op.output(i), op.output(n + i), op.output(2 * n + i)));
        }
        for (int i = 0; i < f.denseKeys.size(); i++) {
            all.put(m, f.denseKeys.get(i), Tensors.wrap(op.output(3 * n + i)));
        }
        return all;
    }

    @Builtin(
            value = {"parse_single_example", "io.parse_single_example"},
            signature = "serialized, features, name=None, example_names=None",
            doc = "The features of one serialized Example, as a dict of tensors.",
            example = "f = tf.parse_single_example(record, {'label': tf.FixedLenFeature([], tf.int64)})")
    static Object parseSingle(Machine m, Object serialized, DictValue features, String name, Object names) {
        if (features == null || features.size() == 0) {
            throw NnError.value("Missing features.");
        }
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name == null ? "ParseSingleExample" : name)) {
            Output text = Operands.of(m, serialized).toOutput(g, null, null, "serialized");
            Features f = new Features(m, g, features);
            Operation op = g.op("ParseSingleExample").input(text).inputs(f.defaults)
                    .attr("num_sparse", (long) f.sparseKeys.size()).attr("sparse_keys", f.sparseKeys)
                    .attr("dense_keys", f.denseKeys).attr("sparse_types", f.sparseTypes).attr("dense_shapes", f.denseShapes)
                    .operation();
            return results(m, f, op);
        }
    }

    @Builtin(
            value = {"parse_example", "io.parse_example"},
            signature = "serialized, features, name=None, example_names=None",
            doc = "The features of a batch of serialized Examples, as a dict of tensors.")
    static Object parse(Machine m, Object serialized, DictValue features, String name, Object names) {
        if (features == null || features.size() == 0) {
            throw NnError.value("Missing: features was None.");
        }
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name == null ? "ParseExample" : name)) {
            Features f = new Features(m, g, features);
            Operand noNames = names == None.NONE ? g.constant(NdArray.zeros(DType.STRING, 0), "ParseExample/names") : Operands.of(m, names);
            OpCall call = g.op("ParseExample").input(Operands.of(m, serialized)).input(noNames)
                    .inputs(texts(m, f.sparseKeys)).inputs(texts(m, f.denseKeys)).inputs(f.defaults)
                    .attr("Nsparse", (long) f.sparseKeys.size()).attr("Ndense", (long) f.denseKeys.size())
                    .attr("sparse_types", f.sparseTypes).attr("dense_shapes", f.denseShapes);
            return results(m, f, call.operation());
        }
    }

    private static List<Operand> texts(Machine m, List<String> keys) {
        List<Operand> all = new ArrayList<>();
        for (String key : keys) {
            all.add(new PythonOperand(m, key));
        }
        return all;
    }
}
