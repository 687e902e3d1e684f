package io.retrograd.lib.python.io;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;

/** A text file open for reading, or for reading and writing. */
final class TextFile extends TextStream {
    private static final TypeValue TYPE = kind("TextIOWrapper");

    private final OpenedFile file;
    private final TextForm form;

    TextFile(OpenedFile file, TextForm form, byte[] content) {
        super(TYPE, form.decode(content));
        this.file = file;
        this.form = form;
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
        if (file.changed(text().length())) {
            flush(m);
        }
    }

    @Override
    void flush(Machine m) {
        if (file.isDirty()) {
            file.save(form.encode(text().toString()));
        }
    }
}
