package io.retrograd.lang.tree;

/** Which Python a script is written in; the parser finds out from the text. */
public enum Dialect {
    PYTHON2,
    PYTHON3
}
