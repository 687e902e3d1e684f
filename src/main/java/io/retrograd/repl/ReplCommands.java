package io.retrograd.repl;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.run.Program;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.python.HelpText;
import io.retrograd.lib.tf.OperationValue;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.lib.tf.TfState;
import io.retrograd.lib.tf.VariableValue;
import io.retrograd.show.GradientChain;
import io.retrograd.show.GraphTree;
import io.retrograd.show.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The commands that begin with a colon, and {@code ?}. */
final class ReplCommands {
    /** What a command takes, for completion. */
    enum Argument {
        NONE,
        NAME,
        FILE,
        SETTING,
        STATEMENT
    }

    /** What a command does with the text behind it. */
    private interface Action {
        void run(Workspace workspace, String argument);
    }

    /** A command: its name without the colon, what it takes, what it does. */
    record Command(String name, String usage, Argument argument, String doc, Action action) {}

    private static final List<Command> ALL = List.of(
            new Command("vars", "", Argument.NONE, "the names that are bound: type, shape, value in short", (w, a) -> Variables.show(w)),
            new Command("graph", "[TENSOR] [FILE]", Argument.NAME, "how tensors are computed, as a tree with shapes; or drawn to a file", ReplCommands::graph),
            new Command("grad", "LOSS VARIABLE", Argument.NAME, "the chain rule from a loss to a variable, factor by factor", ReplCommands::gradient),
            new Command("explain", "STATEMENT", Argument.STATEMENT, "runs a training step and shows backpropagation in it, every number", ShowCommands::explain),
            new Command("trace", "STATEMENT", Argument.STATEMENT, "runs a statement and shows where the time of its runs goes", ShowCommands::trace),
            new Command("run", "FILE", Argument.FILE, "runs a script on its own; the session stays as it is", ReplCommands::runScript),
            new Command("load", "FILE", Argument.FILE, "runs a script as if it were typed here", ReplCommands::load),
            new Command("save", "FILE", Argument.FILE, "writes the session's successful entries as a script", ReplCommands::save),
            new Command("time", "STATEMENT", Argument.STATEMENT, "runs a statement again and again and tells the median time", ReplCommands::time),
            new Command("history", "[WORDS]", Argument.NONE, "what was entered, or those entries that contain the words", ReplCommands::history),
            new Command("undo", "", Argument.NONE, "takes the last entry back: its names and its operations", ReplCommands::undo),
            new Command("reset", "", Argument.NONE, "drops all names and the graph", ReplCommands::reset),
            new Command("set", "[NAME on|off]", Argument.SETTING, "shows or changes how the session behaves", ReplCommands::set),
            new Command("help", "", Argument.NONE, "this list", (w, a) -> commands(w)),
            new Command("quit", "", Argument.NONE, "leaves, as Ctrl-D does", (w, a) -> w.leave()));

    private ReplCommands() {}

    static List<Command> all() {
        return ALL;
    }

    static boolean isCommand(String text) {
        return text.stripLeading().startsWith(":");
    }

    /** Whether a text is a command of any kind, which no further line belongs to. */
    static boolean isOneLine(String text) {
        return text.strip().indexOf('\n') < 0 && (isCommand(text) || asksForHelp(text) || Habits.isForeign(text));
    }

    /** {@code ?}, {@code x?}, {@code ?x} on one line. */
    static boolean asksForHelp(String text) {
        String line = text.strip();
        if (line.indexOf('\n') >= 0) {
            return false;
        }
        String name = line.startsWith("?") ? line.substring(1) : line.endsWith("?") ? line.substring(0, line.length() - 1) : "-";
        return name.chars().allMatch(c -> Character.isUnicodeIdentifierPart(c) || c == '.' || c == '?' || c == ' ');
    }

    static Argument argumentOf(String text) {
        Command command = find(word(text));
        return command == null ? Argument.NONE : command.argument();
    }

    private static String word(String text) {
        String line = text.strip();
        int end = line.indexOf(' ');
        return line.substring(1, end < 0 ? line.length() : end);
    }

    /** The command of that name, or the only one that begins so. */
    private static Command find(String word) {
        Command found = null;
        for (Command each : ALL) {
            if (each.name().equals(word)) {
                return each;
            }
            if (!word.isEmpty() && each.name().startsWith(word)) {
                if (found != null) {
                    return null;
                }
                found = each;
            }
        }
        return word.equals("q") || word.equals("exit") ? ALL.get(ALL.size() - 1) : found;
    }

