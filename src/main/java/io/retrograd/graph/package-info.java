/**
 * The graph: operations and their outputs, with static shapes, names, collections and seeds. {@code OpDef} is what an operation
 * is to the graph, to a session and to backpropagation; those there are stand in {@code graph.op}.
 */
package io.retrograd.graph;
