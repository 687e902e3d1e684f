package io.retrograd.cli;

import io.retrograd.lang.world.TextSink;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Standard output or error as UTF-8. On a terminal it is flushed at each line; elsewhere within a tenth of a
 * second, so that a reader of the pipe sees what a long training prints while it runs.
 */
final class StandardStream implements TextSink {
    private static final int BUFFER = 1 << 16;
    private static final long FLUSH_MILLIS = 100;

    private final FileOutputStream out;
    private final boolean terminal;
    private final StandardStream before;
    private final TerminalLine line;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private boolean flusherRuns;
    private Error problem;
    private boolean told;

    /** What {@code before} still holds is shown before anything that goes to this stream; null for none. */
    StandardStream(FileDescriptor descriptor, boolean terminal, StandardStream before) {
        this(descriptor, terminal, before, null);
    }

    /** @param line the terminal's last line, where this stream goes to that terminal; else null */
    StandardStream(FileDescriptor descriptor, boolean terminal, StandardStream before, TerminalLine line) {
        this.line = line;
        this.out = new FileOutputStream(descriptor);
        this.terminal = terminal;
        this.before = before;
    }

    @Override
    public boolean isTerminal() {
        return terminal;
    }

    @Override
    public synchronized void write(String text) {
        if (before != null) {
            before.flush();
        }
        if (problem != null) {
            // What is written now would not arrive either, and a script that prints rarely must not compute on for nobody.
            told = true;
            throw problem;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int from = 0;
        while (from < bytes.length) {
            int n = Math.min(bytes.length - from, BUFFER - filled);
            System.arraycopy(bytes, from, buffer, filled, n);
            filled += n;
            from += n;
            if (filled == BUFFER) {
                flush();
            }
        }
        if (terminal) {
            if (text.indexOf('\n') >= 0) {
                flush();
            }
        } else if (!flusherRuns && filled > 0) {
            flusherRuns = true;
            new Flusher().start();
        }
    }

    /** A class, not a lambda: the archive of classes is made at a terminal, and linking one that is not in it delays a start. */
    private final class Flusher extends Thread {
        Flusher() {
            super("flush");
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                while (true) {
                    sleep(FLUSH_MILLIS);
                    flush();
                }
            } catch (InterruptedException end) {
                interrupt();
            } catch (ClosedPipe | WriteFailure kept) {
                // The script's own next flush, at its end at the latest, tells it.
                untell();
            }
        }
    }

    private synchronized void untell() {
        told = false;
    }

    @Override
    public synchronized void flush() {
        int n = filled;
        filled = 0;
        if (problem != null && (n > 0 || !told)) {
            told = true;
            throw problem;
        }
        if (n == 0) {
            return;
        }
        try {
            if (line == null) {
                out.write(buffer, 0, n);
            } else {
                line.write(out, buffer, n);
            }
        } catch (IOException failure) {
            String why = String.valueOf(failure.getMessage());
            problem = why.contains("Broken pipe") ? new ClosedPipe() : new WriteFailure(why);
            told = true;
            throw problem;
        }
    }

    /** What was printed could not be written: a full disk, a device that failed. */
    static final class WriteFailure extends Error {
        private static final long serialVersionUID = 1L;

        WriteFailure(String why) {
            super(why, null, false, false);
        }
    }

    /** The reader of the stream has gone: there is nobody left to tell anything. */
    static final class ClosedPipe extends Error {
        private static final long serialVersionUID = 1L;

        ClosedPipe() {
            super("closed pipe", null, false, false);
        }
    }
}
