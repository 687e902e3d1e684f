package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.OpCall;
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
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Queues and what fills them: {@code tf.FIFOQueue}, input producers, batches, readers. */
final class QueueFunctions {
    private static final String BATCH = "allow_smaller_final_batch=False, shared_name=None, name=None";

    private QueueFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static List<DType> types(Machine m, Object dtypes) {
        if (!(dtypes instanceof ListValue) && !(dtypes instanceof TupleValue)) {
            return List.of(DTypeValue.convert(m, dtypes));
        }
        List<DType> all = new ArrayList<>();
        for (Object each : Semantics.elements(m, dtypes)) {
            all.add(DTypeValue.convert(m, each));
        }
        return all;
    }

    /** The shapes of components; one shape alone may stand there as it is. */
    private static List<Shape> shapes(Machine m, Object shapes, int components, boolean mayBeUnknown) {
        if (shapes == None.NONE) {
            return List.of();
        }
        List<Shape> all = new ArrayList<>();
        if (shapes instanceof ShapeValue s) {
            all.add(s.shape());
        } else {
            Object[] each = Semantics.elements(m, shapes);
            if (each.length == 0 && components == 0) {
                return List.of();
            }
            if (Arrays.stream(each).allMatch(x -> x instanceof Long)) {
                all.add(ShapeValue.convert(m, shapes));
            } else {
                for (Object x : each) {
                    all.add(ShapeValue.convert(m, x));
                }
            }
        }
        if (all.size() != components) {
            throw NnError.value("Queue shapes must have the same length as dtypes");
        }
        for (Shape s : all) {
            if (!s.hasRank() || !mayBeUnknown && !s.isFullyDefined()) {
                throw NnError.value((mayBeUnknown ? "All shapes must have a defined rank: " : "All shapes must be fully defined: ")
                        + all);
            }
        }
        return all;
    }

    private static List<String> names(Machine m, Object names, int components) {
        if (names == None.NONE) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        for (Object each : Semantics.elements(m, names)) {
            all.add(Semantics.str(m, each));
        }
        if (all.size() != components) {
            throw NnError.value("Queue names must have the same length as datatypes");
        }
        return all;
    }

    private static QueueValue queue(OpCall call, Object capacity, List<DType> types, List<Shape> shapes, List<String> names,
            String sharedName, String name, Machine m) {
        Output handle = call.name(name).attr("component_types", types).attr("shapes", shapes)
                .attr("capacity", Semantics.index(m, capacity)).attr("shared_name", sharedName == null ? "" : sharedName).output();
        return new QueueValue(handle, types, shapes, names);
    }

    @Builtin(
            value = {"FIFOQueue", "queue.FIFOQueue"},
            signature = "capacity, dtypes, shapes=None, names=None, shared_name=None, name='fifo_queue'",
            doc = "A queue whose elements come out in the order in which they were put in.",
            example = "q = tf.FIFOQueue(3, tf.float32)")
    static Object fifoQueue(Machine m, Object capacity, Object dtypes, Object shapes, Object names, String shared, String name) {
        List<DType> types = types(m, dtypes);
        return queue(graph(m).op("FIFOQueueV2"), capacity, types, shapes(m, shapes, types.size(), false),
                names(m, names, types.size()), shared, name, m);
    }

    @Builtin(
            value = {"PaddingFIFOQueue", "queue.PaddingFIFOQueue"},
            signature = "capacity, dtypes, shapes, names=None, shared_name=None, name='padding_fifo_queue'",
            doc = "A queue of elements of different sizes; those taken out together are filled up with zeros.")
    static Object paddingQueue(Machine m, Object capacity, Object dtypes, Object shapes, Object names, String shared, String name) {
        List<DType> types = types(m, dtypes);
        return queue(graph(m).op("PaddingFIFOQueueV2"), capacity, types, shapes(m, shapes, types.size(), true),
                names(m, names, types.size()), shared, name, m);
    }

