package io.retrograd.lang.world;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files that are found from a working folder, which a script may change for itself alone. Subclasses forbid some. */
public class FolderFiles implements Files {
    /** Longer paths are errors on every system, and cost more than they are worth. */
    private static final int LONGEST = 4096;

    private Path folder;

    /** All files; relative paths start in that folder. */
    public FolderFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * The file of that path, seen from the working folder.
     *
     * @throws NnError OSError if it is too long, ValueError if it is no path
     */
    protected Path find(Path working, String path) {
        if (path.length() > LONGEST) {
            throw new NnError(ErrorKind.OS_ERROR, "[Errno 36] File name too long: '" + path.substring(0, LONGEST) + "...'");
        }
        try {
            return working.resolve(path).normalize();
        } catch (InvalidPathException notAPath) {
            throw NnError.value(path.indexOf('\0') >= 0 ? "embedded null byte" : "not a path: " + path);
        }
    }

    @Override
    public Path readable(String path) {
        return find(folder, path);
    }

    @Override
    public Path writable(String path) {
        return find(folder, path);
    }

    @Override
    public Path workingFolder() {
        return folder;
    }

    @Override
    public void changeFolder(String path) {
        folder = readable(path);
    }
}
