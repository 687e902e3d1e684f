package io.retrograd.lib.numpy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.testing.Json;
import io.retrograd.testing.ScriptRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions over some arrays, and what numpy 1.24 prints for their repr, or their error; one script runs them all in order. */
class NumpyTableTest {
    private static ScriptRun script;

    static List<Map<String, Object>> rows() {
        return Json.lines("/numpy/module.jsonl");
    }

    @BeforeAll
    static void prepare() throws IOException {
        script = new ScriptRun();
        try (InputStream in = NumpyTableTest.class.getResourceAsStream("/numpy/module-setup.py")) {
            script.run(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void printsAsNumpy(Map<String, Object> row) {
        int before = script.printed().length();
        script.run("try:\n    print(repr(" + row.get("expression") + "))\nexcept Exception as e:\n    print(type(e).__name__, str(e))\n");
        assertEquals(row.get("printed"), script.printed().substring(before));
    }
}
