package io.retrograd.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Every part is done once before the call returns, whoever does it; what a part throws comes out of the call. */
final class ParallelTest {
    @Test
    void doesEveryPartOnce() {
        for (int parts = 1; parts < 3000; parts = parts * 3 / 2 + 1) {
            for (int threads = 1; threads < 5; threads++) {
                AtomicIntegerArray done = new AtomicIntegerArray(parts);
                Parallel.run(parts, threads, done::incrementAndGet);
                for (int i = 0; i < parts; i++) {
                    assertEquals(1, done.get(i), i + " of " + parts);
                }
            }
        }
    }

    @Test
    void partsMayHaveParts() {
        AtomicInteger sum = new AtomicInteger();
        Parallel.run(20, 3, i -> Parallel.run(10, 3, j -> sum.addAndGet(i * 10 + j)));
        assertEquals(199 * 200 / 2, sum.get());
    }

    @Test
    void rethrowsAndGoesOn() {
        for (int t = 0; t < 200; t++) {
            int bad = t % 7;
            IllegalStateException failure = assertThrows(IllegalStateException.class, () -> Parallel.run(7, 3, i -> {
                if (i == bad) {
                    throw new IllegalStateException("part " + i);
                }
            }));
            assertEquals("part " + bad, failure.getMessage());
            AtomicInteger count = new AtomicInteger();
            Parallel.run(7, 3, i -> count.incrementAndGet());
            assertEquals(7, count.get());
        }
    }

    @Test
    void sharesAreWholeTiles() {
        for (int n : new int[] {0, 1, 100, 40_000, 65_537, 1_000_003}) {
            for (int threads = 1; threads < 6; threads++) {
                AtomicIntegerArray done = new AtomicIntegerArray(n);
                Tiles.share(n, threads, () -> {}, (from, to) -> {
                    assertEquals(0, from % Tiles.SIZE);
                    for (int i = from; i < to; i++) {
                        done.incrementAndGet(i);
                    }
                });
                for (int i = 0; i < n; i++) {
                    assertEquals(1, done.get(i));
                }
            }
        }
    }
}
