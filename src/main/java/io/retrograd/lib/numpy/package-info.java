/** numpy: arrays, scalars, ufuncs and functions. {@link io.retrograd.lib.numpy.NumpyModule} lists the tables. */
package io.retrograd.lib.numpy;
