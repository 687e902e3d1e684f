package io.retrograd.lang.value;

import io.retrograd.tensor.NdArray;

/** A value that is, or stands for, an array with an element type of its own: numpy's arrays and scalars. */
public interface ArrayLike extends Value {
    /** The array itself, not a copy; a scalar's has rank 0. */
    NdArray array();
}
