package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.FileAccess;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Whole files as strings, and the names of files. */
final class FileOps {
    private FileOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "ReadFile" -> new ReadFile();
            case "WriteFile" -> new WriteFile();
            case "MatchingFiles" -> new MatchingFiles();
            default -> null;
        };
    }

    static String text(NdArray strings, int i) {
        return new String((byte[]) strings.getObject(i), StandardCharsets.UTF_8);
    }

    /** The bytes of a file; NotFoundError in TensorFlow's words. */
    static byte[] read(FileAccess files, String name) {
        try {
            return Files.readAllBytes(files.readable(name));
        } catch (NoSuchFileException e) {
            throw new NnError(ErrorKind.NOT_FOUND_ERROR, name + "; No such file or directory");
        } catch (IOException e) {
            throw new NnError(ErrorKind.UNKNOWN_ERROR, name + "; " + e.getMessage());
        }
    }

    /** Adds the lines of a text without their ends. */
    static void lines(byte[] text, List<byte[]> to) {
        int from = 0;
        for (int i = 0; i <= text.length; i++) {
            if (i == text.length ? from < i : text[i] == '\n') {
                int end = i > from && text[i - 1] == '\r' ? i - 1 : i;
                to.add(Arrays.copyOfRange(text, from, end));
                from = i + 1;
            }
        }
    }

    abstract static class FileOp extends OpDef {
        FileOp(String type, String inputs, String outputs) {
            super(type, inputs, outputs);
        }

        @Override
        public boolean isStateful() {
            return true;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class ReadFile extends FileOp {
        ReadFile() {
            super("ReadFile", "filename: string", "contents: string");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 0);
            c.output(0, Shape.scalar());
        }

        @Override
        public void compute(KernelContext k) {
            k.forward(0, NdArray.scalar(read(k.files(), text(k.input(0), 0))));
        }
    }

    static final class WriteFile extends FileOp {
        WriteFile() {
            super("WriteFile", "filename: string, contents: string", "");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 0);
            c.withRank(1, 0);
        }

        @Override
        public void compute(KernelContext k) {
            String name = text(k.input(0), 0);
            try {
                Path path = k.files().writable(name);
                if (path.getParent() != null) {
                    Files.createDirectories(path.getParent());
                }
                Files.write(path, (byte[]) k.input(1).getObject(0));
            } catch (IOException e) {
                throw new NnError(ErrorKind.UNKNOWN_ERROR, name + "; " + e.getMessage());
            }
        }
    }

    static final class MatchingFiles extends FileOp {
        MatchingFiles() {
            super("MatchingFiles", "pattern: string", "filenames: string");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of(Shape.UNKNOWN));
        }

        @Override
        public void compute(KernelContext k) {
            List<String> found = new ArrayList<>();
            for (int i = 0; i < k.input(0).size(); i++) {
                match(k.files(), text(k.input(0), i), found);
            }
            found.sort(null);
            NdArray out = k.output(0, found.size());
            for (int i = 0; i < found.size(); i++) {
                out.setObject(i, found.get(i).getBytes(StandardCharsets.UTF_8));
            }
        }

        /** Files whose name in their folder matches the pattern's last part. */
        private static void match(FileAccess files, String pattern, List<String> found) {
            int slash = pattern.lastIndexOf('/');
            String folder = slash < 0 ? "" : pattern.substring(0, slash + 1);
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(slash + 1));
            try (Stream<Path> all = Files.list(files.readable(folder.isEmpty() ? "." : folder))) {
                all.filter(p -> matcher.matches(p.getFileName())).forEach(p -> found.add(folder + p.getFileName()));
            } catch (NoSuchFileException e) {
                throw new NnError(ErrorKind.NOT_FOUND_ERROR, folder + "; No such file or directory");
            } catch (IOException e) {
                throw new NnError(ErrorKind.UNKNOWN_ERROR, folder + "; " + e.getMessage());
            }
        }
    }
}
