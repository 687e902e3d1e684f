/**
 * Runs trees. {@code Compiler} makes executable nodes ({@code Expr}, {@code Stmt}) of them, a file for each group of
 * constructs; what runs often becomes bytecode ({@code BytecodeCompiler} and the classes named {@code …Bytecode}), which
 * does the same.
 */
package io.retrograd.lang.run;
