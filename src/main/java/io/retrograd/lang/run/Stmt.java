package io.retrograd.lang.run;

/** An executable statement: one small class for each construct. */
abstract class Stmt {
    /** How a statement can end. */
    static final int NORMAL = 0;

    static final int BREAK = 1;
    static final int CONTINUE = 2;

    /** The value lies in {@link Frame#value}. */
    static final int RETURN = 3;

    /** The generator pauses; the value lies in {@link Frame#value}, and running the statement again resumes it. */
    static final int YIELD = 4;

    abstract int exec(Frame f);
}
