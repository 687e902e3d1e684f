/**
 * TensorFlow's Python API: values that wrap a graph's parts, and functions, mostly a line over {@code graph.build} each.
 * {@link io.retrograd.lib.tf.TfModule} lists the tables of functions.
 */
package io.retrograd.lib.tf;
