package io.retrograd.lang.tree;

/** A part of the syntax tree; every part knows where it stands in the source. */
public interface Node {

    /** Where the node stands. */
    Span span();
}
