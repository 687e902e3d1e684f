package io.retrograd;

import io.retrograd.lang.value.Machine;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a script may use, at most. Time, statements and output are counted anew for each run (each outermost call of a
 * method of {@link Interpreter}); memory is what the interpreter holds at once.
 *
 * <p>Immutable; each method answers limits with one more.
 */
public final class Limits {
    private static final Limits NONE = new Limits(null, Long.MAX_VALUE, Long.MAX_VALUE, Machine.DEFAULT_RECURSION_LIMIT, Long.MAX_VALUE);

    private final Duration wallTime;
    private final long statements;
    private final long memory;
    private final int recursion;
    private final long output;

    private Limits(Duration wallTime, long statements, long memory, int recursion, long output) {
        this.wallTime = wallTime;
        this.statements = statements;
        this.memory = memory;
        this.recursion = recursion;
        this.output = output;
    }

    /** None but that calls nest no deeper than Python's own 1000, and that the JVM's heap is not filled. */
    public static Limits none() {
        return NONE;
    }

    /** The longest that one run may take. */
    public Limits wallTime(Duration most) {
        if (most.isNegative() || most.isZero()) {
            throw new IllegalArgumentException("a limit must be more than 0: time " + most);
        }
        return new Limits(most, statements, memory, recursion, output);
    }

    /** The most turns of loops, calls of functions and steps of iterations in one run: all that lets a script go on and on. */
    public Limits statements(long most) {
        return new Limits(wallTime, positive(most, "statements"), memory, recursion, output);
    }

    /**
     * The most bytes held at once by tensors, arrays, and lists, dicts, sets, strings and ints of more than 16 KB. An
     * object counts until the garbage collector finds it dead; where the limit is reached, a collection is asked for
     * first. Set it some times higher than what a script needs, or it will collect often.
     */
    public Limits memory(long bytes) {
        return new Limits(wallTime, statements, positive(bytes, "bytes"), recursion, output);
    }

    /** How deep calls may nest; {@code sys.setrecursionlimit} cannot raise it. 1000 unless set. */
    public Limits recursion(int deepest) {
        return new Limits(wallTime, statements, memory, (int) positive(deepest, "recursion"), output);
    }

    /** The most bytes of UTF-8 that one run may print, to both streams together. */
    public Limits output(long bytes) {
        return new Limits(wallTime, statements, memory, recursion, positive(bytes, "bytes"));
    }

    private static long positive(long value, String what) {
        if (value <= 0) {
            throw new IllegalArgumentException("a limit must be more than 0: " + what + " " + value);
        }
        return value;
    }

    /** The time limit; empty if there is none. */
    public Optional<Duration> wallTime() {
        return Optional.ofNullable(wallTime);
    }

    /** The limit of statements; empty if there is none. */
    public OptionalLong statements() {
        return given(statements);
    }

    /** The limit of memory in bytes; empty if there is none. */
    public OptionalLong memory() {
        return given(memory);
    }

    /** How deep calls may nest. */
    public OptionalInt recursion() {
        return OptionalInt.of(recursion);
    }

    /** The limit of output in bytes; empty if there is none. */
    public OptionalLong output() {
        return given(output);
    }

    private static OptionalLong given(long value) {
        return value == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(value);
    }

    int depth() {
        return recursion;
    }

    long bytesOfOutput() {
        return output;
    }
}
