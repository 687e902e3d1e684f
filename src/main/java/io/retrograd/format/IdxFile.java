package io.retrograd.format;

import io.retrograd.error.NnError;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The IDX format of the MNIST files: a magic number, the dimensions, the bytes; gzipped or not. */
public final class IdxFile {
    private static final int IMAGES = 2051;
    private static final int LABELS = 2049;
    private static final int GZIP_MAGIC = 0x1f8b;

    private IdxFile() {}

    /** Images as uint8 (count, rows, columns). @throws NnError ValueError where the file is no image file */
    public static NdArray images(Path file, String asWritten) throws IOException {
        return read(file, IMAGES, 3, "image", asWritten);
    }

    /** Labels as uint8 (count). @throws NnError ValueError where the file is no label file */
    public static NdArray labels(Path file, String asWritten) throws IOException {
        return read(file, LABELS, 1, "label", asWritten);
    }

    private static NdArray read(Path file, int magic, int rank, String what, String asWritten) throws IOException {
        try (DataInputStream in = new DataInputStream(open(file))) {
            int found = in.readInt();
            if (found != magic) {
                throw NnError.value("Invalid magic number " + found + " in MNIST " + what + " file: " + asWritten);
            }
            int[] dims = new int[rank];
            long size = 1;
            for (int i = 0; i < rank; i++) {
                dims[i] = in.readInt();
                size *= dims[i];
            }
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw NnError.value("Invalid dimensions in MNIST " + what + " file: " + asWritten);
            }
            byte[] bytes = in.readNBytes((int) size);
            if (bytes.length < size) {
                throw NnError.value("MNIST " + what + " file ends too early: " + asWritten);
            }
            return NdArray.wrap(DType.UINT8, bytes, dims);
        }
    }

    private static InputStream open(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        int first = in.read() << 8 | in.read();
        in.reset();
        return first == GZIP_MAGIC ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16) : in;
    }
}
