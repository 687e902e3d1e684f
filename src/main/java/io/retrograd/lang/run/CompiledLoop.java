package io.retrograd.lang.run;

/** The bytecode of a hot loop, which can take over in mid-iteration. */
abstract class CompiledLoop {
    /**
     * Goes on with the loop and answers how it ended, as {@link Stmt#exec} does.
     *
     * @param all what a {@code for} runs over: a range, a list, or an Iteration under way; unused by {@code while}
     * @param next the place of the next element in a range or list
     */
    abstract int exec(Frame f, Object all, long next);
}
