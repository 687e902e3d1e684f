package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.Evaluator;
import io.retrograd.lang.tree.Source;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that work the parts of tf which are written in the language, each checked against numpy or TensorFlow. */
class WrittenScriptsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"estimator", "keras", "pictures", "contrib", "decoding", "volumes", "cells", "derived", "gradients", "sparse", "signal", "lookup", "hooks", "keras_more", "beams", "trace", "more", "learn", "slim", "text", "restoring", "families", "oracles", "distributions"})
    void printsWhatItMust(String name) throws IOException {
        TestWorld world = new TestWorld(folder);
        Evaluator.of(world).run(new Source(name + ".nn", resource(name + ".nn")));
        assertEquals(resource(name + ".out"), world.written());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = WrittenScriptsTest.class.getResourceAsStream("/tf/scripts/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
