/** Works the lexer's automaton out at compile time, which ANTLR's lexer would do anew in every process. */
package io.retrograd.lang.parse.processor;
