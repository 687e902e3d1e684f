package io.retrograd.graph;

/** What flows back along an edge: a dense tensor ({@link Output}) or some rows of one ({@link IndexedSlices}). */
public sealed interface Gradient permits Output, IndexedSlices {}
