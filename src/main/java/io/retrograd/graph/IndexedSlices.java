package io.retrograd.graph;

/**
 * The gradient of a gather: rows {@code values[i]} that belong at {@code indices[i]} of a tensor of shape
 * {@code denseShape}; rows that are named twice add up.
 */
public record IndexedSlices(Output values, Output indices, Output denseShape) implements Gradient {}
