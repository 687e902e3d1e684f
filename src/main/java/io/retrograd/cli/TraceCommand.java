package io.retrograd.cli;

import io.retrograd.show.Messages;
import io.retrograd.show.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn trace SCRIPT}: where the time of a script's runs goes. */
@Command(name = "trace", sortOptions = false, description = "Runs a script and shows the time of each operation, for each set of fetches.")
final class TraceCommand implements java.util.concurrent.Callable<Integer> {
    @Parameters(paramLabel = "SCRIPT", description = "A .nn or .py file, or a notebook.")
    private String script;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGS", description = "The script's arguments.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--chrome", paramLabel = "FILE", description = "Also write the runs for the trace viewer of Chrome, or Perfetto.")
    private String chrome = "";

    @Option(names = "--lang", paramLabel = "LANGUAGE", description = "en or zh (default: the locale's).")
    private String language = "";

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() {
        return new WatchedScript(script, arguments, null, true).start(this::trace);
    }

    private int trace(WatchedScript watched) {
        Messages messages = Messages.of(language.isEmpty() ? UserLocale.get() : Locale.forLanguageTag(language));
        Trace trace = Trace.of(watched.interpreter(), watched::run);
        watched.show("\n" + trace.text(messages, Terminals.isOutput() && System.getenv("NO_COLOR") == null));
        if (!chrome.isEmpty()) {
            try {
                Files.writeString(Path.of(chrome), trace.chrome());
            } catch (IOException failure) {
                return watched.refuse("cannot write '" + chrome + "': " + failure.getMessage());
            }
        }
        if (trace.error() != null) {
            watched.complain(watched.interpreter().render(trace.error(), watched.coloursOnError()));
            return ExitStatus.SCRIPT_ERROR;
        }
        return ExitStatus.OK;
    }
}
