package io.retrograd.lib.python.io;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import java.io.IOException;
import java.io.OutputStream;

/** A file open for writing alone. What is written goes out at once, since scripts forget to close their files. */
final class WrittenFile extends StreamValue {
    private static final TypeValue TEXT = kind("TextIOWrapper");
    private static final TypeValue BINARY = kind("BufferedWriter");

    private final String name;
    private final String mode;
    private final OutputStream out;
    private final TextForm form;
    private long written;

    /** Without a form it takes bytes. */
    WrittenFile(String name, String mode, OutputStream out, TextForm form) {
        super(form == null ? BINARY : TEXT);
        this.name = name;
        this.mode = mode;
        this.out = out;
        this.form = form;
    }

    @Override
    boolean readable() {
        return false;
    }

    @Override
    String name() {
        return name;
    }

    @Override
    String mode() {
        return mode;
    }

    @Override
    long write(Machine m, Object data) {
        byte[] bytes = form == null ? bytes(m, data) : form.encode(text(data));
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw OsErrors.of(e, name);
        }
        written += bytes.length;
        return form == null ? bytes.length : text(data).codePointCount(0, text(data).length());
    }

    @Override
    long tell(Machine m) {
        return written;
    }

    @Override
    void flush(Machine m) {
        try {
            out.flush();
        } catch (IOException e) {
            throw OsErrors.of(e, name);
        }
    }

    @Override
    void release(Machine m) {
        try {
            out.close();
        } catch (IOException e) {
            throw OsErrors.of(e, name);
        }
    }
}
