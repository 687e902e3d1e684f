/** Arrays: {@link io.retrograd.tensor.NdArray}, element types, static shapes, and numbers as numpy prints them. */
package io.retrograd.tensor;
