package io.retrograd.kernel;

import io.retrograd.tensor.NdArray;

/** A dataset: something that can be gone through, element by element, any number of times. */
public interface Pipeline {
    /** Starts at the beginning. */
    Elements open();

    /** One pass through a dataset. */
    interface Elements {
        /** The next element, one array a component, that nobody will change; null at the end. */
        NdArray[] next();
    }
}
