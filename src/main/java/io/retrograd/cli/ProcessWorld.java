package io.retrograd.cli;

import io.retrograd.kernel.Kernels;
import io.retrograd.lang.world.Files;
import io.retrograd.lang.world.FolderFiles;
import io.retrograd.lang.world.TextSink;
import io.retrograd.lang.world.World;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The world of a command: the process's own streams, files, clock and environment. */
final class ProcessWorld implements World {
    private final TerminalLine line = new TerminalLine();
    private final StandardStream out;
    private final StandardStream err;
    private final InputStream in;
    /** All of the user's own: a command may do what its user may. */
    private final Files files = new FolderFiles(Path.of("").toAbsolutePath());
    private final List<String> arguments;
    private final OptionalLong seed;
    private final int threads;
    private final Kernels kernels;
    private Map<String, String> environment;

    ProcessWorld(List<String> arguments, OptionalLong seed, int threads, Kernels kernels) {
        this.out = new StandardStream(FileDescriptor.out, Terminals.isOutput(), null, Terminals.isOutput() ? line : null);
        this.err = new StandardStream(FileDescriptor.err, true, out, Terminals.isError() ? line : null);
        this.in = new FlushingInput(out, line);
        this.arguments = arguments;
        this.seed = seed;
        this.threads = threads;
        this.kernels = kernels;
    }

    @Override
    public TextSink out() {
        return out;
    }

    @Override
    public TextSink err() {
        return err;
    }

    /** The line where a status may stand. */
    TerminalLine line() {
        return line;
    }

    /** Shows everything that was written so far. */
    void flush() {
        out.flush();
        err.flush();
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
        if (environment == null) {
            environment = new HashMap<>(System.getenv());
            // The launcher may have put a UTF-8 locale in the place of the user's.
            String original = environment.remove("NN_LC_ALL");
            if (original != null) {
                environment.put("LC_ALL", original);
            }
        }
        return environment;
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }

    @Override
    public void sleep(long nanos) {
        try {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        } catch (InterruptedException wake) {
            // Ctrl-C: the evaluator asks the machine whether it was interrupted.
            return;
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

    @Override
    public Kernels kernels() {
        return kernels;
    }

    /** Standard input; what was printed before is shown before it is read. */
    private static final class FlushingInput extends InputStream {
        private final FileInputStream in = new FileInputStream(FileDescriptor.in);
        private final StandardStream before;
        private final TerminalLine line;

        FlushingInput(StandardStream before, TerminalLine line) {
            this.before = before;
            this.line = line;
        }

        @Override
        public int read() throws IOException {
            before.flush();
            line.reading(true);
            try {
                return in.read();
            } finally {
                line.reading(false);
            }
        }

        @Override
        public int read(byte[] bytes, int off, int len) throws IOException {
            before.flush();
            line.reading(true);
            try {
                return in.read(bytes, off, len);
            } finally {
                line.reading(false);
            }
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }
    }
}
