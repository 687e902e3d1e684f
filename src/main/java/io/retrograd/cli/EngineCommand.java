package io.retrograd.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn engine add|remove tensorflow}: the add-on that runs sessions on TensorFlow's own runtime. */
@Command(
        name = "engine",
        sortOptions = false,
        description = "Adds or removes the engine that runs scripts on TensorFlow's own runtime: nn --engine tensorflow SCRIPT.")
final class EngineCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "add|remove", description = "What to do; without it, say what is there.")
    private String action = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "tensorflow", description = "The engine.")
    private String name = "tensorflow";

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        EngineFolder engine = EngineFolder.of(System.getenv());
        try {
            if (!name.equals("tensorflow")) {
                throw new EngineFolder.Problem("there is no engine '" + name + "', only tensorflow");
            }
            switch (action) {
                case "add" -> engine.add(out);
                case "remove" -> engine.remove();
                case "" -> out.println(engine.isThere()
                        ? EngineFolder.VERSION + " in " + engine.path()
                        : "No engine is there besides the JVM's own; to add one: " + EngineFolder.ADD);
                default -> throw new EngineFolder.Problem("nn engine takes add or remove, not '" + action + "'");
            }
            return ExitStatus.OK;
        } catch (EngineFolder.Problem problem) {
            System.err.println("nn: " + problem.getMessage());
            return ExitStatus.USAGE;
        }
    }
}
