package io.retrograd.repl;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What hands used to IPython and to shells type: what there is of it here is done, for the rest it is said what there is instead. */
final class Habits {
    /** Magics that are commands here, word for word. */
    private static final Map<String, String> COMMANDS = Map.ofEntries(
            Map.entry("time", "time"), Map.entry("timeit", "time"), Map.entry("who", "vars"), Map.entry("whos", "vars"),
            Map.entry("reset", "reset"), Map.entry("load", "load"), Map.entry("run", "load"), Map.entry("save", "save"),
            Map.entry("history", "history"), Map.entry("hist", "history"), Map.entry("quickref", "help"),
            Map.entry("lsmagic", "help"), Map.entry("magic", "help"), Map.entry("prun", "trace"));

    /** What to do in the place of other magics. */
    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("matplotlib", "figures need no setting here: plt.savefig('a.png') or plt.show() writes the picture"),
            Map.entry("pylab", "import numpy as np and matplotlib.pyplot as plt; figures need no setting here"),
            Map.entry("paste", "paste with the terminal: a whole script is taken as one entry"),
            Map.entry("cpaste", "paste with the terminal: a whole script is taken as one entry"),
            Map.entry("pwd", "import os and os.getcwd() tells the folder"),
            Map.entry("cd", "start nn in that folder, or give paths from here"),
            Map.entry("ls", "import os and os.listdir('.') lists the folder"),
            Map.entry("env", "import os and os.environ has the environment"),
            Map.entry("debug", "an error shows its line and operands; :grad and :graph show what led to a tensor"),
            Map.entry("pdb", "an error shows its line and operands; :grad and :graph show what led to a tensor"),
            Map.entry("edit", "Up brings an entry back whole, to be edited"),
            Map.entry("autoreload", ":load FILE runs a changed file again"),
            Map.entry("tensorboard", ":graph loss graph.svg draws the graph"));

    /** Words that a shell would know. */
    private static final Map<String, String> SHELL = Map.of(
            "ls", "os.listdir('.') after import os", "dir", "dir() lists names; os.listdir('.') files", "pwd", "os.getcwd() after import os",
            "cd", "start nn in that folder", "clear", "Ctrl-L clears the screen", "cls", "Ctrl-L clears the screen",
            "whos", ":vars", "who", ":vars", "history", ":history");

    private Habits() {}

    /** Whether a text is one line for IPython or a shell, which no statement begins so. */
    static boolean isForeign(String text) {
        String line = text.strip();
        return line.startsWith("%") || line.startsWith("!");
    }

    /** The command that stands for a magic; empty if there is none. */
    static Optional<String> command(String text) {
        String line = text.strip();
        if (!line.startsWith("%")) {
            return Optional.empty();
        }
        String command = COMMANDS.get(word(line));
        return command == null ? Optional.empty() : Optional.of((":" + command + " " + rest(line)).strip());
    }

    /** What to say to a magic or a shell's line that there is no command for. */
    static String answer(String text) {
        String line = text.strip();
        if (line.startsWith("!")) {
            return "there is no shell here: scripts cannot start processes. Ctrl-Z leaves for the shell, fg comes back";
        }
        String advice = ADVICE.get(word(line));
        return "%" + word(line) + " is IPython's; " + (advice == null ? "the commands here begin with a colon, :help lists them" : advice);
    }

    /** What to say to a word that means nothing but would to a shell. */
    static Optional<String> hint(String text) {
        String advice = SHELL.get(text.strip());
        return advice == null ? Optional.empty() : Optional.of(advice);
    }

    /** Whether the word alone asks to leave. */
    static boolean leaves(String text) {
        return List.of("exit", "quit").contains(text.strip());
    }

    private static String word(String line) {
        int start = 0;
        while (start < line.length() && line.charAt(start) == '%') {
            start++;
        }
        int end = start;
        while (end < line.length() && Character.isLetterOrDigit(line.charAt(end))) {
            end++;
        }
        return line.substring(start, end);
    }

    /** What stands behind the magic's word and its options. */
    private static String rest(String line) {
        int start = line.indexOf(word(line)) + word(line).length();
        String rest = line.substring(start).strip();
        while (rest.matches("-[a-z]\\d*( .*)?|-[nr] ?\\d+ .*")) {
            int end = rest.matches("-[nr] \\d+ .*") ? rest.indexOf(' ', 3) : rest.indexOf(' ');
            rest = end < 0 ? "" : rest.substring(end).strip();
        }
        return rest;
    }
}
