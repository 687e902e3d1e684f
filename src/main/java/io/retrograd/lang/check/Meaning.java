package io.retrograd.lang.check;

import io.retrograd.lang.tree.Statement;
import io.retrograd.lang.value.TypeValue;

/** What an expression is sure to stand for, as far as that can be told without running it. */
sealed interface Meaning {
    /** A module, function or class of the library. */
    record Library(Object value) implements Meaning {}

    /** An instance of a class of the library. */
    record Instance(TypeValue type) implements Meaning {}

    /** A module of the script's own. */
    record Own(CheckedFile file) implements Meaning {}

    /** A function of the script's own. */
    record Function(Statement.FunctionDef definition) implements Meaning {}

    /** It could be anything. */
    record Unknown() implements Meaning {}

    Meaning UNKNOWN = new Unknown();
}
