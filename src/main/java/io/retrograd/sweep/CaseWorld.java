package io.retrograd.sweep;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.world.Files;
import io.retrograd.lang.world.FolderFiles;
import io.retrograd.lang.world.ForwardingWorld;
import io.retrograd.lang.world.TextSink;
import io.retrograd.lang.world.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The world of one run: the process's files and clock, but an input that is empty, a folder of its own to change, a
 * seed of its own, and output that goes to a log. {@code NN_RUN} in its environment is the run's number, for files that
 * runs must not share.
 */
final class CaseWorld extends ForwardingWorld {
    private final Case run;
    private final int threads;
    private final TextSink out;
    private final TextSink err;
    private final Files files = new FolderFiles(Path.of("").toAbsolutePath());
    private final Map<String, String> environment;

    CaseWorld(World process, Case run, int threads, Writer log, Consumer<String> printed) {
        super(process);
        this.run = run;
        this.threads = threads;
        this.out = new Log(log, printed);
        this.err = new Log(log, text -> {});
        this.environment = new HashMap<>(process.environment());
        this.environment.put("NN_RUN", Integer.toString(run.number()));
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
        return new ByteArrayInputStream(new byte[0]);
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
    public OptionalLong seed() {
        return run.seed();
    }

    @Override
    public int threads() {
        return threads;
    }

    private static final class Log implements TextSink {
        private final Writer log;
        private final Consumer<String> printed;

        Log(Writer log, Consumer<String> printed) {
            this.log = log;
            this.printed = printed;
        }

        @Override
        public void write(String text) {
            printed.accept(text);
            try {
                log.write(text);
            } catch (IOException full) {
                throw new NnError(ErrorKind.OS_ERROR, "cannot write the log: " + full.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public boolean isTerminal() {
            return false;
        }
    }
}
