package io.retrograd.lang.run;

/**
 * The bytecode of a hot loop, which can take over in mid-iteration. At first it is left and entered again every few
 * turns: HotSpot compiles a method that was called some hundred times long before one that goes round and round.
 */
abstract class CompiledLoop {
    /** How a part of the turns ends that is to be gone on with, besides the ways of {@link Stmt#exec}. */
    static final int AGAIN = 64;

    /** Turns in a part, and how many calls have such parts: until HotSpot's second compiler has seen enough. */
    private static final int PART = 64;
    private static final int PARTS = 1000;

    private int calls;

    /**
     * Goes on with the loop and answers how it ended, or {@link #AGAIN}; then the place of the next element lies in
     * the frame.
     *
     * @param all what a {@code for} runs over: a range, a list, or an Iteration under way; unused by {@code while}
     * @param next the place of the next element in a range or list
     */
    abstract int exec(Frame f, Object all, long next);

    /** About how many turns this call may make. */
    final int turns() {
        return calls < PARTS ? PART : Integer.MAX_VALUE;
    }

    /** Goes on to the end of the loop. */
    final int run(Frame f, Object all, long next) {
        int end;
        long from = next;
        do {
            if (calls < PARTS) {
                calls++;
            }
            end = exec(f, all, from);
            from = f.next;
        } while (end == AGAIN);
        return end;
    }
}
