package io.retrograd.graph;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Tiles;
import io.retrograd.tensor.NdArray;

/**
 * A variable's value in one session. The array is the state's own; nobody else keeps it. Kernels that update may
 * change it in place: the session saves the value beforehand and puts it back where the run fails.
 */
public final class VariableState {
    private final Operation operation;
    private NdArray value;
    private NdArray saved;
    private NdArray spare;
    private boolean saving;

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
                            "Attempting to use uninitialized value " + operation.name())
                    .help("initialize it first: sess.run(tf.global_variables_initializer())");
        }
        return value;
    }

    /** Takes the array as the value; the caller gives it away. */
    public void assign(NdArray array) {
        value = array;
    }

    /** Forgets the value: the variable is uninitialized again. */
    public void clear() {
        value = null;
    }

    /**
     * Keeps the present value so that {@link #rollBack} can return to it; answers false if that was done already.
     *
     * @param threads how many may copy it
     */
    public boolean save(int threads) {
        if (saving) {
            return false;
        }
        saving = true;
        if (value == null) {
            saved = null;
        } else if (spare != null && spare.dtype() == value.dtype() && value.isContiguous() && spare.hasShapeOf(value)) {
            NdArray from = value;
            NdArray to = spare;
            Tiles.share(value.size(), threads, () -> {}, (start, end) -> Blocks.copy(from, start, to, start, end - start));
            saved = spare;
        } else {
            saved = value.copy();
        }
        return true;
    }

    /** Makes what was assigned since {@link #save} final. */
    public void commit() {
        saving = false;
        spare = saved;
        saved = null;
    }

    /** The value before the last run that changed it, as far as it is still kept; null if not. Not to be changed. */
    public NdArray previous() {
        return spare;
    }

    /** Goes back to the value that {@link #save} kept. */
    public void rollBack() {
        saving = false;
        value = saved;
        saved = null;
        spare = null;
    }
}
