/** Training as parts of a graph: optimizers and their slots, learning rates, moving averages, savers. */
package io.retrograd.train;
