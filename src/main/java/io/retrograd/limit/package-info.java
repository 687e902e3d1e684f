/** What a script may use up: time, memory, depth, output. */
package io.retrograd.limit;
