package io.retrograd.cli;

import io.retrograd.Evaluator;
import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.kernel.Kernels;
import io.retrograd.lang.tree.Source;
import io.retrograd.lib.tf.TfState;
import io.retrograd.limit.LimitExceeded;
import io.retrograd.repl.SessionWorld;
import io.retrograd.session.RunObserver;
import io.retrograd.show.LossFigure;
import io.retrograd.show.LossRecorder;
import io.retrograd.show.Messages;
import io.retrograd.show.Names;
import io.retrograd.show.NumericsCheck;
import io.retrograd.show.NumericsWatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One run of a script by the command: reads it, runs it on a thread with a deep stack, says how it ended. */
final class ScriptRun {
    private final Options options;
    private final ProcessWorld world;
    private LossRecorder recorder;
    private StatusLine statusLine;
    private Cluster cluster;

    ScriptRun(Options options) {
        this.options = options;
        List<String> arguments = new ArrayList<>();
        arguments.add(switch (options.from) {
            case SCRIPT -> options.program;
            case CODE -> "-c";
            case STDIN -> "-";
            case NOTHING -> "";
        });
        arguments.addAll(options.arguments);
        int threads = options.threads > 0 ? options.threads : Runtime.getRuntime().availableProcessors();
        this.world = new ProcessWorld(arguments, options.seed, threads, new Kernels(options.kernels(), this::tell));
    }

    /** Says what is wrong with the command and answers the status for it. */
    int refuse(String message) {
        world.err().write("nn: " + message + "\n");
        return ExitStatus.USAGE;
    }

    /** A line for those who want to know. */
    private void tell(String line) {
        if (options.verbose) {
            world.err().write("nn: " + line + "\n");
        }
    }

    int run() {
        int status = ended();
        if (cluster != null) {
            cluster.leaveWhereLoaded(status);
        }
        return status;
    }

    private int ended() {
        Optional<String> obstacle = Kernels.obstacle(options.kernels());
        if (obstacle.isPresent()) {
            return refuse("--kernels openblas: OpenBLAS is not there (" + obstacle.get() + "); leave the option out to do without it");
        }
        if (options.from == Options.From.NOTHING && Terminals.isInput()) {
            SessionWorld session = new SessionWorld(world);
            Evaluator interpreter = Evaluator.of(session);
            letUseServers(interpreter);
            return Commands.repl(interpreter, session, "");
        }
        if (!options.lossPlot.isEmpty() && OutputFile.problem(options.lossPlot).isPresent()) {
            return refuse(OutputFile.problem(options.lossPlot).get());
        }
        Source source;
        try {
            source = ScriptText.read(options, world);
        } catch (ScriptText.Missing noScript) {
            return refuse(noScript.getMessage() + Commands.meant(options.program));
        } catch (ScriptText.Unreadable problem) {
            return refuse(problem.getMessage());
        } catch (IOException failure) {
            return refuse("cannot read the script: " + failure.getMessage());
        }
        SessionWorld session = options.interactive && Terminals.isInput() ? new SessionWorld(world) : null;
        Evaluator interpreter = Evaluator.of(session == null ? world : session);
        watch(interpreter);
        letUseServers(interpreter);
        if (options.engine.equals("tensorflow")) {
            try {
                TfState.of(interpreter.machine()).engines(cluster.load());
            } catch (EngineFolder.Problem problem) {
                return refuse(problem.getMessage());
            }
        }
        if (options.from == Options.From.SCRIPT) {
            int slash = options.program.lastIndexOf('/');
            interpreter.scriptAt(slash < 0 ? "" : options.program.substring(0, slash), options.program);
        } else {
            interpreter.scriptAt("", source.name());
        }
        int status = runOnDeepStack(interpreter, source);
        boolean goesOn = session != null && status != ExitStatus.INTERNAL_FAULT;
        return goesOn ? Commands.repl(interpreter, session, status == ExitStatus.OK ? source.text() : "") : status;
    }

    private void letUseServers(Evaluator interpreter) {
        cluster = new Cluster(options.clusterTimeout, options.listens);
        TfState.of(interpreter.machine()).cluster(cluster);
    }

