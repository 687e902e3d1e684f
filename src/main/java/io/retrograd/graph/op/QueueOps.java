package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.ElementQueue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import io.retrograd.tensor.random.PhiloxRandom;
import java.util.ArrayList;
import java.util.List;

/** Queues: elements that some runs put in and others take out. A queue travels through the graph as a resource. */
final class QueueOps {
    private QueueOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "FIFOQueueV2", "PaddingFIFOQueueV2" -> new Queue(type, ElementQueue.Order.FIRST_IN);
            case "RandomShuffleQueueV2" -> new Queue(
                    type, ElementQueue.Order.RANDOM, "min_after_dequeue: int = 0", "seed: int = 0", "seed2: int = 0");
            case "PriorityQueueV2" -> new Queue(type, ElementQueue.Order.SMALLEST_FIRST);
            case "QueueEnqueueV2", "QueueEnqueueManyV2" -> new Enqueue(type);
            case "QueueDequeueV2" -> new Dequeue(type, "handle: resource");
            case "QueueDequeueManyV2", "QueueDequeueUpToV2" -> new Dequeue(type, "handle: resource, n: int32");
            case "QueueCloseV2" -> new Close();
            case "QueueSizeV2" -> new Size();
            case "QueueIsClosedV2" -> new IsClosed();
            default -> null;
        };
    }

    static ElementQueue queue(KernelContext k, int input) {
        return (ElementQueue) k.input(input).getObject(0);
    }

    /** The name of an operation's resource as error texts give it: a number that tells it from others, and the operation. */
    static String resourceName(Operation op) {
        int number = 0;
        for (Operation each : op.graph().operations()) {
            if (each == op) {
                break;
            }
            if (each.type().contains("Queue") && each.type().endsWith("QueueV2") || each.type().endsWith("ReaderV2")) {
                number++;
            }
        }
        return "_" + number + "_" + op.name();
    }

    private static String[] and(String[] first, String... more) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    /** An operation that is there for its effect on a queue or reader. */
    abstract static class Effect extends OpDef {
        Effect(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, attributes);
        }

        @Override
        public void infer(ShapeContext c) {
            c.scalars();
        }

        @Override
        public boolean isStateful() {
            return true;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class Queue extends Effect {
        private final ElementQueue.Order order;

        Queue(String type, ElementQueue.Order order, String... more) {
            super(
                    type,
                    "",
                    "handle: resource",
                    and(
                            new String[] {
                                "component_types: list(type)", "shapes: list(shape) = []", "capacity: int = -1",
                                "container: string = ", "shared_name: string = "
                            },
                            more));
            this.order = order;
        }

        @Override
        public void compute(KernelContext k) {
            Operation op = k.operation();
            k.forward(0, NdArray.wrap(DType.RESOURCE, new Object[] {k.state(ElementQueue.class, () -> make(op))}));
        }

        private ElementQueue make(Operation op) {
            boolean random = order == ElementQueue.Order.RANDOM;
            return new ElementQueue(
                    op.type().substring(0, op.type().length() - 2),
                    resourceName(op),
                    order,
                    op.intAttribute("capacity"),
                    random ? op.intAttribute("min_after_dequeue") : 0,
                    random ? new PhiloxRandom(op.intAttribute("seed"), op.intAttribute("seed2")) : null,
                    shapes(op));
        }

        /** The shapes of what one element consists of; empty where they are not known. */
        static List<Shape> shapes(Operation op) {
            List<Shape> given = op.attribute("shapes");
            return op.type().equals("PriorityQueueV2")
                    ? ElementQueue.withPriority(op.<List<?>>attribute("component_types").size(), given) : given;
        }
    }

    static final class Enqueue extends Effect {
        Enqueue(String type) {
            super(type, "handle: resource, components: list(Tcomponents)", "", "Tcomponents: list(type)", "timeout_ms: int = -1");
        }

        @Override
        public void compute(KernelContext k) {
            ElementQueue queue = queue(k, 0);
            int components = k.inputCount() - 1;
            if (type().equals("QueueEnqueueV2")) {
                NdArray[] element = new NdArray[components];
                for (int i = 0; i < components; i++) {
                    element[i] = k.input(1 + i).copy();
                }
                queue.put(element);
                return;
            }
            int n = k.input(1).dim(0);
            for (int i = 0; i < components; i++) {
                if (k.input(1 + i).dim(0) != n) {
                    throw NnError.invalidArgument("All input tensors must have the same size in the 0th dimension. Component "
                            + i + " has " + k.input(1 + i).dim(0) + ", and should have " + n);
                }
            }
            for (int row = 0; row < n; row++) {
                NdArray[] element = new NdArray[components];
                for (int i = 0; i < components; i++) {
                    element[i] = k.input(1 + i).at(0, row).copy();
                }
                queue.put(element);
            }
        }
    }

    static final class Dequeue extends Effect {
        Dequeue(String type, String inputs) {
            super(type, inputs, "components: list(component_types)", "component_types: list(type)", "timeout_ms: int = -1");
        }

        @Override
        public void infer(ShapeContext c) {
            Operation queue = c.operation().input(0).operation();
            if (!queue.type().endsWith("QueueV2")) {
                return;
            }
            List<Shape> shapes = Queue.shapes(queue);
            for (int i = 0; i < shapes.size() && i < c.operation().outputCount(); i++) {
                int n = type().equals("QueueDequeueManyV2")
                        ? c.constant(1).map(v -> v.getInt(0)).orElse(Shape.UNKNOWN)
                        : Shape.UNKNOWN;
                c.output(i, type().equals("QueueDequeueV2") ? shapes.get(i) : Shape.of(n).concatenate(shapes.get(i)));
            }
        }

        @Override
        public void compute(KernelContext k) {
            ElementQueue queue = queue(k, 0);
            int components = k.operation().outputCount();
            if (type().equals("QueueDequeueV2")) {
                NdArray[] element = queue.take(1, false).get(0);
                for (int i = 0; i < components; i++) {
                    k.forward(i, element[i]);
                }
                return;
            }
            String name = k.operation().input(0).operation().type().replace("QueueV2", "Queue");
            if (queue.shapes().isEmpty()) {
                throw NnError.invalidArgument(
                        name + "'s DequeueMany and DequeueUpTo require the components to have specified shapes.");
            }
            List<NdArray[]> rows = queue.take(k.input(1).getInt(0), type().equals("QueueDequeueUpToV2"));
            for (int i = 0; i < components; i++) {
                stack(k, i, rows, queue.shapes().get(i));
            }
        }

        /** The rows in one array; of rows of different sizes, which only a padding queue has, the rest is zero or empty. */
        private static void stack(KernelContext k, int component, List<NdArray[]> rows, Shape shape) {
            int[] row = shape.isFullyDefined() ? shape.toInts() : new int[shape.rank()];
            for (NdArray[] each : rows) {
                for (int d = 0; d < row.length; d++) {
                    row[d] = Math.max(row[d], each[component].dim(d));
                }
            }
            int[] whole = new int[row.length + 1];
            whole[0] = rows.size();
            System.arraycopy(row, 0, whole, 1, row.length);
            NdArray out = k.output(component, whole);
            if (!shape.isFullyDefined()) {
                Blocks.clear(out);
                for (int i = 0; out.dtype() == DType.STRING && i < out.size(); i++) {
                    out.setObject(i, new byte[0]);
                }
            }
            for (int r = 0; r < rows.size(); r++) {
                NdArray value = rows.get(r)[component];
                NdArray place = out.at(0, r);
                for (int d = 0; d < row.length; d++) {
                    place = place.slice(d, 0, value.dim(d), 1);
                }
                place.assign(value);
            }
        }
    }

    static final class Close extends Effect {
        Close() {
            super("QueueCloseV2", "handle: resource", "", "cancel_pending_enqueues: bool = false");
        }

        @Override
        public void compute(KernelContext k) {
            queue(k, 0).close();
        }
    }

    static final class Size extends Effect {
        Size() {
            super("QueueSizeV2", "handle: resource", "size: int32");
        }

        @Override
        public void compute(KernelContext k) {
            k.forward(0, NdArray.scalar(queue(k, 0).filledSize()));
        }
    }

    static final class IsClosed extends Effect {
        IsClosed() {
            super("QueueIsClosedV2", "handle: resource", "is_closed: bool");
        }

        @Override
        public void compute(KernelContext k) {
            k.forward(0, NdArray.scalar(queue(k, 0).isClosed()));
        }
    }
}
