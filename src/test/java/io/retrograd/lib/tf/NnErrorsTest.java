package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.retrograd.error.NnError;
import io.retrograd.testing.ScriptRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes with layers, losses and convolutions get TensorFlow's kind and wording (run-time ones: their first line). */
final class NnErrorsTest {
    static List<String> rows() throws IOException {
        try (var in = NnErrorsTest.class.getResourceAsStream("/tf/nn_errors.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isWordedAsInTensorFlow(String row) {
        int bar = row.indexOf(" | ");
        ScriptRun script = new ScriptRun();
        script.run("import tensorflow as tf\n");
        NnError e = assertThrows(NnError.class, () -> script.run("y = " + row.substring(0, bar) + "\n"));
        String text = e.kind().scriptName() + ": " + e.getMessage();
        assertEquals(row.substring(bar + 3), text.lines().findFirst().orElse(""));
    }
}
