package io.retrograd.cli;

import io.retrograd.Evaluator;
import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.kernel.Kernels;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.world.Files;
import io.retrograd.lib.tf.TfState;
import io.retrograd.session.Engines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn verify SCRIPT}: runs a script on both engines and shows the first line that differs. */
@Command(
        name = "verify",
        sortOptions = false,
        description = "Runs a script on the JVM's engine and on TensorFlow's, and shows the first printed line that differs.")
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCRIPT", description = "A .nn or .py file.")
    private String script;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGS", description = "The script's arguments.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "The seed of what the script does not seed (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private ProcessWorld process;
    private boolean interrupted;

    @Override
    public Integer call() {
        Cluster cluster = new Cluster(ClusterOptions.TIMEOUT, false);
        int status = verified(cluster);
        cluster.leaveWhereLoaded(status);
        return status;
    }

    private int verified(Cluster cluster) {
        List<String> words = new ArrayList<>(List.of(script));
        words.addAll(arguments);
        process = new ProcessWorld(words, OptionalLong.of(seed), Runtime.getRuntime().availableProcessors(), Kernels.bySize());
        Engines tensorflow;
        Source source;
        try {
            tensorflow = cluster.load();
            Options options = new Options();
            options.from = Options.From.SCRIPT;
            options.program = script;
            source = ScriptText.read(options, process);
        } catch (EngineFolder.Problem | ScriptText.Unreadable problem) {
            return refuse(problem.getMessage());
        } catch (IOException failure) {
            return refuse("cannot read the script: " + failure.getMessage());
        }
        String ours;
        String theirs = "";
        try (UndoneFiles files = new UndoneFiles(process.files())) {
            ours = run(source, null, cluster, files);
            if (!interrupted) {
                files.undo();
                theirs = run(source, tensorflow, cluster, files);
            }
        } catch (IOException | UncheckedIOException failure) {
            return refuse("cannot keep the script's files aside: " + failure.getMessage());
        }
        if (interrupted) {
            return ExitStatus.INTERRUPTED;
        }
        Optional<Printed.Difference> difference = Printed.firstDifference(ours, theirs);
        process.out().write(difference
                .map(d -> "line " + d.line() + " of the output differs:\n  jvm:        " + d.first() + "\n  tensorflow: " + d.second() + "\n")
                .orElseGet(() -> "the same on both engines: " + counted(ours.lines().count()) + "\n"));
        process.flush();
        return difference.isPresent() ? ExitStatus.SCRIPT_ERROR : ExitStatus.OK;
    }

    private static String counted(long lines) {
        return lines + (lines == 1 ? " line" : " lines");
    }

    private int refuse(String message) {
        process.err().write("nn: " + message + "\n");
        return ExitStatus.USAGE;
    }

    /** What the script prints, and the error that it ends with. */
    private String run(Source source, Engines engines, Cluster cluster, Files files) {
        RecordingWorld world = new RecordingWorld(process, files);
        Evaluator interpreter = Evaluator.of(world);
        TfState.of(interpreter.machine()).cluster(cluster);
        if (engines != null) {
            TfState.of(interpreter.machine()).engines(engines);
        }
        int slash = script.lastIndexOf('/');
        interpreter.scriptAt(slash < 0 ? "" : script.substring(0, slash), script);
        StringBuilder error = new StringBuilder();
        Thread thread = new Thread(null, () -> {
            try {
                if (Notebook.isNamed(source.name())) {
                    Notebook.read(interpreter, source.name(), source.text()).run(interpreter);
                } else {
                    interpreter.run(source);
                }
            } catch (ScriptText.Unreadable notANotebook) {
                error.append("nn: ").append(notANotebook.getMessage()).append('\n');
            } catch (NnError mistake) {
                interrupted |= mistake.kind() == ErrorKind.KEYBOARD_INTERRUPT;
                if (!Evaluator.isExit(mistake)) {
                    error.append(interpreter.render(mistake, false));
                }
            } catch (RuntimeException | LinkageError | AssertionError fault) {
                error.append("internal fault: ").append(fault).append('\n');
            }
        }, "script", Evaluator.STACK_SIZE);
        Interrupts.deliverTo(interpreter, thread, cluster::leave);
        thread.start();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                // Nobody interrupts this thread on purpose; the script's end is what counts.
                continue;
            }
        }
        return world.printed() + error;
    }
}
