package io.retrograd.show;

import io.retrograd.gradient.Backpropagation;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.IndexedSlices;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.Place;
import io.retrograd.show.Explanation.Tensor;
import io.retrograd.tensor.NdArray;
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

    private final StepWatch.Recording r;
    private final Names names;
    private final Warnings warnings = new Warnings();
    private final Map<Operation, Boolean> carriesData = new HashMap<>();

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
        List<Explanation.Forward> forward = b == null ? List.of() : forward(b);
        List<Explanation.Backward> backward = b == null ? List.of() : backward(b);
        Double before = null;
        Double after = null;
        List<Explanation.Parameter> parameters = new ArrayList<>();
        NdArray lossValue = loss == null ? null : r.value(loss);
        if (lossValue != null && lossValue.size() == 1) {
            before = lossValue.getDouble(0);
        }
        if (loss != null) {
            try (Replay replay = new Replay(r, loss)) {
                boolean possible = replay.isPossible() && Replay.isComputableFrom(loss, r.training().operations(), r.key().feeds());
                for (TrainingRun.Update u : r.training().updates()) {
                    parameters.add(parameter(u, possible && u.from() == b ? replay : null));
                }
                if (possible) {
                    replay.restore(r.after());
                    NdArray l = replay.compute();
                    after = l.size() == 1 ? l.getDouble(0) : null;
                }
            }
            warnings.independent(b, names);
        } else {
            r.training().updates().forEach(u -> parameters.add(parameter(u, null)));
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
                loss == null ? null : tensor(loss), before, after, backward, parameters, warnings.found(), List.copyOf(others));
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
            if (!network.contains(op) || op.outputCount() == 0 || op.inputCount() == 0 || Formula.isRead(op) || !carriesData(op)) {
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
                    new Tensor(names.of(out), out.name(), value)));
            warnings.units(op, value, names.of(out));
            if (!odd && value.dtype().isFloating() && Statistics.of(value).notFinite() > 0) {
                odd = true;
                Explanation.Origin at = origin(op);
                warnings.notFinite(Formula.step(op, names), at.line() == 0 ? "" : at.file() + ":" + at.line());
            }
        }
        return steps;
    }

    private void collect(Output from, Set<Operation> network) {
        java.util.ArrayDeque<Output> open = new java.util.ArrayDeque<>(List.of(from));
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
        List<Explanation.Backward> steps = new ArrayList<>();
        for (Backpropagation.Step s : b.steps()) {
            Operation op = s.operation();
            if (Formula.isRead(op)) {
                continue;
            }
            List<Tensor> incoming = new ArrayList<>();
            Output at = op.output(0);
            boolean any = false;
            for (int i = 0; i < s.incoming().length; i++) {
                Tensor g = gradient(s.incoming()[i], op.output(i));
                if (g != null) {
                    incoming.add(g);
                    at = any ? at : op.output(i);
                    any = true;
                }
            }
            List<Explanation.Flow> outgoing = new ArrayList<>();
            boolean computed = false;
            for (int i = 0; i < s.outgoing().length; i++) {
                if (s.outgoing()[i] == null || !carriesData(op.input(i).operation())) {
                    continue;
                }
                Tensor g = gradient(s.outgoing()[i], op.input(i));
                computed |= g != null;
                outgoing.add(new Explanation.Flow(names.of(op.input(i)), LocalDerivative.of(op, i, at, names, terms(op)), g));
            }
            if (computed && !incoming.isEmpty()) {
                steps.add(new Explanation.Backward(op.name(), op.type(), origin(op), incoming, outgoing));
            }
        }
        return steps;
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
        NdArray applied = r.value(u.gradient());
        NdArray raw = u.raw() instanceof Output o ? r.value(o) : u.raw() == null ? applied : r.value(((IndexedSlices) u.raw()).values());
        Map<String, Double> hyper = new LinkedHashMap<>();
        List<Explanation.Slot> slots = new ArrayList<>();
        boolean rule = op.type().contains("Apply");
        if (!rule) {
            // What an assignment takes is the step or the new value, not the gradient.
            applied = raw;
        }
        for (int i = 1; i < op.inputCount() && rule; i++) {
            Output in = op.input(i);
            String name = UpdateRules.argument(op, i);
            if (in.isReference()) {
                slots.add(new Explanation.Slot(name, r.before().get(in.operation()), r.after().get(in.operation())));
            } else if (in != u.gradient() && r.value(in) != null && r.value(in).size() == 1) {
                hyper.put(name, r.value(in).getDouble(0));
            }
        }
        String name = names.of(u.variable());
        List<String> equations = new ArrayList<>();
        boolean dense = applied != null && before != null && applied.size() == before.size();
        if (dense) {
            int shown = before.size() <= 6 ? before.size() : 1;
            for (int i = 0; i < shown; i++) {
                equations.addAll(UpdateRules.numbers(op, name + Warnings.element(DifferenceCheck.index(before.shape(), i)),
                        element(before, applied, after, i, hyper, slots)));
            }
        }
        List<Explanation.Check> checks = replay != null && raw != null && u.raw() instanceof Output
                ? DifferenceCheck.of(replay, variable, raw)
                : List.of();
        return new Explanation.Parameter(name, u.variable().name(), op.type(), before, raw, applied == null ? raw : applied, after,
                hyper, slots,
                rule || !(u.raw() instanceof Output) ? UpdateRules.formula(op, name)
                        : UpdateRules.assignment(op, name, (Output) u.raw(), names),
                equations, checks);
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
}
