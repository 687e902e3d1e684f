package io.retrograd.session;

import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.VariableState;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs an operation's own kernel on buffers that were laid out beforehand. */
final class KernelStep extends Step implements SessionKernel {
    private final SessionState session;
    private final OpDef definition;
    private final Cell[] in;
    private final Cell[] out;
    private final DType[] types;
    /** The outputs' buffers; null for one whose shape only the kernel knows, or that is new in each run. */
    private final NdArray[] buffers;
    /** Outputs whose array is there when the run begins: the caller's. */
    private final boolean[] handedOver;
    /** Outputs for which the kernel is expected to pass an input on. */
    private final boolean[] forwards;
    /** Variables whose values are saved before the kernel changes them. */
    private final int[] saves;
    private final List<VariableState> saved;
    private final boolean guardsVariables;
    private Object state;
    private KeptArrays.Source keeping;

    KernelStep(
            SessionState session,
            Operation operation,
            Cell[] in,
            Cell[] out,
            NdArray[] buffers,
            boolean[] handedOver,
            boolean[] forwards,
            int[] saves,
            List<VariableState> saved,
            boolean guardsVariables) {
        super(operation);
        this.session = session;
        this.definition = operation.definition();
        this.in = in;
        this.out = out;
        this.buffers = buffers;
        this.handedOver = handedOver;
        this.forwards = forwards;
        this.saves = saves;
        this.saved = saved;
        this.guardsVariables = guardsVariables;
        this.types = new DType[out.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = operation.output(i).dtype();
        }
    }

    @Override
    void run() {
        for (int i : saves) {
            VariableState v = in[i].variable;
            if (v.begin()) {
                saved.add(v);
            }
            if (!definition.savesWhatItUpdates()) {
                v.protect(session.options().threads());
            }
        }
        definition.compute(this);
    }

    @Override
    void describe(Map<Object, Long> arrays) {
        for (NdArray buffer : buffers) {
            add(buffer, arrays);
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
        return in[i].value();
    }

    @Override
    public NdArray output(int i, int... shape) {
        NdArray buffer = handedOver[i] ? out[i].array : out[i].source != null ? out[i].source.take() : buffers[i];
        if (buffer == null || !buffer.hasShape(shape)) {
            buffer = NdArray.zeros(types[i], shape);
            if (!handedOver[i] && out[i].source == null) {
                // A shape that nobody could tell beforehand is mostly that of the run before.
                buffers[i] = buffer;
            }
        }
        out[i].array = buffer;
        return buffer;
    }

    @Override
    public void forward(int i, NdArray value) {
        NdArray passed = value;
        if (!forwards[i]) {
            // Nobody keeps the input's array for this output's sake.
            passed = output(i, value.shape());
            passed.assign(value);
        } else if (guardsVariables && isVariables(value)) {
            // What is computed shows the value before the update, which may be made in place.
            passed = value.copy();
        }
        out[i].array = passed;
    }

    private boolean isVariables(NdArray value) {
        for (Cell c : in) {
            if (c.array == null && c.variable.isInitialized() && c.variable.value().data() == value.data()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public NdArray keep(int i) {
        NdArray value = in[i].value();
        if (in[i].kept) {
            return value;
        }
        if (!KeptArrays.Source.isFor(value.dtype())) {
            return value.copy();
        }
        if (keeping == null || !keeping.gives(value)) {
            keeping = new KeptArrays.Source(session.kept(), value.dtype(), value.shape());
        }
        NdArray own = keeping.take();
        own.assign(value);
        return own;
    }

    @Override
    public VariableState variable(int i) {
        return in[i].variable;
    }

    @Override
    public void forwardReference(int i, VariableState variable) {
        out[i].variable = variable;
        out[i].array = null;
    }

    @Override
    public <T> T state(Class<T> kind, Supplier<T> make) {
        if (state == null) {
            state = session.state(operation, kind, make);
        }
        return kind.cast(state);
    }
}
