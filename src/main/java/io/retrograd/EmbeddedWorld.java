package io.retrograd;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.world.Files;
import io.retrograd.lang.world.TextSink;
import io.retrograd.lang.world.World;
import io.retrograd.limit.Limit;
import io.retrograd.limit.LimitExceeded;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** The world of an embedded interpreter: what its builder was given, and the clock. */
final class EmbeddedWorld implements World {
    private final TextSink out;
    private final TextSink err;
    private final InputStream in;
    private final Files files;
    private final Map<String, String> environment;
    private final List<String> arguments;
    private final OptionalLong seed;
    private final int threads;
    private final long mostOutput;
    private final AtomicLong written = new AtomicLong();
    private final Object sleeping = new Object();
    private boolean awake;

    EmbeddedWorld(InterpreterBuilder b) {
        out = new Sink(b.out);
        err = new Sink(b.err);
        in = new EmbedderInput(b.in);
        files = b.files.open();
        arguments = b.arguments;
        seed = b.seed;
        threads = b.threads;
        mostOutput = b.limits.bytesOfOutput();
        environment = new HashMap<>(b.environment);
        if (b.files.isWritable()) {
            // Temporary files lie where files may lie.
            environment.putIfAbsent("TMPDIR", files.workingFolder().toString());
        }
    }

    /** A new run begins: output is counted anew. */
    void renew() {
        written.set(0);
        synchronized (sleeping) {
            awake = false;
        }
    }

    /** Ends a sleep, and those to come in this run. */
    void wake() {
        synchronized (sleeping) {
            awake = true;
            sleeping.notifyAll();
        }
    }

    /** Whoever was woken goes on, and may sleep again. */
    private void answered() {
        awake = false;
    }

    void flush() {
        out.flush();
        err.flush();
    }

    @Override
    public TextSink out() {
        return out;
    }

    @Override
    public TextSink err() {
        return err;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public Files files() {
        return files;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }

    @Override
    public void sleep(long nanos) {
        long end = System.nanoTime() + nanos;
        synchronized (sleeping) {
            try {
                while (!awake) {
                    long left = end - System.nanoTime();
                    if (left <= 0) {
                        return;
                    }
                    sleeping.wait(left / 1_000_000, (int) (left % 1_000_000));
                }
            } catch (InterruptedException wake) {
                // The evaluator asks the machine why.
            }
            answered();
        }
    }

    @Override
    public OptionalLong seed() {
        return seed;
    }

    @Override
    public int threads() {
        return threads;
    }

    /** Counts what it passes on. */
    private final class Sink implements TextSink {
        private final TextOutput to;

        Sink(TextOutput to) {
            this.to = to;
        }

        @Override
        public void write(String text) {
            if (mostOutput != Long.MAX_VALUE && written.addAndGet(bytes(text)) > mostOutput) {
                throw new LimitExceeded(Limit.OUTPUT, ErrorKind.OS_ERROR, "the limit of " + mostOutput + " bytes of output is reached");
            }
            try {
                to.write(text);
            } catch (IOException | RuntimeException gone) {
                throw lost(gone);
            }
        }

        private static long bytes(String text) {
            long n = text.length();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                // A surrogate is half of four bytes.
                n += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
            return n;
        }

        @Override
        public void flush() {
            try {
                to.flush();
            } catch (IOException | RuntimeException gone) {
                throw lost(gone);
            }
        }

        private static NnError lost(Exception gone) {
            return new NnError(ErrorKind.OS_ERROR, "cannot write the output: " + gone.getMessage(), gone);
        }

        @Override
        public boolean isTerminal() {
            return false;
        }
    }
}
