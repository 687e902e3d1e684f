package io.retrograd.cli;

import io.retrograd.show.Messages;
import io.retrograd.show.Trace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn trace SCRIPT}: where the time of a script's runs goes. */
@Command(name = "trace", sortOptions = false, description = "Runs a script and shows the time of each operation, for each set of fetches.")
final class TraceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCRIPT", description = "A .nn or .py file, or a notebook.")
    private String script;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGS", description = "The script's arguments and options; behind -- also those that this command has.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--chrome", paramLabel = "FILE", description = "Also write the runs for the trace viewer of Chrome, or Perfetto.")
    private String chrome = "";

    @Option(names = "--lang", paramLabel = "LANGUAGE", description = "en or zh (default: the locale's).")
    private String language = "";

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private Messages messages;

    @Override
    public Integer call() {
        try {
            messages = Messages.of(UserLocale.language(language));
        } catch (IllegalArgumentException unknown) {
            System.err.println("nn: " + unknown.getMessage());
            return ExitStatus.USAGE;
        }
        Optional<String> problem = chrome.isEmpty() ? Optional.empty() : OutputFile.problem(chrome);
        if (problem.isPresent()) {
            System.err.println("nn: " + problem.get());
            return ExitStatus.USAGE;
        }
        return new WatchedScript(script, arguments, null, true).start(this::trace);
    }

    private int trace(WatchedScript watched) {
        Trace trace = Trace.of(watched.interpreter(), watched::run);
        watched.show("\n" + trace.text(messages, Terminals.isOutput() && System.getenv("NO_COLOR") == null));
        if (!chrome.isEmpty()) {
            Optional<String> failure = OutputFile.write(chrome, trace.chrome().getBytes(StandardCharsets.UTF_8));
            if (failure.isPresent()) {
                return watched.refuse(failure.get());
            }
        }
        if (trace.error() != null) {
            watched.complain(watched.interpreter().render(trace.error(), watched.coloursOnError()));
            return ExitStatus.of(trace.error());
        }
        return ExitStatus.OK;
    }
}
