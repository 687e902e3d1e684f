package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;

/** What a scatter does with the place that it meets. */
enum Change {
    ADD,
    SUBTRACT,
    SET,
    MULTIPLY,
    DIVIDE,
    MIN,
    MAX;

    /** Applies updates to the slices of {@code out} that index tuples name. */
    void scatter(NdArray indices, NdArray updates, NdArray out) {
        int depth = indices.rank() == 0 ? 1 : indices.dim(-1);
        int[] shape = out.shape();
        int inner = Blocks.product(shape, depth, shape.length);
        int n = indices.rank() == 0 ? 1 : Blocks.product(indices.shape(), 0, indices.rank() - 1);
        if (updates.size() != n * inner) {
            throw NnError.invalidArgument("Must have updates.shape = indices.shape[:batch_dim] + params_shape[slice_dim:], "
                    + "got updates.shape: " + Broadcast.brackets(updates.shape()) + ", indices.shape: "
                    + Broadcast.brackets(indices.shape()) + ", params_shape: " + Broadcast.brackets(shape));
        }
        for (int i = 0; i < n; i++) {
            apply(updates, i * inner, out, GatherOps.flatten(indices, i, depth, shape, "") * inner, inner);
        }
    }

    /** Changes {@code count} elements of {@code out} from flat index {@code to} on. */
    void apply(NdArray updates, int at, NdArray out, int to, int count) {
        switch (this) {
            case SET -> Blocks.copy(updates, at, out, to, count);
            case ADD -> Blocks.add(updates, at, out, to, count);
            case SUBTRACT -> {
                if (out.dtype() == DType.FLOAT32) {
                    Blocks.subtract(updates, at, out, to, count);
                } else {
                    oneByOne(updates, at, out, to, count);
                }
            }
            default -> oneByOne(updates, at, out, to, count);
        }
    }

    private void oneByOne(NdArray updates, int at, NdArray out, int to, int count) {
        for (int j = 0; j < count; j++) {
            if (out.dtype().isInteger()) {
                out.setLong(to + j, of(out.getLong(to + j), updates.getLong(at + j)));
            } else {
                out.setDouble(to + j, of(out.getDouble(to + j), updates.getDouble(at + j)));
            }
        }
    }

    private long of(long a, long b) {
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case SET -> b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }

    private double of(double a, double b) {
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case SET -> b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }
}
