package io.retrograd.session;

import io.retrograd.tensor.NdArray;

/** Compares dimensions without copying them. */
final class Shapes {
    private Shapes() {}

    static boolean isShape(NdArray array, int[] dims) {
        if (array.rank() != dims.length) {
            return false;
        }
        for (int i = 0; i < dims.length; i++) {
            if (array.dim(i) != dims[i]) {
                return false;
            }
        }
        return true;
    }
}
