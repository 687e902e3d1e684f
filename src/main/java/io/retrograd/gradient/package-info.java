/** Backpropagation: gradients of tensors with respect to others, as operations of the same graph. */
package io.retrograd.gradient;
