package io.retrograd.cli;

import io.retrograd.Evaluator;
import io.retrograd.lang.builtin.Spelling;
import io.retrograd.repl.HistoryFile;
import io.retrograd.repl.Repl;
import io.retrograd.repl.ReplOptions;
import io.retrograd.repl.SessionWorld;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The commands besides running a script. Loaded only when one of them is asked for. */
final class Commands {
    /** First words that are commands and not scripts. */
    private static final List<String> NAMES = List.of("help", "version", "check", "explain", "graph", "trace", "run", "engine", "verify", "serve", "sweep", "-h", "--help", "--version", "-V");

    /** Columns that the longest line below needs. */
    private static final int HELP_WIDTH = 104;

    private Commands() {}

    static boolean isCommand(String word) {
        return NAMES.contains(word);
    }

    /** Which command a word that names no script may have meant: {@code ; did you mean 'nn check'?}, or nothing. */
    static String meant(String word) {
        String nearest = Spelling.nearest(word, NAMES);
        return nearest.isEmpty() || nearest.startsWith("-") ? "" : "; did you mean 'nn " + nearest + "'?";
    }

    static int run(String[] args) {
        String[] words = args.clone();
        switch (words[0]) {
            case "-h", "--help" -> words[0] = "help";
            case "--version", "-V" -> words[0] = "version";
            default -> { }
        }
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        CommandLine line = new CommandLine(new Nn());
        // Options that are not the command's own are the script's.
        line.setUnmatchedOptionsArePositionalParams(true);
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(words);
    }

    /**
     * An interactive session: its own, or one that goes on where a script ended.
     *
     * @param world the world in which the interpreter was made
     * @param before the text of the script that ran before, empty if none
     */
    static int repl(Evaluator interpreter, SessionWorld world, String before) {
        ReplOptions options = new ReplOptions(
                HistoryFile.place(world.environment()), System.getenv("NO_COLOR") == null, before);
        int[] status = {ExitStatus.OK};
        Thread session = new Thread(null, () -> {
            try {
                status[0] = Repl.start(interpreter, world, options);
            } catch (IOException terminalGone) {
                world.err().write("nn: the terminal cannot be used: " + terminalGone.getMessage() + "\n");
                status[0] = ExitStatus.USAGE;
            }
        }, "session", Evaluator.STACK_SIZE);
        session.start();
        while (true) {
            try {
                session.join();
                return status[0];
            } catch (InterruptedException again) {
                // Nobody interrupts this thread on purpose; the session's end is what counts.
                continue;
            }
        }
    }

    @Command(
            name = "nn",
            subcommands = {HelpCommand.class, Version.class, CheckCommand.class, ExplainCommand.class, GraphCommand.class, TraceCommand.class, RunCommand.class, EngineCommand.class, VerifyCommand.class, ServeCommand.class, SweepCommand.class},
            header = "Runs TensorFlow-1 scripts.",
            customSynopsis = {
                "nn [OPTIONS] SCRIPT [ARGS]   run a .nn or .py file",
                "       nn                           an interactive session; from a pipe, run the script in it",
                "       nn -                         the same",
                "       nn -c 'CODE'                 run CODE",
                "       nn help | version            say what there is, and which",
            },
            description = {
                "",
                "Options before SCRIPT:",
                "  -i                 an interactive session where the script ended",
                "  --seed N           what nothing in the script seeds becomes repeatable; sums in TensorFlow's order",
                "  --threads N        threads for large kernels (default: one per core)",
                "  --kernels KIND     who multiplies matrices: tensorflow (its digits), plain, ejml or openblas",
                "                     (default: by size; with --seed: tensorflow)",
                "  --engine tensorflow  sessions on TensorFlow's runtime; see nn engine",
                "  --listen-on-all-interfaces  let the script start servers of a cluster (tf.train.Server)",
                "  --cluster-timeout SECONDS   how long a server may be silent (default: 60)",
                "  --ops FILE         at exit, list the graph's operations: type, tab, name",
                "  --progress         a status line on standard error while it trains (on a terminal: always,",
                "                     unless --no-progress)",
                "  --plot-loss FILE   at the end, draw the loss over the steps: a .png or .svg file",
                "  --check-numerics   stop where an operation first makes a nan or an infinity",
                "  --verbose          at the end, say how many operations and how long; and whether OpenBLAS was used",
                "  --debug            show Java traces of errors",
                ""
            })
    private static final class Nn {}

    @Command(name = "version", description = "The version, and the Java that runs it.")
    private static final class Version implements Runnable {
        @CommandLine.Spec
        CommandLine.Model.CommandSpec spec;

        @Override
        public void run() {
            spec.commandLine().getOut().println("Retrograd 0.1.0 (TensorFlow 1.15's Python API) on Java " + Runtime.version());
        }
    }
}
