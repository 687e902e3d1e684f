/**
 * TensorFlow's operations, a file for each family: a nested class has an operation's arguments, its shape rule, its kernel
 * and its gradient. {@code StandardOps} finds them by type.
 */
package io.retrograd.graph.op;
