package io.retrograd.lang.world;

import io.retrograd.format.FileAccess;
import java.nio.file.Path;

/** The file policy of an interpreter, and the folder that it is in. */
public interface Files extends FileAccess {
    /** The folder against which relative paths are resolved. */
    Path workingFolder();

    void changeFolder(String path);
}
