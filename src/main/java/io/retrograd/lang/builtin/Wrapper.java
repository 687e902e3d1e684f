package io.retrograd.lang.builtin;

/** A function that calls another with more arguments than it was given: help and checks look at that one. */
public interface Wrapper {
    /** What it calls. */
    Object wrapped();
}
