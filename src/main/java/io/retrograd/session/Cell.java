package io.retrograd.session;

import io.retrograd.graph.VariableState;
import io.retrograd.tensor.NdArray;

/** Where a tensor lies while a {@link ShapedPlan} runs: an array, or a variable that stands for its value of the moment. */
final class Cell {
    NdArray array;
    VariableState variable;

    NdArray value() {
        NdArray a = array;
        return a != null ? a : variable.value();
    }

    float[] floats() {
        return value().floats();
    }
}