    @Builtin(
            value = {"PriorityQueue", "queue.PriorityQueue"},
            signature = "capacity, types, shapes=None, names=None, shared_name=None, name='priority_queue'",
            doc = "A queue whose elements come out by their first component, an int64, the smallest first.")
    static Object priorityQueue(Machine m, Object capacity, Object dtypes, Object shapes, Object names, String shared, String name) {
        List<DType> types = new ArrayList<>(List.of(DType.INT64));
        types.addAll(types(m, dtypes));
        List<Shape> all = new ArrayList<>(shapes(m, shapes, types.size() - 1, false));
        if (!all.isEmpty() || types.size() == 1) {
            all.add(0, Shape.scalar());
        }
        return queue(graph(m).op("PriorityQueueV2"), capacity, types, all, names(m, names, types.size()), shared, name, m);
    }

    @Builtin(
            value = {"RandomShuffleQueue", "queue.RandomShuffleQueue"},
            signature = "capacity, min_after_dequeue, dtypes, shapes=None, names=None, seed=None, shared_name=None, "
                    + "name='random_shuffle_queue'",
            doc = "A queue whose elements come out by chance; so many stay in until it is closed.")
    static Object shuffleQueue(
            Machine m, Object capacity, Object left, Object dtypes, Object shapes, Object names, Object seed, String shared,
            String name) {
        Graph g = graph(m);
        List<DType> types = types(m, dtypes);
        RandomOps.Seeds s = RandomOps.seeds(g, Dims.seed(m, seed));
        OpCall call = g.op("RandomShuffleQueueV2").attr("min_after_dequeue", Semantics.index(m, left))
                .attr("seed", s.graph()).attr("seed2", s.operation());
        return queue(call, capacity, types, shapes(m, shapes, types.size(), false), names(m, names, types.size()), shared, name, m);
    }

    private static void addRunner(Machine m, Graph g, QueueValue queue, Object... enqueues) {
        g.addToCollection(GraphKeys.QUEUE_RUNNERS, QueueRunnerValue.make(m, queue, enqueues, None.NONE, None.NONE));
    }

    @Builtin(
            value = {"train.add_queue_runner", "train.queue_runner.add_queue_runner"},
            signature = "qr, collection='queue_runners'",
            doc = "Notes a queue runner for start_queue_runners.")
    static void addQueueRunner(Machine m, QueueRunnerValue runner, String collection) {
        graph(m).addToCollection(collection, runner);
    }

