package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.tensor.NdArray;
import java.nio.BufferUnderflowException;

/** numpy's {@code .npy} files as bytes. */
public final class NpyFormat {
    private NpyFormat() {}

    /** The content of a file that holds the array; ValueError for arrays of objects. */
    public static byte[] write(NdArray array) {
        return ArrayFiles.encode(array);
    }

    /**
     * The array in the content of a file.
     *
     * @param name the file's name, for errors
     * @throws NnError ValueError where it is no such file
     */
    public static NdArray read(byte[] content, String name) {
        if (content.length < 12 || content[0] != (byte) 0x93 || content[1] != 'N' || content[5] != 'Y') {
            throw NnError.value("'" + name + "' is no .npy file");
        }
        try {
            return ArrayFiles.decode(content);
        } catch (IndexOutOfBoundsException | BufferUnderflowException cut) {
            throw NnError.value("'" + name + "' is cut short");
        }
    }
}
