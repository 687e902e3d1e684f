package io.retrograd.cli;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.kernel.Kernels;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.world.ForwardingWorld;
import io.retrograd.lang.world.TextSink;
import io.retrograd.limit.LimitExceeded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;

/** A script that a command runs in order to show something of it, in a world whose output can be kept apart. */
final class WatchedScript {
    private final Options options = new Options();
    private final ProcessWorld process;
    private final Evaluator interpreter;
    private Source source;

    /** @param loud whether what the script prints is shown, before what the command shows */
    WatchedScript(String script, List<String> arguments, Long seed, boolean loud) {
        options.from = script.equals("-") ? Options.From.STDIN : Options.From.SCRIPT;
        options.program = script;
        List<String> words = new ArrayList<>(List.of(script));
        words.addAll(arguments);
        process = new ProcessWorld(
                words,
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                Runtime.getRuntime().availableProcessors(),
                Kernels.bySize());
        interpreter = Evaluator.of(loud ? process : new QuietWorld(process));
    }

    Evaluator interpreter() {
        return interpreter;
    }

    Source source() {
        return source;
    }

    /** Reads the script, then does the work on a thread with a deep stack; answers the exit status. */
    int start(ToIntFunction<WatchedScript> work) {
        if (options.from == Options.From.SCRIPT && options.program.startsWith("-")) {
            return refuse("unknown option '" + options.program + "'; see 'nn help'");
        }
        try {
            source = ScriptText.read(options, process);
        } catch (ScriptText.Unreadable problem) {
            return refuse(problem.getMessage());
        } catch (IOException failure) {
            return refuse("cannot read the script: " + failure.getMessage());
        }
        int slash = options.program.lastIndexOf('/');
        interpreter.scriptAt(slash < 0 ? "" : options.program.substring(0, slash), options.program);
        int[] status = new int[1];
        Thread thread = new Thread(null, () -> status[0] = guarded(work), "script", Evaluator.STACK_SIZE);
        Interrupts.deliverTo(interpreter, thread, Runtime.getRuntime()::halt);
        thread.start();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                // Nobody interrupts this thread on purpose; the script's end is what counts.
                continue;
            }
        }
        return status[0];
    }

    private int guarded(ToIntFunction<WatchedScript> work) {
        try {
            int status = work.applyAsInt(this);
            process.flush();
            return status;
        } catch (StandardStream.ClosedPipe nobodyReads) {
            return ExitStatus.OK;
        } catch (LimitExceeded limit) {
            return refuse(limit.getMessage());
        } catch (NnError error) {
            complain(interpreter.render(error, coloursOnError()));
            return ExitStatus.of(error);
        } catch (RuntimeException | Error fault) {
            complain(InternalFault.describe(interpreter, fault));
            return ExitStatus.INTERNAL_FAULT;
        }
    }

    /** Runs the script; NnError is what it did not catch. Its own wish to end is no error. */
    void run() {
        try {
            if (source.name().toLowerCase(Locale.ROOT).endsWith(".ipynb")) {
                Notebook.read(interpreter, source.name(), source.text()).run(interpreter);
            } else {
                interpreter.run(source);
            }
        } catch (ScriptText.Unreadable notANotebook) {
            throw NnError.value(notANotebook.getMessage());
        } catch (NnError error) {
            if (!Evaluator.isExit(error)) {
                throw error;
            }
        }
    }

    boolean coloursOnError() {
        return Terminals.isError() && System.getenv("NO_COLOR") == null;
    }

    void show(String text) {
        process.out().write(text);
        process.out().flush();
    }

    void complain(String text) {
        process.err().write(text);
    }

    int refuse(String message) {
        complain("nn: " + message + "\n");
        return ExitStatus.USAGE;
    }

    /** The process's world, but what is printed goes nowhere. */
    private static final class QuietWorld extends ForwardingWorld {
        QuietWorld(ProcessWorld world) {
            super(world);
        }

        @Override
        public TextSink out() {
            return TextSink.NOWHERE;
        }
    }
}
