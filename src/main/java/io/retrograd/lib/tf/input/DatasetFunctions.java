package io.retrograd.lib.tf.input;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.RandomOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Pipeline;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.DTypeValue;
import io.retrograd.lib.tf.Dims;
import io.retrograd.lib.tf.Operands;
import io.retrograd.lib.tf.PythonArrays;
import io.retrograd.lib.tf.PythonOperand;
import io.retrograd.lib.tf.ShapeValue;
import io.retrograd.lib.tf.Tensors;
import io.retrograd.lib.tf.TfState;
import io.retrograd.lib.tf.TracedFunction;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code tf.data}: where datasets come from, and iterators that stand by themselves. */
final class DatasetFunctions {
    private DatasetFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    /** A dataset operation made, with the types and shapes of its elements. */
    static DatasetValue dataset(OpCall call, String typesAttribute, Object structure, List<DType> types, List<Shape> shapes) {
        return new DatasetValue(call.attr(typesAttribute, types).attr("output_shapes", shapes).output(), structure, types, shapes);
    }

    @Builtin(
            value = "data.Dataset.from_tensor_slices",
            signature = "tensors",
            doc = "A dataset of the slices along the first dimension.",
            example = "tf.data.Dataset.from_tensor_slices((x, y)).batch(8)")
    static Object fromTensorSlices(Machine m, Object tensors) {
        return fromTensors(m, tensors, true);
    }

    @Builtin(value = "data.Dataset.from_tensors", signature = "tensors", doc = "A dataset of one element.")
    static Object fromTensors(Machine m, Object tensors) {
        return fromTensors(m, tensors, false);
    }

    private static DatasetValue fromTensors(Machine m, Object tensors, boolean slices) {
        Graph g = graph(m);
        List<Output> components = new ArrayList<>();
        Object structure;
        try (NameScope scope = g.nameScope("normalize_element")) {
            structure = TracedFunction.tensors(m, g, tensors, components, "component_");
        }
        List<DType> types = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>();
        for (Output c : components) {
            Shape s = c.shape();
            if (slices && s.hasRank() && s.rank() == 0) {
                throw NnError.value("Unbatching a tensor is only supported for rank >= 1");
            }
            types.add(c.dtype());
            shapes.add(slices && s.hasRank() ? s.slice(1, s.rank()) : s);
        }
        OpCall call = g.op(slices ? "TensorSliceDataset" : "TensorDataset").inputs(components);
        return dataset(call, "Toutput_types", structure, types, shapes);
    }

    @Builtin(
            value = "data.Dataset.list_files",
            signature = "file_pattern, shuffle=None, seed=None",
            doc = "The names of the files that match a pattern, or patterns; in an order of chance unless shuffle is False.",
            example = "tf.data.Dataset.list_files('data/*.csv', shuffle=False)")
    static Object listFiles(Machine m, Object pattern, Object shuffle, Object seed) {
        Graph g = graph(m);
        Output names = g.op("MatchingFiles").input(Operands.of(m, pattern).toOutput(g, DType.STRING, null, "pattern")).output();
        Output some = MathOps.binary(g, "Greater", Shapes.size(g, names, DType.INT32, null), Literal.of(0), null);
        Output text = Operands.of(m, "No files matched pattern: ").toOutput(g, DType.STRING, null, "message");
        Output wanted = Operands.of(m, pattern).toOutput(g, DType.STRING, null, "pattern");
        Operation check = g.op("Assert").input(some).inputs(List.of(text, wanted)).operation();
        try (Graph.Block block = g.controlDependencies(List.of(check))) {
            names = g.op("Identity").input(names).output();
        }
        DatasetValue files = fromTensors(m, Tensors.wrap(names), true);
        boolean shuffles = shuffle == None.NONE || Semantics.truth(m, shuffle);
        return shuffles ? DatasetMethods.shuffle(m, files, 10_000L, seed, true) : files;
    }

