package io.retrograd.session;

import io.retrograd.graph.VariableState;
import io.retrograd.tensor.NdArray;

/** Where a tensor lies while a {@link ShapedPlan} runs: an array, or a variable that stands for its value of the moment. */
final class Cell {
    NdArray array;
    VariableState variable;
    /** Its array stays as it is until the run ends. */
    boolean kept;
    /** Where its step gets such an array in each run. */
    KeptArrays.Source source;

    NdArray value() {
        NdArray a = array;
        return a != null ? a : variable.value();
    }

    float[] floats() {
        return value().floats();
    }
}
