package io.retrograd.lib.python;

import io.retrograd.lang.world.Files;
import io.retrograd.lang.world.TextSink;
import io.retrograd.lang.world.World;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A world of its own for a test: a folder, a text as standard input, and what was written kept in memory. */
final class TestWorld implements World {
    private static final long NOW = 1_580_515_200_123_456_789L;

    private final Path folder;
    private final InputStream in;
    private final StringBuilder written = new StringBuilder();
    private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/ada", "USER", "ada"));

    TestWorld(Path folder, String input) {
        this.folder = folder;
        this.in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    }

    String written() {
        return written.toString();
    }

    private final class Sink implements TextSink {
        @Override
        public void write(String text) {
            written.append(text);
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
            public void changeFolder(String path) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public List<String> arguments() {
        return List.of("script.nn");
    }

    @Override
    public long nanosSinceEpoch() {
        return NOW;
    }

    @Override
    public long nanoTime() {
        return 0;
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
