package io.retrograd.session;

import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operations that a run needs: everything behind its fetches and targets, cut at the fed tensors.
 *
 * @param operations in order of creation
 * @param updates those of them that change a variable
 * @param needed the operations as a set
 * @param standIns the operation that does the work of another, for those that are done so
 * @param known tensors from elsewhere that are the same in each run
 */
record Subgraph(
        List<Output> fetches,
        List<Operation> targets,
        List<Output> feeds,
        List<Operation> operations,
        Set<Operation> updates,
        Set<Operation> needed,
        Map<Operation, Operation> standIns,
        Map<Output, NdArray> known) {

    /** Operations that take a variable's reference only to look at it or to pass it on. */
    private static final Set<String> HARMLESS =
            Set.of("IsVariableInitialized", "RefIdentity", "RefSwitch", "RefMerge", "RefEnter", "RefExit", "RefNextIteration");

    static Subgraph of(List<Output> fetches, List<Operation> targets, List<Output> feeds) {
        Set<Output> fed = new HashSet<>(feeds);
        Set<Operation> needed = new HashSet<>();
        Deque<Operation> open = new ArrayDeque<>();
        for (Output fetch : fetches) {
            if (!fed.contains(fetch)) {
                open.push(fetch.operation());
            }
        }
        targets.forEach(open::push);
        while (!open.isEmpty()) {
            Operation op = open.pop();
            if (needed.add(op)) {
                for (Output in : op.inputs()) {
                    if (!fed.contains(in)) {
                        open.push(in.operation());
                    }
                }
                for (Operation c : op.controlInputs()) {
                    if (!isGate(op) || c.definition().isStateful() || isUpdate(c)) {
                        open.push(c);
                    }
                }
            }
        }
        List<Operation> ordered = new ArrayList<>(needed);
        ordered.sort((a, b) -> Integer.compare(a.id(), b.id()));
        Set<Operation> updates = new HashSet<>();
        for (Operation op : ordered) {
            if (isUpdate(op)) {
                updates.add(op);
            }
        }
        return new Subgraph(fetches, targets, feeds, ordered, updates, needed, Map.of(), Map.of());
    }

    /**
     * Backpropagation makes the gradients of an operation's inputs wait for each other. They do so here anyway, since
     * updates come last; what only the gate asks for, such as the gradient of the first layer's input, is left out.
     */
    private static boolean isGate(Operation op) {
        return op.type().equals("NoOp") && op.name().endsWith("_grad/tuple/group_deps");
    }

    /** The operations of this part that an operation has to wait for besides its inputs'. */
    List<Operation> controlInputs(Operation op) {
        List<Operation> present = new ArrayList<>();
        for (Operation waits : op.controlInputs()) {
            Operation c = standIns.getOrDefault(waits, waits);
            if (needed.contains(c) && !present.contains(c)) {
                present.add(c);
            }
        }
        return present;
    }

    /** The operation of this part that computes a tensor. */
    Operation producer(Output output) {
        return standIns.getOrDefault(output.operation(), output.operation());
    }

    private static boolean isUpdate(Operation op) {
        if (HARMLESS.contains(op.type())) {
            return false;
        }
        for (OpDef.Argument a : op.definition().inputs()) {
            if (a.reference()) {
                return true;
            }
        }
        return false;
    }

    /** Whether input i of an update is the reference of a variable that it changes. */
    static boolean isUpdated(Operation op, int input) {
        int i = 0;
        for (OpDef.Argument a : op.definition().inputs()) {
            int n = a.numberAttr() != null ? (int) op.intAttribute(a.numberAttr())
                    : a.typeListAttr() != null ? ((List<?>) op.attribute(a.typeListAttr())).size() : 1;
            if (input < i + n) {
                return a.reference();
            }
            i += n;
        }
        return false;
    }
}
