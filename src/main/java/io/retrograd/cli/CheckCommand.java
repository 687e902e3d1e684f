package io.retrograd.cli;

import io.retrograd.lang.check.ScriptCheck;
import io.retrograd.lang.diagnose.ErrorReport;
import io.retrograd.lang.diagnose.ErrorText;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.tree.Script;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn check SCRIPT}: what a script uses that there is not, without running it. */
@Command(
        name = "check",
        sortOptions = false,
        description = "Says, without running a script, which names it uses that do not exist and which calls cannot work.",
        footer = "Exit status: 0 nothing found, 1 something found, 2 a script that cannot be read.")
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCRIPT", arity = "1..*", description = "A .nn or .py file, or a notebook; several are looked through in turn.")
    private List<String> scripts = List.of();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() {
        int worst = ExitStatus.OK;
        for (String each : scripts) {
            WatchedScript watched = new WatchedScript(each, List.of(), null, true);
            worst = Math.max(worst, watched.start(w -> check(w, each)));
        }
        return worst;
    }

    private static int check(WatchedScript watched, String name) {
        List<Script> parts;
        if (Notebook.isNamed(name)) {
            try {
                parts = Notebook.read(watched.interpreter(), name, watched.source().text()).scripts();
            } catch (ScriptText.Unreadable notANotebook) {
                return watched.refuse(notANotebook.getMessage());
            }
        } else {
            parts = List.of(ScriptParser.parse(watched.source()));
        }
        int slash = name.lastIndexOf('/');
        List<ErrorReport> found =
                ScriptCheck.of(watched.interpreter().machine(), parts, slash < 0 ? "" : name.substring(0, slash));
        boolean colours = Terminals.isOutput() && System.getenv("NO_COLOR") == null;
        for (ErrorReport report : found) {
            watched.show(ErrorText.of(report, colours));
        }
        return found.isEmpty() ? ExitStatus.OK : ExitStatus.SCRIPT_ERROR;
    }
}
