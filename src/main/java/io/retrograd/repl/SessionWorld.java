package io.retrograd.repl;

import io.retrograd.lang.world.Files;
import io.retrograd.lang.world.TextSink;
import io.retrograd.lang.world.World;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The world of an interactive session: that of the command, with an eye on what is written, so that a status line can
 * make room for it, and with input that comes from the terminal's own line editor.
 */
public final class SessionWorld implements World {
    private final World base;
    private final Screen screen = new Screen();
    private final TextSink out;
    private final TextSink err;
    private InputStream in;

    public SessionWorld(World base) {
        this.base = base;
        this.out = screen.watch(base.out());
        this.err = screen.watch(base.err());
    }

    Screen screen() {
        return screen;
    }

    /** From now on scripts read from there. */
    void in(InputStream input) {
        in = input;
    }

    @Override
    public TextSink out() {
        return out;
    }

    @Override
    public TextSink err() {
        return err;
    }

    @Override
    public InputStream in() {
        return in == null ? base.in() : in;
    }

    @Override
    public Files files() {
        return base.files();
    }

    @Override
    public Map<String, String> environment() {
        return base.environment();
    }

    @Override
    public List<String> arguments() {
        return base.arguments();
    }

    @Override
    public long nanosSinceEpoch() {
        return base.nanosSinceEpoch();
    }

    @Override
    public long nanoTime() {
        return base.nanoTime();
    }

    @Override
    public void sleep(long nanos) {
        base.sleep(nanos);
    }

    @Override
    public OptionalLong seed() {
        return base.seed();
    }

    @Override
    public int threads() {
        return base.threads();
    }

    @Override
    public io.retrograd.kernel.Kernels kernels() {
        return base.kernels();
    }
}
