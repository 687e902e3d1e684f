package io.retrograd.session;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.FileAccess;
import io.retrograd.kernel.Kernels;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a session may use.
 *
 * @param threads threads for one kernel, at least 1
 * @param kernels how large arithmetic is done
 * @param interruptCheck throws if the script was asked to stop; called between operations and tiles of long kernels
 * @param files the files that operations may read and write
 * @param log takes the lines that operations print
 */
public record SessionOptions(
        int threads, Kernels kernels, Runnable interruptCheck, FileAccess files, Consumer<String> log) {
    /** One thread, never interrupted, no files. */
    public static SessionOptions plain() {
        return new SessionOptions(1, Kernels.bySize(), () -> {}, new NoFiles(), line -> {});
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
