package io.retrograd.format;

import java.nio.file.Path;

/**
 * Which files may be touched. Every path that a script or a graph names passes here first; both methods answer
 * the absolute path to use, or throw PermissionError.
 */
public interface FileAccess {
    /** A file or folder to be read. */
    Path readable(String path);

    /** A file or folder to be written, created or removed. */
    Path writable(String path);
}
