package io.retrograd.graph;

import io.retrograd.error.NnError;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;

/**
 * A tensor of the graph: one result of an operation. Its static shape may have unknown dimensions and may be
 * made more precise later ({@code set_shape}).
 */
public final class Output implements Operand, Gradient {
    private final Operation operation;
    private final int index;
    private final DType dtype;
    private final boolean reference;
    private Shape shape;

    Output(Operation operation, int index, DType dtype, boolean reference) {
        this.operation = operation;
        this.index = index;
        this.dtype = dtype;
        this.reference = reference;
        this.shape = Shape.unknown();
    }

    /** The operation that computes it. */
    public Operation operation() {
        return operation;
    }

    /** The graph that it belongs to. */
    public Graph graph() {
        return operation.graph();
    }

    /** Which of its operation's outputs it is, from 0. */
    public int index() {
        return index;
    }

    /** The type of its elements. */
    public DType dtype() {
        return dtype;
    }

    /** Whether this is a variable's reference ({@code float32_ref}) and not a value. */
    public boolean isReference() {
        return reference;
    }

    /** {@code float32} or {@code float32_ref}. */
    public String dtypeName() {
        return reference ? dtype.tfName() + "_ref" : dtype.tfName();
    }

    /** Its static shape; dimensions may be unknown. */
    public Shape shape() {
        return shape;
    }

    /** Adds what the caller knows of the shape; ValueError if it contradicts what is known already. */
    public void refineShape(Shape known) {
        if (!shape.isCompatibleWith(known)) {
            throw NnError.value(contradiction(shape, known));
        }
        shape = shape.merge(known);
    }

    private static String contradiction(Shape a, Shape b) {
        if (a.rank() != b.rank()) {
            return "Shapes must be equal rank, but are " + a.rank() + " and " + b.rank();
        }
        int i = 0;
        while (a.dim(i) == b.dim(i) || a.dim(i) == Shape.UNKNOWN || b.dim(i) == Shape.UNKNOWN) {
            i++;
        }
        return "Dimension " + i + " in both shapes must be equal, but are " + a.dim(i) + " and " + b.dim(i)
                + ". Shapes are " + a.toBrackets() + " and " + b.toBrackets() + ".";
    }

    void setShape(Shape inferred) {
        shape = inferred;
    }

    /** {@code add:0}. */
    public String name() {
        return operation.name() + ":" + index;
    }

    @Override
    public Output toOutput(Graph graph, DType wanted, DType preferred, String name) {
        if (graph != graph()) {
            Output inside = graph.capture(this);
            if (inside != null) {
                return inside.toOutput(graph, wanted, preferred, name);
            }
            throw NnError.value(this + " must be from the same graph as the operation that uses it.");
        }
        if (wanted != null && wanted != dtype) {
            throw NnError.value("Tensor conversion requested dtype " + wanted.tfName() + " for Tensor with dtype "
                    + dtype.tfName() + ": " + toRepr());
        }
        return this;
    }

    /** As {@code print(tensor)} shows it: {@code Tensor("add:0", shape=(2, 3), dtype=float32)}. */
    @Override
    public String toString() {
        return "Tensor(\"" + name() + "\"" + (shape.hasRank() ? ", shape=" + shape : "") + ", dtype=" + dtypeName() + ")";
    }

    /** As a list shows it: {@code <tf.Tensor 'add:0' shape=(2, 3) dtype=float32>}. */
    public String toRepr() {
        return "<tf.Tensor '" + name() + "' shape=" + shape + " dtype=" + dtypeName() + ">";
    }
}
