package io.retrograd.lib.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.run.ModuleLoader;
import io.retrograd.lang.run.ModuleScope;
import io.retrograd.lang.run.Program;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.Machine;
import io.retrograd.lib.StandardLibrary;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole scripts that must print what CPython 3.11, and Pillow, printed. */
class ScriptOutputTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"files", "protocol", "text", "options", "pillow", "modules"})
    void printsWhatPythonPrints(String name) throws IOException {
        TestWorld world = new TestWorld(folder, "first line\nsecond\n");
        Machine m = new Machine(world, new StandardLibrary());
        ModuleLoader.of(m).reader(ScriptParser::parse);
        Source source = new Source(name + ".nn", resource(name + ".nn"));
        Program.compile(ScriptParser.parse(source), new ModuleScope("__main__"), null).run(m);
        assertEquals(resource(name + ".out"), world.written());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ScriptOutputTest.class.getResourceAsStream("/python/scripts/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
