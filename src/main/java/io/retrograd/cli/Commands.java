package io.retrograd.cli;

import io.retrograd.Interpreter;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The commands besides running a script. Loaded only when one of them is asked for. */
final class Commands {
    /** First words that are commands and not scripts. */
    private static final List<String> NAMES = List.of("help", "version", "-h", "--help", "--version", "-V");

    private Commands() {}

    static boolean isCommand(String word) {
        return NAMES.contains(word);
    }

    static int run(String[] args) {
        String[] words = args.clone();
        switch (words[0]) {
            case "-h", "--help" -> words[0] = "help";
            case "--version", "-V" -> words[0] = "version";
            default -> { }
        }
        PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, java.nio.charset.StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, java.nio.charset.StandardCharsets.UTF_8);
        CommandLine line = new CommandLine(new Nn());
        line.setOut(new java.io.PrintWriter(out, true));
        line.setErr(new java.io.PrintWriter(err, true));
        return line.execute(words);
    }

    /** An interactive session: its own, or one that goes on where a script ended. */
    static int repl(Options options, Interpreter interpreter) {
        return new ScriptRun(options).refuse("there is no interactive session yet; give a script, or pipe one");
    }

    @Command(
            name = "nn",
            subcommands = {HelpCommand.class, Version.class},
            header = "Runs TensorFlow-1 scripts.",
            customSynopsis = {
                "nn [OPTIONS] SCRIPT [ARGS]   run a .nn or .py file",
                "       nn                           run the script on standard input",
                "       nn -                         the same",
                "       nn -c 'CODE'                 run CODE",
                "       nn help | version            say what there is, and which",
            },
            description = {
                "",
                "Options before SCRIPT:",
                "  --seed N           what nothing in the script seeds becomes repeatable",
                "  --threads N        threads for large kernels (default: one per core)",
                "  --kernels NAME     plain, ejml or openblas (default: by size)",
                "  --ops FILE         at exit, list the graph's operations: type, tab, name",
                "  --verbose          say more",
                "  --debug            show Java traces of errors",
                "",
                "Commands:"
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
