/** The random generators of TensorFlow, numpy and Python, bit for bit. */
package io.retrograd.tensor.random;
