package io.retrograd.lang.resolve;

/** What a name stands for at one place of a script. */
public sealed interface Variable {
    /** A slot of the running function's frame. */
    record Local(int slot) implements Variable {}

    /** A slot of the running function's frame that holds a cell, since an inner function uses the name too. */
    record Boxed(int slot) implements Variable {}

    /** A cell that the function took from its surroundings when it was made. */
    record Free(int index) implements Variable {}

    /** A name of the module, or a word of the library. */
    record Global(String name) implements Variable {}

    /** A name of a class body: in the class's own namespace, else what {@code outer} says. */
    record ClassMember(String name, Variable outer) implements Variable {}
}
