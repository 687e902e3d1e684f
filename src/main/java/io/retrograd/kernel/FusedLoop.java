package io.retrograd.kernel;

/**
 * Formulas that follow from each other, done in one loop: what lies between them stays in the processor's registers. The
 * loop is bytecode, written when the chain has shown that it is worth it; HotSpot makes vector instructions of it.
 *
 * <p>Until HotSpot has, the loop is slow. So it gets a tile now and then, and is used for all when it has been the faster
 * one some times in a row. Both ways give the same bits, so nothing but time depends on when that is.
 */
final class FusedLoop {
    /** One tile in so many is done by the loop while it is on trial. */
    private static final int TRIALS = 8;

    /** So many trials in a row have to be the faster ones. */
    private static final int WINS = 3;

    /** The loop itself. */
    abstract static class Body {
        /** Does elements from to to - 1; arrays[map[k]] is the k-th array of the formulas: operands first, then results. */
        abstract void run(float[][] arrays, int[] map, int from, int to);
    }

    private final Body body;
    private int turns;
    private int wins;
    /** Nanoseconds an element. */
    private double otherwise = Double.NaN;

    private boolean ready;

    FusedLoop(Body body, boolean ready) {
        this.body = body;
        this.ready = ready;
    }

    /** Whether it is the faster way by now. */
    boolean isReady() {
        return ready;
    }

    void run(float[][] arrays, int[] map, int from, int to) {
        body.run(arrays, map, from, to);
    }

    /** Runs it on trial, or the other way, which does the same; to be called by one thread only. */
    void compare(float[][] arrays, int[] map, int from, int to, Runnable other) {
        int turn = turns++ % TRIALS;
        if (turn == 0) {
            long began = System.nanoTime();
            body.run(arrays, map, from, to);
            double each = (double) (System.nanoTime() - began) / (to - from);
            wins = each < otherwise ? wins + 1 : 0;
            ready = wins >= WINS;
        } else if (turn == 1) {
            long began = System.nanoTime();
            other.run();
            otherwise = (double) (System.nanoTime() - began) / (to - from);
        } else {
            other.run();
        }
    }
}
