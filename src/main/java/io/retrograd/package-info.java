/**
 * Retrograd in a Java program: an {@link io.retrograd.Interpreter} runs scripts and hands values to and fro, with the files
 * and within the limits that its builder was given.
 */
package io.retrograd;
