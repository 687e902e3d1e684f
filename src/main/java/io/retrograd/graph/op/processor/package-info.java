/** Finds the families of operations at compile time, and writes which of them has an operation. */
package io.retrograd.graph.op.processor;
