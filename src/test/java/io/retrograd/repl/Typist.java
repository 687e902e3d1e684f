package io.retrograd.repl;

import io.retrograd.Evaluator;
import io.retrograd.lang.world.TextSink;
import io.retrograd.testing.TestWorld;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/** A session at a terminal made of pipes: types keys and sees what the terminal gets. */
final class Typist implements AutoCloseable {
    static final String ENTER = "\r";
    static final String TAB = "\t";
    static final String CTRL_C = "\u0003";
    static final String CTRL_D = "\u0004";
    static final String CTRL_P = "\u0010";

    private static final long PATIENCE_MILLIS = 30_000;

    private final PipedOutputStream keys = new PipedOutputStream();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final Terminal terminal;
    private final Thread session;
    private final Path folder;
    private volatile int status = -1;
    private int read;

    /** Starts a session on a terminal of that type. */
    Typist(String type, int columns, boolean colours, Path folder) throws IOException {
        this.folder = folder;
        terminal = new ExternalTerminal("test", type, new PipedInputStream(keys, 1 << 16), seen, StandardCharsets.UTF_8);
        terminal.setSize(new Size(columns, 40));
        SessionWorld world = new SessionWorld(new TerminalWorld());
        ReplOptions options = new ReplOptions(Optional.of(folder.resolve("history")), colours, "");
        session = new Thread(null, () -> {
            try {
                status = Repl.run(terminal, Evaluator.of(world), world, options);
            } catch (IOException broken) {
                throw new AssertionError(broken);
            }
        }, "session", 64 << 20);
        session.setDaemon(true);
        session.start();
        await("In [1]: ");
    }

    static Typist xterm(Path folder) throws IOException {
        return new Typist("xterm", 100, false, folder);
    }

    static Typist dumb(Path folder) throws IOException {
        return new Typist("dumb", 80, false, folder);
    }

    /** Sends keys as they are. */
    Typist type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
        return this;
    }

    /** Sends a whole text as a terminal with bracketed paste does. */
    Typist paste(String text) throws IOException {
        return type("\u001b[200~" + text.replace('\n', '\r') + "\u001b[201~");
    }

    /** Types an entry and waits for the prompt of the next; answers what was shown in between. */
    String enter(String text, int next) throws IOException {
        return type(text + ENTER).await("In [" + next + "]: ");
    }

    /** Waits until a text has come since the last wait; answers all that came, without the terminal's own sequences. */
    String await(String wanted) {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (System.nanoTime() < end) {
            String fresh = plain(raw().substring(read));
            if (fresh.contains(wanted)) {
                read = raw().length();
                return fresh;
            }
            pause(10);
        }
        throw new AssertionError("'" + wanted + "' did not come; there was:\n" + plain(raw().substring(read)));
    }

    /** Waits until the terminal has got a sequence since a point of all that it got; answers whether it came. */
    boolean gets(String sequence, int since) {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (System.nanoTime() < end) {
            if (raw().indexOf(sequence, since) >= 0) {
                return true;
            }
            pause(10);
        }
        return false;
    }

    /** Types a key by itself, when nothing more comes, and waits until the terminal shows what it did. */
    void press(String key) throws IOException {
        int before;
        do {
            before = raw().length();
            pause(200);
        } while (raw().length() != before);
        type(key);
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (raw().length() == before && System.nanoTime() < end) {
            pause(10);
        }
    }

    /** Everything the terminal got. */
    String raw() {
        synchronized (seen) {
            return seen.toString(StandardCharsets.UTF_8);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String plain(String text) {
        return text.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").replaceAll("\u001b[=>]", "").replace("\r", "");
    }

    /** Waits for the end of the session; its exit status. */
    int status() throws InterruptedException {
        session.join(PATIENCE_MILLIS);
        return status;
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (session.isAlive()) {
            type(CTRL_C);
            pause(150);
            type(CTRL_D);
            session.join(2000);
        }
        keys.close();
        terminal.close();
    }

    /** Prints on the terminal, and really waits. */
    private final class TerminalWorld extends TestWorld {
        private final TextSink sink = new TextSink() {
            @Override
            public void write(String text) {
                terminal.writer().write(text);
                terminal.writer().flush();
            }

            @Override
            public void flush() {
                terminal.writer().flush();
            }

            @Override
            public boolean isTerminal() {
                return true;
            }
        };

        TerminalWorld() {
            super(folder);
        }

        @Override
        public TextSink out() {
            return sink;
        }

        @Override
        public void sleep(long nanos) {
            pause(nanos / 1_000_000);
        }
    }
}
