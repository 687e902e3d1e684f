package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Semantics;
import io.retrograd.testing.ScriptRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values print, and mistakes are told, as TensorFlow 1.15 was seen to do it.
 *
 * <p>A row is {@code `setup;expression` → str `…`, repr `…`}, {@code → `…`} where both are the same, or
 * {@code → **error** Kind: text}. {@code ⏎} stands for a line's end.
 */
final class ObservedFormsTest {
    static Stream<String> rows() throws IOException {
        try (var in = ObservedFormsTest.class.getResourceAsStream("/tf/forms.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void showsTheSame(String row) {
        String expected = row.substring(row.indexOf("` → ") + 4).replace(" ⏎ ", "\n");
        List<String> steps = Setup.statements(row.substring(1, row.indexOf("` → ")));
        ScriptRun script = new ScriptRun();
        script.run("import tensorflow as tf\nimport numpy as np\n");
        for (String step : steps.subList(0, steps.size() - 1)) {
            script.run(Setup.statement(step));
        }
        boolean error = expected.startsWith("**error** ");
        try {
            script.run("result = " + steps.get(steps.size() - 1) + "\n");
        } catch (NnError e) {
            assertEquals(error ? expected.substring(10) : expected, e.kind().scriptName() + ": " + e.getMessage());
            return;
        }
        if (error) {
            fail("no error, but " + Semantics.repr(script.machine(), script.variable("result")));
        }
        String str = Semantics.str(script.machine(), script.variable("result"));
        String repr = Semantics.repr(script.machine(), script.variable("result")).replaceAll(" at 0x[0-9a-f]+>", ">");
        int two = expected.indexOf("`, repr `");
        if (expected.startsWith("str: ")) {
            assertEquals(unquoted(expected.substring(5)).stripTrailing(), str.stripTrailing());
        } else if (two >= 0) {
            assertEquals(expected.substring(5, two), str);
            assertEquals(unquoted(expected.substring(two + 8)), repr);
        } else {
            assertEquals(unquoted(expected), repr);
        }
    }

    private static String unquoted(String text) {
        return text.startsWith("`") ? text.substring(1, text.endsWith("`") ? text.length() - 1 : text.length()) : text;
    }
}
