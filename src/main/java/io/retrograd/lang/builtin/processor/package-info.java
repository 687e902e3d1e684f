/** Writes the tables of builtins at compile time. */
package io.retrograd.lang.builtin.processor;
