package io.retrograd.lang.builtin;

import java.util.Optional;

/** A value that stands for a builtin under another name: help, completion and the reference show that one's declaration. */
public interface Declared {
    Optional<BuiltinFunction> declaration();
}
