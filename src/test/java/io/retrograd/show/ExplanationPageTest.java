package io.retrograd.show;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retrograd.Evaluator;
import io.retrograd.lang.tree.Source;
import io.retrograd.testing.ScriptRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses the page in headless Chromium, where there is one: keys, a click on a line, a click on a node. */
class ExplanationPageTest {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");

    private static final String CLICKS = """
            <script>
            const seen = [], note = () => seen.push(document.getElementById("count").textContent + " " +
              (document.querySelector("#src li.lit") || {dataset: {l: "-"}}).dataset.l + " " +
              (document.querySelector(".n.now") || {dataset: {id: "-"}}).dataset.id);
            note();
            document.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight"})); note();
            document.dispatchEvent(new KeyboardEvent("keydown", {key: "End"})); note();
            document.querySelector("#src li:nth-child(23)").click(); note();
            seen.push([...document.querySelectorAll(".n.line")].map(n => n.dataset.id).join("+"));
            document.querySelector("#src li:nth-child(17)").click();
            seen.push([...document.querySelectorAll(".n.line")].map(n => n.dataset.id).join("+"));
            document.querySelector('.n[data-id="MatMul"]').dispatchEvent(new MouseEvent("click", {bubbles: true})); note();
            document.getElementById("next").click(); note();
            document.title = "SEEN " + seen.join("; ");
            </script>
            """;

    @Test
    void keysAndClicksGoThroughTheStep(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(BROWSER));
        String script = Files.readString(Path.of("samples/backprop.nn"));
        Evaluator interpreter = Evaluator.of(new ScriptRun().machine().world());
        StepExplanation.Whole whole = StepExplanation.whole(
                interpreter, "test.nn", () -> interpreter.run(new Source("test.nn", script)), 1, "");
        Path page = folder.resolve("page.html");
        Files.writeString(page, ExplanationPage.of(whole, script, Messages.of(Locale.ENGLISH)) + CLICKS);
        Process process = new ProcessBuilder(List.of(
                        BROWSER.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.toUri().toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        String title = dom.substring(dom.indexOf("<title>"), dom.indexOf("</title>"));
        assertTrue(title.contains("SEEN 1 / 12 19 MatMul; 2 / 12 20 MatMul_1; 12 / 12 24 Variable_1; 3 / 12 23 sub; "
                + "sub+Square+Mean; Variable; "
                + "1 / 12 19 MatMul; 2 / 12 20 MatMul_1"), title);
    }
}
