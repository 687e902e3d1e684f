package io.retrograd.lib.python.io;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;

/** What lies in memory with a place in it, where scripts read and write; there may be a file that it is the content of. */
abstract class MemoryStream extends StreamValue {
    /** Null if there is no file. */
    private final OpenedFile file;

    /** Where the next character or byte is read or written; it may lie behind the end. */
    int at;

    MemoryStream(TypeValue type, OpenedFile file) {
        super(type);
        this.file = file;
    }

    /** How many characters or bytes there are. */
    abstract int size();

    /** The bytes that the file is to hold. */
    abstract byte[] encoded();

    /** What Python calls a place in an error. */
    abstract String placeName();

    /** To be called when the content is there: a file that is appended to begins at its end. */
    final void begin() {
        if (file != null && file.appends()) {
            at = size();
        }
    }

    /** To be called before each write: whatever is appended stands at the end. */
    final void beforeWrite() {
        if (!writable()) {
            throw unsupported("not writable");
        }
        begin();
    }

    /** To be called after each change. */
    final void changed(Machine m) {
        if (file != null && file.changed(size())) {
            flush(m);
        }
    }

    @Override
    final void flush(Machine m) {
        if (file != null && file.isDirty()) {
            file.save(encoded());
        }
    }

    @Override
    final boolean writable() {
        return file == null || file.writable();
    }

    @Override
    final String name() {
        return file == null ? "" : file.name();
    }

    @Override
    final String mode() {
        return file == null ? "" : file.mode();
    }

    @Override
    final long seek(Machine m, long offset, int from) {
        long target = offset + (from == 1 ? at : from == 2 ? size() : 0);
        if (target < 0) {
            throw NnError.value("negative seek " + placeName() + " " + target);
        }
        at = (int) Math.min(Integer.MAX_VALUE, target);
        return at;
    }

    @Override
    final long tell(Machine m) {
        return at;
    }
}
