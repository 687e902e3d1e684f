package io.retrograd.show;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.session.PlanKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a run executes, and which variables it changes. */
final class Reach {
    private Reach() {}

    /** All operations that the run's fetches and targets need. */
    static Set<Operation> of(PlanKey key) {
        Set<Output> fed = new HashSet<>(key.feeds());
        Set<Operation> reached = new HashSet<>();
        Deque<Operation> open = new ArrayDeque<>(key.targets());
        for (Output fetch : key.fetches()) {
            if (!fed.contains(fetch)) {
                open.add(fetch.operation());
            }
        }
        while (!open.isEmpty()) {
            Operation op = open.pop();
            if (reached.add(op)) {
                for (Output in : op.inputs()) {
                    if (!fed.contains(in)) {
                        open.push(in.operation());
                    }
                }
                op.controlInputs().forEach(open::push);
            }
        }
        return reached;
    }

    /** The variables that some of the operations change. */
    static List<Operation> updated(Set<Operation> operations) {
        Set<Operation> variables = new LinkedHashSet<>();
        for (Operation op : operations) {
            if (changes(op)) {
                variables.add(variable(op));
            }
        }
        return new ArrayList<>(variables);
    }

    /** The variable that a reference comes from, through other updates and branches. */
    static Operation variable(Operation update) {
        Operation at = update;
        while (at.inputCount() > 0 && at.input(0).isReference()) {
            at = at.input(0).operation();
        }
        return at;
    }

    /** Whether it changes the variable that its first input refers to. */
    static boolean changes(Operation op) {
        String type = op.type();
        return op.inputCount() > 0 && op.input(0).isReference()
                && (type.contains("Apply") || type.startsWith("Assign") || type.startsWith("Scatter") || type.equals("CountUpTo")
                        || type.equals("StridedSliceAssign"));
    }
}
