package io.retrograd.lib.python.io;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import java.util.Map;

/** What scripts can ask a file or another stream. */
final class StreamMethods {
    private StreamMethods() {}

    @Builtin(value = "read", method = true, signature = "size=-1, /", doc = "The next so many characters or bytes; by default all that are left.")
    static Object read(Machine m, StreamValue self, Object size) {
        self.checkOpen();
        return self.read(m, size == None.NONE ? -1 : Semantics.index(m, size));
    }

    @Builtin(value = "readline", method = true, signature = "size=-1, /", doc = "The next line with its end, empty at the end of the file.")
    static Object readLine(Machine m, StreamValue self, long size) {
        self.checkOpen();
        return self.readLine(m, size);
    }

    @Builtin(value = "readlines", method = true, signature = "hint=-1, /", doc = "The lines that are left, in a list.")
    static Object readLines(Machine m, StreamValue self, Object hint) {
        return ListValue.of(Semantics.elements(m, self));
    }

    @Builtin(value = "xreadlines", method = true, doc = "Python 2's iterator over the lines.")
    static Object iterateLines(Machine m, StreamValue self) {
        return self;
    }

    @Builtin(value = "write", method = true, signature = "text, /", doc = "Writes text, or bytes to a binary file; returns how many.")
    static long write(Machine m, StreamValue self, Object text) {
        self.checkOpen();
        return self.write(m, text);
    }

    @Builtin(value = "writelines", method = true, signature = "lines, /", doc = "Writes each of the lines; adds no line ends.")
    static void writeLines(Machine m, StreamValue self, Object lines) {
        self.checkOpen();
        Iteration all = Semantics.iterate(m, lines);
        for (Object line = all.next(m); line != null; line = all.next(m)) {
            m.step();
            self.write(m, line);
        }
    }

    @Builtin(value = "seek", method = true, signature = "offset, whence=0, /", doc = "Goes to a place: from the start, from here (1), or from the end (2).")
    static long seek(Machine m, StreamValue self, long offset, int whence) {
        self.checkOpen();
        return self.seek(m, offset, whence);
    }

    @Builtin(value = "tell", method = true, doc = "The present place.")
    static long tell(Machine m, StreamValue self) {
        self.checkOpen();
        return self.tell(m);
    }

    @Builtin(value = "truncate", method = true, signature = "size=None, /", doc = "Cuts off what is behind a place, by default the present one.")
    static long truncate(Machine m, StreamValue self, Object size) {
        self.checkOpen();
        long at = size == None.NONE ? self.tell(m) : Semantics.index(m, size);
        self.truncate(m, at);
        return at;
    }

    @Builtin(value = {"getvalue", "getbuffer"}, method = true, doc = "All that a stream in memory holds.")
    static Object content(Machine m, StreamValue self) {
        self.checkOpen();
        return self.content();
    }

    @Builtin(value = "flush", method = true, doc = "Hands on what was written.")
    static void flush(Machine m, StreamValue self) {
        self.checkOpen();
        self.flush(m);
    }

    @Builtin(value = "close", method = true, doc = "Ends the use of the file.")
    static void close(Machine m, StreamValue self) {
        self.close(m);
    }

    @Builtin(value = "closed", property = true, doc = "Whether it was closed.")
    static boolean closed(Machine m, StreamValue self) {
        return self.isClosed();
    }

    @Builtin(value = "name", property = true, doc = "The path with which it was opened.")
    static String name(Machine m, StreamValue self) {
        return self.name();
    }

    @Builtin(value = "mode", property = true, doc = "The mode with which it was opened.")
    static String mode(Machine m, StreamValue self) {
        return self.mode();
    }

    @Builtin(value = "encoding", property = true, doc = "How text becomes bytes.")
    static String encoding(Machine m, StreamValue self) {
        return "utf-8";
    }

    @Builtin(value = "readable", method = true, doc = "Whether it can be read.")
    static boolean readable(Machine m, StreamValue self) {
        return self.readable();
    }

    @Builtin(value = "writable", method = true, doc = "Whether it can be written.")
    static boolean writable(Machine m, StreamValue self) {
        return self.writable();
    }

    @Builtin(value = "seekable", method = true, doc = "Whether seek works.")
    static boolean seekable(Machine m, StreamValue self) {
        return !self.name().startsWith("<");
    }

    @Builtin(value = "isatty", method = true, doc = "Whether it is a terminal.")
    static boolean isTerminal(Machine m, StreamValue self) {
        return self.isTerminal(m);
    }

    @Builtin(value = "fileno", method = true, doc = "The system's number of a standard stream.")
    static long number(Machine m, StreamValue self) {
        return switch (self.name()) {
            case "<stdin>" -> 0;
            case "<stdout>" -> 1;
            case "<stderr>" -> 2;
            default -> throw self.unsupported("fileno");
        };
    }

    @Builtin(value = "reconfigure", method = true, signature = "**options", doc = "Standard streams are UTF-8 anyway.")
    static void reconfigure(Machine m, StreamValue self, Map<String, Object> options) {}

    @Builtin(value = "__enter__", method = true, doc = "The file itself, for a with statement.")
    static Object enter(Machine m, StreamValue self) {
        if (self.isClosed()) {
            throw NnError.value("I/O operation on closed file.");
        }
        return self;
    }

    @Builtin(value = "__exit__", method = true, signature = "*exception", doc = "Closes the file at the end of a with statement.")
    static boolean leave(Machine m, StreamValue self, Object[] exception) {
        self.close(m);
        return false;
    }

    @Builtin(value = "__iter__", method = true, doc = "The file itself: it gives its lines.")
    static Object iter(Machine m, StreamValue self) {
        return self;
    }

    @Builtin(value = {"__next__", "next"}, method = true, doc = "The next line; StopIteration at the end.")
    static Object next(Machine m, StreamValue self) {
        Object line = self.next(m);
        if (line == null) {
            throw new NnError(ErrorKind.STOP_ITERATION, "");
        }
        return line;
    }
}
