package io.retrograd.session;

import io.retrograd.graph.Operation;

/** One instruction of a {@link ShapedPlan}: everything that depends on shapes was settled when it was made. */
abstract class Step {
    /** The operation that an error is reported for. */
    final Operation operation;

    Step(Operation operation) {
        this.operation = operation;
    }

    abstract void run();
}
