package io.retrograd.cli;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.kernel.Kernels;
import io.retrograd.lang.tree.Source;
import io.retrograd.sweep.Outcome;
import io.retrograd.sweep.Results;
import io.retrograd.sweep.Setting;
import io.retrograd.sweep.Sweep;
import io.retrograd.sweep.SweepFigure;
import io.retrograd.sweep.SweepFolder;
import io.retrograd.sweep.SweepProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sun.misc.Signal;

/** {@code nn sweep SCRIPT}: runs a script with other constants and seeds, and shows what came of it. */
@Command(
        name = "sweep",
        sortOptions = false,
        description = {
            "Runs a script with each combination of some constants and seeds, several at a time.",
            "What a run tells with report(name, value), or else the last number of each kind of line that it prints, goes into a table"
                    + " (results.csv, results.json) and a picture (results.png) in the sweep's folder."
        })
final class SweepCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCRIPT", description = "A .nn or .py file.")
    private String script;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGS", description = "The script's arguments and options; behind -- also those that this command has.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--set", paramLabel = "NAME=VALUE,...", description = "Values for a constant that the script assigns once, at its top level; 1..5 is 1,2,3,4,5. May be given several times: all combinations are run.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--seeds", paramLabel = "1..5", description = "Run each combination with each of these seeds, as --seed does.")
    private String seeds = "";

    @Option(names = "--jobs", paramLabel = "N", description = "How many runs at a time (default: one per core).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "End a run that takes longer; it counts as failed.")
    private double timeout = Double.POSITIVE_INFINITY;

    @Option(names = "--out", paramLabel = "DIR", description = "The sweep's folder (default: SCRIPT-sweep, without the script's ending, in the working folder).")
    private String out = "";

    @Option(names = "--plot", paramLabel = "NAME", description = "Which value the picture shows (default: the last one).")
    private String plot = "";

    @Option(names = "--resume", description = "Go on with the sweep in the folder: what is done is not run again.")
    private boolean resume;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private ProcessWorld world;

    @Override
    public Integer call() {
        List<String> words = new ArrayList<>(List.of(script));
        words.addAll(arguments);
        world = new ProcessWorld(words, OptionalLong.empty(), 1, Kernels.bySize());
        try {
            return run();
        } catch (SweepProblem | InvalidPathException problem) {
            return refuse(problem.getMessage());
        } catch (ScriptText.Unreadable unreadable) {
            return refuse(unreadable.getMessage());
        } catch (IOException failure) {
            return refuse("cannot write the sweep: " + failure);
        } catch (UncheckedIOException failure) {
            return refuse("cannot write the sweep: " + failure.getCause());
        }
    }

    private int refuse(String message) {
        world.flush();
        world.err().write("nn: " + message + "\n");
        return ExitStatus.USAGE;
    }

    private int run() throws IOException, ScriptText.Unreadable {
        if (jobs < 1) {
            throw new SweepProblem("--jobs wants a number from 1 on");
        }
        if (!(timeout > 0)) {
            throw new SweepProblem("--timeout wants a number of seconds");
        }
        if (script.toLowerCase(Locale.ROOT).endsWith(".ipynb")) {
            throw new SweepProblem("a sweep runs scripts; save the notebook as one");
        }
        if (settings.isEmpty() && seeds.isEmpty()) {
            throw new SweepProblem("nothing to sweep: give --set NAME=VALUE,... or --seeds 1..5");
        }
        Options options = new Options();
        options.from = Options.From.SCRIPT;
        options.program = script;
        Source source = ScriptText.read(options, world);
        List<Setting> parsed = settings.stream().map(Setting::parse).toList();
        SweepFolder folder = new SweepFolder(Path.of(out.isEmpty() ? defaultFolder() : out));
        Sweep sweep;
        try {
            sweep = folder.open(source, parsed, seeds.isEmpty() ? List.of() : Setting.seeds(seeds), world, resume);
        } catch (NnError syntax) {
            world.err().write(Evaluator.of(world).render(syntax, false));
            return ExitStatus.SCRIPT_ERROR;
        }
        Signal.handle(new Signal("INT"), signal -> {
            if (sweep.isStopped()) {
                Runtime.getRuntime().halt(ExitStatus.INTERRUPTED);
            }
            sweep.stop();
        });
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / jobs);
        SweepProgress progress = new SweepProgress(world, sweep.size());
        List<Outcome> outcomes = sweep.run(jobs, threads, timeout, progress);
        progress.clear();
        Results results = new Results(outcomes);
        folder.write(results);
        String picture = picture(folder, results);
        if (sweep.isStopped()) {
            world.err().write("nn: stopped; " + outcomes.size() + " of " + sweep.size() + " runs are done, --resume goes on\n");
            return ExitStatus.INTERRUPTED;
        }
        world.out().write(results.table());
        world.flush();
        world.err().write("nn: " + folder + ": results.csv, results.json" + picture + ", logs\n");
        return outcomes.stream().allMatch(Outcome::isOk) ? ExitStatus.OK : ExitStatus.SCRIPT_ERROR;
    }

    private String picture(SweepFolder folder, Results results) throws IOException {
        if (!plot.isEmpty() && !results.values().contains(plot)) {
            world.err().write("nn: no run tells '" + plot + "'; there is " + (results.values().isEmpty() ? "nothing" : "'" + String.join("', '", results.values()) + "'") + "\n");
            return "";
        }
        String shown = plot.isEmpty() ? results.lastNumber() : plot;
        if (shown.isEmpty()) {
            return "";
        }
        folder.write("results.png", SweepFigure.of(results, shown, fileName(), "png"));
        folder.write("results.svg", SweepFigure.of(results, shown, fileName(), "svg"));
        return ", results.png, results.svg";
    }

    private String fileName() {
        return script.substring(script.lastIndexOf('/') + 1);
    }

    private String defaultFolder() {
        String name = fileName();
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name) + "-sweep";
    }
}
