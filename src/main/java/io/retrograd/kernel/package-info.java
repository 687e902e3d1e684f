/**
 * Arithmetic on contiguous primitive arrays: plain loops, OpenBLAS for large products ({@link io.retrograd.kernel.Kernels}
 * chooses), and chains of elementwise operations done in one pass ({@link io.retrograd.kernel.FloatChain}).
 */
package io.retrograd.kernel;
