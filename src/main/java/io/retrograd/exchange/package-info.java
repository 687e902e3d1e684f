/** Graphs as TensorFlow's messages, written and read: GraphDef, MetaGraphDef, SavedModel. */
package io.retrograd.exchange;
