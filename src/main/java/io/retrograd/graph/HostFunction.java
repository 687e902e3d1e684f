package io.retrograd.graph;

import io.retrograd.tensor.NdArray;
import java.util.List;

/** A function outside the graph that an operation calls when it runs: what {@code tf.py_func} wraps. */
@FunctionalInterface
public interface HostFunction {
    /** One array for each output. */
    List<NdArray> call(List<NdArray> inputs);
}
