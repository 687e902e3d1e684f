/** The syntax tree: records, with the place in the source that each was read from. */
package io.retrograd.lang.tree;
