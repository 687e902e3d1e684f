package io.retrograd.cli;

import io.retrograd.gradient.Backpropagation;
import io.retrograd.lib.tf.TfState;
import io.retrograd.show.ExplanationJson;
import io.retrograd.show.ExplanationMarkdown;
import io.retrograd.show.ExplanationPage;
import io.retrograd.show.ExplanationText;
import io.retrograd.show.Messages;
import io.retrograd.show.Names;
import io.retrograd.show.StepExplanation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn explain SCRIPT}: shows one training step, every value of it. */
@Command(
        name = "explain",
        sortOptions = false,
        mixinStandardHelpOptions = false,
        description = "Runs a script to a training step and explains backpropagation in that step.")
final class ExplainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCRIPT", description = "A .nn or .py file, or a notebook.")
    private String script;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGS", description = "The script's arguments and options; behind -- also those that this command has.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--step", paramLabel = "N", description = "Which training step (default: the first).")
    private long step = 1;

    @Option(names = "--loss", paramLabel = "NAME", description = "Only steps that train this tensor count.")
    private String loss = "";

    @Option(names = "--format", paramLabel = "NAME", description = "text, markdown or json (default: text).")
    private Format format = Format.text;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page to step through in a browser; runs the script to its end.")
    private String page = "";

    @Option(names = "--lang", paramLabel = "LANGUAGE", description = "en or zh (default: the locale's).")
    private String language = "";

    @Option(names = "--seed", paramLabel = "N", description = "What nothing in the script seeds becomes repeatable.")
    private Long seed;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private Messages messages;

    /** How to write the explanation. */
    enum Format {
        text,
        markdown,
        json
    }

    @Override
    public Integer call() {
        if (step < 1) {
            System.err.println("nn: --step takes a number from 1, not " + step);
            return ExitStatus.USAGE;
        }
        try {
            messages = Messages.of(UserLocale.language(language));
        } catch (IllegalArgumentException unknown) {
            System.err.println("nn: " + unknown.getMessage());
            return ExitStatus.USAGE;
        }
        Optional<String> problem = page.isEmpty() ? Optional.empty() : OutputFile.problem(page);
        if (problem.isPresent()) {
            System.err.println("nn: " + problem.get());
            return ExitStatus.USAGE;
        }
        WatchedScript watched = new WatchedScript(script, arguments, seed, format == Format.text || !page.isEmpty());
        return watched.start(this::explain);
    }

    private int explain(WatchedScript watched) {
        StepExplanation.Whole whole = page.isEmpty()
                ? null
                : StepExplanation.whole(watched.interpreter(), script, watched::run, step, loss);
        StepExplanation.Outcome outcome = whole != null
                ? whole.outcome()
                : StepExplanation.of(watched.interpreter(), script, watched::run, step, loss);
        if (outcome.explanation() == null) {
            List<String> losses = new ArrayList<>();
            Names names = Names.of(watched.interpreter().variables(), TfState.of(watched.interpreter().machine()).largestGraph());
            for (Backpropagation b : Backpropagation.of(TfState.of(watched.interpreter().machine()).largestGraph())) {
                losses.add(names.of(b.ys().get(0)));
            }
            ExplanationText.why(outcome, step, loss, losses, messages).forEach(line -> watched.complain("nn: " + line + "\n"));
            if (outcome.error() != null) {
                watched.complain(watched.interpreter().render(outcome.error(), watched.coloursOnError()));
            }
            return outcome.error() == null ? ExitStatus.SCRIPT_ERROR : ExitStatus.of(outcome.error());
        }
        if (whole != null) {
            String text = ExplanationPage.of(whole, watched.source().text(), messages);
            Optional<String> failure = OutputFile.write(page, text.getBytes(StandardCharsets.UTF_8));
            if (failure.isPresent()) {
                return watched.refuse(failure.get());
            }
            if (outcome.error() != null) {
                watched.complain(watched.interpreter().render(outcome.error(), watched.coloursOnError()));
                return ExitStatus.of(outcome.error());
            }
            return ExitStatus.OK;
        }
        boolean colours = Terminals.isOutput() && System.getenv("NO_COLOR") == null;
        watched.show(switch (format) {
            case text -> ExplanationText.of(outcome.explanation(), messages, colours);
            case markdown -> ExplanationMarkdown.of(outcome.explanation(), messages);
            case json -> ExplanationJson.of(outcome.explanation(), messages);
        });
        return ExitStatus.OK;
    }
}
