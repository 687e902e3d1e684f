/**
 * The interactive session. {@link io.retrograd.repl.Repl} reads entries and shows what came of them; the others complete,
 * highlight, explain, and keep what was typed.
 */
package io.retrograd.repl;
