package io.retrograd.kernel;

/** Cuts a long loop into tiles, and asks between them whether the work is still wanted. */
public final class Tiles {
    /** Elements of a tile: a few arrays of this many floats fit the first-level cache. */
    static final int SIZE = 2048;

    /** Elements between two questions; asking costs a volatile read, and 256 K elements take well below 1 ms. */
    private static final int ASK = 1 << 18;

    /** The loop's body over the elements {@code from} (inclusive) to {@code to} (exclusive). */
    public interface Body {
        void run(int from, int to);
    }

    private Tiles() {}

    /** Elements for which a second thread is worth having: some 5 µs of work. */
    private static final int SHARE = 1 << 14;

    /** As {@link #run}, the elements shared among so many threads where there are many. */
    public static void share(int n, int threads, Runnable poll, Body body) {
        share(n, SHARE, threads, poll, body);
    }

    /** The same where so many elements are worth a second thread: they are dearer, or cheaper. */
    public static void share(int n, int least, int threads, Runnable poll, Body body) {
        int parts = Parallel.parts(n, least, threads);
        if (parts < 2) {
            run(n, poll, body);
            return;
        }
        int each = (n / parts + SIZE) / SIZE * SIZE;
        Parallel.run((n + each - 1) / each, threads, p -> {
            int start = p * each;
            run(Math.min(each, n - start), poll, (from, to) -> body.run(start + from, start + to));
        });
    }

    /** Runs the body over 0 to n; {@code poll} throws when the work is no longer wanted. */
    public static void run(int n, Runnable poll, Body body) {
        for (int from = 0; from < n; from += ASK) {
            if (from > 0) {
                poll.run();
            }
            body.run(from, Math.min(n, from + ASK));
        }
    }
}
