package io.retrograd.lib.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.error.NnError;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.run.ModuleScope;
import io.retrograd.lang.run.Program;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ScriptException;
import io.retrograd.lib.StandardLibrary;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions whose representation or error is what CPython 3.11 gives: one row of a table each. */
class ExpressionTableTest {
    private static final Path FOLDER = Path.of(".");

    /** A row: what to evaluate and what must come out. */
    record Row(String expression, String expected) {
        @Override
        public String toString() {
            return expression;
        }
    }

    static Stream<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = ExpressionTableTest.class.getResourceAsStream("/python/expressions.tsv")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                int tab = line.indexOf('\t');
                if (tab > 0) {
                    rows.add(new Row(line.substring(0, tab), line.substring(tab + 1)));
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void givesWhatPythonGives(Row row) {
        assertEquals(row.expected(), evaluate(row.expression()));
    }

    /** The representation, or the error's kind and text; imports stand before a semicolon. */
    static String evaluate(String expression) {
        TestWorld world = new TestWorld(FOLDER, "");
        Machine m = new Machine(world, new StandardLibrary());
        int imports = expression.lastIndexOf("; ");
        String head = imports < 0 ? "" : expression.substring(0, imports + 2).replace("; ", "\n");
        String text = head + "print(repr((" + expression.substring(imports < 0 ? 0 : imports + 2) + ")))\n";
        try {
            Program.compile(ScriptParser.parse(new Source("case", text)), new ModuleScope("__main__"), null).run(m);
        } catch (ScriptException e) {
            return e.describe(m);
        } catch (NnError e) {
            return e.kind().scriptName() + ": " + e.getMessage();
        }
        String out = world.written();
        return out.substring(0, out.length() - 1);
    }
}
