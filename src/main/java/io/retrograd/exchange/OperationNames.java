package io.retrograd.exchange;

import java.util.Set;
import java.util.TreeSet;

/** The operation types of TensorFlow 1.15. */
public final class OperationNames {
    private OperationNames() {}

    /** Their names, whether they can be computed here or not. */
    public static Set<String> all() {
        return new TreeSet<>(new ForeignOps().names());
    }
}