    /** Lets the runs of sessions be watched: for the status, for a picture of the loss, for the first nan. */
    private void watch(Evaluator interpreter) {
        Supplier<Messages> messages = () -> Messages.of(UserLocale.language(""));
        Function<Graph, Names> names = graph -> Names.of(interpreter.variables(), graph);
        boolean shown = options.progress.orElseGet(() -> Terminals.isError() && !"dumb".equals(System.getenv("TERM")));
        RunObserver observer = options.checkNumerics ? new NumericsCheck(messages, names) : null;
        if (!options.lossPlot.isEmpty() || shown) {
            recorder = options.lossPlot.isEmpty() ? LossRecorder.whenAsked(observer) : LossRecorder.ofEveryStep(observer);
            observer = recorder;
        }
        if (!options.checkNumerics) {
            observer = new NumericsWatch(observer, text -> world.err().write("nn: " + text + "\n"), messages, names);
        }
        TfState.of(interpreter.machine()).runObserver(observer);
        if (shown) {
            statusLine = new StatusLine(recorder, messages, world, Terminals.isError());
        }
    }

    /** Writes the picture of the loss that was asked for. */
    private int drawLoss(Evaluator interpreter, int status) {
        Messages messages = Messages.of(UserLocale.language(""));
        Map<String, LossRecorder.Course> courses = recorder.courses(Names.of(interpreter.variables(), TfState.of(interpreter.machine()).largestGraph()));
        if (!recorder.isTraining()) {
            // One number that was fetched is no course.
            courses.values().removeIf(c -> c.points().size() < 2);
        }
        if (courses.isEmpty()) {
            world.err().write("nn: " + messages.get("plot.none", options.lossPlot) + "\n");
            return status == ExitStatus.OK ? ExitStatus.SCRIPT_ERROR : status;
        }
        Optional<String> failure = OutputFile.write(options.lossPlot, LossFigure.of(courses, options.lossPlot, options.program, messages));
        failure.ifPresent(why -> world.err().write("nn: " + why + "\n"));
        return failure.isPresent() && status == ExitStatus.OK ? ExitStatus.SCRIPT_ERROR : status;
    }

    private int runOnDeepStack(Evaluator interpreter, Source source) {
        int[] status = {ExitStatus.OK};
        Thread thread = new Thread(null, () -> status[0] = guarded(interpreter, source), "script", Evaluator.STACK_SIZE);
        Interrupts.deliverTo(interpreter, thread, cluster::leave);
        thread.start();
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException again) {
                // Nobody interrupts this thread on purpose; the script's end is what counts.
                continue;
            }
        }
        return status[0];
    }

    private int guarded(Evaluator interpreter, Source source) {
        try {
            long start = System.nanoTime();
            int status;
            try {
                status = execute(interpreter, source);
            } finally {
                if (statusLine != null) {
                    statusLine.close();
                }
            }
            if (!options.lossPlot.isEmpty()) {
                status = drawLoss(interpreter, status);
            }
            if (options.verbose) {
                int operations = TfState.of(interpreter.machine()).largestGraph().operations().size();
                world.err().write("nn: " + operations + " operations, " + world.threads() + " threads, "
                        + (System.nanoTime() - start) / 1_000_000 + " ms on Java " + Runtime.version() + "\n");
            }
            if (!options.operations.isEmpty()) {
                OperationList.write(interpreter, world, options.operations);
            }
            world.flush();
            return status;
        } catch (StandardStream.ClosedPipe nobodyReads) {
            return ExitStatus.OK;
        } catch (StandardStream.WriteFailure lost) {
            world.err().write("nn: cannot write the output: " + lost.getMessage() + "\n");
            return ExitStatus.SCRIPT_ERROR;
        }
    }

    private int execute(Evaluator interpreter, Source source) {
        try {
            if (Notebook.isNamed(source.name())) {
                Notebook.read(interpreter, source.name(), source.text()).run(interpreter);
            } else {
                interpreter.run(source);
            }
            return ExitStatus.OK;
        } catch (ScriptText.Unreadable notANotebook) {
            return refuse(notANotebook.getMessage());
        } catch (NnError error) {
            if (Evaluator.isExit(error)) {
                return interpreter.exitStatus(error);
            }
            world.err().write(interpreter.render(error, Terminals.isError() && System.getenv("NO_COLOR") == null));
            debug(error);
            return error.kind() == ErrorKind.KEYBOARD_INTERRUPT ? ExitStatus.INTERRUPTED : ExitStatus.SCRIPT_ERROR;
        } catch (LimitExceeded limit) {
            world.err().write("nn: " + limit.getMessage() + "\n");
            return ExitStatus.SCRIPT_ERROR;
        } catch (StandardStream.ClosedPipe | StandardStream.WriteFailure gone) {
            throw gone;
        } catch (RuntimeException | Error fault) {
            world.err().write(InternalFault.describe(interpreter, fault));
            debug(fault);
            return ExitStatus.INTERNAL_FAULT;
        }
    }

    private void debug(Throwable problem) {
        if (options.debug) {
            StringWriter trace = new StringWriter();
            problem.printStackTrace(new PrintWriter(trace));
            world.err().write(trace.toString());
        }
    }
}
