package io.retrograd.lang.world;

import io.retrograd.kernel.Kernels;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Everything outside the interpreter that a script may touch. An embedder gives it a world of its own, and so
 * can refuse any part of it.
 */
public interface World {
    /** Where {@code print} writes; UTF-8 whatever the locale says. */
    TextSink out();

    /** Where warnings and errors go. */
    TextSink err();

    /** Standard input, as bytes. */
    InputStream in();

    /** The files that scripts may read and write. */
    Files files();

    /** The process's environment as scripts see it; a private copy. */
    Map<String, String> environment();

    /** {@code sys.argv}. */
    List<String> arguments();

    /** Nanoseconds since 1970, for {@code time.time()}. */
    default long nanosSinceEpoch() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** Nanoseconds from an arbitrary start, for {@code time.perf_counter()}. */
    default long nanoTime() {
        return System.nanoTime();
    }

    /** Waits, unless interrupted before. */
    void sleep(long nanos);

    /** The {@code --seed} option: what unseeded generators take as their seed. */
    OptionalLong seed();

    /** Threads that large kernels may use. */
    int threads();

    /** How they do it; asked for once by each session. */
    default Kernels kernels() {
        return Kernels.bySize();
    }
}
