/** Shows what a script built and did: explanations of a training step as data, their renderings, pictures of graphs. */
package io.retrograd.show;
