package io.retrograd.show;

import io.retrograd.gradient.Backpropagation;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.Place;
import io.retrograd.show.Explanation.Tensor;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes an explanation of a recorded step. */
final class Explainer {
    /** Operations that look at shapes alone: what hangs on them is not the network. */
    private static final Set<String> SHAPES = Set.of("Shape", "ShapeN", "Rank", "Size", "ZerosLike", "OnesLike");

    /** More parts of a gradient than this are not named one by one. */
    private static final int MOST_PARTS = 4;

    /** Rows of a larger table are shown as they are. */
    private static final long MOST_LAID_OUT = 1 << 22;

    /** Differences need two runs for each element: those of large networks are not waited for to the end. */
    private static final long PATIENCE_NANOS = 15_000_000_000L;

    private final StepWatch.Recording r;
    private final long began = System.nanoTime();
    private boolean unchecked;
    private final Names names;
    private final Warnings warnings = new Warnings();
    private final Map<Operation, Boolean> carriesData = new HashMap<>();
    /** How many operations give a tensor a share of its gradient. */
    private final Map<Output, Integer> parts = new HashMap<>();

    private Explainer(StepWatch.Recording recording) {
        r = recording;
        names = recording.names();
    }

    /** @param losses names of all tensors that the script trains so far */
    static Explanation explain(StepWatch.Recording recording, String script) {
        return new Explainer(recording).build(script);
    }

    private Explanation build(String script) {
        Backpropagation b = r.training().backpropagations().isEmpty() ? null : r.training().backpropagations().get(0);
        Output loss = b == null ? null : b.ys().get(0);
        List<Tensor> fed = new ArrayList<>();
        for (int i = 0; i < r.feeds().length; i++) {
            Output o = r.key().feeds().get(i);
            fed.add(new Tensor(names.of(o), o.name(), r.feeds()[i]));
        }
        for (Operation op : r.values().keySet()) {
            for (int i = 0; op.type().equals("IteratorGetNext") && i < op.outputCount(); i++) {
                Output o = op.output(i);
                if (r.value(o) != null && r.value(o).dtype().isNumeric()) {
                    fed.add(new Tensor(names.of(o), o.name(), r.value(o)));
                }
            }
        }
        List<Explanation.Forward> forward = b == null ? List.of() : forward(b);
        List<Explanation.Backward> backward = b == null ? List.of() : backward(b);
        Double before = null;
        Double after = null;
        List<Explanation.Parameter> parameters = new ArrayList<>();
        NdArray lossValue = loss == null ? null : r.value(loss);
        if (lossValue != null) {
            before = sum(lossValue);
        }
        if (loss != null) {
            try (Replay replay = new Replay(r, loss)) {
                boolean possible = replay.isPossible() && Replay.isComputableFrom(loss, r.training().operations(), r.key().feeds());
                for (TrainingRun.Update u : r.training().updates()) {
                    parameters.add(parameter(u, possible && u.from() == b ? replay : null));
                }
                if (possible) {
                    replay.restore(r.after());
                    after = sum(replay.compute());
                }
            }
            warnings.independent(b, names);
        } else {
            r.training().updates().forEach(u -> parameters.add(parameter(u, null)));
        }
        if (unchecked) {
            warnings.unchecked(parameters);
        }
        warnings.gradients(parameters);
        warnings.rate(before, after, parameters);
        Set<String> others = new LinkedHashSet<>();
        for (Backpropagation each : Backpropagation.of(r.session().graph())) {
            each.ys().forEach(y -> others.add(names.of(y)));
        }
        if (loss != null) {
            others.remove(names.of(loss));
        }
        return new Explanation(
                script, r.step(), loss == null ? List.of() : Formula.lines(loss, names), fed, forward,
                loss == null ? null : tensor(loss), before, after, backward, parameters, changes(parameters),
                warnings.found(), List.copyOf(others));
    }

    /** Gradients of several elements are gradients of their sum. */
    private static double sum(NdArray loss) {
        double sum = 0;
        for (int i = 0; i < loss.size(); i++) {
            sum += loss.getDouble(i);
        }
        return sum;
    }

