package io.retrograd.testing;

import io.retrograd.lang.world.Files;
import io.retrograd.lang.world.TextSink;
import io.retrograd.lang.world.World;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A world for tests: both output streams as one text, files below one folder, a seed for what asks for none. */
public final class FolderWorld implements World {
    private final StringBuilder text = new StringBuilder();
    private final Path folder;
    private final long seed;

    public FolderWorld(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    /** What was written to either stream. */
    public String text() {
        return text.toString();
    }

    private final class Sink implements TextSink {
        @Override
        public void write(String part) {
            text.append(part);
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
        return InputStream.nullInputStream();
    }

    @Override
    public Files files() {
        return new Files() {
            @Override
            public Path readable(String path) {
                return folder.resolve(path).normalize();
            }

            @Override
            public Path writable(String path) {
                return folder.resolve(path).normalize();
            }

            @Override
            public Path workingFolder() {
                return folder;
            }

            @Override
            public void changeFolder(String path) {
                throw new IllegalStateException(path);
            }
        };
    }

    @Override
    public Map<String, String> environment() {
        return new HashMap<>();
    }

    @Override
    public List<String> arguments() {
        return List.of("script");
    }

    @Override
    public long nanosSinceEpoch() {
        return 1_500_000_000L * 1_000_000_000L;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(long nanos) {}

    @Override
    public OptionalLong seed() {
        return OptionalLong.of(seed);
    }

    @Override
    public int threads() {
        return 1;
    }
}
