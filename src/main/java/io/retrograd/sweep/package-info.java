/**
 * Sweeps: one script run many times with other constants and seeds, in interpreters side by side, and what came of it as
 * a table and a picture.
 */
package io.retrograd.sweep;
