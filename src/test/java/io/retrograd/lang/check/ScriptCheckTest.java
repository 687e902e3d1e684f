package io.retrograd.lang.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.lang.run.ModuleLoader;
import io.retrograd.lang.diagnose.ErrorReport;
import io.retrograd.lang.diagnose.ErrorText;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.tree.Script;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.Machine;
import io.retrograd.lib.StandardLibrary;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake is said with its line and nothing else is: the whole text for scripts with all of them, none for those that run. */
final class ScriptCheckTest {
    private static final Path CHECK = Path.of("src/test/resources/check");

    private static String found(Path folder, List<Source> parts) {
        Machine machine = new Machine(new TestWorld(folder.toAbsolutePath()), new StandardLibrary());
        ModuleLoader.of(machine).reader(ScriptParser::parse);
        List<Script> scripts = new ArrayList<>();
        parts.forEach(part -> scripts.add(ScriptParser.parse(part)));
        StringBuilder text = new StringBuilder();
        for (ErrorReport report : ScriptCheck.of(machine, scripts, "")) {
            text.append(ErrorText.of(report, false));
        }
        return text.toString();
    }

    private static String found(Path script) throws IOException {
        return found(script.getParent(), List.of(new Source(script.getFileName().toString(), Files.readString(script))));
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertEquals(Files.readString(CHECK.resolve("everything.txt")), found(CHECK.resolve("everything.nn")));
    }

    @Test
    void isSilentWhereItCannotBeSure() throws IOException {
        assertEquals("", found(CHECK.resolve("python2.nn")));
    }

    @Test
    void takesTheCellsOfANotebookTogether() {
        List<Source> cells = List.of(
                new Source("cell 1", "import tensorflow as tf\na = tf.constant(1)\n"),
                new Source("cell 2", "b = a + later\n"),
                new Source("cell 3", "later = tf.consant(2)\n"));
        assertEquals("""
                AttributeError: module 'tensorflow' has no attribute 'consant'
                 --> cell 3:1:9
                  |
                1 | later = tf.consant(2)
                  |         ^^^^^^^^^^
                  = help: did you mean 'constant'?
                """, found(CHECK, cells));
    }

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("samples"))) {
            return files.filter(f -> f.toString().endsWith(".nn")).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void hasNothingToSayOfSamples(Path sample) throws IOException {
        assertEquals("", found(sample));
    }
}
