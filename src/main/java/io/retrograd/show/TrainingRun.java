package io.retrograd.show;

import io.retrograd.gradient.Backpropagation;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.session.PlanKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What makes a run a training step: updates of variables by gradients, and the backpropagation that the gradients
 * come from.
 *
 * @param backpropagations those that some update uses, the one to explain first
 */
record TrainingRun(List<Update> updates, List<Backpropagation> backpropagations, Set<Operation> operations) {
    /**
     * @param variable the VariableV2's output
     * @param gradient what the update operation takes as its gradient
     * @param raw what backpropagation gave for the variable; null if the gradient was made otherwise
     */
    record Update(Operation operation, Output variable, Output gradient, Gradient raw, Backpropagation from) {}

    /** Looks at everything that the run executes; an empty list of updates means that it does not train. */
    static TrainingRun of(PlanKey key, String lossName, Names names) {
        Set<Output> fed = new HashSet<>(key.feeds());
        Set<Operation> reached = Reach.of(key);
        List<Operation> ordered = new ArrayList<>(reached);
        ordered.sort(Comparator.comparingInt(Operation::id));
        List<Update> updates = new ArrayList<>();
        Set<Backpropagation> used = new LinkedHashSet<>();
        for (Operation op : ordered) {
            Update u = update(op, fed);
            if (u != null) {
                updates.add(u);
                if (u.from() != null) {
                    used.add(u.from());
                }
            }
        }
        List<Backpropagation> found = new ArrayList<>(used);
        if (!lossName.isEmpty()) {
            found.removeIf(b -> !matches(b.ys().get(0), lossName, names));
            if (found.isEmpty()) {
                updates.clear();
            }
        }
        return new TrainingRun(updates, found, reached);
    }

    static boolean matches(Output loss, String name, Names names) {
        return names.of(loss).equals(name) || loss.name().equals(name) || loss.operation().name().equals(name);
    }

    private static Update update(Operation op, Set<Output> fed) {
        String type = op.type();
        boolean rule = type.startsWith("Apply") || type.startsWith("SparseApply");
        boolean assigns = type.equals("Assign") || type.equals("AssignSub") || type.equals("AssignAdd")
                || type.equals("ScatterSub") || type.equals("ScatterAdd");
        if (!rule && !assigns || op.inputCount() < 2 || !op.input(0).isReference()) {
            return null;
        }
        Output gradient = null;
        List<OpDef.Argument> arguments = op.definition().inputs();
        for (int i = 1; i < op.inputCount(); i++) {
            String name = arguments.get(i).name();
            if (rule ? name.equals("grad") || name.equals("delta") : i == op.inputCount() - 1) {
                gradient = op.input(i);
            }
        }
        if (gradient == null) {
            return null;
        }
        Output variable = op.input(0);
        for (Backpropagation b : Backpropagation.of(op.graph())) {
            for (int i = 0; i < b.xs().size(); i++) {
                Gradient g = b.gradients().get(i);
                boolean same = b.xs().get(i).operation() == variable.operation()
                        || Formula.isRead(b.xs().get(i).operation()) && b.xs().get(i).operation().input(0) == variable;
                if (same && g != null && dependsOn(gradient, g, fed)) {
                    return new Update(op, variable, gradient, g, b);
                }
            }
        }
        return rule ? new Update(op, variable, gradient, null, null) : null;
    }

    private static boolean dependsOn(Output from, Gradient on, Set<Output> fed) {
        Output wanted = on instanceof IndexedSlices s ? s.values() : (Output) on;
        Set<Operation> seen = new HashSet<>();
        Deque<Output> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            Output o = open.pop();
            if (o == wanted) {
                return true;
            }
            if (o.operation().id() > wanted.operation().id() && !fed.contains(o) && seen.add(o.operation())) {
                o.operation().inputs().forEach(open::push);
            }
        }
        return false;
    }
}
