package io.retrograd.graph;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Tiles;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/**
 * A variable's value in one session. The array is the state's own; nobody else keeps it. A run that
 * fails has to leave the value as it was. So a kernel that updates writes the new value into another array, the
 * {@linkplain #successor successor}, keeps the {@linkplain #keep elements} that it is about to change, or has all of them
 * {@linkplain #protect copied}.
 */
public final class VariableState {
    private final Operation operation;
    private NdArray value;
    /** The value when the run began to change it; the array of {@link #value} until it is replaced or protected. */
    private NdArray original;
    private NdArray spare;
    private boolean spareIsPrevious;
    private boolean saving;
    /** Elements of {@link #original} as they were: where they begin, how many, and they themselves one after the other. */
    private int[] places = {};
    private NdArray kept;
    private int entries;
    private int keptElements;

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

    /** A run is about to change it; answers false if that was said already. */
    public boolean begin() {
        if (saving) {
            return false;
        }
        saving = true;
        original = value;
        return true;
    }

    private boolean isOriginal() {
        return saving && value != null && value == original;
    }

    /**
     * Lets kernels change the value in place: copies it first.
     *
     * @param threads how many may copy it
     */
    public void protect(int threads) {
        if (!isOriginal()) {
            return;
        }
        if (spareFits()) {
            NdArray from = value;
            NdArray to = spare;
            Tiles.share(value.size(), threads, () -> {}, (start, end) -> Blocks.copy(from, start, to, start, end - start));
            original = spare;
            spare = null;
        } else {
            original = value.copy();
        }
    }

    private boolean spareFits() {
        return spare != null && spare.dtype() == value.dtype() && value.isContiguous() && spare.hasShapeOf(value);
    }

    /**
     * The array for a new value of the same shape, all of whose elements the kernel writes and then {@linkplain #assign
     * assigns}. It is the value's own where that may be overwritten.
     */
    public NdArray successor() {
        if (!isOriginal()) {
            return value;
        }
        if (!spareFits()) {
            return NdArray.zeros(value.dtype(), value.shape());
        }
        NdArray next = spare;
        spare = null;
        return next;
    }

    /** Keeps some neighbouring elements, which the kernel is about to change in place. */
    public void keep(int at, int count) {
        if (!isOriginal() || count == 0) {
            return;
        }
        if (keptElements + (long) count > value.size()) {
            protect(1);
            return;
        }
        if (kept == null || kept.size() < keptElements + count || kept.dtype() != value.dtype()) {
            NdArray wider = NdArray.zeros(value.dtype(), Math.min(value.size(), 2 * (keptElements + count)));
            if (keptElements > 0) {
                Blocks.copy(kept, 0, wider, 0, keptElements);
            }
            kept = wider;
        }
        if (places.length < 2 * entries + 2) {
            places = Arrays.copyOf(places, 4 * entries + 2);
        }
        places[2 * entries] = at;
        places[2 * entries + 1] = count;
        entries++;
        Blocks.copy(value, at, kept, keptElements, count);
        keptElements += count;
    }

    /** Makes what was changed since {@link #begin} final. */
    public void commit() {
        saving = false;
        spareIsPrevious = original != value;
        if (spareIsPrevious) {
            spare = original;
            spareIsPrevious = entries == 0;
        }
        original = null;
        forget();
    }

    private void forget() {
        entries = 0;
        keptElements = 0;
    }

    /** The value before the last run that changed it, as far as it is still kept; null if not. Not to be changed. */
    public NdArray previous() {
        return spareIsPrevious ? spare : null;
    }

    /** Goes back to the value at {@link #begin}. */
    public void rollBack() {
        saving = false;
        value = original;
        while (entries > 0) {
            entries--;
            int count = places[2 * entries + 1];
            keptElements -= count;
            Blocks.copy(kept, keptElements, value, places[2 * entries], count);
        }
        original = null;
        spare = null;
        spareIsPrevious = false;
        forget();
    }
}