    @Builtin(
            value = {"train.start_queue_runners", "train.queue_runner.start_queue_runners"},
            signature = "sess=None, coord=None, daemon=True, start=True, collection='queue_runners'",
            doc = "Starts what fills the queues of the graph; it works whenever elements are taken out.",
            example = "threads = tf.train.start_queue_runners(sess=sess, coord=coord)")
    static Object startQueueRunners(Machine m, Object session, Object coordinator, Object daemon, boolean start, String collection) {
        Object chosen = session == None.NONE ? TfState.of(m).sessions().peek() : session;
        if (chosen == null) {
            throw NnError.value("Cannot start queue runners: No default session is registered. Use `with sess.as_default()` or "
                    + "pass an explicit session to tf.start_queue_runners(sess=sess)");
        }
        if (!(chosen instanceof SessionValue s)) {
            throw NnError.type("sess must be a `tf.Session` object. Given class: " + Semantics.repr(m, Semantics.typeOf(chosen)));
        }
        List<Object> threads = new ArrayList<>();
        for (Object each : s.session().graph().collection(collection)) {
            if (each instanceof QueueRunnerValue runner) {
                threads.addAll(runner.threads(s.session(), coordinator, start));
            }
        }
        return ListValue.of(threads.toArray());
    }

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
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name == null ? "matching_filenames" : name)) {
            Output found = g.op("MatchingFiles").input(Operands.of(m, pattern)).output();
            return Tensors.wrap(Variables.create(
                    g, found, null, scope.path(),
                    new Variables.Settings(false, List.of(GraphKeys.LOCAL_VARIABLES), false, null)));
        }
    }

    @Builtin(value = "train.limit_epochs", signature = "tensor, num_epochs=None, name=None", doc = "The tensor, so many times; then OutOfRangeError.")
    static Object limitEpochs(Machine m, Object tensor, Object epochs, String name) {
        Graph g = graph(m);
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
            QueueValue q = queue(
                    g.op("FIFOQueueV2"), capacity, List.of(input.dtype()), List.of(element), List.of(), shared, name, m);
            Object enqueue = QueueValue.enqueueMany(m, q, ListValue.of(Tensors.wrap(input)), null);
            addRunner(m, g, q, enqueue);
            if (summary != null) {
                fullness(m, g, q, null, 1.0 / Semantics.index(m, capacity), summary);
            }
            return q;
        }
    }

    /** The summary that says how full a queue is. */
    private static void fullness(Machine m, Graph g, QueueValue q, Long least, double scale, String name) {
        Output size = ((TensorValue) QueueValue.size(m, q, null)).output();
        if (least != null) {
            Output over = g.op("Sub").name("sub").input(size).input(new PythonOperand(m, least)).output();
            size = g.op("Maximum").input(new PythonOperand(m, 0L)).input(over).output();
        }
        Output number = MathOps.cast(g, size, DType.FLOAT32, null);
        Output full = MathOps.times(g, number, new PythonOperand(m, scale));
        SummaryFunctions.scalar(m, name, Tensors.wrap(full), None.NONE, null);
    }

    @Builtin(
            value = "train.input_producer",
            signature = "input_tensor, element_shape=None, num_epochs=None, shuffle=True, seed=None, capacity=32, "
                    + "shared_name=None, summary_name=None, name=None, cancel_op=None",
            doc = "A queue of the tensor's rows, over and over or for so many epochs.")
    static Object inputProducer(
            Machine m, Object tensor, Object elementShape, Object epochs, boolean shuffle, Object seed, Object capacity,
            String shared, String summary, String name, Object cancel) {
        Graph g = graph(m);
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
        Graph g = graph(m);
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
        return produceRange(m, graph(m), limit, epochs, shuffle, seed, capacity, shared, name);
    }

    @Builtin(
            value = "train.slice_input_producer",
            signature = "tensor_list, num_epochs=None, shuffle=True, seed=None, capacity=32, shared_name=None, name=None",
            doc = "The same row of each tensor, another one at each run: a list of tensors.")
    static Object sliceProducer(
            Machine m, Object tensors, Object epochs, boolean shuffle, Object seed, Object capacity, String shared, String name) {
        Graph g = graph(m);
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

    /** Tensors to be put into batches, in the order of their keys where they are a dict. */
    private static List<Object> flat(Machine m, Object tensors) {
        if (tensors instanceof DictValue dict) {
            Object[] keys = dict.keyArray();
            Arrays.sort(keys, Comparator.comparing(k -> Semantics.str(m, k)));
            return Arrays.stream(keys).map(k -> dict.get(m, k)).toList();
        }
        if (!(tensors instanceof ListValue) && !(tensors instanceof TupleValue)) {
            throw NnError.type("tensors must be a list or dict of tensors, not " + Semantics.typeOf(tensors).name());
        }
        return Arrays.asList(Semantics.elements(m, tensors));
    }

    /** How a queue of batches is made. */
    private record Batching(
            String function, Object batchSize, Object capacity, Object left, Object seed, boolean many, Object shapes,
            boolean pads, boolean smaller, String shared, String name) {}

    /** Batches of what several sets of tensors give; a set is filled by so many threads. */
    private static Object batch(Machine m, List<Object> sets, boolean join, int threads, Object keep, Batching how) {
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(how.name == null ? how.function : how.name)) {
            List<List<Output>> all = new ArrayList<>();
            for (Object set : sets) {
                List<Output> tensors = new ArrayList<>();
                for (Object each : flat(m, set)) {
                    if (each instanceof SparseTensorValue) {
                        throw NnError.type("batches of sparse tensors are not supported; make them dense first with "
                                + "tf.sparse_tensor_to_dense");
                    }
                    tensors.add(Operands.of(m, each).toOutput(g, null, null, "Const"));
                }
                if (tensors.isEmpty()) {
                    throw NnError.value("Expected at least one tensor in batch().");
                }
                all.add(tensors);
            }
            Output keeping = Operands.of(m, keep).toOutput(g, DType.BOOL, null, "Const");
            List<DType> types = all.get(0).stream().map(Output::dtype).toList();
            List<Shape> shapes = how.shapes != None.NONE
                    ? shapes(m, how.shapes, types.size(), how.pads)
                    : all.get(0).stream().map(t -> inferred(m, t, how.many)).toList();
            long capacity = Semantics.index(m, how.capacity);
            QueueValue queue;
            if (how.left != None.NONE) {
                long left = Semantics.index(m, how.left);
                if (capacity <= left) {
                    throw NnError.value("capacity " + capacity + " must be bigger than min_after_dequeue " + left + ".");
                }
                RandomOps.Seeds s = RandomOps.seeds(g, Dims.seed(m, how.seed));
                queue = queue(g.op("RandomShuffleQueueV2").attr("min_after_dequeue", left).attr("seed", s.graph())
                        .attr("seed2", s.operation()), how.capacity, types, shapes, List.of(), how.shared, "random_shuffle_queue", m);
            } else {
                if (!how.pads && shapes.stream().anyMatch(s -> !s.isFullyDefined())) {
                    throw NnError.value("All shapes must be fully defined: " + shapes);
                }
                queue = queue(g.op(how.pads ? "PaddingFIFOQueueV2" : "FIFOQueueV2"), how.capacity, types, shapes, List.of(),
                        how.shared, how.pads ? "padding_fifo_queue" : "fifo_queue", m);
            }
            List<Object> enqueues = new ArrayList<>();
            for (List<Output> tensors : all) {
                Object enqueue = enqueue(m, g, queue, tensors, keeping, how.many);
                for (int i = 0; i < threads; i++) {
                    enqueues.add(enqueue);
                }
            }
            addRunner(m, g, queue, enqueues.toArray());
            if (how.left != None.NONE) {
                long left = Semantics.index(m, how.left);
                fullness(m, g, queue, left, 1.0 / (capacity - left), "fraction_over_" + left + "_of_" + (capacity - left) + "_full");
            } else {
                fullness(m, g, queue, null, 1.0 / capacity, "fraction_of_" + capacity + "_full");
            }
            List<Output> taken = queue.dequeueMany(
                    m, how.batchSize, how.smaller ? "QueueDequeueUpToV2" : "QueueDequeueManyV2", "", scope.operationName());
            return like(m, sets.get(0), taken);
        }
    }

    private static Shape inferred(Machine m, Output t, boolean many) {
        if (!t.shape().hasRank()) {
            throw NnError.value("Cannot infer Tensor's rank: " + Semantics.str(m, Tensors.wrap(t)));
        }
        if (many && t.shape().rank() == 0) {
            throw NnError.value("Shape () must have rank at least 1");
        }
        return many ? t.shape().slice(1, t.shape().rank()) : t.shape();
    }

    private static Object enqueue(Machine m, Graph g, QueueValue queue, List<Output> tensors, Output keep, boolean many) {
        ListValue values = Tensors.wrap(tensors);
        if (keep.shape().hasRank() && keep.shape().rank() == 1) {
            if (!many) {
                throw NnError.value("`keep_input` cannot be a vector when `enqueue_many=False`.");
            }
            List<Output> kept = new ArrayList<>();
            for (Output t : tensors) {
                kept.add(ArrayOps.booleanMask(g, t, keep, 0, null));
            }
            values = Tensors.wrap(kept);
        } else if (!keep.operation().type().equals("Const")) {
            ListValue given = values;
            return Elements.wrap(ControlFlow.cond(g, keep,
                    c -> List.of(c.result(((OperationValue) put(m, queue, given, many)).operation())),
                    c -> List.of(c.result(ControlFlow.noOp(g, null))),
                    null).get(0).operation());
        }
        return put(m, queue, values, many);
    }

    private static Object put(Machine m, QueueValue queue, ListValue values, boolean many) {
        return many ? QueueValue.enqueueMany(m, queue, values, null) : QueueValue.enqueue(m, queue, values, null);
    }

    /** What was taken out, as the tensors were given: a dict by the same keys, one tensor alone, or a list. */
    private static Object like(Machine m, Object tensors, List<Output> taken) {
        if (tensors instanceof DictValue dict) {
            Object[] keys = dict.keyArray();
            Arrays.sort(keys, Comparator.comparing(k -> Semantics.str(m, k)));
            DictValue made = new DictValue();
            for (int i = 0; i < keys.length; i++) {
                made.put(m, keys[i], Tensors.wrap(taken.get(i)));
            }
            return made;
        }
        return taken.size() == 1 ? Tensors.wrap(taken.get(0)) : Tensors.wrap(taken);
    }

    @Builtin(
            value = "train.batch",
            signature = "tensors, batch_size, num_threads=1, capacity=32, enqueue_many=False, shapes=None, dynamic_pad=False, " + BATCH,
            doc = "Batches of single examples, made by a queue.",
            example = "images, labels = tf.train.batch([image, label], batch_size=32)")
    static Object batch(
            Machine m, Object tensors, Object batchSize, int threads, Object capacity, boolean many, Object shapes, boolean pads,
            boolean smaller, String shared, String name) {
        return batch(m, List.of(tensors), false, threads, true,
                new Batching("batch", batchSize, capacity, None.NONE, None.NONE, many, shapes, pads, smaller, shared, name));
    }

    @Builtin(
            value = "train.maybe_batch",
            signature = "tensors, keep_input, batch_size, num_threads=1, capacity=32, enqueue_many=False, shapes=None, "
                    + "dynamic_pad=False, " + BATCH,
            doc = "As batch, of the examples to be kept.")
    static Object maybeBatch(
            Machine m, Object tensors, Object keep, Object batchSize, int threads, Object capacity, boolean many, Object shapes,
            boolean pads, boolean smaller, String shared, String name) {
        return batch(m, List.of(tensors), false, threads, keep,
                new Batching("batch", batchSize, capacity, None.NONE, None.NONE, many, shapes, pads, smaller, shared, name));
    }

    @Builtin(
            value = "train.batch_join",
            signature = "tensors_list, batch_size, capacity=32, enqueue_many=False, shapes=None, dynamic_pad=False, " + BATCH,
            doc = "Batches of what several sets of tensors give in turn.")
    static Object batchJoin(
            Machine m, Object sets, Object batchSize, Object capacity, boolean many, Object shapes, boolean pads, boolean smaller,
            String shared, String name) {
        return batch(m, sets(m, sets), true, 1, true,
                new Batching("batch_join", batchSize, capacity, None.NONE, None.NONE, many, shapes, pads, smaller, shared, name));
    }

    private static List<Object> sets(Machine m, Object sets) {
        List<Object> all = Arrays.asList(Semantics.elements(m, sets));
        if (all.isEmpty()) {
            throw NnError.value("Expected at least one set of tensors");
        }
        return all;
    }

    @Builtin(
            value = "train.shuffle_batch",
            signature = "tensors, batch_size, capacity, min_after_dequeue, num_threads=1, seed=None, enqueue_many=False, shapes=None, "
                    + BATCH,
            doc = "Batches of examples by chance, made by a queue in which so many stay behind.",
            example = "x, y = tf.train.shuffle_batch([image, label], 32, capacity=2000, min_after_dequeue=1000)")
    static Object shuffleBatch(
            Machine m, Object tensors, Object batchSize, Object capacity, Object left, int threads, Object seed, boolean many,
            Object shapes, boolean smaller, String shared, String name) {
        return batch(m, List.of(tensors), false, threads, true,
                new Batching("shuffle_batch", batchSize, capacity, left, seed, many, shapes, false, smaller, shared, name));
    }

    @Builtin(
            value = "train.maybe_shuffle_batch",
            signature = "tensors, batch_size, capacity, min_after_dequeue, keep_input, num_threads=1, seed=None, "
                    + "enqueue_many=False, shapes=None, " + BATCH,
            doc = "As shuffle_batch, of the examples to be kept.")
    static Object maybeShuffleBatch(
            Machine m, Object tensors, Object batchSize, Object capacity, Object left, Object keep, int threads, Object seed,
            boolean many, Object shapes, boolean smaller, String shared, String name) {
        return batch(m, List.of(tensors), false, threads, keep,
                new Batching("shuffle_batch", batchSize, capacity, left, seed, many, shapes, false, smaller, shared, name));
    }

    @Builtin(
            value = "train.shuffle_batch_join",
            signature = "tensors_list, batch_size, capacity, min_after_dequeue, seed=None, enqueue_many=False, shapes=None, " + BATCH,
            doc = "Batches by chance of what several sets of tensors give.")
    static Object shuffleBatchJoin(
            Machine m, Object sets, Object batchSize, Object capacity, Object left, Object seed, boolean many, Object shapes,
            boolean smaller, String shared, String name) {
        return batch(m, sets(m, sets), true, 1, true,
                new Batching("shuffle_batch_join", batchSize, capacity, left, seed, many, shapes, false, smaller, shared, name));
    }

    private static Object reader(Machine m, OpCall call, String name) {
        return new ReaderValue(call.name(name).output());
    }

    @Builtin(value = "WholeFileReader", signature = "name=None", doc = "A reader of whole files: the key is the name, the value all bytes.")
    static Object wholeFileReader(Machine m, String name) {
        return reader(m, graph(m).op("WholeFileReaderV2"), name);
    }

    @Builtin(value = "IdentityReader", signature = "name=None", doc = "A reader that gives out the names themselves.")
    static Object identityReader(Machine m, String name) {
        return reader(m, graph(m).op("IdentityReaderV2"), name);
    }

    @Builtin(value = "TextLineReader", signature = "skip_header_lines=None, name=None", doc = "A reader of the lines of text files.")
    static Object textLineReader(Machine m, Object skip, String name) {
        long lines = skip == None.NONE ? 0 : Semantics.index(m, skip);
        return reader(m, graph(m).op("TextLineReaderV2").attr("skip_header_lines", lines), name);
    }

    @Builtin(value = "TFRecordReader", signature = "name=None, options=None", doc = "A reader of the records of TFRecord files.")
    static Object recordReader(Machine m, String name, Object options) {
        return reader(m, graph(m).op("TFRecordReaderV2").attr("compression_type", RecordFunctions.compression(m, options)), name);
    }

    @Builtin(
            value = "FixedLengthRecordReader",
            signature = "record_bytes, header_bytes=None, footer_bytes=None, hop_bytes=None, name=None, encoding=None",
            doc = "A reader of records of so many bytes.")
    static Object fixedReader(Machine m, Object record, Object header, Object footer, Object hop, String name, Object encoding) {
        OpCall call = graph(m).op("FixedLengthRecordReaderV2").attr("record_bytes", Semantics.index(m, record));
        Object[][] rest = {{"header_bytes", header}, {"footer_bytes", footer}, {"hop_bytes", hop}};
        for (Object[] each : rest) {
            call.attr((String) each[0], each[1] == None.NONE ? (Object) 0L : (Object) Semantics.index(m, each[1]));
        }
        return reader(m, call, name);
    }
}
