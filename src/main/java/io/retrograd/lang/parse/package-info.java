/**
 * From text to tree: words, indentation, ANTLR's parser from {@code grammar/}, and syntax errors in the script's terms.
 * {@link io.retrograd.lang.parse.ScriptParser} is the way in.
 */
package io.retrograd.lang.parse;
