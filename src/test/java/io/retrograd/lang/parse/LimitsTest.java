package io.retrograd.lang.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.lang.tree.Source;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Long and deep texts give a tree or a clear error, never an overflow or a hang. */
class LimitsTest {
    private static final int MANY = 10_000;

    private static int statements(String text) {
        return ScriptParser.parse(new Source("test.nn", text)).body().size();
    }

    private static String error(String text) {
        return assertThrows(SyntaxError.class, () -> statements(text)).getMessage();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void longRowsAreTrees(String start, String repeated, String end) {
        assertTrue(statements(start + repeated.repeat(MANY) + end) > 0);
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                Arguments.of("x = ", "1 + ", "1"),
                Arguments.of("x = ", "a or ", "b"),
                Arguments.of("x = ", "a < ", "b"),
                Arguments.of("x = ", "'a' ", "'b'"),
                Arguments.of("x = a", ".b", ""),
                Arguments.of("x = a", "()", ""),
                Arguments.of("x = a", "[0]", ""),
                Arguments.of("x = [", "1, ", "]"),
                Arguments.of("", "a = ", "1"),
                Arguments.of("", "a; ", "a"));
    }

    @Test
    void longChoicesAreTrees() {
        assertEquals(1, statements("if a: pass\n" + "elif b: pass\n".repeat(MANY)));
    }

    @Test
    void deepTextsAreErrors() {
        assertEquals("too many nested parentheses", error("x = " + "(".repeat(MANY) + "1" + ")".repeat(MANY)));
        assertEquals("too many nested parentheses", error("[".repeat(MANY)));
        assertEquals("too many nested operators", error("x = " + "not ".repeat(MANY) + "1"));
        assertEquals("too many nested operators", error("x = " + "-".repeat(MANY) + "1"));
        assertEquals("too many nested operators", error("x = " + "2**".repeat(MANY) + "1"));
        assertEquals("expression is nested too deep", error("x = " + "lambda: ".repeat(MANY) + "1"));
        assertEquals("expression is nested too deep", error("x = " + "a if b else ".repeat(MANY) + "1"));
    }

    @Test
    void whatPythonAllowsFits() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 99; i++) {
            text.append(" ".repeat(i)).append("if x:\n");
        }
        text.append(" ".repeat(99)).append("f(a, ".repeat(200)).append(")".repeat(200));
        assertEquals(1, statements(text.toString()));
        assertEquals("too many levels of indentation", error(text.toString().replace("f(", "if x:\n" + " ".repeat(100) + "f(")));
    }

    @Test
    void millionCharactersTakeNoTime() {
        assertTimeout(Duration.ofSeconds(20), () -> {
            assertEquals("too many operators in one expression", error("x = " + "1+".repeat(500_000) + "1"));
            assertEquals(1, statements("x = '" + "a".repeat(1_000_000) + "'"));
            assertEquals(1, statements("x = 0x" + "f".repeat(1_000_000)));
            assertEquals(0, statements("# " + "中".repeat(1_000_000)));
            assertEquals("unterminated string literal (detected at line 1)", error("x = '" + "a".repeat(1_000_000)));
            assertEquals("invalid syntax", error("a ".repeat(500_000)));
        });
    }
}
