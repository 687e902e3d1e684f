package io.retrograd.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A file that a command writes: what is wrong with it is said before the script runs for it. */
final class OutputFile {
    private OutputFile() {}

    /** Why the file cannot be written; empty if nothing speaks against it. */
    static Optional<String> problem(String file) {
        Path path;
        try {
            path = Path.of(file).toAbsolutePath();
        } catch (InvalidPathException wrong) {
            return Optional.of("cannot write '" + file + "': " + wrong.getReason());
        }
        Path folder = path.getParent();
        if (Files.isDirectory(path)) {
            return Optional.of("cannot write '" + file + "': it is a folder");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.of("cannot write '" + file + "': there is no folder '" + folder + "'");
        }
        boolean allowed = Files.exists(path) ? Files.isWritable(path) : Files.isWritable(folder);
        return allowed ? Optional.empty() : Optional.of("cannot write '" + file + "': permission denied");
    }

    /** Writes it; answers why that failed, empty if it did not. */
    static Optional<String> write(String file, byte[] bytes) {
        Optional<String> problem = problem(file);
        if (problem.isPresent()) {
            return problem;
        }
        try {
            Files.write(Path.of(file).toAbsolutePath(), bytes);
            return Optional.empty();
        } catch (AccessDeniedException denied) {
            return Optional.of("cannot write '" + file + "': permission denied");
        } catch (FileSystemException failure) {
            return Optional.of("cannot write '" + file + "': " + failure.getReason());
        } catch (IOException failure) {
            return Optional.of("cannot write '" + file + "': " + failure.getMessage());
        }
    }
}
