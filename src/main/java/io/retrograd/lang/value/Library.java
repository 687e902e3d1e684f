package io.retrograd.lang.value;

import java.util.Collection;

/**
 * What scripts can import and what they can name without importing. The language knows its libraries through
 * this alone; they fill it.
 */
public interface Library {
    /** The module of that dotted name, or null if the library has none. */
    Value module(Machine m, String dottedName);

    /**
     * What a bare word means that the script has not bound: Python's builtins, then tf's, then numpy's; in each
     * the exact name first, then the only one that differs in case alone. Null if it means nothing.
     */
    Object word(Machine m, String name);

    /** The line that imports what scripts usually know by that name, {@code import numpy as np} for np; empty if there is none. */
    String importOf(String name);

    /** All words and dotted module names, for completion and spelling help. */
    Collection<String> words(Machine m);
}
