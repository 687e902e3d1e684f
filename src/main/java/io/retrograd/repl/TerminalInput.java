package io.retrograd.repl;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Standard input of a script in a session: lines that are typed into the session's own editor. */
final class TerminalInput extends InputStream {
    private final EntrySource source;
    private final Screen screen;
    private byte[] line = {};
    private int at;

    TerminalInput(EntrySource source, Screen screen) {
        this.source = source;
        this.screen = screen;
    }

    private boolean fill() {
        if (at < line.length) {
            return true;
        }
        Line read = source.text(screen.pending());
        if (read instanceof Line.Dropped) {
            throw new NnError(ErrorKind.KEYBOARD_INTERRUPT, "");
        }
        if (!(read instanceof Line.Entry entry)) {
            return false;
        }
        line = (entry.text() + "\n").getBytes(StandardCharsets.UTF_8);
        at = 0;
        return true;
    }

    @Override
    public int read() {
        return fill() ? line[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(length, line.length - at);
        System.arraycopy(line, at, to, offset, n);
        at += n;
        return n;
    }

    @Override
    public int available() {
        return line.length - at;
    }
}
