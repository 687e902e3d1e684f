package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;

/** {@code t[...]}: the strided slice that an index of a tensor means. */
final class TensorIndexing {
    private TensorIndexing() {}

    static Object item(Machine m, Output tensor, Object key) {
        throw NnError.type("Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 "
                + "tensors are valid indices, got " + Semantics.repr(m, key));
    }
}
