package io.retrograd.show;

import io.retrograd.graph.Gradient;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Explains what a recorded step did to the variables: the rule of each update, with numbers, and its check. */
final class UpdateExplainer {
    /** Rows of a larger table are shown as they are. */
    private static final long MOST_LAID_OUT = 1 << 22;

    /** Differences need two runs for each element: those of large networks are not waited for to the end. */
    private static final long PATIENCE_NANOS = 15_000_000_000L;

    private final StepWatch.Recording r;
    private final Names names;
    private final SharedGradients shared;
    private final long began = System.nanoTime();
    private boolean unchecked;

    UpdateExplainer(StepWatch.Recording recording, SharedGradients shared) {
        this.r = recording;
        this.names = recording.names();
        this.shared = shared;
    }

    /** Whether there was no time to check some gradient. */
    boolean isUnchecked() {
        return unchecked;
    }

    /** What an update did; checked against differences where there is a replay, which may be null. */
    Explanation.Parameter parameter(TrainingRun.Update u, Replay replay) {
        Operation op = u.operation();
        Operation variable = u.variable().operation();
        NdArray before = r.before().get(variable);
        NdArray after = r.after().get(variable);
        int[] shape = before == null ? new int[0] : before.shape();
        boolean rule = op.type().contains("Apply");
        NdArray rows = rowsOf(op);
        NdArray taken = r.value(u.gradient());
        NdArray applied = rows == null || taken == null || before == null || before.size() > MOST_LAID_OUT ? taken : scattered(taken, rows, shape);
        NdArray raw = u.raw() == null ? applied : gradientOf(u.raw(), shape);
        if (!rule) {
            // What an assignment takes is the step or the new value, not the gradient.
            applied = raw;
        }
        String appliedFormula = "";
        if (applied != null && raw != null && !same(applied, raw)) {
            appliedFormula = u.raw() instanceof Output g ? Formula.of(u.gradient(), names, g, "g") : u.gradient().operation().type().equals("UnsortedSegmentSum") ? "Σ g" : names.of(u.gradient());
        } else {
            applied = raw;
        }
        Map<String, Double> hyper = new LinkedHashMap<>();
        Map<String, String> schedules = new LinkedHashMap<>();
        List<Explanation.Slot> slots = new ArrayList<>();
        for (int i = 1; i < op.inputCount() && rule; i++) {
            Output in = op.input(i);
            String name = UpdateRules.argument(op, i);
            if (in.isReference()) {
                slots.add(new Explanation.Slot(name, r.before().get(in.operation()), r.after().get(in.operation())));
            } else if (in != u.gradient() && !name.equals("indices") && r.value(in) != null && r.value(in).size() == 1) {
                hyper.put(name, r.value(in).getDouble(0));
                if (isComputed(in)) {
                    schedules.put(name, Formula.of(in, names));
                }
            }
        }
        String name = names.of(u.variable());
        String type = op.type();
        String formula;
        if (isAdamOfRows(op)) {
            type = UpdateRules.ADAM_ROWS;
            adamOfRows(op, hyper, slots);
            formula = m("m", "β1·m", "(1−β1)·g") + m("v", "β2·v", "(1−β2)·g²") + name + " ← " + name + " − αₜ·m/(√v + ε)";
        } else if (rule || u.raw() == null) {
            formula = UpdateRules.formula(op, name);
        } else {
            formula = UpdateRules.assignment(op, name, u.raw() instanceof IndexedSlices rowed ? rowed.values() : (Output) u.raw(), names);
        }
        List<String> equations = new ArrayList<>();
        if (applied != null && before != null && after != null && applied.size() == before.size()) {
            for (int i : shown(applied, rows != null || u.raw() instanceof IndexedSlices)) {
                String at = name + Warnings.element(DifferenceCheck.index(shape, i));
                UpdateRules.Element e = element(before, applied, after, i, hyper, slots);
                String own = rule || type.equals(UpdateRules.ADAM_ROWS) ? "" : UpdateRules.numbers(formula, name, at, e);
                equations.addAll(own.isEmpty() ? UpdateRules.numbers(op, type, at, e) : List.of(own));
            }
        }
        List<Explanation.Check> checks = List.of();
        if (replay != null && raw != null && System.nanoTime() - began > PATIENCE_NANOS) {
            unchecked = true;
        } else if (replay != null && raw != null) {
            checks = DifferenceCheck.of(replay, variable, raw);
        }
        return new Explanation.Parameter(name, u.variable().name(), Explainer.origin(op), type, before, raw, applied, appliedFormula, after,
                hyper, schedules, slots, shared.sumOfReads(u.variable()), formula, equations, checks);
    }

    private static String m(String slot, String old, String share) {
        return slot + " ← " + old + " + " + share + ",  ";
    }

    /** Whether an AssignSub is the last of the operations that make up Adam's step for rows. */
    private static boolean isAdamOfRows(Operation op) {
        if (!op.type().equals("AssignSub") || !op.input(1).operation().type().equals("RealDiv")) {
            return false;
        }
        Operation ratio = op.input(1).operation();
        Operation top = ratio.input(0).operation();
        Operation bottom = ratio.input(1).operation();
        return top.type().equals("Mul") && bottom.inputCount() == 2 && bottom.input(0).operation().type().equals("Sqrt")
                && top.input(1).operation().type().equals("ScatterAdd")
                && bottom.input(0).operation().input(0).operation().type().equals("ScatterAdd");
    }

