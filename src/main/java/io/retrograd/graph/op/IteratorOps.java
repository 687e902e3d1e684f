package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.Pipeline;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.List;

/** Iterators over datasets: made, set to their start, asked for the next element. An iterator travels through the graph as a resource. */
final class IteratorOps {
    private IteratorOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "IteratorV2" -> new IteratorResource();
            case "OneShotIterator" -> new OneShotIterator();
            case "MakeIterator" -> new MakeIterator();
            case "IteratorGetNext" -> new IteratorGetNext();
            default -> null;
        };
    }

    /** An iterator's place in its dataset, in one session. */
    private static final class Position {
        private Pipeline.Elements elements;
    }

    static final class IteratorResource extends OpDef {
        IteratorResource() {
            super(
                    "IteratorV2",
                    "",
                    "handle: resource",
                    "shared_name: string = ",
                    "container: string = ",
                    "output_types: list(type)",
                    "output_shapes: list(shape) = []");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.scalar());
        }

        @Override
        public void compute(KernelContext k) {
            k.forward(0, NdArray.wrap(DType.RESOURCE, new Object[] {k.state(Position.class, Position::new)}));
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

    /** An iterator that needs no initialization: it opens its dataset when it is first used. */
    static final class OneShotIterator extends OpDef {
        OneShotIterator() {
            super(
                    "OneShotIterator",
                    "dataset: variant",
                    "handle: resource",
                    "output_types: list(type)",
                    "output_shapes: list(shape) = []");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.scalar());
        }

        @Override
        public void compute(KernelContext k) {
            Position position = k.state(Position.class, Position::new);
            if (position.elements == null) {
                position.elements = DatasetOps.pipeline(k.input(0)).open();
            }
            k.forward(0, NdArray.wrap(DType.RESOURCE, new Object[] {position}));
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

    static final class MakeIterator extends OpDef {
        MakeIterator() {
            super("MakeIterator", "dataset: variant, iterator: resource", "");
        }

        @Override
        public void infer(ShapeContext c) {}

        @Override
        public void compute(KernelContext k) {
            ((Position) k.input(1).getObject(0)).elements = DatasetOps.pipeline(k.input(0)).open();
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

    static final class IteratorGetNext extends OpDef {
        IteratorGetNext() {
            super(
                    "IteratorGetNext",
                    "iterator: resource",
                    "components: list(output_types)",
                    "output_types: list(type)",
                    "output_shapes: list(shape)");
        }

        @Override
        public void infer(ShapeContext c) {
            List<Shape> shapes = c.operation().attribute("output_shapes");
            for (int i = 0; i < shapes.size(); i++) {
                c.output(i, shapes.get(i));
            }
        }

        @Override
        public void compute(KernelContext k) {
            Pipeline.Elements elements = ((Position) k.input(0).getObject(0)).elements;
            if (elements == null) {
                throw new NnError(
                        ErrorKind.FAILED_PRECONDITION_ERROR,
                        "GetNext() failed because the iterator has not been initialized. Ensure that you have run the "
                                + "initializer operation for this iterator before getting the next element.");
            }
            NdArray[] next = elements.next();
            if (next == null) {
                throw new NnError(ErrorKind.OUT_OF_RANGE_ERROR, "End of sequence");
            }
            List<Shape> shapes = k.operation().attribute("output_shapes");
            for (int i = 0; i < next.length; i++) {
                if (!shapes.get(i).isCompatibleWith(Shape.of(next[i].shape()))) {
                    throw NnError.invalidArgument("Number of elements does not match the expected shape: "
                            + Broadcast.brackets(next[i].shape()) + " vs. " + shapes.get(i).toBrackets());
                }
                k.forward(i, next[i].compact());
            }
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
}
