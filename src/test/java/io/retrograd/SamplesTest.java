package io.retrograd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.error.NnError;
import io.retrograd.kernel.Kernels;
import io.retrograd.lang.tree.Source;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts and what they must print: every sample that has an {@code .out} beside it, and the mistakes in
 * {@code errors/}, each with the whole text that a user sees. Samples run in a copy of their folder, since they write
 * pictures and checkpoints; one that says "Run x.nn first" in its comments finds what x.nn left there.
 */
final class SamplesTest {
    private static final Path SAMPLES = Path.of("samples");
    private static final Path ERRORS = Path.of("src/test/resources/errors");
    private static final Pattern FIRST = Pattern.compile("# .*Run (\\w+\\.nn) first");

    @TempDir
    private static Path copy;

    @BeforeAll
    static void copySamples() throws IOException {
        try (Stream<Path> all = Files.walk(SAMPLES)) {
            for (Path each : all.toList()) {
                Path to = copy.resolve(SAMPLES.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(to);
                } else if (!each.toString().endsWith(".out")) {
                    Files.copy(each, to);
                }
            }
        }
    }

    static Stream<Path> samples() throws IOException {
        return list(SAMPLES, ".out");
    }

    static Stream<Path> errors() throws IOException {
        return list(ERRORS, ".err");
    }

    private static Stream<Path> list(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
            return found.stream();
        }
    }

    private static Path script(Path expected) {
        String name = expected.getFileName().toString();
        return expected.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".nn");
    }

    private static String run(Path script) throws IOException {
        // A library takes other kernels on other processors, which shows in the last digits of long training.
        TestWorld world = new TestWorld(script.toAbsolutePath().getParent()).seeded(1).computing(Kernels.Path.PLAIN, 1);
        Evaluator interpreter = Evaluator.of(world);
        interpreter.scriptAt("", script.getFileName().toString());
        try {
            interpreter.run(new Source(script.getFileName().toString(), Files.readString(script)));
        } catch (NnError error) {
            world.err().write(interpreter.render(error, false));
        }
        return world.written();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void printsTheSame(Path expected) throws IOException {
        Path sample = copy.resolve(script(expected).getFileName());
        Matcher first = FIRST.matcher(Files.readString(sample));
        if (first.find()) {
            clear();
            run(copy.resolve(first.group(1)));
        }
        assertEquals(Files.readString(expected), run(sample));
        clear();
    }

    /** Takes checkpoints away, so that no script goes on where another ended. */
    private static void clear() throws IOException {
        try (Stream<Path> all = Files.walk(copy)) {
            for (Path each : all.filter(f -> f.getParent().getFileName().toString().endsWith("_model")).toList()) {
                Files.delete(each);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void saysTheSame(Path expected) throws IOException {
        assertEquals(Files.readString(expected), run(script(expected)));
    }
}
