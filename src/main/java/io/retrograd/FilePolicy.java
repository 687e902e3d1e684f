package io.retrograd;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.world.Files;
import io.retrograd.lang.world.FolderFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Which files a script may touch: none, those in a folder, or all. Whatever leads out of the folder, an absolute path,
 * {@code ..} or a symbolic link, is a PermissionError in the script.
 */
public abstract sealed class FilePolicy {
    private FilePolicy() {}

    /** No files at all: what an interpreter has unless it is told otherwise. */
    public static FilePolicy none() {
        return new Nothing();
    }

    /**
     * The files in that folder and below, to be read. The folder is the script's working folder.
     *
     * @throws UncheckedIOException if there is no such folder
     */
    public static FilePolicy readOnly(Path folder) {
        return new Folder(folder, false);
    }

    /**
     * The files in that folder and below, to be read and written. The folder is the script's working folder.
     *
     * @throws UncheckedIOException if there is no such folder
     */
    public static FilePolicy readWrite(Path folder) {
        return new Folder(folder, true);
    }

    /** Whatever the process may touch; the working folder is the process's own. */
    public static FilePolicy all() {
        return new Everything();
    }

    /** The policy at work, for one interpreter. */
    abstract Files open();

    /** Whether there is anything to read. */
    boolean isReadable() {
        return true;
    }

    /** Whether a script may write into its working folder. */
    abstract boolean isWritable();

    private static NnError denied(String path, String help) {
        return new NnError(ErrorKind.PERMISSION_ERROR, "[Errno 13] Permission denied: '" + path + "'").help(help);
    }

    private static final class Nothing extends FilePolicy {
        @Override
        Files open() {
            return new Files() {
                @Override
                public Path readable(String path) {
                    throw denied(path, "this interpreter was given no files");
                }

                @Override
                public Path writable(String path) {
                    return readable(path);
                }

                @Override
                public Path workingFolder() {
                    return Path.of("/");
                }

                @Override
                public void changeFolder(String path) {
                    readable(path);
                }
            };
        }

        @Override
        boolean isReadable() {
            return false;
        }

        @Override
        boolean isWritable() {
            return false;
        }
    }

    private static final class Everything extends FilePolicy {
        @Override
        Files open() {
            return new FolderFiles(Path.of("").toAbsolutePath());
        }

        @Override
        boolean isWritable() {
            return true;
        }
    }

    private static final class Folder extends FilePolicy {
        private final Path named;
        private final Path root;
        private final boolean writable;

        Folder(Path folder, boolean writable) {
            this.named = folder.toAbsolutePath().normalize();
            this.writable = writable;
            try {
                this.root = folder.toRealPath();
            } catch (IOException missing) {
                throw new UncheckedIOException("cannot open the folder " + folder, missing);
            }
            if (!java.nio.file.Files.isDirectory(root)) {
                throw new UncheckedIOException(new IOException(folder + " is not a folder"));
            }
        }

        @Override
        Files open() {
            return new Inside();
        }

        @Override
        boolean isWritable() {
            return writable;
        }

        private boolean leadsInside(Path file) {
            Path there = file;
            while (!java.nio.file.Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
                there = there.getParent();
                if (there == null) {
                    return false;
                }
            }
            try {
                return there.toRealPath().startsWith(root);
            } catch (IOException danglingLink) {
                return false;
            }
        }

        /** What lies in the folder, by its text and by where its links lead. */
        private final class Inside extends FolderFiles {
            Inside() {
                super(root);
            }

            @Override
            protected Path find(Path working, String path) {
                Path file = super.find(working, path);
                if (!file.startsWith(root) && file.startsWith(named)) {
                    file = root.resolve(named.relativize(file));
                }
                if (!file.startsWith(root) || !leadsInside(file)) {
                    throw denied(path, "this interpreter may only touch files in " + named);
                }
                return file;
            }

            @Override
            public Path writable(String path) {
                Path file = super.writable(path);
                if (!writable) {
                    throw denied(path, "this interpreter may only read in " + named);
                }
                return file;
            }
        }
    }
}