    private Tensor tensor(Output o) {
        NdArray v = r.value(o);
        return v == null ? null : new Tensor(names.of(o), o.name(), v);
    }

    static Explanation.Origin origin(Operation op) {
        if (op.origin() instanceof Place p && p.isKnown()) {
            return new Explanation.Origin(p.source().name(), p.span().line(), p.source().line(p.span().line()).strip());
        }
        return new Explanation.Origin("", 0, "");
    }

    // Forward

    private List<Explanation.Forward> forward(Backpropagation b) {
        Set<Operation> network = new HashSet<>();
        for (Output y : b.ys()) {
            collect(y, network);
        }
        List<Explanation.Forward> steps = new ArrayList<>();
        boolean odd = false;
        for (Operation op : r.values().keySet()) {
            if (!network.contains(op) || op.outputCount() == 0 || op.inputCount() == 0 || isPassing(op) || !carriesData(op)) {
                continue;
            }
            Output out = op.output(0);
            NdArray value = r.value(out);
            if (value == null || !value.dtype().isNumeric()) {
                continue;
            }
            List<Tensor> inputs = new ArrayList<>();
            for (Output in : op.inputs()) {
                Tensor t = tensor(in);
                if (t != null && (carriesData(in.operation()) || t.value().size() > 0 && t.value().dtype().isFloating())) {
                    inputs.add(t);
                }
            }
            steps.add(new Explanation.Forward(op.name(), op.type(), origin(op), Formula.step(op, names), inputs,
                    new Tensor(names.of(out), out.name(), value), times(op)));
            warnings.units(op, value, names.of(out));
            if (op.type().equals("SoftmaxCrossEntropyWithLogits")) {
                warnings.labels(r.value(op.input(1)), names.of(op.input(1)));
            }
            if (!odd && value.dtype().isFloating() && Statistics.of(value).notFinite() > 0) {
                odd = true;
                Explanation.Origin at = origin(op);
                warnings.notFinite(Formula.step(op, names), at.line() == 0 ? "" : at.file() + ":" + at.line());
            }
        }
        return steps;
    }

