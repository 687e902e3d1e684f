package io.retrograd.repl;

import io.retrograd.lang.world.ForwardingWorld;
import io.retrograd.lang.world.TextSink;
import io.retrograd.lang.world.World;
import java.io.InputStream;

/**
 * The world of an interactive session: that of the command, with an eye on what is written, so that a status line can
 * make room for it, and with input that comes from the terminal's own line editor.
 */
public final class SessionWorld extends ForwardingWorld {
    private final Screen screen = new Screen();
    private final TextSink out;
    private final TextSink err;
    private InputStream in;

    public SessionWorld(World base) {
        super(base);
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
        return in == null ? super.in() : in;
    }
}
