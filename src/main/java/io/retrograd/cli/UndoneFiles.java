package io.retrograd.cli;

import io.retrograd.lang.world.Files;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files whose changes can be undone, so that a second run of a script finds what the first one found: its own
 * checkpoint from which it would go on, for one. What a path that is about to be written stands for (a file, the files of a checkpoint with that
 * prefix, a folder) is kept aside before.
 */
final class UndoneFiles implements Files, AutoCloseable {
    /** The file that names a folder's newest checkpoint. */
    private static final String LATEST = "checkpoint";

    private final Files files;
    private final Path startedIn;
    private final Path aside;
    private final Set<Path> seen = new HashSet<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private int kept;
    private boolean undone;

    UndoneFiles(Files files) throws IOException {
        this.files = files;
        this.startedIn = files.workingFolder();
        this.aside = java.nio.file.Files.createTempDirectory("nn-verify");
    }

    @Override
    public Path readable(String path) {
        return files.readable(path);
    }

    @Override
    public Path writable(String path) {
        Path file = files.writable(path).toAbsolutePath().normalize();
        if (!undone && seen.add(file)) {
            try {
                keep(file);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return file;
    }

    @Override
    public Path workingFolder() {
        return files.workingFolder();
    }

    @Override
    public void changeFolder(String path) {
        files.changeFolder(path);
    }

    private void keep(Path file) throws IOException {
        if (java.nio.file.Files.isDirectory(file)) {
            Set<Path> before = entries(file);
            undo.push(() -> removeOthers(file, before, ""));
            return;
        }
        Path parent = file.getParent();
        if (parent == null) {
            return;
        }
        if (!java.nio.file.Files.exists(parent)) {
            Path top = parent;
            while (top.getParent() != null && !java.nio.file.Files.exists(top.getParent())) {
                top = top.getParent();
            }
            Path made = top;
            undo.push(() -> remove(made));
            return;
        }
        String prefix = file.getFileName().toString();
        Set<Path> before = new HashSet<>();
        for (Path each : entries(parent)) {
            if (belongs(each, prefix) && java.nio.file.Files.isRegularFile(each)) {
                before.add(each);
                Path copy = aside.resolve(kept++ + "-" + each.getFileName());
                java.nio.file.Files.copy(each, copy);
                undo.push(() -> copy(copy, each));
            }
        }
        undo.push(() -> removeOthers(parent, before, prefix));
    }

    private static boolean belongs(Path file, String prefix) {
        String name = file.getFileName().toString();
        return name.startsWith(prefix) || name.equals(LATEST);
    }

    private static Set<Path> entries(Path folder) throws IOException {
        try (Stream<Path> all = java.nio.file.Files.list(folder)) {
            return new HashSet<>(all.toList());
        }
    }

    private static void removeOthers(Path folder, Set<Path> before, String prefix) {
        try {
            if (java.nio.file.Files.isDirectory(folder)) {
                for (Path each : entries(folder)) {
                    if (!before.contains(each) && (prefix.isEmpty() || belongs(each, prefix))) {
                        remove(each);
                    }
                }
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void remove(Path what) {
        if (!java.nio.file.Files.exists(what)) {
            return;
        }
        try (Stream<Path> all = java.nio.file.Files.walk(what)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                java.nio.file.Files.delete(each);
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            java.nio.file.Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Gives the files, and the working folder, back as they were; what is written afterwards stays. */
    void undo() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
        undone = true;
        files.changeFolder(startedIn.toString());
    }

    @Override
    public void close() {
        remove(aside);
    }
}
