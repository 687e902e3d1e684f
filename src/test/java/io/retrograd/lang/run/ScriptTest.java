package io.retrograd.lang.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Source;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every script of the folder; what it prints stands beside it, as CPython 3.11 (or 2.7) printed it. */
class ScriptTest {
    private static final Path FOLDER = Path.of("src/test/resources/lang");

    static Stream<String> scripts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".nn")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void printsWhatPythonPrints(String name) throws Exception {
        Path script = FOLDER.resolve(name);
        String expected = Files.readString(FOLDER.resolve(name.replace(".nn", ".out")));
        assertEquals(expected, run(FOLDER, name, Files.readString(script), Integer.MAX_VALUE));
    }

    /**
     * Bytecode must mean what the nodes mean: from the first call and turn on, taking over in mid-loop, and where long
     * loops change to and fro between both until bytecode is the faster.
     */
    @ParameterizedTest
    @MethodSource("scripts")
    void printsTheSameFromBytecode(String name) throws Exception {
        Path script = FOLDER.resolve(name);
        String expected = Files.readString(FOLDER.resolve(name.replace(".nn", ".out")));
        assertEquals(expected, run(FOLDER, name, Files.readString(script), 0));
        assertEquals(expected, run(FOLDER, name, Files.readString(script), 2));
        assertEquals(expected, run(FOLDER, name, Files.readString(script), 1000));
    }

    /**
     * The output of a script, with the report of an error that it does not catch.
     *
     * @param hotness calls and turns before code becomes bytecode
     */
    static String run(Path folder, String name, String text, int hotness) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        TestWorld world = new TestWorld(folder, "");
        Thread thread = new Thread(null, () -> {
            Evaluator interpreter = Evaluator.of(world);
            interpreter.machine().hotness(hotness, hotness);
            try {
                interpreter.scriptAt("", name);
                interpreter.run(new Source(name, text));
            } catch (NnError e) {
                world.err().write(interpreter.render(e, false));
            } catch (Throwable t) {
                failure.set(t);
            }
        }, name, Evaluator.STACK_SIZE);
        thread.start();
        thread.join();
        if (failure.get() != null) {
            throw new AssertionError(name, failure.get());
        }
        return world.written();
    }
}