    static void run(Workspace workspace, String text) {
        Command command = find(word(text));
        if (command == null) {
            workspace.complain("there is no command :" + word(text) + "; :help lists them");
            return;
        }
        int end = text.indexOf(' ');
        String argument = end < 0 ? "" : text.substring(end + 1).strip();
        command.action().run(workspace, command.argument() == Argument.FILE ? unquoted(argument) : argument);
    }

    /** A file's name as people write it who come from strings or from a shell. */
    private static String unquoted(String name) {
        boolean quoted = name.length() > 1 && "'\"".indexOf(name.charAt(0)) >= 0 && name.charAt(0) == name.charAt(name.length() - 1);
        return quoted ? name.substring(1, name.length() - 1) : name;
    }

    private static void commands(Workspace workspace) {
        StringBuilder out = new StringBuilder();
        for (Command each : ALL) {
            String head = (":" + each.name() + " " + each.usage()).strip();
            out.append(String.format(Locale.ROOT, "  %-23s %s\n", head, each.doc()));
        }
        out.append("  name?                   what a function or a value is; ? alone: how this works\n");
        workspace.print(out.toString());
    }

    static void help(Workspace workspace, String text) {
        String name = text.replace("?", "").strip();
        if (name.isEmpty()) {
            workspace.print("""
                    Type statements; a value is shown, and is _ afterwards. A block ends with a blank line.
                    TensorFlow's and numpy's functions need no import: w = variable(zeros([2])), run(init()), run(w).
                      name?  or  help(name)   signature, meaning, shapes, an example and the gradient
                      Tab                     completes names, attributes, arguments, feeds and files
                      Up, Ctrl-R              earlier entries, searching them
                      Ctrl-C                  drops the line; stops what runs, and everything stays
                      Ctrl-D  or  :quit       leaves
                      :help                   the commands: the graph, gradients, saving, undoing, timing
                    """);
            return;
        }
        workspace.guarded(() -> {
            Machine m = workspace.machine();
            Object found = new Lookup(workspace, null).find(name);
            if (found == null) {
                // Words the error as any use of the name would.
                found = workspace.evaluate(name);
            }
            if (found instanceof TensorValue || found instanceof VariableValue) {
                ValueDisplay.show(workspace, found);
            } else {
                workspace.print(HelpText.of(m, found));
            }
        });
    }

    // The graph

    private static Output tensor(Workspace workspace, String name) {
        Object value = workspace.evaluate(name);
        if (value instanceof TensorValue t) {
            return t.output();
        }
        if (value instanceof VariableValue v) {
            return v.variable().snapshot();
        }
        throw NnError.type("'" + name + "' is no tensor but " + Semantics.typeOf(value).name());
    }

    private static void graph(Workspace workspace, String argument) {
        int last = argument.lastIndexOf(' ') + 1;
        if (argument.substring(last).matches("(?i).+\\.(svg|png|dot|gv|html|pbtxt)")) {
            String of = argument.substring(0, last).strip();
            workspace.guarded(() -> ShowCommands.draw(workspace, of.isEmpty() ? null : tensor(workspace, of), argument.substring(last)));
            return;
        }
        String name = argument;
        workspace.guarded(() -> {
            Names names = Names.of(workspace.interpreter().variables());
            if (name.isEmpty()) {
                List<Operation> operations = TfState.of(workspace.machine()).graph().operations();
                if (operations.isEmpty()) {
                    workspace.print("the graph is empty\n");
                    return;
                }
                workspace.print(GraphTree.ofNamed(operations, names));
                return;
            }
            Object value = workspace.evaluate(name);
            workspace.print(value instanceof OperationValue op
                    ? GraphTree.of(op.operation(), names)
                    : GraphTree.of(tensor(workspace, name), names));
        });
    }

    private static void gradient(Workspace workspace, String argument) {
        String[] both = argument.split("[\\s,]+");
        if (both.length != 2) {
            workspace.complain(":grad takes a loss and a variable: :grad loss w1");
            return;
        }
        workspace.guarded(() -> {
            Names names = Names.of(workspace.interpreter().variables());
            Output loss = tensor(workspace, both[0]);
            Output variable = tensor(workspace, both[1]);
            workspace.print(GradientChain.of(loss, variable, names));
        });
    }

    // Files

    static Path file(Workspace workspace, String name) {
        String home = System.getProperty("user.home");
        return workspace.world().files().readable(name.startsWith("~/") ? home + name.substring(1) : name);
    }