    private void collect(Output from, Set<Operation> network) {
        ArrayDeque<Output> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            Output o = open.pop();
            if (!r.key().feeds().contains(o) && network.add(o.operation())) {
                o.operation().inputs().forEach(open::push);
            }
        }
    }

    /** Whether what it computes depends on a variable, on fed data or on chance, and not on shapes alone. */
    private boolean carriesData(Operation op) {
        Boolean known = carriesData.get(op);
        if (known != null) {
            return known;
        }
        // Loops end here; what they carry shows on the way in.
        carriesData.put(op, false);
        boolean carries = op.type().startsWith("Placeholder") || op.definition().isStateful();
        if (!SHAPES.contains(op.type())) {
            for (Output in : op.inputs()) {
                carries |= r.key().feeds().contains(in) || carriesData(in.operation());
            }
        }
        carriesData.put(op, carries);
        return carries;
    }

    // Backward

    private List<Explanation.Backward> backward(Backpropagation b) {
        for (Backpropagation.Step s : b.steps()) {
            for (int i = 0; i < s.outgoing().length && !isPassing(s.operation()); i++) {
                if (counts(s, i)) {
                    parts.merge(s.operation().input(i), 1, Integer::sum);
                }
            }
        }
        Map<Output, Integer> given = new HashMap<>();
        List<Explanation.Backward> steps = new ArrayList<>();
        for (Backpropagation.Step s : b.steps()) {
            Operation op = s.operation();
            if (isPassing(op)) {
                continue;
            }
            List<Tensor> incoming = new ArrayList<>();
            List<String> sums = new ArrayList<>();
            Output at = op.output(0);
            for (int i = 0; i < s.incoming().length; i++) {
                Tensor g = gradient(s.incoming()[i], op.output(i));
                if (g != null) {
                    at = incoming.isEmpty() ? op.output(i) : at;
                    incoming.add(g);
                    String sum = sum(op.output(i));
                    if (!sum.isEmpty()) {
                        sums.add(sum);
                    }
                }
            }
            List<Explanation.Flow> outgoing = new ArrayList<>();
            boolean computed = false;
            for (int i = 0; i < s.outgoing().length; i++) {
                Output in = op.input(i);
                if (s.outgoing()[i] == null || !carriesData(in.operation())) {
                    continue;
                }
                Tensor g = gradient(s.outgoing()[i], in);
                String formula = LocalDerivative.of(op, i, at, names, terms(op));
                if (g != null && parts.getOrDefault(in, 1) > 1) {
                    String part = part(in, given.merge(in, 1, Integer::sum));
                    formula = part + formula.substring(formula.indexOf(" = "));
                    g = new Tensor(part, g.tensor(), g.value());
                }
                computed |= g != null;
                outgoing.add(new Explanation.Flow(names.of(in), formula, g));
            }
            if (computed && !incoming.isEmpty()) {
                steps.add(new Explanation.Backward(op.name(), op.type(), origin(op), incoming, outgoing, sums, times(op)));
            }
        }
        return steps;
    }

    /** Whether it hands its gradient on under the same name. */
    private static boolean isPassing(Operation op) {
        return Formula.isRead(op) || Names.isPassing(op) || op.type().equals("NextIteration");
    }

    /** Whether the step gives its input i a share that the run computed. */
    private boolean counts(Backpropagation.Step s, int i) {
        return s.outgoing()[i] != null && carriesData(s.operation().input(i).operation())
                && gradient(s.outgoing()[i], s.operation().input(i)) != null;
    }

    private String part(Output of, int number) {
        StringBuilder raised = new StringBuilder();
        for (char digit : Integer.toString(number).toCharArray()) {
            raised.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
        }
        return "∂L/∂" + names.of(of) + "⁽" + raised + "⁾";
    }

    /** {@code ∂L/∂a = ∂L/∂a⁽¹⁾ + ∂L/∂a⁽²⁾}; empty for a tensor that is used once. */
    private String sum(Output o) {
        int n = parts.getOrDefault(o, 1);
        if (n < 2) {
            return "";
        }
        StringBuilder sum = new StringBuilder("∂L/∂" + names.of(o) + " = " + part(o, 1));
        for (int i = 2; i <= n && n <= MOST_PARTS; i++) {
            sum.append(" + ").append(part(o, i));
        }
        return n <= MOST_PARTS ? sum.toString() : sum + " + … + " + part(o, n);
    }

    private int times(Operation op) {
        return r.times().getOrDefault(op, 1);
    }

    private long terms(Operation op) {
        NdArray in = op.inputCount() == 0 ? null : r.value(op.input(0));
        NdArray out = r.value(op.output(0));
        return in == null || out == null || out.size() == 0 ? 1 : in.size() / out.size();
    }

    private Tensor gradient(Gradient g, Output of) {
        Output o = g instanceof IndexedSlices s ? s.values() : (Output) g;
        NdArray v = o == null ? null : r.value(o);
        return v == null ? null : new Tensor("∂L/∂" + names.of(of), o.name(), v);
    }

    // Parameters

    private Explanation.Parameter parameter(TrainingRun.Update u, Replay replay) {
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
        return new Explanation.Parameter(name, u.variable().name(), origin(op), type, before, raw, applied, appliedFormula, after,
                hyper, schedules, slots, sumOf(u.variable()), formula, equations, checks);
    }

    /** The sum of the gradients of all reads of a variable, where it is used more than once. */
    private String sumOf(Output variable) {
        for (Output o : parts.keySet()) {
            if (o == variable || Formula.isRead(o.operation()) && o.operation().input(0) == variable) {
                String sum = sum(o);
                if (!sum.isEmpty()) {
                    return sum;
                }
            }
        }
        return "";
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
    private List<Explanation.Change> changes(List<Explanation.Parameter> parameters) {
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
            changes.add(new Explanation.Change(names.of(variable), variable.name(), origin(op), formula,
                    r.before().get(variable.operation()), r.after().get(variable.operation())));
        }
        return changes;
    }
}
