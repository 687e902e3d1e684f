package io.retrograd.repl;

import io.retrograd.error.StopCheck;
import io.retrograd.lang.world.TextSink;

/**
 * What stands on the last line of the terminal: text that a script has not ended with a line feed, or a status line
 * that goes as soon as anything is written. Written to from the script's thread and from the status line's.
 */
final class Screen {
    private static final int LONGEST_LINE = 1 << 12;
    private static final int LONGEST_WRITE = 1 << 14;

    private final StringBuilder lastLine = new StringBuilder();
    private String lastWhole = "";
    private TextSink statusOn;

    TextSink watch(TextSink sink) {
        return new Watched(sink);
    }

    /** What was written since the last line feed. */
    synchronized String pending() {
        return lastLine.toString();
    }

    /** The last line that was written with its end. */
    synchronized String lastWhole() {
        return lastWhole;
    }

    /** What was printed so far is nobody's news any more. */
    synchronized void forget() {
        lastWhole = "";
    }

    /** The terminal is at the start of a line: the editor was there. */
    synchronized void fresh() {
        lastLine.setLength(0);
    }

    /** The terminal itself has shown the ^C of an interrupt: what comes next begins a line, and a status goes with it. */
    synchronized void interrupted() {
        if (statusOn == null) {
            lastLine.append("^C");
        }
    }

    /** Shows a status in place of the one before, if nothing unfinished stands there. */
    synchronized void status(TextSink sink, String text) {
        if (lastLine.length() > 0) {
            return;
        }
        sink.write("\r" + text + "\u001b[K");
        sink.flush();
        statusOn = sink;
    }

    /** Takes the status away without a trace. */
    synchronized void clearStatus() {
        if (statusOn != null) {
            TextSink sink = statusOn;
            statusOn = null;
            sink.write("\r\u001b[K");
            sink.flush();
        }
    }

    private synchronized void wrote(String text) {
        clearStatus();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            lastLine.append(text, from, end);
            lastWhole = lastLine.toString();
            lastLine.setLength(0);
            from = end + 1;
        }
        if (lastLine.length() < LONGEST_LINE) {
            lastLine.append(text, from, text.length());
        }
    }

    private final class Watched implements TextSink {
        private final TextSink sink;

        Watched(TextSink sink) {
            this.sink = sink;
        }

        @Override
        public void write(String text) {
            int from = 0;
            for (; text.length() - from > LONGEST_WRITE; from += LONGEST_WRITE) {
                writePart(text.substring(from, from + LONGEST_WRITE));
                // A terminal takes minutes for what a script makes in a second; Ctrl-C shall not wait for it.
                StopCheck.ask();
            }
            writePart(text.substring(from));
        }

        private void writePart(String text) {
            synchronized (Screen.this) {
                wrote(text);
                sink.write(text);
            }
        }

        @Override
        public void flush() {
            sink.flush();
        }

        @Override
        public boolean isTerminal() {
            return sink.isTerminal();
        }
    }
}
