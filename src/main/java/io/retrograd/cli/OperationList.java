package io.retrograd.cli;

import io.retrograd.Evaluator;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.lib.tf.TfState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** {@code --ops FILE}: the operations of the graph that the script built, a line each: type, tab, name. */
final class OperationList {
    private OperationList() {}

    static void write(Evaluator interpreter, ProcessWorld world, String file) {
        Graph graph = TfState.of(interpreter.machine()).largestGraph();
        StringBuilder text = new StringBuilder();
        for (Operation op : graph.operations()) {
            text.append(op.type()).append('\t').append(op.name()).append('\n');
        }
        try {
            Files.write(world.files().writable(file), text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            world.err().write("nn: cannot write '" + file + "': " + failure.getMessage() + "\n");
        }
    }
}
