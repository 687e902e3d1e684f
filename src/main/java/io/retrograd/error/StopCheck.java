package io.retrograd.error;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks, from the midst of a long computation, whether it is still wanted. Loops over arrays know nothing of the
 * interpreter that wants their result; whoever runs a script says for its own thread whom they shall ask.
 */
public final class StopCheck {
    /** Elements between two questions: well below 10 ms of work even where each costs a logarithm. */
    public static final int INTERVAL = 1 << 16;

    /** A matrix of so many numbers takes some milliseconds to decompose. */
    private static final int LARGE = 40_000;

    private static final long WAIT_MILLIS = 50;
    private static final ThreadLocal<Runnable> CHECK = new ThreadLocal<>();

    private StopCheck() {}

    /** Does the work; meanwhile {@link #ask()} on this thread runs the check, which throws when the work shall stop. */
    public static <T> T during(Runnable check, Supplier<T> work) {
        Runnable before = CHECK.get();
        CHECK.set(check);
        try {
            return work.get();
        } finally {
            if (before == null) {
                CHECK.remove();
            } else {
                CHECK.set(before);
            }
        }
    }

    /** Throws if this thread's work is no longer wanted. */
    public static void ask() {
        Runnable check = CHECK.get();
        if (check != null) {
            check.run();
        }
    }

    /** Does work without a result as {@link #aside(int, Supplier)} does. */
    public static void aside(int elements, Runnable work) {
        aside(elements, () -> {
            work.run();
            return null;
        });
    }

    /** A loop over 0 to n in parts of {@link #INTERVAL}, asking in between. */
    public static void loop(int n, Part body) {
        for (int from = 0; from < n; from += INTERVAL) {
            if (from > 0) {
                ask();
            }
            body.run(from, Math.min(n, from + INTERVAL));
        }
    }

    /** The part of a loop from {@code from} (inclusive) to {@code to} (exclusive). */
    public interface Part {
        void run(int from, int to);
    }

    /**
     * Does work that cannot ask by itself, such as a library's, on a thread of its own. If it is no longer wanted it is
     * left alone: it must touch nothing that anybody else uses.
     *
     * @param elements how many numbers the work has to do with; for few it is done at once
     */
    public static <T> T aside(int elements, Supplier<T> work) {
        Runnable check = CHECK.get();
        if (check == null || elements < LARGE) {
            return work.get();
        }
        check.run();
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread worker = new Thread(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error failure) {
                result.completeExceptionally(failure);
            }
        }, "aside");
        worker.setDaemon(true);
        worker.start();
        while (true) {
            try {
                return result.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                check.run();
            } catch (InterruptedException asked) {
                check.run();
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof Error fault) {
                    throw fault;
                }
                throw (RuntimeException) failed.getCause();
            }
        }
    }
}
