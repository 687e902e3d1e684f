package io.retrograd.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The last line of the terminal that output and errors share. A status stands on it only while nothing unfinished
 * does, and goes, without a trace, before anything else is written.
 */
final class TerminalLine {
    private static final String CLEAR = "\r\u001b[K";

    private boolean unfinished;
    private boolean reading;
    private FileOutputStream statusOn;

    /** Writes what a script printed. */
    synchronized void write(FileOutputStream out, byte[] bytes, int n) throws IOException {
        clear();
        out.write(bytes, 0, n);
        unfinished = bytes[n - 1] != '\n';
    }

    /** Shows a status in the place of the one before. */
    synchronized void status(FileOutputStream out, String text) {
        if (unfinished || reading) {
            return;
        }
        try {
            out.write((CLEAR + text).getBytes(StandardCharsets.UTF_8));
            statusOn = out;
        } catch (IOException gone) {
            // A status that nobody can see is no loss.
            statusOn = null;
        }
    }

    /** Takes the status away. */
    synchronized void clear() {
        if (statusOn != null) {
            FileOutputStream out = statusOn;
            statusOn = null;
            try {
                out.write(CLEAR.getBytes(StandardCharsets.UTF_8));
            } catch (IOException gone) {
                unfinished = false;
            }
        }
    }

    /** While somebody types there is no status. */
    synchronized void reading(boolean now) {
        if (now) {
            clear();
        } else {
            // Whoever typed ended with the return key.
            unfinished = false;
        }
        reading = now;
    }
}
