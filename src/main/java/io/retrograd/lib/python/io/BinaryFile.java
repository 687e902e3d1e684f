package io.retrograd.lib.python.io;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A binary file open for reading, or for reading and writing. */
final class BinaryFile extends ByteStream {
    private static final TypeValue TYPE = kind("BufferedReader");

    private final String name;
    private final String mode;
    private final Path place;
    private final FileMode parsed;
    private boolean dirty;

    BinaryFile(String name, String mode, Path place, byte[] content, FileMode parsed) {
        super(TYPE, content);
        this.name = name;
        this.mode = mode;
        this.place = place;
        this.parsed = parsed;
        if (parsed.kind() == 'a') {
            toEnd();
        }
    }

    @Override
    boolean writable() {
        return parsed.writes();
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
        if (!writable()) {
            throw unsupported("not writable");
        }
        if (parsed.kind() == 'a') {
            toEnd();
        }
        return super.write(m, data);
    }

    @Override
    void changed(Machine m) {
        dirty = true;
        if (bytes().length < 1 << 16) {
            flush(m);
        }
    }

    @Override
    void flush(Machine m) {
        if (!dirty) {
            return;
        }
        try {
            Files.write(place, bytes());
            dirty = false;
        } catch (IOException e) {
            throw OsErrors.of(e, name);
        }
    }
}
