package io.retrograd.lib.python.io;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.Encodings;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** {@code open}: files of text in any encoding and of bytes, in all of Python's modes. */
public final class FileOpener {
    private FileOpener() {}

    /** The path that a script means by a str, bytes or a path object. */
    public static String path(Machine m, Object file) {
        if (file instanceof String s) {
            return s;
        }
        if (file instanceof BytesValue b) {
            return Encodings.decode(b.bytes(), "utf-8", "strict");
        }
        Object own = file instanceof Value v ? v.special(m, "__fspath__") : null;
        if (own instanceof String s) {
            return s;
        }
        throw NnError.type("expected str, bytes or os.PathLike object, not " + Semantics.typeOf(file).name());
    }

    @Builtin(value = {"open", "file"}, signature = "file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None", doc = "Opens a file for reading (r), writing (w), appending (a) or as a new one (x); as bytes with b, for both with +.", example = "with open('data.txt') as f: lines = f.readlines()")
    public static Object open(Machine m, Object file, String mode, Object buffering, String encoding, String errors, String newline, Object closefd, Object opener) {
        return open(m, path(m, file), mode, encoding, errors, newline);
    }

    /** Opens a file as the builtin {@code open} does. */
    public static StreamValue open(Machine m, String path, String mode, String encoding, String errors, String newline) {
        FileMode parsed = FileMode.parse(mode);
        if (parsed.binary() && encoding != null) {
            throw NnError.value("binary mode doesn't take an encoding argument");
        }
        TextForm form = new TextForm(encoding == null ? "utf-8" : encoding, errors == null ? "strict" : errors, newline);
        Path place = parsed.writes() ? m.world().files().writable(path) : m.world().files().readable(path);
        if (path.isEmpty()) {
            throw OsErrors.notFound(path);
        }
        if (Files.isDirectory(place)) {
            throw OsErrors.isFolder(path);
        }
        try {
            return open(path, place, mode, parsed, form);
        } catch (IOException e) {
            throw OsErrors.of(e, path);
        }
    }

    private static StreamValue open(String path, Path place, String mode, FileMode parsed, TextForm form) throws IOException {
        switch (parsed.kind()) {
            case 'x' -> Files.createFile(place);
            case 'w' -> Files.write(place, new byte[0]);
            case 'a' -> {
                if (!Files.exists(place)) {
                    Files.createFile(place);
                }
            }
            default -> { }
        }
        if (parsed.writes() && !parsed.both()) {
            return new WrittenFile(path, mode, Files.newOutputStream(place, StandardOpenOption.WRITE,
                    StandardOpenOption.APPEND), parsed.binary() ? null : form);
        }
        byte[] content = Files.readAllBytes(place);
        if (parsed.binary()) {
            return new BinaryFile(new OpenedFile(path, mode, place, parsed), content);
        }
        return new TextFile(new OpenedFile(path, mode, place, parsed), form, content);
    }
}
