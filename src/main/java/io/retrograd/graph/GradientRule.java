package io.retrograd.graph;

/** A gradient that a script wrote: it takes the place of an operation's own. */
@FunctionalInterface
public interface GradientRule {
    /** As {@link OpDef#gradient}. */
    Gradient[] gradient(GradientContext g);
}
