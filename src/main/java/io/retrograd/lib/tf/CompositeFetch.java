package io.retrograd.lib.tf;

import io.retrograd.graph.Output;
import io.retrograd.lang.value.Machine;
import java.util.List;

/** A value made of several tensors that a session can fetch and feed as one: a sparse tensor. */
interface CompositeFetch {
    /** Its tensors, in the order of the parts of the value that stands for it outside the graph. */
    List<Output> fetchedTensors();

    /** That value. */
    Object fetched(Machine m, Object[] parts);
}
