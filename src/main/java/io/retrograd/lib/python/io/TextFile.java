package io.retrograd.lib.python.io;

import io.retrograd.lang.value.TypeValue;

/** A text file open for reading, or for reading and writing. */
final class TextFile extends TextStream {
    private static final TypeValue TYPE = kind("TextIOWrapper");

    private final TextForm form;

    TextFile(OpenedFile file, TextForm form, byte[] content) {
        super(TYPE, file, form.decode(content));
        this.form = form;
    }

    @Override
    byte[] encoded() {
        return form.encode(text().toString());
    }
}