    private void adamOfRows(Operation op, Map<String, Double> hyper, List<Explanation.Slot> slots) {
        Operation top = op.input(1).operation().input(0).operation();
        Operation bottom = op.input(1).operation().input(1).operation();
        hyper.put("rate", r.value(top.input(0)).getDouble(0));
        slotOfRows("m", "beta1", top.input(1).operation(), hyper, slots);
        slotOfRows("v", "beta2", bottom.input(0).operation().input(0).operation(), hyper, slots);
        hyper.put("epsilon", r.value(bottom.input(1)).getDouble(0));
    }

    /** The slot's new rows are added after all of it was multiplied by a beta. */
    private void slotOfRows(String name, String beta, Operation scatter, Map<String, Double> hyper, List<Explanation.Slot> slots) {
        Operation variable = scatter.input(0).operation();
        slots.add(new Explanation.Slot(name, r.before().get(variable), r.after().get(variable)));
        for (Operation before : scatter.controlInputs()) {
            if (before.type().equals("Assign") && before.input(1).operation().type().equals("Mul")) {
                hyper.put(beta, r.value(before.input(1).operation().input(1)).getDouble(0));
            }
        }
    }

    /** The rows of the variable that a sparse update changes; null where it changes all. */
    private NdArray rowsOf(Operation op) {
        for (int i = 1; i < op.inputCount(); i++) {
            if (UpdateRules.argument(op, i).equals("indices")) {
                return r.value(op.input(i));
            }
        }
        return null;
    }

    private NdArray gradientOf(Gradient g, int[] shape) {
        if (g instanceof IndexedSlices s) {
            NdArray values = r.value(s.values());
            long size = 1;
            for (int d : shape) {
                size *= d;
            }
            if (size > MOST_LAID_OUT) {
                return values;
            }
            NdArray indices = r.value(s.indices());
            return values == null || indices == null ? null : scattered(values, indices, shape);
        }
        return r.value((Output) g);
    }

    /** Rows put where they belong among zeros; those that come twice are added. */
    private static NdArray scattered(NdArray values, NdArray indices, int[] shape) {
        NdArray all = NdArray.zeros(values.dtype(), shape);
        int width = indices.size() == 0 ? 0 : values.size() / indices.size();
        for (int k = 0; k < indices.size(); k++) {
            for (int j = 0; j < width; j++) {
                int at = (int) indices.getLong(k) * width + j;
                all.setDouble(at, all.getDouble(at) + values.getDouble(k * width + j));
            }
        }
        return all;
    }

    private static boolean same(NdArray a, NdArray b) {
        if (a == b) {
            return true;
        }
        boolean same = a.size() == b.size();
        for (int i = 0; same && i < a.size(); i++) {
            same = Double.doubleToLongBits(a.getDouble(i)) == Double.doubleToLongBits(b.getDouble(i));
        }
        return same;
    }

    /** Whether a hyperparameter is neither a constant nor a variable's or a fed value alone. */
    private static boolean isComputed(Output in) {
        Operation op = in.operation();
        return op.inputCount() > 0 && !Formula.isRead(op) && !(op.type().equals("Identity") && !isComputed(op.input(0)))
                && !(op.type().equals("Cast") && !isComputed(op.input(0)));
    }

    /** The elements whose rule is shown with numbers: all of a small variable, else the first and that with the largest gradient. */
    private static List<Integer> shown(NdArray g, boolean rows) {
        List<Integer> shown = new ArrayList<>();
        int largest = 0;
        for (int i = 0; i < g.size(); i++) {
            largest = Math.abs(g.getDouble(i)) > Math.abs(g.getDouble(largest)) ? i : largest;
            if (g.size() <= 6 && !(rows && g.getDouble(i) == 0)) {
                shown.add(i);
            }
        }
        if (g.size() > 6) {
            if (!rows) {
                shown.add(0);
            }
            if (!shown.contains(largest)) {
                shown.add(largest);
            }
        }
        return shown;
    }

    private static UpdateRules.Element element(
            NdArray before, NdArray g, NdArray after, int i, Map<String, Double> hyper, List<Explanation.Slot> slots) {
        Map<String, double[]> values = new LinkedHashMap<>();
        for (Explanation.Slot s : slots) {
            if (s.before() != null && s.after() != null) {
                values.put(s.name(), new double[] {UpdateRules.element(s.before(), i), UpdateRules.element(s.after(), i)});
            }
        }
        return new UpdateRules.Element(before.getDouble(i), g.getDouble(i), after.getDouble(i), hyper, values, before.dtype());
    }

    // Other changes

    /** Variables that the run changed besides: step counters, averages, what optimizers count. */
    List<Explanation.Change> changes() {
        Set<Operation> told = new HashSet<>();
        for (TrainingRun.Update u : r.training().updates()) {
            told.add(u.variable().operation());
            for (Output in : u.operation().inputs()) {
                if (in.isReference()) {
                    told.add(in.operation());
                }
            }
            if (isAdamOfRows(u.operation())) {
                Operation ratio = u.operation().input(1).operation();
                told.add(ratio.input(0).operation().input(1).operation().input(0).operation());
                told.add(ratio.input(1).operation().input(0).operation().input(0).operation().input(0).operation());
            }
        }
        List<Explanation.Change> changes = new ArrayList<>();
        for (Operation op : r.values().keySet()) {
            if (!Reach.changes(op) || !told.add(Reach.variable(op))) {
                continue;
            }
            Output variable = Reach.variable(op).output(0);
            boolean plain = op.type().equals("Assign") || op.type().equals("AssignAdd") || op.type().equals("AssignSub");
            String formula = plain ? UpdateRules.assignment(op, names.of(variable), variable, names.of(variable), names) : "";
            changes.add(new Explanation.Change(names.of(variable), variable.name(), Explainer.origin(op), formula,
                    r.before().get(variable.operation()), r.after().get(variable.operation())));
        }
        return changes;
    }
}