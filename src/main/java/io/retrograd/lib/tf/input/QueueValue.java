package io.retrograd.lib.tf.input;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.DTypeValue;
import io.retrograd.lib.tf.Operands;
import io.retrograd.lib.tf.ShapeValue;
import io.retrograd.lib.tf.Tensors;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A queue in the graph: {@code tf.FIFOQueue} and its kin.
 *
 * @param shapes of the components; empty where they are not known
 * @param names of the components, for queues of dicts; empty for queues of tuples
 */
public record QueueValue(Output handle, List<DType> types, List<Shape> shapes, List<String> names) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.ops.data_flow_ops", "QueueBase", QueueValueTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean sameAs(Object other) {
        return other instanceof QueueValue q && q.handle == handle;
    }

    private Graph graph() {
        return handle.graph();
    }

    /** The last part of its operation's name, from which the names of what is done with it are made. */
    public String shortName() {
        String name = handle.operation().name();
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Values in the order and number of the components. */
    private Object[] components(Machine m, Object values) {
        if (values instanceof DictValue dict) {
            if (names.isEmpty()) {
                throw NnError.value("Queue must have names to enqueue a dictionary");
            }
            Object[] all = new Object[names.size()];
            for (int i = 0; i < all.length; i++) {
                if (!dict.containsKey(m, names.get(i)) || dict.size() != all.length) {
                    throw NnError.value("Keys in dictionary to enqueue do not match names of Queue.  Dictionary: ("
                            + keys(m, dict) + "), Queue: (" + String.join(", ", names.stream().sorted().toList()) + ")");
                }
                all[i] = dict.get(m, names.get(i));
            }
            return all;
        }
        if (!names.isEmpty()) {
            throw NnError.value("You must enqueue a dictionary in a queue with names");
        }
        Object[] all = values instanceof ListValue || values instanceof TupleValue
                ? Semantics.elements(m, values) : new Object[] {values};
        if (all.length != types.size()) {
            throw NnError.value("Expected " + types.size() + " components to enqueue, got " + all.length);
        }
        return all;
    }

    private static String keys(Machine m, DictValue dict) {
        List<String> keys = new ArrayList<>();
        for (Object key : dict.keyArray()) {
            keys.add(Semantics.str(m, key));
        }
        return String.join(", ", keys.stream().sorted().toList());
    }

    private Operation enqueue(Machine m, String type, String suffix, Object values, String name, boolean many) {
        Graph g = graph();
        try (NameScope scope = g.nameScope(name == null ? shortName() + suffix : name)) {
            List<Output> components = new ArrayList<>();
            Object[] given = components(m, values);
            for (int i = 0; i < given.length; i++) {
                Output c = Operands.of(m, given[i]).toOutput(g, types.get(i), null, "component_" + i);
                if (c.dtype() != types.get(i)) {
                    throw NnError.type("Tensor conversion requested dtype " + types.get(i).tfName() + " for Tensor with dtype "
                            + c.dtype().tfName() + ": " + Semantics.repr(m, Tensors.wrap(c)));
                }
                Shape shape = c.shape();
                if (many && shape.hasRank() && shape.rank() == 0) {
                    throw NnError.value("Shape () must have rank at least 1");
                }
                Shape element = many ? shape.hasRank() ? shape.slice(1, shape.rank()) : shape : shape;
                if (i < shapes.size() && !element.isCompatibleWith(shapes.get(i))) {
                    throw NnError.value("Shapes " + element + " and " + shapes.get(i) + " are incompatible");
                }
                components.add(c);
            }
            return g.op(type).name(scope.operationName()).input(handle).inputs(components).operation();
        }
    }

    @Builtin(value = "enqueue", signature = "vals, name=None", method = true, doc = "The operation that puts one element in.")
    static Object enqueue(Machine m, QueueValue self, Object values, String name) {
        return Tensors.wrap(self.enqueue(m, "QueueEnqueueV2", "_enqueue", values, name, false));
    }

    @Builtin(
            value = "enqueue_many",
            signature = "vals, name=None",
            method = true,
            doc = "The operation that puts in the slices of each component along its first dimension.")
    static Object enqueueMany(Machine m, QueueValue self, Object values, String name) {
        return Tensors.wrap(self.enqueue(m, "QueueEnqueueManyV2", "_EnqueueMany", values, name, true));
    }

    private List<Output> taken(OpCall call, String suffix, String name) {
        return call.name(name == null ? shortName() + suffix : name).attr("component_types", types).operation().outputs();
    }

    /** One tensor alone, several as a list, or as a dict where components have names. */
    private Object answer(Machine m, List<Output> outputs) {
        if (!names.isEmpty()) {
            DictValue dict = new DictValue();
            for (int i = 0; i < names.size(); i++) {
                dict.put(m, names.get(i), Tensors.wrap(outputs.get(i)));
            }
            return dict;
        }
        return outputs.size() == 1 ? Tensors.wrap(outputs.get(0)) : Tensors.wrap(outputs);
    }

    @Builtin(value = "dequeue", signature = "name=None", method = true, doc = "The next element: one tensor, or one for each component.")
    static Object dequeue(Machine m, QueueValue self, String name) {
        return self.answer(m, self.taken(self.graph().op("QueueDequeueV2").input(self.handle), "_Dequeue", name));
    }

    List<Output> dequeueMany(Machine m, Object n, String type, String suffix, String name) {
        return taken(graph().op(type).input(handle).input(Operands.of(m, n)), suffix, name);
    }

    @Builtin(value = "dequeue_many", signature = "n, name=None", method = true, doc = "The next n elements in one tensor for each component.")
    static Object dequeueMany(Machine m, QueueValue self, Object n, String name) {
        return self.answer(m, self.dequeueMany(m, n, "QueueDequeueManyV2", "_DequeueMany", name));
    }

    @Builtin(
            value = "dequeue_up_to",
            signature = "n, name=None",
            method = true,
            doc = "The next n elements, fewer where the queue is closed.")
    static Object dequeueUpTo(Machine m, QueueValue self, Object n, String name) {
        return self.answer(m, self.dequeueMany(m, n, "QueueDequeueUpToV2", "_DequeueUpTo", name));
    }

    @Builtin(
            value = "close",
            signature = "cancel_pending_enqueues=False, name=None",
            method = true,
            doc = "The operation that closes it: what is in can still be taken out.")
    static Object close(Machine m, QueueValue self, boolean cancel, String name) {
        return Tensors.wrap(self.graph().op("QueueCloseV2").name(name == null ? self.shortName() + "_Close" : name)
                .input(self.handle).attr("cancel_pending_enqueues", cancel).operation());
    }

    @Builtin(value = "is_closed", signature = "name=None", method = true, doc = "Whether it is closed, as a tensor.")
    static Object isClosed(Machine m, QueueValue self, String name) {
        return Tensors.wrap(self.graph().op("QueueIsClosedV2").name(name == null ? self.shortName() + "_Is_Closed" : name)
                .input(self.handle).output());
    }

    @Builtin(value = "size", signature = "name=None", method = true, doc = "How many elements it holds, as a tensor.")
    static Object size(Machine m, QueueValue self, String name) {
        return Tensors.wrap(self.graph().op("QueueSizeV2").name(name == null ? self.shortName() + "_Size" : name)
                .input(self.handle).output());
    }

    @Builtin(value = "name", property = true, doc = "The name of its operation.")
    static Object name(Machine m, QueueValue self) {
        return self.handle.operation().name();
    }

    @Builtin(value = "queue_ref", property = true, doc = "The tensor that stands for it.")
    static Object reference(Machine m, QueueValue self) {
        return Tensors.wrap(self.handle);
    }

    @Builtin(value = "dtypes", property = true, doc = "The types of its components.")
    static Object dtypes(Machine m, QueueValue self) {
        return ListValue.of(self.types.stream().map(DTypeValue::of).toArray());
    }

    @Builtin(value = "shapes", property = true, doc = "The shapes of its components.")
    static Object shapes(Machine m, QueueValue self) {
        return ListValue.of(self.types.stream()
                .map(t -> self.shapes.isEmpty() ? Shape.unknown() : self.shapes.get(self.types.indexOf(t)))
                .map(ShapeValue::new).toArray());
    }

    @Builtin(value = "names", property = true, doc = "The names of its components; None without.")
    static Object names(Machine m, QueueValue self) {
        return self.names.isEmpty() ? None.NONE : ListValue.of(self.names.toArray());
    }
}
