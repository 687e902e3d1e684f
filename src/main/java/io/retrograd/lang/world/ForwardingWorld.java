package io.retrograd.lang.world;

import io.retrograd.kernel.Kernels;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Another world, as it is; subclasses change some of it. */
public abstract class ForwardingWorld implements World {
    private final World world;

    protected ForwardingWorld(World world) {
        this.world = world;
    }

    @Override
    public TextSink out() {
        return world.out();
    }

    @Override
    public TextSink err() {
        return world.err();
    }

    @Override
    public InputStream in() {
        return world.in();
    }

    @Override
    public Files files() {
        return world.files();
    }

    @Override
    public Map<String, String> environment() {
        return world.environment();
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
