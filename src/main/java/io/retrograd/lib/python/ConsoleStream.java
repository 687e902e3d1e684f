package io.retrograd.lib.python;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.world.TextSink;

/** {@code sys.stdout} and {@code sys.stderr}. */
final class ConsoleStream extends StreamValue {
    private static final TypeValue TYPE = kind("TextIOWrapper");

    private final TextSink sink;
    private final String name;

    ConsoleStream(TextSink sink, String name) {
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
        return attribute.equals("buffer") ? new BinaryConsole(sink) : super.attribute(m, attribute);
    }

    /** {@code sys.stdout.buffer}: bytes are taken as UTF-8. */
    private static final class BinaryConsole extends StreamValue {
        private static final TypeValue TYPE = kind("BufferedWriter");

        private final TextSink sink;

        BinaryConsole(TextSink sink) {
            super(TYPE);
            this.sink = sink;
        }

        @Override
        long write(Machine m, Object data) {
            byte[] b = bytes(m, data);
            sink.write(new String(b, java.nio.charset.StandardCharsets.UTF_8));
            return b.length;
        }

        @Override
        void flush(Machine m) {
            sink.flush();
        }
    }
}
