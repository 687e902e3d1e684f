package io.retrograd.lib.tf.input;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.ControlFlow;
import io.retrograd.graph.build.GraphKeys;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.RandomOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.graph.build.Variables;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.tf.Dims;
import io.retrograd.lib.tf.Operands;
import io.retrograd.lib.tf.PythonOperand;
import io.retrograd.lib.tf.ShapeValue;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.lib.tf.Tensors;
import io.retrograd.lib.tf.TfState;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** What fills queues with rows, strings and numbers, over and over or for so many epochs: {@code tf.train.string_input_producer} and its kin. */
final class ProducerFunctions {
    private ProducerFunctions() {}

    private static Output limited(Machine m, Graph g, Output tensor, Object epochs, String name) {
        if (epochs == None.NONE) {
            return tensor;
        }
        long limit = Semantics.index(m, epochs);
        if (limit <= 0) {
            throw NnError.value("num_epochs must be > 0 not " + limit + ".");
        }
        try (NameScope scope = g.nameScope(name == null ? "limit_epochs" : name)) {
            Output zero = g.constant(NdArray.scalar(0L), "Const");
            Variable counter = Variables.create(
                    g, zero, null, "epochs",
                    new Variables.Settings(false, List.of(GraphKeys.LOCAL_VARIABLES), true, null));
            Operation count = g.op("CountUpTo").input(counter.reference()).attr("limit", limit).operation();
            try (Graph.Block after = g.controlDependencies(List.of(count))) {
                return g.op("Identity").name(scope.operationName()).input(tensor).output();
            }
        }
    }

    @Builtin(
            value = {"train.match_filenames_once", "io.match_filenames_once"},
            signature = "pattern, name=None",
            doc = "A local variable that holds the names of the files that match a pattern.")
    static Object matchFilenames(Machine m, Object pattern, String name) {
        Graph g = TfState.of(m).graph();
        try (NameScope scope = g.nameScope(name == null ? "matching_filenames" : name)) {
            Output found = g.op("MatchingFiles").input(Operands.of(m, pattern)).output();
            return Tensors.wrap(Variables.create(
                    g, found, null, scope.path(),
                    new Variables.Settings(false, List.of(GraphKeys.LOCAL_VARIABLES), false, null)));
        }
    }

    @Builtin(value = "train.limit_epochs", signature = "tensor, num_epochs=None, name=None", doc = "The tensor, so many times; then OutOfRangeError.")
    static Object limitEpochs(Machine m, Object tensor, Object epochs, String name) {
        Graph g = TfState.of(m).graph();
        return epochs == None.NONE ? tensor : Tensors.wrap(limited(m, g, Operands.of(m, tensor).toOutput(g, null, null, "Const"), epochs, name));
    }

    private static QueueValue produce(
            Machine m, Graph g, Output given, Shape elementShape, Object epochs, boolean shuffle, Object seed, Object capacity,
            String shared, String summary, String name) {
        try (NameScope scope = g.nameScope(name == null ? "input_producer" : name)) {
            Output input = given;
            Shape known = input.shape().hasRank() ? input.shape().slice(1, input.shape().rank()) : Shape.unknown();
            Shape element = elementShape.hasRank() ? elementShape : known;
            if (!element.isFullyDefined()) {
                throw NnError.value("Either `input_tensor` must have a fully defined shape or `element_shape` must be specified");
            }
            if (shuffle) {
                input = RandomOps.shuffle(g, input, Dims.seed(m, seed), null);
            }
            input = limited(m, g, input, epochs, null);
            QueueValue q = QueueFunctions.queue(
                    g.op("FIFOQueueV2"), capacity, List.of(input.dtype()), List.of(element), List.of(), shared, name, m);
            Object enqueue = QueueValue.enqueueMany(m, q, ListValue.of(Tensors.wrap(input)), null);
            QueueFunctions.addRunner(m, g, q, enqueue);
            if (summary != null) {
                QueueFunctions.fullness(m, g, q, null, 1.0 / Semantics.index(m, capacity), summary);
            }
            return q;
        }
    }

