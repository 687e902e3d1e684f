package io.retrograd.testing;

import io.retrograd.kernel.Kernels;
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

/**
 * A world of its own for a test: files below one folder, a text as standard input, both output streams kept as one text, and
 * a clock of days that stands still.
 */
public class TestWorld implements World {
    private static final long NOW = 1_580_515_200_123_456_789L;

    private final StringBuilder written = new StringBuilder();
    private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/ada", "USER", "ada"));
    private final Path folder;
    private final InputStream in;
    private OptionalLong seed = OptionalLong.empty();
    private Kernels kernels = Kernels.bySize();
    private int threads = 1;

    /** With nothing on standard input. */
    public TestWorld(Path folder) {
        this(folder, "");
    }

    public TestWorld(Path folder, String input) {
        this.folder = folder;
        this.in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    }

    /** As with {@code nn --seed}; answers this world. */
    public TestWorld seeded(long value) {
        seed = OptionalLong.of(value);
        return this;
    }

    /** As with {@code nn --kernels} and {@code --threads}; answers this world. */
    public TestWorld computing(Kernels.Path path, int workers) {
        kernels = new Kernels(path, line -> { });
        threads = workers;
        return this;
    }

    /** What was written to either stream so far. */
    public String written() {
        return written.toString();
    }

    @Override
    public TextSink out() {
        return new TextSink() {
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
        };
    }

    @Override
    public TextSink err() {
        return out();
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
                throw new UnsupportedOperationException(path);
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
        return System.nanoTime();
    }

    @Override
    public void sleep(long nanos) {}

    @Override
    public OptionalLong seed() {
        return seed;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public Kernels kernels() {
        return kernels;
    }
}
