package io.retrograd.repl;

import io.retrograd.lang.parse.Completeness;
import java.io.IOException;
import java.util.Locale;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;

/**
 * Reads entries on a terminal that cannot move its cursor, such as an Emacs shell: prompts and lines, no more. The
 * terminal itself echoes and edits the line.
 */
final class PlainReader implements EntrySource {
    private static final int POLL_MILLIS = 100;
    private static final int PASTE_MILLIS = 20;

    /** Ctrl-D where the terminal hands it on. */
    private static final int END_OF_INPUT = 4;

    private final Terminal terminal;
    private final Workspace workspace;
    private final WarmUp warmUp;
    private volatile boolean interrupted;
    private boolean lineFeedMayFollow;

    PlainReader(Terminal terminal, Workspace workspace, WarmUp warmUp) {
        this.warmUp = warmUp;
        this.terminal = terminal;
        this.workspace = workspace;
    }

    @Override
    public Line entry(int number) {
        String prompt = "In [" + number + "]: ";
        String more = String.format(Locale.ROOT, "%" + prompt.length() + "s", "...: ");
        StringBuilder text = new StringBuilder();
        while (true) {
            Line line = line(text.length() == 0 ? prompt : more);
            if (!(line instanceof Line.Entry read)) {
                return line instanceof Line.End && text.length() > 0 ? new Line.Entry(text.toString()) : line;
            }
            text.append(read.text()).append('\n');
            String all = text.toString();
            if (ReplCommands.isOneLine(all) || all.isBlank()) {
                return new Line.Entry(all);
            }
            boolean whole = Entries.completeness(all) != Completeness.INCOMPLETE;
            if (whole && !(read.text().isBlank() && moreOfBlockComes())) {
                return new Line.Entry(all);
            }
        }
    }

    @Override
    public Line text(String prompt) {
        return line("");
    }

    /** A blank line inside a function that is being pasted: what comes next at once is indented. */
    private boolean moreOfBlockComes() {
        try {
            int next = terminal.reader().peek(PASTE_MILLIS);
            return next == ' ' || next == '\t';
        } catch (IOException gone) {
            return false;
        }
    }

    private Line line(String prompt) {
        terminal.writer().print(prompt);
        terminal.writer().flush();
        warmUp.start();
        interrupted = false;
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> interrupted = true);
        try {
            return read();
        } catch (IOException gone) {
            return new Line.End();
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
            workspace.world().screen().fresh();
        }
    }

    private Line read() throws IOException {
        NonBlockingReader in = terminal.reader();
        StringBuilder line = new StringBuilder();
        while (true) {
            int c = in.read(POLL_MILLIS);
            if (interrupted) {
                return new Line.Dropped();
            }
            if (c == NonBlockingReader.READ_EXPIRED) {
                continue;
            }
            if (c == NonBlockingReader.EOF || c == END_OF_INPUT && line.length() == 0) {
                return line.length() == 0 ? new Line.End() : new Line.Entry(line.toString());
            }
            if (c == '\n' && lineFeedMayFollow) {
                lineFeedMayFollow = false;
                continue;
            }
            lineFeedMayFollow = c == '\r';
            if (c == '\n' || c == '\r') {
                return new Line.Entry(line.toString());
            }
            line.append((char) c);
        }
    }
}
