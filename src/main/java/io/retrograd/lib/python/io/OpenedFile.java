package io.retrograd.lib.python.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the content of a file that is held in memory belongs, and whether the disk has it yet. */
final class OpenedFile {
    /** Files up to here are kept up to date on the disk, since scripts forget to close theirs. */
    private static final int SMALL = 1 << 16;

    private final String name;
    private final String mode;
    private final Path place;
    private final FileMode parsed;
    private boolean dirty;

    OpenedFile(String name, String mode, Path place, FileMode parsed) {
        this.name = name;
        this.mode = mode;
        this.place = place;
        this.parsed = parsed;
    }

    String name() {
        return name;
    }

    String mode() {
        return mode;
    }

    boolean writable() {
        return parsed.writes();
    }

    /** Whether everything is written behind what is there. */
    boolean appends() {
        return parsed.kind() == 'a';
    }

    /** Notes a change; true if a content of that length is to be written at once. */
    boolean changed(int length) {
        dirty = true;
        return length < SMALL;
    }

    boolean isDirty() {
        return dirty;
    }

    void save(byte[] content) {
        try {
            Files.write(place, content);
            dirty = false;
        } catch (IOException e) {
            throw OsErrors.of(e, name);
        }
    }
}
