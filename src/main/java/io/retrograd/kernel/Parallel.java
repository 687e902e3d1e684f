package io.retrograd.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Runs the parts of a kernel on several threads. Which thread takes which part changes no result. */
public final class Parallel {
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
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
                try {
                    body.accept(i);
                } catch (RuntimeException | Error failure) {
                    next.set(parts);
                    throw failure;
                }
            }
        };
        List<ForkJoinTask<?>> others = new ArrayList<>();
        for (int i = 1; i < workers; i++) {
            others.add(ForkJoinPool.commonPool().submit(worker));
        }
        RuntimeException first = null;
        try {
            worker.run();
        } catch (RuntimeException failure) {
            first = failure;
        }
        for (ForkJoinTask<?> other : others) {
            try {
                other.join();
            } catch (RuntimeException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
