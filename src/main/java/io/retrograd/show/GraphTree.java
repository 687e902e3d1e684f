package io.retrograd.show;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A graph as an indented tree: a tensor, below it what it is computed from, each with its shape. */
public final class GraphTree {
    /** Larger pictures help nobody on a terminal. */
    private static final int MOST_LINES = 200;

    private final Names names;
    private final StringBuilder out = new StringBuilder();
    private final Set<Operation> shown = new HashSet<>();
    private int lines;

    private GraphTree(Names names) {
        this.names = names;
    }

    /** The tree of one tensor; each line ends with a line feed. */
    public static String of(Output tensor, Names names) {
        GraphTree tree = new GraphTree(names);
        tree.tensor(tensor, "", "");
        return tree.text();
    }

    /** The tree of an operation: what it waits for and what it reads. */
    public static String of(Operation operation, Names names) {
        GraphTree tree = new GraphTree(names);
        tree.operation(operation, operation.name() + "  " + operation.type(), "", "");
        return tree.text();
    }

    /** The trees of all named tensors that no other named tensor is computed from. */
    public static String ofNamed(List<Operation> operations, Names names) {
        Set<Operation> used = new HashSet<>();
        for (Operation op : operations) {
            for (Output output : op.outputs()) {
                if (names.has(output)) {
                    op.inputs().forEach(in -> use(in.operation(), used));
                }
            }
        }
        GraphTree tree = new GraphTree(names);
        int trees = 0;
        for (Operation op : operations) {
            for (Output output : op.outputs()) {
                if (names.has(output) && !used.contains(op)) {
                    tree.tensor(output, "", "");
                    trees++;
                }
            }
        }
        if (trees == 0) {
            return operations.size() + " operations, none of them named\n";
        }
        return tree.text() + "(" + operations.size() + " operations in all)\n";
    }

    private static void use(Operation op, Set<Operation> used) {
        if (used.add(op)) {
            for (Output in : op.inputs()) {
                use(in.operation(), used);
            }
        }
    }

    private String text() {
        return lines > MOST_LINES ? out + "...\n" : out.toString();
    }

    private void tensor(Output tensor, String head, String indent) {
        Operation op = tensor.operation();
        String given = names.has(tensor) ? names.of(tensor) : null;
        if (op.type().equals("Identity") && op.input(0).isReference()) {
            // A variable and the tensor that reads it are one thing to a reader.
            line(head, names.of(op.input(0)) + "  " + tensor.shape() + "  variable");
            return;
        }
        if (op.type().equals("VariableV2")) {
            line(head, (given == null ? op.name() : given) + "  " + tensor.shape() + "  variable");
            return;
        }
        String label = (given == null ? "" : given + " = ") + op.type() + "  " + tensor.shape();
        if (op.type().equals("Const")) {
            line(head, (given == null ? "" : given + " = ") + Formula.of(tensor, Names.none()) + "  " + tensor.shape() + "  constant");
        } else if (op.inputCount() == 0) {
            line(head, (given == null ? op.name() : given) + "  " + tensor.shape() + "  " + op.type().toLowerCase(Locale.ROOT));
        } else {
            operation(op, label, head, indent);
        }
    }

    private void operation(Operation op, String label, String head, String indent) {
        if (!shown.add(op)) {
            line(head, label + "  (as above)");
            return;
        }
        line(head, label);
        List<Runnable> below = new ArrayList<>();
        List<Output> inputs = op.inputs();
        List<Operation> before = op.controlInputs();
        int all = inputs.size() + before.size();
        for (int i = 0; i < all; i++) {
            boolean last = i == all - 1;
            String next = indent + (last ? "└─ " : "├─ ");
            String inner = indent + (last ? "   " : "│  ");
            if (i < inputs.size()) {
                Output in = inputs.get(i);
                below.add(() -> tensor(in, next, inner));
            } else {
                Operation waited = before.get(i - inputs.size());
                below.add(() -> operation(waited, "after " + waited.name() + "  " + waited.type(), next, inner));
            }
        }
        for (Runnable each : below) {
            if (lines > MOST_LINES) {
                return;
            }
            each.run();
        }
    }

    private void line(String head, String text) {
        lines++;
        if (lines <= MOST_LINES) {
            out.append(head).append(text).append('\n');
        }
    }
}
