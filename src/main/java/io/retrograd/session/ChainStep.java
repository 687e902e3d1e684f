package io.retrograd.session;

import io.retrograd.graph.Operation;
import io.retrograd.kernel.FloatChain;
import io.retrograd.tensor.NdArray;
import java.util.List;
import java.util.Map;

/** Elementwise operations that were fused into one pass over memory. */
final class ChainStep extends Step {
    private final List<Operation> operations;
    private final int threads;
    private final Runnable poll;
    private final FloatChain chain;
    private final Cell[] in;
    private final Cell out;
    /** Null where the array is the caller's, a new one in each run. */
    private final NdArray buffer;
    private final float[][] data;

    /** The last of the operations gives the result. */
    ChainStep(List<Operation> operations, SessionOptions options, FloatChain chain, Cell[] in, Cell out, NdArray buffer) {
        super(operations.get(operations.size() - 1));
        this.operations = operations;
        this.threads = options.threads();
        this.poll = options.interruptCheck();
        this.chain = chain;
        this.in = in;
        this.out = out;
        this.buffer = buffer;
        this.data = new float[in.length][];
    }

    @Override
    RunPlan.Kind kind() {
        return operations.size() > 1 ? RunPlan.Kind.FUSED : RunPlan.Kind.KERNEL;
    }

    @Override
    List<Operation> operations() {
        return operations;
    }

    @Override
    void describe(Map<Object, Long> arrays) {
        add(buffer, arrays);
    }

    @Override
    void run() {
        for (int i = 0; i < in.length; i++) {
            data[i] = in[i].floats();
        }
        if (buffer != null) {
            out.array = buffer;
        } else if (out.source != null) {
            out.array = out.source.take();
        }
        chain.run(data, out.array.floats(), threads, poll);
    }
}
