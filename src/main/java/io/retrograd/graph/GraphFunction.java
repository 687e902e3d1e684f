package io.retrograd.graph;

import java.util.List;

/** A function whose body is a graph of its own: what {@code Dataset.map} calls for each element. */
public interface GraphFunction extends HostFunction {
    /** The placeholders in its graph that stand for the inputs. */
    List<Output> arguments();

    /** The tensors of its graph that it answers. */
    List<Output> results();
}
