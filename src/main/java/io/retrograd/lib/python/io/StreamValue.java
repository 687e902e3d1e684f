package io.retrograd.lib.python.io;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** Something that scripts read from or write to: a file, a text in memory, a standard stream. */
public abstract class StreamValue implements Value {
    private final TypeValue type;
    private boolean closed;

    StreamValue(TypeValue type) {
        this.type = type;
    }

    static TypeValue kind(String name) {
        return new TypeValue("_io", name, CoreTypes.OBJECT, StreamMethodsTable.TABLE, null);
    }

    @Override
    public final TypeValue type() {
        return type;
    }

    final boolean isClosed() {
        return closed;
    }

    final void checkOpen() {
        if (closed) {
            throw NnError.value("I/O operation on closed file.");
        }
    }

    final void close(Machine m) {
        if (!closed) {
            flush(m);
            release(m);
            closed = true;
        }
    }

    NnError unsupported(String what) {
        return new NnError(ErrorKind.OS_ERROR, what);
    }

    /** What a script gives it to write, as text; TypeError for anything else. */
    static String text(Object data) {
        if (data instanceof String s) {
            return s;
        }
        throw NnError.type("write() argument must be str, not " + Semantics.typeOf(data).name());
    }

    /** The same, as bytes. */
    public static byte[] bytes(Machine m, Object data) {
        if (data instanceof BytesValue b) {
            return b.bytes();
        }
        Object own = data instanceof Value v ? Semantics.attributeOrNull(m, v, "tobytes") : null;
        if (own != null && Semantics.call(m, own) instanceof BytesValue b) {
            return b.bytes();
        }
        throw NnError.type("a bytes-like object is required, not '" + Semantics.typeOf(data).name() + "'");
    }

    boolean readable() {
        return true;
    }

    boolean writable() {
        return true;
    }

    boolean isTerminal(Machine m) {
        return false;
    }

    String name() {
        return "";
    }

    String mode() {
        return "";
    }

    /** The next {@code n} characters or bytes, fewer at the end; all that are left if n is negative. */
    Object read(Machine m, long n) {
        throw unsupported("not readable");
    }

    /** The next line with its end, at most that long unless the limit is negative; empty at the end. */
    Object readLine(Machine m, long limit) {
        throw unsupported("not readable");
    }

    /** How many characters or bytes were written: all. */
    long write(Machine m, Object data) {
        throw unsupported("not writable");
    }

    long seek(Machine m, long offset, int from) {
        throw unsupported("underlying stream is not seekable");
    }

    long tell(Machine m) {
        throw unsupported("underlying stream is not seekable");
    }

    void truncate(Machine m, long size) {
        throw unsupported("truncate");
    }

    /** All that is in it, for streams in memory. */
    Object content() {
        throw NnError.attribute("'" + type.name() + "' object has no attribute 'getvalue'");
    }

    void flush(Machine m) {}

    void release(Machine m) {}

    @Override
    public Object next(Machine m) {
        checkOpen();
        Object line = readLine(m, -1);
        return Semantics.truth(m, line) ? line : null;
    }

    @Override
    public Iteration iterate(Machine m) {
        checkOpen();
        return this::next;
    }

    @Override
    public String repr(Machine m) {
        String mode = mode();
        if (name().isEmpty()) {
            return Value.super.repr(m);
        }
        String encoding = mode.contains("b") ? "" : " mode='" + mode + "' encoding='utf-8'";
        return "<_io." + type.name() + " name=" + Semantics.repr(m, name()) + encoding + ">";
    }
}
