package io.retrograd.kernel;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Runs the parts of a kernel on several threads. Which thread takes which part changes no result.
 *
 * <p>Waking a thread takes some 50 µs, as long as many kernels of a training step do. So the threads that helped with
 * one stay awake that long, in case that the next one follows at once; and who has to wait for a part that another thread
 * is at looks again and again before sleeping.
 */
public final class Parallel {
    /** How long to look for work, or for its end, before sleeping: what falling asleep and waking up cost. */
    private static final long LINGER_NANOS = 60_000;

    /** Looks at the job between two looks at the clock. */
    private static final int LOOKS = 64;

    /** How long to sleep at most when waiting for others: a signal may come before it is waited for. */
    private static final long NAP_NANOS = 200_000;

    private static final ThreadLocal<Team> TEAM = ThreadLocal.withInitial(Team::new);

    private Parallel() {}

    /** Calls the body with 0 to parts - 1, each once, on at most that many threads; rethrows what a part throws. */
    public static void run(int parts, int threads, IntConsumer body) {
        int workers = Math.min(parts, threads);
        if (workers <= 1) {
            for (int i = 0; i < parts; i++) {
                body.accept(i);
            }
            return;
        }
        TEAM.get().run(new Job(parts, body), workers - 1);
    }

    /**
     * How many parts a piece of work is worth: for so much work each, and half as much where a thread that helped just
     * before is still awake, since then it costs nothing to ask it.
     */
    static int parts(long work, long each, int threads) {
        long parts = Math.min(threads, work / each);
        return parts < 2 && threads > 1 && work >= each / 2 && TEAM.get().awake.get() > 0 ? 2 : (int) Math.max(1, parts);
    }

    /** The parts of one kernel, taken by whoever is free. */
    private static final class Job {
        private final int parts;
        private final IntConsumer body;
        private final Thread owner = Thread.currentThread();
        private final AtomicInteger next = new AtomicInteger();
        /** Threads that may be at a part. */
        private final AtomicInteger active = new AtomicInteger();
        private volatile Throwable failure;

        Job(int parts, IntConsumer body) {
            this.parts = parts;
            this.body = body;
        }

        /** Works on parts as long as there are any. */
        void work() {
            // Counted before a part is taken: who finds all parts taken then knows of everyone who took one.
            active.incrementAndGet();
            try {
                for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
                    body.accept(i);
                }
            } catch (Throwable thrown) {
                next.set(parts);
                failure = thrown;
            } finally {
                if (active.decrementAndGet() == 0 && Thread.currentThread() != owner) {
                    LockSupport.unpark(owner);
                }
            }
        }

        /** Waits until nobody is at a part any more. */
        void join() {
            long began = System.nanoTime();
            for (int looks = 0; active.get() > 0; looks++) {
                if (looks % LOOKS < LOOKS - 1 || System.nanoTime() - began < LINGER_NANOS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(this, NAP_NANOS);
                }
            }
            Throwable thrown = failure;
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
        }
    }

    /** The threads that help one thread. */
    private static final class Team {
        private volatile Job job;
        private final AtomicInteger awake = new AtomicInteger();

        void run(Job now, int helpers) {
            job = now;
            for (int missing = helpers - awake.get(); missing > 0; missing--) {
                awake.incrementAndGet();
                ForkJoinPool.commonPool().execute(this::help);
            }
            try {
                now.work();
                now.join();
            } finally {
                job = null;
            }
        }

        private void help() {
            Job last = null;
            long idle = System.nanoTime();
            for (int looks = 1; ; looks++) {
                Job now = job;
                if (now != null && now != last) {
                    last = now;
                    now.work();
                    idle = System.nanoTime();
                } else if (looks % LOOKS == 0 && System.nanoTime() - idle > LINGER_NANOS) {
                    awake.decrementAndGet();
                    // A job may have come that counts on this thread; one more look, since nobody else might come for it.
                    now = job;
                    if (now != null && now != last) {
                        now.work();
                    }
                    return;
                } else {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
