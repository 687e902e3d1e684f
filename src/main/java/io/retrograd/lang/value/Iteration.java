package io.retrograd.lang.value;

/** One pass over the elements of something. */
public interface Iteration {
    /** The next element, or null when there are no more. */
    Object next(Machine m);
}
