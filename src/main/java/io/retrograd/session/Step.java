package io.retrograd.session;

import io.retrograd.graph.Operation;
import io.retrograd.tensor.NdArray;
import java.util.List;
import java.util.Map;

/** One instruction of a {@link ShapedPlan}: everything that depends on shapes was settled when it was made. */
abstract class Step {
    /** The operation that an error is reported for. */
    final Operation operation;

    Step(Operation operation) {
        this.operation = operation;
    }

    abstract void run();

    RunPlan.Kind kind() {
        return RunPlan.Kind.KERNEL;
    }

    /** All operations that it does. */
    List<Operation> operations() {
        return List.of(operation);
    }

    /** Adds the arrays that it fills in each run, with their bytes. */
    void describe(Map<Object, Long> arrays) {}

    static void add(NdArray buffer, Map<Object, Long> arrays) {
        if (buffer != null && buffer.dtype().isNumeric()) {
            arrays.put(buffer.data(), (long) buffer.size() * buffer.dtype().byteSize());
        }
    }
}
