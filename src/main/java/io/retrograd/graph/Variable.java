package io.retrograd.graph;

import io.retrograd.error.NnError;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;

/**
 * A variable as the graph knows it: the VariableV2 operation, the Assign that initializes it and the Identity
 * through which it is read. Its value lives in a session.
 *
 * @param reference output 0 of the VariableV2
 * @param initialValue what the initializer assigns
 * @param initializer the first Assign
 * @param snapshot the Identity {@code name/read}
 */
public record Variable(
        Output reference, Output initialValue, Operation initializer, Output snapshot, boolean trainable)
        implements Operand {

    /** The VariableV2 operation that holds it. */
    public Operation operation() {
        return reference.operation();
    }

    /** The graph that it belongs to. */
    public Graph graph() {
        return reference.graph();
    }

    /** The type of its elements. */
    public DType dtype() {
        return reference.dtype();
    }

    /** Its static shape. */
    public Shape shape() {
        return reference.shape();
    }

    /** {@code w:0}. */
    public String name() {
        return reference.name();
    }

    @Override
    public Output toOutput(Graph graph, DType wanted, DType preferred, String name) {
        if (wanted != null && wanted != dtype()) {
            throw NnError.value("Incompatible type conversion requested to type '" + wanted.tfName()
                    + "' for variable of type '" + reference.dtypeName() + "'");
        }
        return snapshot.toOutput(graph, null, null, name);
    }

    @Override
    public Output toReference(Graph graph, String argument, String opType) {
        return reference;
    }

    /** {@code <tf.Variable 'w:0' shape=(2, 3) dtype=float32_ref>}. */
    @Override
    public String toString() {
        return "<tf.Variable '" + name() + "' shape=" + shape() + " dtype=" + reference.dtypeName() + ">";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Variable v && v.reference == reference;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(reference);
    }
}
