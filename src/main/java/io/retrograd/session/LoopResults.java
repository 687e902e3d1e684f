package io.retrograd.session;

import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;

/** Who takes what a plan inside a loop fetches: it gives the arrays, and may pass the plan's feeds on. */
interface LoopResults {
    /** An array for a fetch; what it holds is undefined. */
    NdArray take(int fetch, DType dtype, int[] dims);

    /** Whether the arrays of that fetch stay as they are until the run ends. */
    boolean keepsFetch(int fetch);

    /** Whether the array that is fed there stays as it is until the run ends. */
    boolean keepsFeed(int feed);
}
