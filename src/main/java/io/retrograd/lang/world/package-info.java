/** Everything outside the interpreter that a script may touch: streams, files, clock, environment. */
package io.retrograd.lang.world;
