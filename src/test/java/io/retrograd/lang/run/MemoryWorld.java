package io.retrograd.lang.run;

import io.retrograd.lang.world.Files;
import io.retrograd.lang.world.TextSink;
import io.retrograd.lang.world.World;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A world for tests: output stays in memory, files lie below one folder. */
public final class MemoryWorld implements World {
    private final StringBuilder out = new StringBuilder();
    private final Path folder;
    private final InputStream in;

    public MemoryWorld(Path folder, String input) {
        this.folder = folder;
        this.in = new ByteArrayInputStream(input.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** What was written to either stream. */
    public String text() {
        return out.toString();
    }

    private final class Sink implements TextSink {
        @Override
        public void write(String text) {
            out.append(text);
        }

        @Override
        public void flush() {}

        @Override
        public boolean isTerminal() {
            return false;
        }
    }

    @Override
    public TextSink out() {
        return new Sink();
    }

    @Override
    public TextSink err() {
        return new Sink();
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public Files files() {
        return new Files() {
            @Override
            public Path readable(String path) {
                return folder.resolve(path);
            }

            @Override
            public Path writable(String path) {
                return folder.resolve(path);
            }

            @Override
            public Path workingFolder() {
                return folder;
            }

            @Override
            public void changeFolder(String path) {}
        };
    }

    @Override
    public Map<String, String> environment() {
        return new HashMap<>();
    }

    @Override
    public List<String> arguments() {
        return List.of("test");
    }

    @Override
    public long nanosSinceEpoch() {
        return System.currentTimeMillis() * 1_000_000;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(long nanos) {}

    @Override
    public OptionalLong seed() {
        return OptionalLong.empty();
    }

    @Override
    public int threads() {
        return 1;
    }
}
