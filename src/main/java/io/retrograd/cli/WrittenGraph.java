package io.retrograd.cli;

import io.retrograd.error.NnError;
import io.retrograd.exchange.GraphImport;
import io.retrograd.exchange.GraphReading;
import io.retrograd.exchange.SavedModels;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.op.StandardOps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A graph in a file of TensorFlow's, to be looked at.
 *
 * @param unknown operation types that TensorFlow 1.15 does not have; their operations are stand-ins
 */
record WrittenGraph(Graph graph, Set<String> unknown) {
    private static final List<String> ENDINGS = List.of(".pb", ".pbtxt", ".meta", ".prototxt");

    /** Whether that is the name of such a file, or a folder with a SavedModel, and not a script. */
    static boolean isNamedBy(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(lower::endsWith) || SavedModels.isIn(Path.of(name));
    }

    /** @throws NnError ValueError where the file cannot be read or holds no graph */
    static WrittenGraph read(String name) {
        Graph graph = new Graph(new StandardOps());
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            path = path.resolve(Files.exists(path.resolve(SavedModels.BINARY)) ? SavedModels.BINARY : SavedModels.TEXT);
        }
        try {
            return new WrittenGraph(graph, GraphImport.toLookAt(graph, GraphReading.graph(Files.readAllBytes(path), name)));
        } catch (NoSuchFileException missing) {
            throw NnError.value("there is no file '" + name + "'");
        } catch (IOException failure) {
            throw NnError.value("cannot read '" + name + "': " + failure.getMessage());
        }
    }

    /** One line for each operation: its name, type, and the types and shapes of its outputs. */
    String list() {
        StringBuilder text = new StringBuilder();
        int width = graph.operations().stream().mapToInt(op -> op.name().length()).max().orElse(0);
        int typeWidth = graph.operations().stream().mapToInt(op -> op.type().length()).max().orElse(0);
        for (Operation op : graph.operations()) {
            text.append(padded(op.name(), width)).append("  ");
            if (op.outputCount() == 0) {
                text.append(op.type()).append('\n');
                continue;
            }
            text.append(padded(op.type(), typeWidth)).append(' ');
            for (Output out : op.outputs()) {
                text.append(' ').append(out.dtypeName()).append(' ').append(out.shape());
            }
            text.append(unknown.contains(op.type()) ? "  unknown type\n" : "\n");
        }
        return text.toString();
    }

    private static String padded(String s, int width) {
        return s + " ".repeat(Math.max(0, width - s.length()));
    }

    /** What to say about types that TensorFlow 1.15 does not have; empty if there are none. */
    String complaint() {
        StringBuilder text = new StringBuilder();
        for (String type : unknown) {
            for (Operation op : graph.operations()) {
                if (op.type().equals(type)) {
                    text.append("nn: operation '").append(op.name()).append("' has the unknown type '").append(type).append("'\n");
                }
            }
        }
        return text.toString();
    }
}
