package io.retrograd.cli;

import java.util.Locale;

/** The command {@code nn}: runs a script at once, or hands over to one of the commands. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // No locale changes a digit or a name; what is shown to people asks for the user's own.
        UserLocale.remember(Locale.getDefault());
        Locale.setDefault(Locale.ROOT);
        int status = run(args);
        // Not System.exit: threads of a pool may be busy, and there is nothing left for them to do.
        Runtime.getRuntime().halt(status);
    }

    private static int run(String[] args) {
        if (args.length > 0 && Commands.isCommand(args[0])) {
            return Commands.run(args);
        }
        Options options;
        try {
            options = Options.parse(args);
        } catch (Options.UsageError wrong) {
            return new ScriptRun(new Options()).refuse(wrong.getMessage());
        }
        return new ScriptRun(options).run();
    }
}
