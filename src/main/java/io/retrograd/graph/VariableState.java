package io.retrograd.graph;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.tensor.NdArray;

/** A variable's value in one session. The array is the state's own; nobody else keeps it. */
public final class VariableState {
    private final Operation operation;
    private NdArray value;

    public VariableState(Operation operation) {
        this.operation = operation;
    }

    public Operation operation() {
        return operation;
    }

    public boolean isInitialized() {
        return value != null;
    }

    /** The value; FailedPreconditionError before the first assignment. */
    public NdArray value() {
        if (value == null) {
            throw new NnError(
                    ErrorKind.FAILED_PRECONDITION_ERROR,
                    "Attempting to use uninitialized value " + operation.name());
        }
        return value;
    }

    /** Takes the array as the value; the caller gives it away. */
    public void assign(NdArray array) {
        value = array;
    }
}
