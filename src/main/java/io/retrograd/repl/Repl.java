package io.retrograd.repl;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.utils.Signals;

/**
 * The interactive session: reads entries at a terminal, runs them in one interpreter, shows values and errors.
 *
 * <p>Runs on the caller's thread, which should have a deep stack as {@link Evaluator} says.
 */
public final class Repl {
    private final Terminal terminal;
    private final Workspace workspace;
    private final WarmUp warmUp;
    private final ReplOptions options;
    private final boolean plain;

    private Repl(Terminal terminal, Evaluator interpreter, SessionWorld world, ReplOptions options) {
        this.terminal = terminal;
        this.options = options;
        this.plain = isPlain(terminal);
        this.warmUp = new WarmUp(world);
        this.workspace = new Workspace(
                interpreter, world, new Settings(options.colours() && !plain), options.before());
    }

    /**
     * A session at the process's own terminal.
     *
     * @return the exit status: 0, or what the script's own {@code exit} asked for
     */
    public static int start(Evaluator interpreter, SessionWorld world, ReplOptions options) throws IOException {
        try (Terminal terminal = SystemTerminal.open()) {
            Suspension.allowFor(terminal);
            if (isPlain(terminal)) {
                // JLine leaves the signals of such a terminal to the JVM, which would end at Ctrl-C.
                Signals.register("INT", () -> terminal.raise(Terminal.Signal.INT));
            }
            return run(terminal, interpreter, world, options);
        }
    }

    static boolean isPlain(Terminal terminal) {
        return terminal.getType().startsWith("dumb");
    }

    /** A session at a terminal of the caller's choice; what scripts print goes where the world says. */
    public static int run(Terminal terminal, Evaluator interpreter, SessionWorld world, ReplOptions options) throws IOException {
        return new Repl(terminal, interpreter, world, options).loop();
    }

    private int loop() throws IOException {
        Optional<Path> history = plain ? Optional.empty() : options.history().flatMap(HistoryFile::ready);
        EntrySource source = plain
                ? new PlainReader(terminal, workspace, warmUp)
                : new EntryReader(terminal, workspace, warmUp, history);
        workspace.world().in(new TerminalInput(source, workspace.world().screen()));
        workspace.progress(new Progress(workspace, terminal, plain));
        workspace.print("Retrograd 0.1.0 (TensorFlow 1.15's API)  ? explains, Tab completes, Ctrl-D leaves\n");
        workspace.world().out().flush();
        Thread self = Thread.currentThread();
        while (!workspace.isLeft()) {
            workspace.finishLine();
            Line line = source.entry(workspace.number());
            if (line instanceof Line.End) {
                break;
            }
            if (line instanceof Line.Dropped) {
                if (plain) {
                    workspace.print("\n");
                }
                continue;
            }
            String text = ((Line.Entry) line).text();
            if (text.isBlank()) {
                continue;
            }
            Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> {
                if (plain) {
                    workspace.world().screen().interrupted();
                }
                workspace.interrupt();
                self.interrupt();
            });
            // What is typed meanwhile shall not stand in the output, nor ^C in the status line.
            boolean echo = !plain && terminal.echo(false);
            try {
                act(text);
            } finally {
                if (echo) {
                    terminal.echo(true);
                }
                terminal.handle(Terminal.Signal.INT, before);
                forgetInterrupt();
            }
        }
        if (source instanceof EntryReader reader && history.isPresent()) {
            reader.getHistory().save();
            HistoryFile.protect(history.get());
        }
        workspace.world().out().flush();
        return workspace.status();
    }

    private void act(String text) {
        if (ReplCommands.isCommand(text)) {
            ReplCommands.run(workspace, text.strip());
        } else if (Habits.isForeign(text)) {
            Habits.command(text).ifPresentOrElse(
                    command -> ReplCommands.run(workspace, command), () -> workspace.complain(Habits.answer(text)));
        } else if (Habits.leaves(text) && !workspace.isBound(text.strip())) {
            workspace.leave();
        } else if (ReplCommands.asksForHelp(text)) {
            ReplCommands.help(workspace, text.strip());
        } else {
            workspace.enter(Pasted.dedented(text));
        }
        workspace.finishLine();
    }

    /** A Ctrl-C that came too late is none for the next entry. */
    private void forgetInterrupt() {
        Thread.interrupted();
        if (workspace.machine().isInterrupted()) {
            try {
                workspace.machine().checkInterrupt();
            } catch (NnError answered) {
                return;
            }
        }
    }
}
