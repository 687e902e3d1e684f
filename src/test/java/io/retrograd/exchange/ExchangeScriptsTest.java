package io.retrograd.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Source;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts that hand graphs to TensorFlow's files and back, each with the text that it prints beside it. In
 * {@code written/} lies what TensorFlow itself wrote.
 */
final class ExchangeScriptsTest {
    private static final Path HERE = Path.of("src/test/resources/exchange");

    static Stream<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(HERE)) {
            List<Path> found = files.filter(f -> f.toString().endsWith(".nn")).sorted().toList();
            return found.stream();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void printsTheSame(Path script, @TempDir Path folder) throws IOException {
        copy(HERE.resolve("written"), folder.resolve("written"));
        TestWorld world = new TestWorld(folder).seeded(1);
        Evaluator interpreter = Evaluator.of(world);
        String name = script.getFileName().toString();
        interpreter.scriptAt("", name);
        try {
            interpreter.run(new Source(name, Files.readString(script)));
        } catch (NnError error) {
            world.err().write(interpreter.render(error, false));
        }
        Path expected = script.resolveSibling(name.replace(".nn", ".out"));
        assertEquals(Files.readString(expected), world.written());
    }
}
