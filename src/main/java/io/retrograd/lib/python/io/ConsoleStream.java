package io.retrograd.lib.python.io;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.world.TextSink;
import java.nio.charset.StandardCharsets;

/** {@code sys.stdout} and {@code sys.stderr}. */
public final class ConsoleStream extends StreamValue {
    private static final TypeValue TYPE = kind("TextIOWrapper");

    private final TextSink sink;
    private final String name;

    /** A stream of a script that writes to this sink. */
    public ConsoleStream(TextSink sink, String name) {
        super(TYPE);
        this.sink = sink;
        this.name = name;
    }

    @Override
    boolean readable() {
        return false;
    }

    @Override
    boolean isTerminal(Machine m) {
        return sink.isTerminal();
    }

    @Override
    String name() {
        return name;
    }

    @Override
    String mode() {
        return "w";
    }

    @Override
    long write(Machine m, Object data) {
        String s = text(data);
        sink.write(s);
        return s.codePointCount(0, s.length());
    }

    @Override
    void flush(Machine m) {
        sink.flush();
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        return attribute.equals("buffer") || attribute.equals("detach") ? buffer(attribute) : super.attribute(m, attribute);
    }

    private Object buffer(String attribute) {
        Binary buffer = new Binary(this);
        return attribute.equals("buffer") ? buffer : new NativeFunction(attribute, (m, a) -> buffer);
    }

    /** {@code sys.stdout.buffer}: bytes are taken as UTF-8. */
    static final class Binary extends StreamValue {
        private static final TypeValue TYPE = kind("BufferedWriter");

        private final ConsoleStream text;

        private Binary(ConsoleStream text) {
            super(TYPE);
            this.text = text;
        }

        /** The same stream for text. */
        ConsoleStream text() {
            return text;
        }

        @Override
        long write(Machine m, Object data) {
            byte[] b = bytes(m, data);
            text.sink.write(new String(b, StandardCharsets.UTF_8));
            return b.length;
        }

        @Override
        void flush(Machine m) {
            text.sink.flush();
        }
    }
}
