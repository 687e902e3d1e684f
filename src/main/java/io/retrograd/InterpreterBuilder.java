package io.retrograd;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What an interpreter is to have of the world: streams, files, limits, threads. Unless told otherwise it prints to the
 * process's own streams, reads an empty input, sees no files and an empty environment, and computes on one thread.
 */
public final class InterpreterBuilder {
    TextOutput out = TextOutput.to(System.out);
    TextOutput err = TextOutput.to(System.err);
    InputStream in = new ByteArrayInputStream(new byte[0]);
    FilePolicy files = FilePolicy.none();
    Limits limits = Limits.none();
    int threads = 1;
    OptionalLong seed = OptionalLong.empty();
    List<String> arguments = List.of("");
    Map<String, String> environment = new HashMap<>();

    InterpreterBuilder() {}

    /** Where {@code print} writes, in UTF-8; flushed at the end of each run, never closed. */
    public InterpreterBuilder out(OutputStream stream) {
        out = TextOutput.to(Objects.requireNonNull(stream, "stream"));
        return this;
    }

    /** Where {@code print} writes. */
    public InterpreterBuilder out(Writer text) {
        out = TextOutput.to(Objects.requireNonNull(text, "text"));
        return this;
    }

    /** Where {@code print} writes. */
    public InterpreterBuilder out(StringBuilder text) {
        out = TextOutput.to(Objects.requireNonNull(text, "text"));
        return this;
    }

    /** Where warnings and {@code sys.stderr} go, in UTF-8. */
    public InterpreterBuilder err(OutputStream stream) {
        err = TextOutput.to(Objects.requireNonNull(stream, "stream"));
        return this;
    }

    /** Where warnings and {@code sys.stderr} go. */
    public InterpreterBuilder err(Writer text) {
        err = TextOutput.to(Objects.requireNonNull(text, "text"));
        return this;
    }

    /** Where warnings and {@code sys.stderr} go. */
    public InterpreterBuilder err(StringBuilder text) {
        err = TextOutput.to(Objects.requireNonNull(text, "text"));
        return this;
    }

    /** What {@code input()} and {@code sys.stdin} read. */
    public InterpreterBuilder in(InputStream stream) {
        in = Objects.requireNonNull(stream, "stream");
        return this;
    }

    /** Which files the script may touch. */
    public InterpreterBuilder files(FilePolicy policy) {
        files = policy;
        return this;
    }

    /** What the script may use at most. */
    public InterpreterBuilder limits(Limits most) {
        limits = most;
        return this;
    }

    /** Threads that large kernels may use; no digit depends on it. */
    public InterpreterBuilder threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads: " + count);
        }
        threads = count;
        return this;
    }

    /** What generators take as their seed where the script seeds nothing, as the command's {@code --seed} does. */
    public InterpreterBuilder seed(long value) {
        seed = OptionalLong.of(value);
        return this;
    }

    /** {@code sys.argv}: the script's name and what follows it. */
    public InterpreterBuilder arguments(String... words) {
        arguments = List.of(words);
        return this;
    }

    /** {@code os.environ}; a copy is made. */
    public InterpreterBuilder environment(Map<String, String> variables) {
        environment = new HashMap<>(variables);
        return this;
    }

    /** The interpreter. */
    public Interpreter build() {
        return new Interpreter(this);
    }
}
