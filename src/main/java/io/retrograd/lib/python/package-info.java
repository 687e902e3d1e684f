/** Python's builtin functions and the modules of its standard library, a class for each: {@code MathModule}. */
package io.retrograd.lib.python;
