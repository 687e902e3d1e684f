package io.retrograd.lib.python.io;

import io.retrograd.lang.value.TypeValue;

/** A binary file open for reading, or for reading and writing. */
final class BinaryFile extends ByteStream {
    private static final TypeValue TYPE = kind("BufferedReader");

    BinaryFile(OpenedFile file, byte[] content) {
        super(TYPE, file, content);
    }
}
