/** The one exception of all layers, its kinds, and the question whether to stop. */
package io.retrograd.error;
