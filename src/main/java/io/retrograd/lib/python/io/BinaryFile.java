package io.retrograd.lib.python.io;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;

/** A binary file open for reading, or for reading and writing. */
final class BinaryFile extends ByteStream {
    private static final TypeValue TYPE = kind("BufferedReader");

    private final OpenedFile file;

    BinaryFile(OpenedFile file, byte[] content) {
        super(TYPE, content);
        this.file = file;
        if (file.appends()) {
            toEnd();
        }
    }

    @Override
    boolean writable() {
        return file.writable();
    }

    @Override
    String name() {
        return file.name();
    }

    @Override
    String mode() {
        return file.mode();
    }

    @Override
    long write(Machine m, Object data) {
        if (!writable()) {
            throw unsupported("not writable");
        }
        if (file.appends()) {
            toEnd();
        }
        return super.write(m, data);
    }

    @Override
    void changed(Machine m) {
        if (file.changed(bytes().length)) {
            flush(m);
        }
    }

    @Override
    void flush(Machine m) {
        if (file.isDirty()) {
            file.save(bytes());
        }
    }
}