    @Builtin(
            value = "train.input_producer",
            signature = "input_tensor, element_shape=None, num_epochs=None, shuffle=True, seed=None, capacity=32, "
                    + "shared_name=None, summary_name=None, name=None, cancel_op=None",
            doc = "A queue of the tensor's rows, over and over or for so many epochs.")
    static Object inputProducer(
            Machine m, Object tensor, Object elementShape, Object epochs, boolean shuffle, Object seed, Object capacity,
            String shared, String summary, String name, Object cancel) {
        Graph g = TfState.of(m).graph();
        Output input = Operands.of(m, tensor).toOutput(g, null, null, "input_tensor");
        return produce(m, g, input, ShapeValue.convert(m, elementShape), epochs, shuffle, seed, capacity, shared, summary, name);
    }

    @Builtin(
            value = "train.string_input_producer",
            signature = "string_tensor, num_epochs=None, shuffle=True, seed=None, capacity=32, shared_name=None, name=None, "
                    + "cancel_op=None",
            doc = "A queue of strings such as file names, over and over or for so many epochs.",
            example = "files = tf.train.string_input_producer(['a.tfrecords', 'b.tfrecords'])")
    static Object stringProducer(
            Machine m, Object strings, Object epochs, boolean shuffle, Object seed, Object capacity, String shared, String name,
            Object cancel) {
        boolean tensor = Operands.isTensor(strings);
        if (!tensor && !Semantics.truth(m, strings)) {
            throw NnError.value("string_input_producer requires a non-null input tensor");
        }
        Graph g = TfState.of(m).graph();
        try (NameScope scope = g.nameScope(name == null ? "input_producer" : name)) {
            Output all = Operands.of(m, strings).toOutput(g, DType.STRING, null, "Const");
            Output size = Shapes.size(g, all, DType.INT32, null);
            Output some = g.op("Greater").input(size).input(new PythonOperand(m, 0L)).output();
            Operation check = ControlFlow.assertTrue(
                    g, some, List.of(new PythonOperand(m, "string_input_producer requires a non-null input tensor")), null, null);
            try (Graph.Block after = g.controlDependencies(List.of(check))) {
                all = g.op("Identity").input(all).output();
            }
            String summary = "fraction_of_" + Semantics.index(m, capacity) + "_full";
            return produce(m, g, all, Shape.scalar(), epochs, shuffle, seed, capacity, shared, summary, scope.path());
        }
    }

    private static QueueValue produceRange(
            Machine m, Graph g, Object limit, Object epochs, boolean shuffle, Object seed, Object capacity, String shared,
            String name) {
        try (NameScope scope = g.nameScope(name == null ? "input_producer" : name)) {
            Output range = MathOps.range(g, Operands.of(m, limit));
            String summary = "fraction_of_" + Semantics.index(m, capacity) + "_full";
            return produce(m, g, range, Shape.scalar(), epochs, shuffle, seed, capacity, shared, summary, scope.path());
        }
    }

    @Builtin(
            value = "train.range_input_producer",
            signature = "limit, num_epochs=None, shuffle=True, seed=None, capacity=32, shared_name=None, name=None",
            doc = "A queue of the ints below a limit.")
    static Object rangeProducer(
            Machine m, Object limit, Object epochs, boolean shuffle, Object seed, Object capacity, String shared, String name) {
        return produceRange(m, TfState.of(m).graph(), limit, epochs, shuffle, seed, capacity, shared, name);
    }

    @Builtin(
            value = "train.slice_input_producer",
            signature = "tensor_list, num_epochs=None, shuffle=True, seed=None, capacity=32, shared_name=None, name=None",
            doc = "The same row of each tensor, another one at each run: a list of tensors.")
    static Object sliceProducer(
            Machine m, Object tensors, Object epochs, boolean shuffle, Object seed, Object capacity, String shared, String name) {
        Graph g = TfState.of(m).graph();
        try (NameScope scope = g.nameScope(name == null ? "input_producer" : name)) {
            List<Output> all = new ArrayList<>();
            for (Object each : Semantics.elements(m, tensors)) {
                all.add(Operands.of(m, each).toOutput(g, null, null, "Const"));
            }
            if (all.isEmpty()) {
                throw NnError.value("Expected at least one tensor in slice_input_producer().");
            }
            Output size = ArrayOps.at(g, Shapes.shape(g, all.get(0), null), 0);
            QueueValue queue = produceRange(m, g, Tensors.wrap(size), epochs, shuffle, seed, capacity, shared, null);
            Output index = ((TensorValue) QueueValue.dequeue(m, queue, null)).output();
            List<Output> rows = new ArrayList<>();
            for (Output each : all) {
                rows.add(ArrayOps.gather(g, each, index));
            }
            return Tensors.wrap(rows);
        }
    }
}
