package io.retrograd.lang.world;

import java.nio.file.Path;

/**
 * The file policy: every path that a script names passes here before it is touched. Both methods answer the
 * absolute path to use, or throw PermissionError.
 */
public interface Files {
    /** A file or folder to be read. */
    Path readable(String path);

    /** A file or folder to be written, created or removed. */
    Path writable(String path);

    /** The folder against which relative paths are resolved. */
    Path workingFolder();

    void changeFolder(String path);
}
