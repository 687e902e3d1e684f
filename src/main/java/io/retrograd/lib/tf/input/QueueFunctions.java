package io.retrograd.lib.tf.input;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.GraphKeys;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.RandomOps;
import io.retrograd.kernel.ElementQueue;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.tf.DTypeValue;
import io.retrograd.lib.tf.Dims;
import io.retrograd.lib.tf.PythonOperand;
import io.retrograd.lib.tf.SessionValue;
import io.retrograd.lib.tf.ShapeValue;
import io.retrograd.lib.tf.SummaryFunctions;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.lib.tf.Tensors;
import io.retrograd.lib.tf.TfState;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Queues, {@code tf.FIFOQueue} and its kin, and the runners that keep them full. */
final class QueueFunctions {
    private QueueFunctions() {}

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
    static List<Shape> shapes(Machine m, Object shapes, int components, boolean mayBeUnknown) {
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

    static QueueValue queue(OpCall call, Object capacity, List<DType> types, List<Shape> shapes, List<String> names,
            String sharedName, String name, Machine m) {
        return queue(call.attr("component_types", types).attr("shapes", shapes), capacity, names, sharedName, name, m, types, shapes);
    }

    private static QueueValue queue(OpCall call, Object capacity, List<String> names, String sharedName, String name, Machine m,
            List<DType> types, List<Shape> shapes) {
        Output handle = call.name(name)
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
        return queue(TfState.of(m).graph().op("FIFOQueueV2"), capacity, types, shapes(m, shapes, types.size(), false),
                names(m, names, types.size()), shared, name, m);
    }

    @Builtin(
            value = {"PaddingFIFOQueue", "queue.PaddingFIFOQueue"},
            signature = "capacity, dtypes, shapes, names=None, shared_name=None, name='padding_fifo_queue'",
            doc = "A queue of elements of different sizes; those taken out together are filled up with zeros.")
    static Object paddingQueue(Machine m, Object capacity, Object dtypes, Object shapes, Object names, String shared, String name) {
        List<DType> types = types(m, dtypes);
        return queue(TfState.of(m).graph().op("PaddingFIFOQueueV2"), capacity, types, shapes(m, shapes, types.size(), true),
                names(m, names, types.size()), shared, name, m);
    }

    @Builtin(
            value = {"PriorityQueue", "queue.PriorityQueue"},
            signature = "capacity, types, shapes=None, names=None, shared_name=None, name='priority_queue'",
            doc = "A queue whose elements come out by their first component, an int64, the smallest first.")
    static Object priorityQueue(Machine m, Object capacity, Object dtypes, Object shapes, Object names, String shared, String name) {
        List<DType> given = types(m, dtypes);
        List<Shape> all = shapes(m, shapes, given.size(), false);
        // TensorFlow's operation has the priority besides the components that are named to it.
        OpCall call = TfState.of(m).graph().op("PriorityQueueV2").attr("component_types", given).attr("shapes", all);
        List<DType> types = new ArrayList<>(List.of(DType.INT64));
        types.addAll(given);
        return queue(call, capacity, names(m, names, types.size()), shared, name, m, types, ElementQueue.withPriority(given.size(), all));
    }

    @Builtin(
            value = {"RandomShuffleQueue", "queue.RandomShuffleQueue"},
            signature = "capacity, min_after_dequeue, dtypes, shapes=None, names=None, seed=None, shared_name=None, "
                    + "name='random_shuffle_queue'",
            doc = "A queue whose elements come out by chance; so many stay in until it is closed.")
    static Object shuffleQueue(
            Machine m, Object capacity, Object left, Object dtypes, Object shapes, Object names, Object seed, String shared,
            String name) {
        Graph g = TfState.of(m).graph();
        List<DType> types = types(m, dtypes);
        RandomOps.Seeds s = RandomOps.seeds(g, Dims.seed(m, seed));
        OpCall call = g.op("RandomShuffleQueueV2").attr("min_after_dequeue", Semantics.index(m, left))
                .attr("seed", s.graph()).attr("seed2", s.operation());
        return queue(call, capacity, types, shapes(m, shapes, types.size(), false), names(m, names, types.size()), shared, name, m);
    }

    static void addRunner(Machine m, Graph g, QueueValue queue, Object... enqueues) {
        g.addToCollection(GraphKeys.QUEUE_RUNNERS, QueueRunnerValue.make(m, queue, enqueues, None.NONE, None.NONE));
    }

    @Builtin(
            value = {"train.add_queue_runner", "train.queue_runner.add_queue_runner"},
            signature = "qr, collection='queue_runners'",
            doc = "Notes a queue runner for start_queue_runners.")
    static void addQueueRunner(Machine m, QueueRunnerValue runner, String collection) {
        TfState.of(m).graph().addToCollection(collection, runner);
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

    /** The summary that says how full a queue is. */
    static void fullness(Machine m, Graph g, QueueValue q, Long least, double scale, String name) {
        Output size = ((TensorValue) QueueValue.size(m, q, null)).output();
        if (least != null) {
            Output over = g.op("Sub").name("sub").input(size).input(new PythonOperand(m, least)).output();
            size = g.op("Maximum").input(new PythonOperand(m, 0L)).input(over).output();
        }
        Output number = MathOps.cast(g, size, DType.FLOAT32, null);
        Output full = MathOps.times(g, number, new PythonOperand(m, scale));
        SummaryFunctions.scalar(m, name, Tensors.wrap(full), None.NONE, null);
    }
}
