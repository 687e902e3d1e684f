package io.retrograd.session;

import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.VariableState;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One operation of a plan, with the slots that it reads and writes. It is the kernel's context: the kernel's arrays
 * are those of the last run where the dimensions are the same, so that a step allocates nothing but its results.
 */
final class Instruction implements SessionKernel {
    /** What may be skipped when nothing that it depends on has changed since the last run. */
    enum Kind {
        /** Runs its kernel each time. */
        PLAIN,
        /** Looks at its inputs' dimensions alone. */
        SHAPE,
        /** Depends on shapes and constants alone. */
        DERIVED,
        /** An Identity of a variable's reference: its consumers see the variable itself. */
        READ
    }

    final Operation operation;
    final OpDef definition;
    final Slots slots;
    final int[] in;
    final int out;
    final Kind kind;
    private final SessionState session;
    private final NdArray[] buffers;
    private final DType[] types;
    /** Outputs that the caller gets: a new array each time. */
    boolean[] fetched;
    /** Outputs for which the kernel passed an input on. */
    final boolean[] forwarded;
    /** Slots whose last reader this is. */
    int[] dies = {};
    /** Inputs that are references of variables that this changes. */
    int[] updated = {};
    /** Some input is a variable's own array, which an update in this plan may change later. */
    boolean guardsVariables;
    /** Large arrays may come from the pool and go back to it. */
    boolean pooled;
    private int[][] lastDims;
    private Object state;

    Instruction(SessionState session, Operation operation, Slots slots, int[] in, int out, Kind kind) {
        this.session = session;
        this.operation = operation;
        this.definition = operation.definition();
        this.slots = slots;
        this.in = in;
        this.out = out;
        this.kind = kind;
        this.buffers = new NdArray[operation.outputCount()];
        this.types = new DType[buffers.length];
        this.fetched = new boolean[buffers.length];
        this.forwarded = new boolean[buffers.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = operation.output(i).dtype();
        }
    }

    /** Runs it; {@code fresh} forbids to skip what has not changed. */
    void execute(boolean fresh, List<VariableState> saved) {
        switch (kind) {
            case PLAIN -> {
                for (int i : updated) {
                    VariableState v = slots.variables[in[i]];
                    if (v.begin()) {
                        saved.add(v);
                    }
                    if (!definition.savesWhatItUpdates()) {
                        v.protect(threads());
                    }
                }
                definition.compute(this);
            }
            case READ -> {
                VariableState v = slots.variables[in[0]];
                v.value();
                slots.variables[out] = v;
            }
            case SHAPE -> {
                boolean same = !fresh && sameDims();
                mark(!same);
                if (!same) {
                    lastDims = dims();
                    definition.compute(this);
                }
            }
            case DERIVED -> {
                boolean changed = fresh || inputsChanged();
                mark(changed);
                if (changed) {
                    definition.compute(this);
                }
            }
        }
    }

    /** Runs it and reports what it computed: copies, since arrays are used again. */
    void traced(List<VariableState> saved, RunObserver.Trace trace) {
        long start = System.nanoTime();
        execute(true, saved);
        long took = System.nanoTime() - start;
        NdArray[] results = new NdArray[operation.outputCount()];
        for (int i = 0; i < results.length; i++) {
            NdArray value = slots.values[out + i];
            if (value == null && slots.variables[out + i] != null && slots.variables[out + i].isInitialized()) {
                value = slots.variables[out + i].value();
            }
            results[i] = value == null ? null : value.copy();
        }
        trace.executed(operation, results, took);
    }

    /** Notes the dimensions of what it computed. */
    void look(int[][] seen) {
        for (int i = 0; i < buffers.length; i++) {
            NdArray value = slots.values[out + i];
            if (value == null && slots.variables[out + i] != null && slots.variables[out + i].isInitialized()) {
                value = slots.variables[out + i].value();
            }
            seen[out + i] = value == null ? null : value.shape();
        }
    }

    private void mark(boolean changed) {
        for (int i = 0; i < buffers.length; i++) {
            slots.changed[out + i] = changed;
        }
    }

    private boolean inputsChanged() {
        for (int s : in) {
            if (slots.changed[s]) {
                return true;
            }
        }
        return false;
    }

    private int[][] dims() {
        int[][] all = new int[in.length][];
        for (int i = 0; i < in.length; i++) {
            all[i] = input(i).shape();
        }
        return all;
    }

    private boolean sameDims() {
        if (lastDims == null) {
            return false;
        }
        for (int i = 0; i < in.length; i++) {
            if (!input(i).hasShape(lastDims[i])) {
                return false;
            }
        }
        return true;
    }

    /** Adds the arrays that it keeps from run to run, with their bytes. */
    void describe(Map<Object, Long> arrays) {
        for (NdArray buffer : buffers) {
            if (buffer != null && buffer.dtype().isNumeric()) {
                arrays.put(buffer.data(), (long) buffer.size() * buffer.dtype().byteSize());
            }
        }
    }

    /** Gives back the arrays of the slots that nobody reads after this. */
    void release() {
        for (int s : dies) {
            slots.drop(s, session.pool());
        }
    }

    @Override
    public SessionState session() {
        return session;
    }

    @Override
    public Operation operation() {
        return operation;
    }

    @Override
    public int inputCount() {
        return in.length;
    }

    @Override
    public NdArray input(int i) {
        return slots.value(in[i]);
    }

    @Override
    public NdArray output(int i, int... shape) {
        NdArray buffer = buffers[i];
        int slot = out + i;
        slots.owner[slot] = -1;
        if (fetched[i]) {
            buffer = NdArray.zeros(types[i], shape);
            slots.handOver[slot] = true;
        } else if (buffer == null || !buffer.hasShape(shape)) {
            long size = 1;
            for (int d : shape) {
                size *= d;
            }
            if (pooled && size >= BufferPool.LARGE && size <= Integer.MAX_VALUE && types[i].isNumeric()) {
                buffer = session.pool().take(types[i], (int) size, shape);
                slots.own(slot, buffer);
            } else {
                buffer = NdArray.zeros(types[i], shape);
                buffers[i] = buffer;
            }
        }
        slots.values[slot] = buffer;
        return buffer;
    }

    @Override
    public void forward(int i, NdArray value) {
        forwarded[i] = true;
        int slot = out + i;
        slots.owner[slot] = -1;
        slots.handOver[slot] = false;
        NdArray passed = value;
        for (int s : in) {
            NdArray source = slots.values[s];
            if (source != null) {
                if (slots.owner[s] >= 0 && source.data() == value.data()) {
                    slots.share(slot, slots.owner[s]);
                }
            } else if (guardsVariables && slots.variables[s].isInitialized()
                    && slots.variables[s].value().data() == value.data()) {
                // What is computed shows the value before the update, which may be made in place.
                passed = value.copy();
            }
        }
        slots.values[slot] = passed;
    }

    @Override
    public VariableState variable(int i) {
        return slots.variables[in[i]];
    }

    @Override
    public void forwardReference(int i, VariableState variable) {
        slots.variables[out + i] = variable;
        slots.values[out + i] = null;
    }

    @Override
    public <T> T state(Class<T> kind, Supplier<T> make) {
        if (state == null) {
            state = session.state(operation, kind, make);
        }
        return kind.cast(state);
    }

    /** Those of its inputs that are references that it changes. */
    static int[] updatedInputs(Operation op) {
        List<Integer> list = new ArrayList<>();
        for (int i = 0; i < op.inputCount(); i++) {
            if (Subgraph.isUpdated(op, i)) {
                list.add(i);
            }
        }
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
