package io.retrograd.session;

import io.retrograd.graph.Operation;
import io.retrograd.kernel.FloatChain;
import io.retrograd.tensor.NdArray;

/** Elementwise operations that were fused into one pass over memory. */
final class ChainStep extends Step {
    private final int threads;
    private final Runnable poll;
    private final FloatChain chain;
    private final Cell[] in;
    private final Cell out;
    /** Null where the array is the caller's, a new one in each run. */
    private final NdArray buffer;
    private final float[][] data;

    ChainStep(Operation operation, SessionOptions options, FloatChain chain, Cell[] in, Cell out, NdArray buffer) {
        super(operation);
        this.threads = options.threads();
        this.poll = options.interruptCheck();
        this.chain = chain;
        this.in = in;
        this.out = out;
        this.buffer = buffer;
        this.data = new float[in.length][];
    }

    @Override
    void run() {
        for (int i = 0; i < in.length; i++) {
            data[i] = in[i].floats();
        }
        if (buffer != null) {
            out.array = buffer;
        }
        chain.run(data, out.array.floats(), threads, poll);
    }
}
