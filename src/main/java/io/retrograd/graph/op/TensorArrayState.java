package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.limit.Budget;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a TensorArray's handle stands for in one run: elements that are written once each. The array of the gradients
 * may be written several times: what comes to one place adds up.
 */
final class TensorArrayState {
    private final String name;
    private final DType dtype;
    private final boolean dynamic;
    private final boolean clearAfterRead;
    private final boolean adds;
    private final List<NdArray> elements;
    private final List<int[]> shapes;
    private final Map<String, TensorArrayState> gradients = new HashMap<>();
    private final boolean identicalShapes;
    private Shape elementShape;
    /** The first element that was written. */
    private NdArray sample;
    private boolean mixed;

    TensorArrayState(
            String name, DType dtype, int size, boolean dynamic, boolean clearAfterRead, Shape elementShape,
            boolean identicalShapes, boolean adds) {
        this.name = name;
        this.dtype = dtype;
        this.dynamic = dynamic;
        this.clearAfterRead = clearAfterRead;
        this.elementShape = elementShape;
        this.identicalShapes = identicalShapes;
        this.adds = adds;
        Budget.require(2L * Budget.REFERENCE * size);
        this.elements = new ArrayList<>();
        this.shapes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if ((i & StopCheck.INTERVAL - 1) == 0) {
                StopCheck.ask();
            }
            elements.add(null);
            shapes.add(null);
        }
    }

    int size() {
        return elements.size();
    }

    DType dtype() {
        return dtype;
    }

    /** The array that collects the gradients of this one, for one call of tf.gradients. */
    TensorArrayState gradient(String source) {
        return gradients.computeIfAbsent(source, s -> {
            TensorArrayState g = new TensorArrayState(name + "@" + s, dtype, size(), false, false, elementShape, identicalShapes, true);
            for (int i = 0; i < size(); i++) {
                g.shapes.set(i, shapes.get(i));
            }
            g.sample = sample;
            g.mixed = mixed;
            return g;
        });
    }

    private NnError invalid(String message) {
        return NnError.invalidArgument("TensorArray " + name + ": " + message);
    }

    void write(int index, NdArray value) {
        if (index < 0 || index >= size() && !dynamic) {
            throw invalid("Tried to write to index " + index + " but array is not resizeable and size is: " + size());
        }
        Budget.require(2L * Budget.REFERENCE * index);
        while (index >= size()) {
            elements.add(null);
            shapes.add(null);
        }
        if (!elementShape.isCompatibleWith(Shape.of(value.shape()))) {
            throw invalid("Could not write to TensorArray index " + index + " because the value shape is "
                    + Shape.of(value.shape()).toBrackets() + " which is incompatible with the TensorArray's inferred element "
                    + "shape: " + elementShape.toBrackets() + " (consider setting infer_shape=False).");
        }
        if (identicalShapes && !elementShape.isFullyDefined()) {
            // What a loop that ends early never writes is zeros of this shape, as the outputs of a short batch are.
            elementShape = Shape.of(value.shape());
        }
        look(value);
        NdArray there = elements.get(index);
        if (there == null) {
            elements.set(index, value);
            shapes.set(index, value.shape());
            return;
        }
        if (!adds) {
            throw invalid("Could not write to TensorArray index " + index + " because it has already been written to.");
        }
        if (!there.hasShapeOf(value)) {
            throw invalid("Could not aggregate to TensorArray index " + index + " because the existing shape is "
                    + Shape.of(there.shape()).toBrackets() + " but the new input shape is "
                    + Shape.of(value.shape()).toBrackets() + ".");
        }
        elements.set(index, sum(there, value));
    }

    private static NdArray sum(NdArray a, NdArray b) {
        NdArray c = a.copy();
        if (a.dtype() == DType.FLOAT32) {
            float[] x = c.floats();
            float[] y = b.floats();
            for (int i = 0; i < x.length; i++) {
                x[i] += y[i];
            }
        } else {
            for (int i = 0; i < c.size(); i++) {
                if (c.dtype().isInteger()) {
                    c.setLong(i, a.getLong(i) + b.getLong(i));
                } else {
                    c.setDouble(i, a.getDouble(i) + b.getDouble(i));
                }
            }
        }
        return c;
    }

    NdArray read(int index) {
        if (index < 0 || index >= size()) {
            throw invalid("Tried to read from index " + index + " but array size is: " + size());
        }
        NdArray value = elements.get(index);
        if (value == null) {
            return absent(index);
        }
        if (clearAfterRead) {
            elements.set(index, null);
        }
        return value;
    }

    /** A gradient that nothing flowed to is zero; of other arrays what was never written cannot be read. */
    private NdArray absent(int index) {
        int[] shape = shapes.get(index) != null ? shapes.get(index)
                : elementShape.isFullyDefined() ? elementShape.toInts() : null;
        if (shape == null || !adds && shapes.get(index) != null) {
            throw invalid(shapes.get(index) != null
                    ? "Could not read index " + index + " twice because it was cleared after a previous read (perhaps try "
                            + "setting clear_after_read = false?)."
                    : "Could not read from TensorArray index " + index + ".  Furthermore, the element shape is not fully "
                            + "defined: " + elementShape.toBrackets() + ". It is possible you are working with a resizeable "
                            + "TensorArray and stop_gradients is not allowing the gradients to be written. If you set the "
                            + "full element_shape property on the forward TensorArray, the proper all-zeros tensor will be "
                            + "returned instead of incurring this error.");
        }
        return NdArray.zeros(dtype, shape);
    }

    /** An element like all others that were written, as far as its shape; null where they differ, or nothing was written. */
    NdArray sample() {
        return mixed ? null : sample;
    }

    private void look(NdArray value) {
        if (sample == null) {
            sample = value;
        } else if (!sample.hasShapeOf(value)) {
            mixed = true;
        }
    }

    void clear() {
        elements.replaceAll(e -> null);
    }
}
