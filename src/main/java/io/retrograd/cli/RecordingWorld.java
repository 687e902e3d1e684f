package io.retrograd.cli;

import io.retrograd.kernel.Kernels;
import io.retrograd.lang.world.Files;
import io.retrograd.lang.world.TextSink;
import io.retrograd.lang.world.World;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Another world whose output is kept as text instead of shown. */
final class RecordingWorld implements World {
    private final World world;
    private final Files files;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, String> environment;

    RecordingWorld(World world, Files files) {
        this.world = world;
        this.files = files;
        this.environment = new HashMap<>(world.environment());
    }

    /** What was written to standard output. */
    String printed() {
        return out.toString();
    }

    private static TextSink sink(StringBuilder to) {
        return new TextSink() {
            @Override
            public void write(String text) {
                to.append(text);
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
    public TextSink out() {
        return sink(out);
    }

    @Override
    public TextSink err() {
        return sink(new StringBuilder());
    }

    @Override
    public InputStream in() {
        return world.in();
    }

    @Override
    public Files files() {
        return files;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public List<String> arguments() {
        return world.arguments();
    }

    @Override
    public long nanosSinceEpoch() {
        return world.nanosSinceEpoch();
    }

    @Override
    public long nanoTime() {
        return world.nanoTime();
    }

    @Override
    public void sleep(long nanos) {
        world.sleep(nanos);
    }

    @Override
    public OptionalLong seed() {
        return world.seed();
    }

    @Override
    public int threads() {
        return world.threads();
    }

    @Override
    public Kernels kernels() {
        return world.kernels();
    }
}
