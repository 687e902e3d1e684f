package io.retrograd.limit;

/** What an embedder may limit. */
public enum Limit {
    /** How long one run may take. */
    WALL_TIME,
    /** How many turns of loops, calls of functions and steps of iterations one run may do. */
    STATEMENTS,
    /** How many bytes tensors, arrays and other large objects may take. */
    MEMORY,
    /** How deep calls may nest. */
    RECURSION,
    /** How many bytes one run may print. */
    OUTPUT,
    /** The interpreter was closed while it ran. */
    CLOSED
}
