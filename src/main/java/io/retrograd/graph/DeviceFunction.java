package io.retrograd.graph;

/** What a {@code with tf.device(...)} block says of an operation made inside it. */
@FunctionalInterface
public interface DeviceFunction {
    /** Ends the search: blocks further out say nothing. */
    DeviceFunction NONE = op -> "";

    /**
     * The device of a new operation, whose own {@link Operation#device} is what the blocks further in gave it. An answer
     * that is to leave that alone repeats it.
     */
    String device(Operation op);

    /** Completes what the blocks further in left open. */
    static DeviceFunction merging(String device) {
        DeviceSpec spec = DeviceSpec.parse(device);
        String whole = spec.toString();
        return op -> op.device().isEmpty() ? whole : spec.mergedWith(DeviceSpec.parse(op.device())).toString();
    }
}
