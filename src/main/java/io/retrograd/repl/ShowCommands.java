package io.retrograd.repl;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.lang.tree.Source;
import io.retrograd.lib.tf.TfState;
import io.retrograd.show.ExplanationText;
import io.retrograd.show.GraphFile;
import io.retrograd.show.GraphView;
import io.retrograd.show.Messages;
import io.retrograd.show.Names;
import io.retrograd.show.StepExplanation;
import io.retrograd.show.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The commands that show backpropagation, time and graphs, as {@code nn explain}, {@code nn trace} and {@code nn graph} do of scripts. */
final class ShowCommands {
    private ShowCommands() {}

    /** Runs the statement, or the last entry that ran something, to its first training step. */
    static void explain(Workspace workspace, String argument) {
        String statement = argument.isEmpty() ? lastRun(workspace) : argument;
        if (statement.isEmpty()) {
            workspace.complain(":explain takes a statement that trains: :explain run(train, {x: X})");
            return;
        }
        workspace.guarded(() -> {
            Messages messages = messages(workspace);
            StepExplanation.Outcome outcome;
            try {
                outcome = StepExplanation.of(workspace.interpreter(), "", () -> run(workspace, statement), 1, "");
            } finally {
                workspace.progress().observe();
            }
            if (outcome.explanation() != null) {
                workspace.print(ExplanationText.of(outcome.explanation(), messages, workspace.colours()));
                workspace.print(ValueDisplay.dimmed(workspace, "the step was taken: the variables have their new values") + "\n");
            } else if (outcome.error() != null) {
                throw outcome.error();
            } else {
                ExplanationText.why(outcome, 1, "", List.of(), messages).forEach(workspace::complain);
            }
        });
    }

    /** Runs the statement and shows what each operation took. */
    static void trace(Workspace workspace, String argument) {
        String statement = argument.isEmpty() ? lastRun(workspace) : argument;
        if (statement.isEmpty()) {
            workspace.complain(":trace takes a statement that runs something: :trace run(loss, {x: X})");
            return;
        }
        workspace.guarded(() -> {
            Trace trace;
            try {
                trace = Trace.of(workspace.interpreter(), () -> run(workspace, statement));
            } finally {
                workspace.progress().observe();
            }
            workspace.print(trace.text(messages(workspace), workspace.colours()));
            if (trace.error() != null) {
                throw trace.error();
            }
        });
    }

    private static void run(Workspace workspace, String statement) {
        workspace.interpreter().run(new Source("In [" + workspace.number() + "]", statement));
    }

    private static String lastRun(Workspace workspace) {
        List<String> entries = workspace.entered();
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).contains("run(")) {
                return entries.get(i);
            }
        }
        return "";
    }

    /** Draws the graph, or what a tensor is computed from, to a file; the file's ending says how. */
    static void draw(Workspace workspace, Output tensor, String file) {
        Graph graph = tensor == null ? TfState.of(workspace.machine()).graph() : tensor.operation().graph();
        if (graph.operations().isEmpty()) {
            workspace.print("the graph is empty\n");
            return;
        }
        Names names = Names.of(workspace.interpreter().variables(), graph);
        try {
            Files.write(ReplCommands.file(workspace, file), GraphFile.of(file, graph, names, new GraphView.Choice(true, tensor, GraphView.Fold.NONE)));
            workspace.print("drawn to " + file + "\n");
        } catch (IOException problem) {
            throw NnError.value("cannot write '" + file + "'");
        }
    }

    /** In the language that the environment asks for. */
    static Messages messages(Workspace workspace) {
        Map<String, String> environment = workspace.world().environment();
        for (String name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return Messages.of(value.startsWith("zh") ? Locale.CHINESE : Locale.ENGLISH);
            }
        }
        return Messages.of(Locale.ENGLISH);
    }
}
