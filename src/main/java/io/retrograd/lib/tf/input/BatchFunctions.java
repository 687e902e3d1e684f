package io.retrograd.lib.tf.input;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.ControlFlow;
import io.retrograd.graph.build.RandomOps;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.tf.Dims;
import io.retrograd.lib.tf.Elements;
import io.retrograd.lib.tf.Operands;
import io.retrograd.lib.tf.OperationValue;
import io.retrograd.lib.tf.SparseTensorValue;
import io.retrograd.lib.tf.Tensors;
import io.retrograd.lib.tf.TfState;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Tensors put together to batches through a queue: {@code tf.train.batch}, {@code shuffle_batch} and their kin. */
final class BatchFunctions {
    private static final String BATCH = "allow_smaller_final_batch=False, shared_name=None, name=None";

    private BatchFunctions() {}

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
        Graph g = TfState.of(m).graph();
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
                    ? QueueFunctions.shapes(m, how.shapes, types.size(), how.pads)
                    : all.get(0).stream().map(t -> inferred(m, t, how.many)).toList();
            long capacity = Semantics.index(m, how.capacity);
            QueueValue queue;
            if (how.left != None.NONE) {
                long left = Semantics.index(m, how.left);
                if (capacity <= left) {
                    throw NnError.value("capacity " + capacity + " must be bigger than min_after_dequeue " + left + ".");
                }
                RandomOps.Seeds s = RandomOps.seeds(g, Dims.seed(m, how.seed));
                queue = QueueFunctions.queue(g.op("RandomShuffleQueueV2").attr("min_after_dequeue", left).attr("seed", s.graph())
                        .attr("seed2", s.operation()), how.capacity, types, shapes, List.of(), how.shared, "random_shuffle_queue", m);
            } else {
                if (!how.pads && shapes.stream().anyMatch(s -> !s.isFullyDefined())) {
                    throw NnError.value("All shapes must be fully defined: " + shapes);
                }
                queue = QueueFunctions.queue(g.op(how.pads ? "PaddingFIFOQueueV2" : "FIFOQueueV2"), how.capacity, types, shapes, List.of(),
                        how.shared, how.pads ? "padding_fifo_queue" : "fifo_queue", m);
            }
            List<Object> enqueues = new ArrayList<>();
            for (List<Output> tensors : all) {
                Object enqueue = enqueue(m, g, queue, tensors, keeping, how.many);
                for (int i = 0; i < threads; i++) {
                    enqueues.add(enqueue);
                }
            }
            QueueFunctions.addRunner(m, g, queue, enqueues.toArray());
            if (how.left != None.NONE) {
                long left = Semantics.index(m, how.left);
                QueueFunctions.fullness(m, g, queue, left, 1.0 / (capacity - left), "fraction_over_" + left + "_of_" + (capacity - left) + "_full");
            } else {
                QueueFunctions.fullness(m, g, queue, null, 1.0 / capacity, "fraction_of_" + capacity + "_full");
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
}
