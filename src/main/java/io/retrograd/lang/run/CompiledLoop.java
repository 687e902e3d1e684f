package io.retrograd.lang.run;

/**
 * The bytecode of a hot loop, which can take over in mid-iteration. HotSpot has to compile it before it is any faster
 * than the nodes, which are compiled already, and on a busy machine that takes a while. So it runs a few turns now and
 * then, which is how HotSpot comes to know it, until it wins the race.
 */
abstract class CompiledLoop {
    /** How a part of the turns ends that is to be gone on with, besides the ways of {@link Stmt#exec}. */
    static final int AGAIN = 64;

    /** Turns of a part in the race. */
    private static final int TRIAL = 20;

    /** Turns of a part after the race, at first and at last: a method that is called often is compiled sooner than one that loops. */
    private static final int PART = 24;
    private static final int LONGEST_PART = 4096;

    /** Parts until their length grows: by then HotSpot's second compiler has seen enough. */
    private static final int PARTS = 40_000;

    /** How often in a row it has to be faster: a pause of the nodes may let it seem so once. */
    private static final int WINS = 3;

    /** Turns that the last call had left when it ended. */
    int left;

    /** Turns of the nodes between two parts of the race, at least and at most. */
    private static final int SHORTEST_PAUSE = 24;
    private static final int LONGEST_PAUSE = 400;

    private int pause = SHORTEST_PAUSE;
    private int wins;
    private int parts;
    private int turns = TRIAL;
    private long racedNanos;
    private int racedTurns;

    /**
     * Goes on with the loop and answers how it ended, or {@link #AGAIN}; then the place of the next element lies in
     * the frame.
     *
     * @param all what a {@code for} runs over: a range, a list, or an Iteration under way; unused by {@code while}
     * @param next the place of the next element in a range or list
     */
    abstract int exec(Frame f, Object all, long next);

    /** How many turns this call may make: a field, so that nothing compiled has to change with it. */
    final int turns() {
        return turns;
    }

    /** Whether it has won the race. */
    final boolean isFaster() {
        return wins >= WINS;
    }

    /** Without a race. */
    final void win() {
        wins = WINS;
        turns = PART;
    }

    /**
     * A part of the race: a few turns, or what the loop has left of them. Loops of a few turns that run often are raced
     * over several runs.
     *
     * @param nodeNanos what a turn of the nodes took lately
     */
    final int race(Frame f, Object all, long next, double nodeNanos) {
        long began = System.nanoTime();
        int end = exec(f, all, next);
        racedNanos += System.nanoTime() - began;
        racedTurns += TRIAL - left;
        if (racedTurns >= TRIAL) {
            double ofNodes = nodeNanos * racedTurns;
            wins = racedNanos < ofNodes ? wins + 1 : 0;
            if (ofNodes > 0) {
                // While HotSpot has not compiled it at all, it may be ten times slower: it should not cost more than the nodes.
                pause = (int) Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE, TRIAL * racedNanos / ofNodes));
            }
            racedNanos = 0;
            racedTurns = 0;
            if (isFaster()) {
                win();
            }
        }
        return end;
    }

    /** How many turns the nodes have now, until the next part of the race. */
    final int pause() {
        return pause;
    }

    /** Goes on to the end of the loop. */
    final int run(Frame f, Object all, long next) {
        int end;
        long from = next;
        do {
            if (++parts >= PARTS && turns < LONGEST_PART) {
                turns *= 2;
            }
            end = exec(f, all, from);
            from = f.next;
        } while (end == AGAIN);
        return end;
    }
}
