package io.retrograd.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/** The file that keeps what was typed: the user's own, readable by nobody else. */
public final class HistoryFile {
    private HistoryFile() {}

    /**
     * The file's place by the environment: below {@code XDG_STATE_HOME} or {@code ~/.local/state}, or in the home folder
     * where those cannot be made. Empty if there is no home, or {@code NN_HISTORY} is set to nothing.
     */
    public static Optional<Path> place(Map<String, String> environment) {
        String chosen = environment.get("NN_HISTORY");
        if (chosen != null) {
            return chosen.isEmpty() ? Optional.empty() : Optional.of(Path.of(chosen));
        }
        String home = environment.get("HOME");
        String state = environment.get("XDG_STATE_HOME");
        if (home == null && state == null) {
            return Optional.empty();
        }
        Path folder = state != null && !state.isEmpty() ? Path.of(state) : Path.of(home, ".local", "state");
        try {
            Files.createDirectories(folder.resolve("retrograd"));
            return Optional.of(folder.resolve("retrograd").resolve("history"));
        } catch (IOException | RuntimeException notAllowed) {
            return home == null ? Optional.empty() : Optional.of(Path.of(home, ".retrograd_history"));
        }
    }

    /** Makes the file if it is missing and keeps others from reading it; empty if it is not the user's own. */
    static Optional<Path> ready(Path file) {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !Files.isReadable(file) || !Files.isWritable(file)) {
                return Optional.empty();
            }
            // Fails where the file belongs to somebody else.
            protect(file);
            return Optional.of(file);
        } catch (IOException notOurs) {
            return Optional.empty();
        } catch (UnsupportedOperationException noPermissionsHere) {
            return Optional.of(file);
        }
    }

    /** The editor may have written the file anew. */
    static void protect(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