    private static Source read(Workspace workspace, String command, String name) {
        if (name.isEmpty()) {
            workspace.complain(":" + command + " takes a file: :" + command + " script.nn");
            return null;
        }
        Path path = file(workspace, name);
        try {
            return new Source(name, Files.readString(path));
        } catch (IOException | RuntimeException problem) {
            workspace.complain("cannot read '" + name + "': "
                    + (Files.isDirectory(path) ? "it is a folder" : Files.exists(path) ? "it is no text in UTF-8" : "no such file"));
            return null;
        }
    }

    private static void runScript(Workspace workspace, String name) {
        Source source = read(workspace, "run", name);
        if (source != null) {
            workspace.runAlone(source);
        }
    }

    private static void load(Workspace workspace, String name) {
        Source source = read(workspace, "load", name);
        if (source != null) {
            workspace.run(source, true);
        }
    }

    private static void save(Workspace workspace, String name) {
        if (name.isEmpty()) {
            workspace.complain(":save takes a file: :save script.nn");
            return;
        }
        String script = workspace.script();
        try {
            Files.writeString(file(workspace, name), script);
            long lines = script.lines().count();
            workspace.print("saved " + lines + (lines == 1 ? " line" : " lines") + " to " + name + "\n");
        } catch (IOException | RuntimeException problem) {
            workspace.complain("cannot write '" + name + "'");
        }
    }

    private static void history(Workspace workspace, String words) {
        StringBuilder out = new StringBuilder();
        int number = 0;
        for (String entry : workspace.entered()) {
            number++;
            if (entry.contains(words)) {
                String head = String.format(Locale.ROOT, "%4d  ", number);
                out.append(head).append(entry.strip().replace("\n", "\n      ")).append('\n');
            }
        }
        workspace.print(out.isEmpty() ? "nothing was entered yet\n" : out.toString());
    }

    // Going back

    private static void undo(Workspace workspace, String argument) {
        String undone = workspace.undo();
        workspace.print((undone.isEmpty() ? "there is nothing to undo" : undone) + "\n");
    }

    private static void reset(Workspace workspace, String argument) {
        workspace.reset();
        workspace.print("names and graph are as at the start\n");
    }

    private static void set(Workspace workspace, String argument) {
        Settings settings = workspace.settings();
        String[] words = argument.split("\\s+");
        if (argument.isEmpty()) {
            Settings.meanings().forEach((name, meaning) -> workspace.print(String.format(
                    Locale.ROOT, "  %-10s %-4s %s%n", name, settings.isOn(name) ? "on" : "off", meaning)));
        } else if (words.length == 2 && settings.has(words[0]) && List.of("on", "off").contains(words[1])) {
            settings.set(words[0], words[1].equals("on"));
        } else {
            workspace.complain(":set takes one of " + String.join(", ", Settings.meanings().keySet()) + ", and on or off");
        }
    }

    // Time

    private static final long LONGEST_NANOS = 1_000_000_000L;
    private static final int MOST_RUNS = 1000;
    private static final int FEWEST_RUNS = 3;

    private static void time(Workspace workspace, String statement) {
        if (statement.isEmpty()) {
            workspace.complain(":time takes a statement: :time run(train, {x: X})");
            return;
        }
        workspace.guarded(() -> {
            Evaluator interpreter = workspace.interpreter();
            Snapshot before = Snapshot.of(interpreter);
            try {
                Program program = Program.compile(
                        ScriptParser.parse(new Source("In [" + workspace.number() + "]", statement)), interpreter.variables(), null);
                long[] times = new long[MOST_RUNS];
                int n = 0;
                long start = System.nanoTime();
                while (n < MOST_RUNS && (n < FEWEST_RUNS || System.nanoTime() - start < LONGEST_NANOS)) {
                    long from = System.nanoTime();
                    interpreter.run(program);
                    times[n++] = System.nanoTime() - from;
                }
                Arrays.sort(times, 0, n);
                workspace.print("median " + duration(times[n / 2]) + ", fastest " + duration(times[0]) + ", " + n + " runs\n");
            } finally {
                // What the statement built was for the clock alone.
                before.rollBackGraph();
            }
        });
    }

    private static String duration(long nanos) {
        double value = nanos;
        for (String unit : List.of("ns", "µs", "ms")) {
            if (value < 1000) {
                return String.format(Locale.ROOT, value < 10 ? "%.2f %s" : value < 100 ? "%.1f %s" : "%.0f %s", value, unit);
            }
            value /= 1000;
        }
        return String.format(Locale.ROOT, "%.2f s", value);
    }
}
