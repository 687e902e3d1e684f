package io.retrograd.show;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The chain rule between two tensors in words: every step from the loss back to the variable, with its factor and shape. */
public final class GradientChain {
    private final Names names;
    private final Output loss;
    private final Output variable;

    private GradientChain(Output loss, Output variable, Names names) {
        this.loss = loss;
        this.variable = variable;
        this.names = names;
    }

    /**
     * The chain, a line for each step.
     *
     * @param variable what the derivative is by; of a variable, the tensor that reads it
     * @param names what the script calls its tensors
     */
    public static String of(Output loss, Output variable, Names names) {
        return new GradientChain(loss, variable, names).text();
    }

    private String text() {
        List<Output> path = path();
        if (path.isEmpty()) {
            return names.of(loss) + " does not depend on " + names.of(variable) + ": the gradient is None\n";
        }
        List<String> rows = new ArrayList<>();
        rows.add("L = " + names.of(loss) + " = " + Formula.of(loss, names));
        List<String> shapes = new ArrayList<>();
        shapes.add(loss.shape().toString());
        for (int i = 1; i < path.size(); i++) {
            Operation op = path.get(i - 1).operation();
            rows.add(LocalDerivative.of(op, op.inputs().indexOf(path.get(i)), path.get(i - 1), names));
            shapes.add(path.get(i).shape().toString());
        }
        int width = rows.stream().mapToInt(String::length).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            out.append(rows.get(i)).append(" ".repeat(width - rows.get(i).length())).append("   ").append(shapes.get(i)).append('\n');
        }
        int others = ways() - 1;
        if (others > 0) {
            out.append(others == 1 ? "(and one other way adds to it)\n" : "(and " + others + " other ways add to it)\n");
        }
        return out.toString();
    }

    /** The shortest way back from the loss to the variable. */
    private List<Output> path() {
        Map<Output, Output> cameFrom = new HashMap<>();
        Deque<Output> next = new ArrayDeque<>(List.of(loss));
        Set<Output> seen = new HashSet<>(next);
        while (!next.isEmpty()) {
            Output tensor = next.poll();
            if (tensor == variable) {
                List<Output> path = new ArrayList<>();
                for (Output at = tensor; at != null; at = cameFrom.get(at)) {
                    path.add(0, at);
                }
                return path;
            }
            for (Output in : tensor.operation().inputs()) {
                if (passes(in) && seen.add(in)) {
                    cameFrom.put(in, tensor);
                    next.add(in);
                }
            }
        }
        return List.of();
    }

    private static boolean passes(Output in) {
        return in.dtype().isFloating();
    }

    /** How many ways lead from the loss to the variable; no more are counted than a reader cares about. */
    private int ways() {
        return ways(loss, new HashMap<>());
    }

    private int ways(Output tensor, Map<Output, Integer> known) {
        if (tensor == variable) {
            return 1;
        }
        Integer counted = known.get(tensor);
        if (counted != null) {
            return counted;
        }
        known.put(tensor, 0);
        int sum = 0;
        for (Output in : tensor.operation().inputs()) {
            if (passes(in)) {
                sum = Math.min(1000, sum + ways(in, known));
            }
        }
        known.put(tensor, sum);
        return sum;
    }
}