    @Builtin(value = "data.Dataset.range", signature = "*args", doc = "A dataset of int64 numbers, as range.")
    static Object range(Machine m, Object[] args) {
        if (args.length == 0 || args.length > 3) {
            throw NnError.value("Invalid arguments to RangeDataset: " + Semantics.str(m, TupleValue.of(args)));
        }
        Object start = args.length == 1 ? (Object) 0L : args[0];
        Object stop = args.length == 1 ? args[0] : args[1];
        Object step = args.length == 3 ? args[2] : (Object) 1L;
        Graph g = graph(m);
        OpCall call = g.op("RangeDataset").input(int64(m, g, start, "start")).input(int64(m, g, stop, "stop"))
                .input(int64(m, g, step, "step"));
        return dataset(call, "output_types", None.NONE, List.of(DType.INT64), List.of(Shape.scalar()));
    }

    static Output int64(Machine m, Graph g, Object value, String name) {
        return Operands.of(m, value).toOutput(g, DType.INT64, null, name);
    }

    @Builtin(value = "data.Dataset.zip", signature = "datasets", doc = "Datasets side by side.")
    static Object zip(Machine m, Object datasets) {
        List<DatasetValue> all = new ArrayList<>();
        Object structure = collect(m, datasets, all);
        List<DType> types = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>();
        List<Output> inputs = new ArrayList<>();
        for (DatasetValue d : all) {
            types.addAll(d.types());
            shapes.addAll(d.shapes());
            inputs.add(d.variant());
        }
        return dataset(graph(m).op("ZipDataset").inputs(inputs), "output_types", structure, types, shapes);
    }

    private static Object collect(Machine m, Object x, List<DatasetValue> all) {
        if (x instanceof DatasetValue d) {
            all.add(d);
            return d.structure();
        }
        if (x instanceof TupleValue t) {
            Object[] parts = t.toArray();
            for (int i = 0; i < parts.length; i++) {
                parts[i] = collect(m, parts[i], all);
            }
            return TupleValue.of(parts);
        }
        if (x instanceof DictValue d) {
            DictValue made = new DictValue();
            Object[] keys = d.keyArray();
            Arrays.sort(keys, (a, b) -> Semantics.less(m, a, b) ? -1 : 1);
            for (Object key : keys) {
                made.put(m, key, collect(m, d.get(m, key), all));
            }
            return made;
        }
        throw NnError.type("The argument to `Dataset.zip()` must be a nested structure of `Dataset` objects.");
    }

    @Builtin(
            value = "data.Dataset.from_generator",
            signature = "generator, output_types, output_shapes=None, args=None",
            doc = "A dataset of what a generator of the script yields.")
    static Object fromGenerator(Machine m, Object generator, Object outputTypes, Object outputShapes, Object args) {
        if (!Semantics.isCallable(generator)) {
            throw NnError.type("`generator` must be callable.");
        }
        List<DType> types = new ArrayList<>();
        for (Object t : outputTypes instanceof TupleValue tuple ? tuple.toArray() : new Object[] {outputTypes}) {
            types.add(DTypeValue.convert(m, t));
        }
        List<Shape> shapes = new ArrayList<>();
        boolean several = outputTypes instanceof TupleValue;
        for (int i = 0; i < types.size(); i++) {
            shapes.add(outputShapes == None.NONE
                    ? Shape.unknown()
                    : ShapeValue.convert(m, several ? Semantics.elements(m, outputShapes)[i] : outputShapes));
        }
        Object[] arguments = args == None.NONE ? new Object[0] : Semantics.elements(m, args);
        Pipeline pipeline = () -> {
            Iteration all = Semantics.iterate(m, Semantics.call(m, generator, arguments));
            return () -> {
                Object next = all.next(m);
                return next == null ? null : yielded(m, next, types, several);
            };
        };
        OpCall call = graph(m).op("GeneratorDataset").attr("_host_function", pipeline).attr("_token", "generator_" + TfState.of(m).nextFunction());
        return dataset(call, "output_types", several ? outputTypes : None.NONE, types, shapes);
    }

