package io.retrograd.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.Evaluator;
import io.retrograd.lang.tree.Source;
import io.retrograd.testing.ScriptRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts of all kinds: each begins with a line of the formula that it gets. Explaining changes nothing that they print,
 * and differences of the loss agree with every gradient.
 */
class ExplainedScriptsTest {
    private static final Path FOLDER = Path.of("src/test/resources/explain");

    static Stream<String> scripts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static String text(String script) throws IOException {
        return Files.readString(FOLDER.resolve(script));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void printsTheSame(String script) throws IOException {
        for (long step = 1; step <= 2; step++) {
            printsTheSame(script, step);
        }
    }

    private static void printsTheSame(String script, long step) throws IOException {
        String text = text(script);
        ScriptRun plain = new ScriptRun();
        plain.run(text);
        ScriptRun watched = new ScriptRun();
        Evaluator interpreter = Evaluator.of(watched.machine().world());
        StepExplanation.Whole whole = StepExplanation.whole(
                interpreter, script, () -> interpreter.run(new Source("test.nn", text)), step, "");
        assertEquals(plain.printed(), watched.printed());
        if (whole.outcome().explanation() == null) {
            return;
        }
        String page = ExplanationPage.of(whole, text, Messages.of(Locale.CHINESE));
        assertTrue(page.contains("<svg") && !page.contains("%DATA%"));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void isExplained(String script) throws IOException {
        String text = text(script);
        Evaluator interpreter = Evaluator.of(new ScriptRun().machine().world());
        StepExplanation.Outcome outcome =
                StepExplanation.of(interpreter, script, () -> interpreter.run(new Source("test.nn", text)), 1, "");
        Explanation e = outcome.explanation();
        String formula = text.substring(2, text.indexOf('\n'));
        assertTrue(e.formulas().contains(formula), () -> formula + " is not in " + e.formulas());
        assertFalse(e.forward().isEmpty());
        assertFalse(e.backward().isEmpty());
        for (Explanation.Parameter p : e.parameters()) {
            assertFalse(p.equations().isEmpty(), p.name());
            for (Explanation.Check c : p.checks()) {
                assertTrue(c.agrees(), () -> p.name() + ": " + c);
            }
        }
        for (String language : List.of("en", "zh")) {
            Messages m = Messages.of(Locale.forLanguageTag(language));
            assertTrue(ExplanationText.of(e, m, true).contains("\u001b["));
            assertTrue(ExplanationMarkdown.of(e, m).startsWith("# "));
            assertTrue(ExplanationJson.of(e, m).startsWith("{"));
        }
    }
}
