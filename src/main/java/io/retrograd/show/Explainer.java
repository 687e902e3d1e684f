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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes an explanation of a recorded step: what was fed, computed, handed back and changed. */
final class Explainer {
    /** Operations that look at shapes alone: what hangs on them is not the network. */
    private static final Set<String> SHAPES = Set.of("Shape", "ShapeN", "Rank", "Size", "ZerosLike", "OnesLike");

    private final StepWatch.Recording r;
    private final Names names;
    private final Warnings warnings = new Warnings();
    private final Map<Operation, Boolean> carriesData = new HashMap<>();
    private final SharedGradients shared;
    private final UpdateExplainer updates;

    private Explainer(StepWatch.Recording recording) {
        r = recording;
        names = recording.names();
        shared = new SharedGradients(names);
        updates = new UpdateExplainer(recording, shared);
    }

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
                    parameters.add(updates.parameter(u, possible && u.from() == b ? replay : null));
                }
                if (possible) {
                    replay.restore(r.after());
                    after = sum(replay.compute());
                }
            }
            warnings.independent(b, names);
        } else {
            r.training().updates().forEach(u -> parameters.add(updates.parameter(u, null)));
        }
        if (updates.isUnchecked()) {
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
                loss == null ? null : tensor(loss), before, after, backward, parameters, updates.changes(),
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
                    shared.addPart(s.operation().input(i));
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
                    String sum = shared.sum(op.output(i));
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
                if (g != null && shared.isShared(in)) {
                    String part = shared.part(in, given.merge(in, 1, Integer::sum));
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
}