    private static NdArray[] yielded(Machine m, Object value, List<DType> types, boolean several) {
        Object[] parts = several ? Semantics.elements(m, value) : new Object[] {value};
        if (parts.length != types.size()) {
            throw NnError.type("`generator` yielded an element that did not match the expected structure. The expected "
                    + "structure was " + types.size() + " values, but the yielded element was " + Semantics.repr(m, value) + ".");
        }
        NdArray[] arrays = new NdArray[parts.length];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = PythonArrays.convert(m, parts[i], types.get(i)).copy();
        }
        return arrays;
    }

    @Builtin(
            value = {"data.TextLineDataset"},
            signature = "filenames, compression_type=None, buffer_size=None, num_parallel_reads=None",
            doc = "A dataset of the lines of text files.")
    static Object textLines(Machine m, Object filenames, Object compression, Object buffer, Object reads) {
        Graph g = graph(m);
        Output names = Operands.of(m, filenames).toOutput(g, DType.STRING, null, "filenames");
        OpCall call = g.op("TextLineDataset").input(names)
                .input(Operands.of(m, compression == None.NONE ? "" : compression).toOutput(g, DType.STRING, null, "compression_type"))
                .input(int64(m, g, buffer == None.NONE ? (Object) 262144L : buffer, "buffer_size"));
        List<DType> types = List.of(DType.STRING);
        return new DatasetValue(call.output(), None.NONE, types, List.of(Shape.scalar()));
    }

    @Builtin(
            value = "data.TFRecordDataset",
            signature = "filenames, compression_type=None, buffer_size=None, num_parallel_reads=None",
            doc = "A dataset of the records of TFRecord files.",
            example = "tf.data.TFRecordDataset('train.tfrecord').map(parse)")
    static Object records(Machine m, Object filenames, Object compression, Object buffer, Object reads) {
        Graph g = graph(m);
        DatasetValue files;
        if (filenames instanceof DatasetValue given) {
            files = given;
        } else {
            Output names = Operands.of(m, filenames).toOutput(g, DType.STRING, null, "Const");
            Output flat = ArrayOps.reshape(g, names, new PythonOperand(m, ListValue.of(-1L)), "flat_filenames");
            files = fromTensors(m, Tensors.wrap(flat), true);
        }
        Value open = new NativeFunction("read_one_file", (machine, arguments) -> {
            Graph body = graph(machine);
            OpCall call = body.op("TFRecordDataset").input(Operands.of(machine, arguments[0]))
                    .input(Operands.of(machine, compression == None.NONE ? "" : compression).toOutput(body, DType.STRING, null, "compression_type"))
                    .input(int64(machine, body, buffer == None.NONE ? (Object) 262144L : buffer, "buffer_size"));
            return new DatasetValue(call.output(), None.NONE, List.of(DType.STRING), List.of(Shape.scalar()));
        });
        return DatasetMethods.flatMap(m, files, open);
    }

    /** The two seeds of a dataset's shuffling, as tensors. */
    static Output[] seeds(Machine m, Graph g, Object seed) {
        boolean none = seed == None.NONE && g.seed().isEmpty() && g.fallbackSeed().isEmpty();
        RandomOps.Seeds s = RandomOps.seeds(g, Dims.seed(m, seed));
        Output first = g.constant(NdArray.scalar(s.graph()), "seed");
        if (none) {
            return new Output[] {first, g.constant(NdArray.scalar(s.operation()), "seed2")};
        }
        try (NameScope scope = g.nameScope("seed2")) {
            Output second = g.constant(NdArray.scalar(s.operation()), "Const");
            Output zero = g.op("Equal").input(first).input(new PythonOperand(m, 0L)).output();
            Output zero2 = g.op("Equal").input(second).input(new PythonOperand(m, 0L)).output();
            Output both = g.op("LogicalAnd").input(zero).input(zero2).output();
            Output most = g.constant(NdArray.scalar((long) Integer.MAX_VALUE), "Const");
            Output chosen = g.op("Select").name(scope.operationName()).input(both).input(most).input(second).output();
            return new Output[] {first, chosen};
        }
    }

    /** The dataset as iterators take it: TensorFlow adds its optimizations here. */
    private static Output finished(Machine m, Graph g, DatasetValue d) {
        Output names = Operands.of(m, ListValue.of(
                        "map_and_batch_fusion", "noop_elimination", "shuffle_and_repeat_fusion"))
                .toOutput(g, DType.STRING, null, "optimizations");
        Output optimized = g.op("OptimizeDataset").input(d.variant()).input(names).attr("output_types", d.types())
                .attr("output_shapes", d.shapes()).output();
        return g.op("ModelDataset").input(optimized).attr("output_types", d.types()).attr("output_shapes", d.shapes()).output();
    }

    @Builtin(
            value = {"data.make_one_shot_iterator", "compat.v1.data.make_one_shot_iterator"},
            signature = "dataset",
            doc = "An iterator that goes through the dataset once and needs no initialization.")
    static Object oneShot(Machine m, DatasetValue dataset) {
        Graph g = graph(m);
        Output handle = g.op("OneShotIterator").input(dataset.variant()).attr("output_types", dataset.types())
                .attr("output_shapes", dataset.shapes()).output();
        return new IteratorValue(handle, None.NONE, dataset);
    }

    @Builtin(
            value = {"data.make_initializable_iterator", "compat.v1.data.make_initializable_iterator"},
            signature = "dataset, shared_name=None",
            doc = "An iterator that starts when its initializer is run.")
    static Object initializable(Machine m, DatasetValue dataset, String shared) {
        Graph g = graph(m);
        Output all = finished(m, g, dataset);
        Output handle = g.op("IteratorV2").attr("shared_name", shared == null ? "" : shared)
                .attr("output_types", dataset.types()).attr("output_shapes", dataset.shapes()).output();
        try (Graph.Block block = g.colocateWith(handle.operation())) {
            Object initializer = Tensors.wrap(g.op("MakeIterator").input(all).input(handle).operation());
            return new IteratorValue(handle, initializer, dataset);
        }
    }

    @Builtin(
            value = "data.Iterator.from_structure",
            signature = "output_types, output_shapes=None, shared_name=None, output_classes=None",
            doc = "An iterator over any dataset of that structure; make_initializer gives it one.")
    static Object fromStructure(Machine m, Object outputTypes, Object outputShapes, String shared, Object classes) {
        List<DType> types = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>();
        flatten(m, outputTypes, outputShapes, types, shapes);
        Output handle = graph(m).op("IteratorV2").attr("shared_name", shared == null ? "" : shared)
                .attr("output_types", types).attr("output_shapes", shapes).output();
        return new IteratorValue(handle, None.NONE, new DatasetValue(handle, outputTypes, types, shapes));
    }

    private static void flatten(Machine m, Object type, Object shape, List<DType> types, List<Shape> shapes) {
        if (type instanceof TupleValue t) {
            for (int i = 0; i < t.size(); i++) {
                flatten(m, t.get(i), shape == None.NONE ? shape : Semantics.elements(m, shape)[i], types, shapes);
            }
        } else if (type instanceof DictValue d) {
            Object[] keys = d.keyArray();
            Arrays.sort(keys, (a, b) -> Semantics.less(m, a, b) ? -1 : 1);
            for (Object key : keys) {
                flatten(m, d.get(m, key), shape == None.NONE ? shape : ((DictValue) shape).get(m, key), types, shapes);
            }
        } else {
            types.add(DTypeValue.convert(m, type));
            shapes.add(shape == None.NONE ? Shape.unknown() : ShapeValue.convert(m, shape));
        }
    }
}
