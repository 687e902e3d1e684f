package io.retrograd.session;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.FileAccess;
import java.nio.file.Path;

/**
 * What a session may use.
 *
 * @param threads threads for one kernel, at least 1
 * @param interruptCheck throws if the script was asked to stop; called between operations and tiles of long kernels
 * @param files the files that operations may read and write
 */
public record SessionOptions(int threads, Runnable interruptCheck, FileAccess files) {
    /** One thread, never interrupted, no files. */
    public static SessionOptions plain() {
        return new SessionOptions(1, () -> {}, new NoFiles());
    }

    /** Refuses every file. */
    private static final class NoFiles implements FileAccess {
        @Override
        public Path readable(String path) {
            throw new NnError(ErrorKind.PERMISSION_ERROR, "[Errno 13] Permission denied: '" + path + "'");
        }

        @Override
        public Path writable(String path) {
            return readable(path);
        }
    }
}
