/**
 * TensorFlow's Python level: what {@code tf.reduce_mean} or a layer creates, which operations, in which order, under
 * which names.
 */
package io.retrograd.graph.build;
