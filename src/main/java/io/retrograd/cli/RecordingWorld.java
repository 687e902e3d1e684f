package io.retrograd.cli;

import io.retrograd.lang.world.Files;
import io.retrograd.lang.world.ForwardingWorld;
import io.retrograd.lang.world.TextSink;
import io.retrograd.lang.world.World;
import java.util.HashMap;
import java.util.Map;

/** Another world whose output is kept as text instead of shown. */
final class RecordingWorld extends ForwardingWorld {
    private final Files files;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, String> environment;

    RecordingWorld(World world, Files files) {
        super(world);
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
        return TextSink.NOWHERE;
    }

    @Override
    public Files files() {
        return files;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }
}
