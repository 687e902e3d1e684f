package io.retrograd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.Evaluator;
import io.retrograd.testing.TestWorld;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Notebooks run as Jupyter runs them from top to bottom. */
final class NotebookTest {
    private static String json(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String run(String metadata, String... cells) throws ScriptText.Unreadable {
        String all = Stream.of(cells)
                .map(c -> "{\"cell_type\": \"code\", \"source\": [" + json(c) + "]}")
                .collect(Collectors.joining(", "));
        TestWorld world = new TestWorld(Path.of(""));
        Evaluator evaluator = Evaluator.of(world);
        Notebook.read(evaluator, "x.ipynb", "{\"cells\": [" + all + "], \"metadata\": {" + metadata + "}}").run(evaluator);
        return world.written();
    }

    @Test
    void takesItsPythonFromItsMetadata() throws ScriptText.Unreadable {
        String two = "\"language_info\": {\"version\": \"2.7.13\"}";
        assertEquals("1\n(1, 2)\n", run(two, "print(3/2)", "print(1, 2)"));
        assertEquals("1.5\n", run("\"kernelspec\": {\"name\": \"python3\"}", "print(3/2)"));
    }

    @Test
    void isPython2ThroughoutWhereOneCellIs() throws ScriptText.Unreadable {
        assertEquals("1\nend\n", run("", "print(3/2)", "print 'end'"));
    }

    @Test
    void keepsWhatACellImportedFromTheFuture() throws ScriptText.Unreadable {
        String two = "\"kernelspec\": {\"name\": \"python2\"}";
        assertEquals("1.5 a\n", run(two, "from __future__ import division, print_function", "print(3/2, 'a')"));
    }

    @Test
    void takesForMagicsOnlyWhatBeginsAStatement() throws ScriptText.Unreadable {
        assertEquals("1 of 2\n", run("", "%matplotlib inline\n!ls\nprint('%d of %d'\n  % (1, 2))"));
        assertEquals("3\n", run("", "y = 7 \\\n % 4\ny"));
        assertEquals("\n%a\n!b\n\n", run("", "print('''\n%a\n!b\n''')"));
    }
}
