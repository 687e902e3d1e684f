package io.retrograd.show;

import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An explanation as JSON. Arrays are whole up to a size, beyond it a summary. */
public final class ExplanationJson {
    /** Larger arrays are summarised. */
    private static final int WHOLE = 4096;

    private ExplanationJson() {}

    public static String of(Explanation e, Messages messages) {
        return JsonText.of(map(e, messages)) + "\n";
    }

    static Map<String, Object> map(Explanation e, Messages messages) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("script", e.script());
        all.put("step", e.step());
        all.put("formula", e.formulas());
        all.put("fed", list(e.fed()));
        List<Object> forward = new ArrayList<>();
        for (Explanation.Forward f : e.forward()) {
            Map<String, Object> m = operation(f.operation(), f.type(), f.origin());
            m.put("formula", f.formula());
            m.put("inputs", f.inputs().stream().map(Explanation.Tensor::tensor).toList());
            m.put("output", tensor(f.output()));
            m.put("times", f.times());
            forward.add(m);
        }
        all.put("forward", forward);
        all.put("loss", tensor(e.loss()));
        all.put("loss_before", e.lossBefore());
        all.put("loss_after", e.lossAfter());
        List<Object> backward = new ArrayList<>();
        for (Explanation.Backward b : e.backward()) {
            Map<String, Object> m = operation(b.operation(), b.type(), b.origin());
            m.put("incoming", list(b.incoming()));
            m.put("sums", b.sums());
            List<Object> flows = new ArrayList<>();
            for (Explanation.Flow f : b.outgoing()) {
                Map<String, Object> flow = new LinkedHashMap<>();
                flow.put("input", f.input());
                flow.put("formula", f.formula());
                flow.put("gradient", tensor(f.gradient()));
                flows.add(flow);
            }
            m.put("outgoing", flows);
            m.put("times", b.times());
            backward.add(m);
        }
        all.put("backward", backward);
        List<Object> parameters = new ArrayList<>();
        for (Explanation.Parameter p : e.parameters()) {
            parameters.add(parameter(p));
        }
        all.put("parameters", parameters);
        List<Object> changes = new ArrayList<>();
        for (Explanation.Change c : e.changes()) {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("name", c.name());
            m.put("variable", c.variable());
            m.put("file", c.origin().file());
            m.put("line", c.origin().line());
            m.put("formula", c.formula());
            m.put("before", value(c.before()));
            m.put("after", value(c.after()));
            changes.add(m);
        }
        all.put("changes", changes);
        List<Object> warnings = new ArrayList<>();
        for (Explanation.Warning w : e.warnings()) {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("kind", w.key());
            m.put("arguments", w.arguments());
            m.put("text", messages.warning(w));
            warnings.add(m);
        }
        all.put("warnings", warnings);
        all.put("other_losses", e.otherLosses());
        return all;
    }

    private static Map<String, Object> operation(String name, String type, Explanation.Origin origin) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("operation", name);
        m.put("type", type);
        m.put("file", origin.file());
        m.put("line", origin.line());
        m.put("source", origin.text());
        return m;
    }

    private static Map<String, Object> parameter(Explanation.Parameter p) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("name", p.name());
        m.put("variable", p.variable());
        m.put("file", p.origin().file());
        m.put("line", p.origin().line());
        m.put("rule", p.rule());
        m.put("sum", p.sum());
        m.put("rule_formula", p.ruleFormula());
        m.put("hyperparameters", p.hyperparameters());
        m.put("schedules", p.schedules());
        m.put("before", value(p.before()));
        m.put("gradient", value(p.gradient()));
        m.put("applied", value(p.applied()));
        m.put("applied_formula", p.appliedFormula());
        m.put("after", value(p.after()));
        List<Object> slots = new ArrayList<>();
        for (Explanation.Slot s : p.slots()) {
            Map<String, Object> slot = new LinkedHashMap<>();
            slot.put("name", s.name());
            slot.put("before", value(s.before()));
            slot.put("after", value(s.after()));
            slots.add(slot);
        }
        m.put("slots", slots);
        m.put("equations", p.equations());
        List<Object> checks = new ArrayList<>();
        for (Explanation.Check c : p.checks()) {
            Map<String, Object> check = new LinkedHashMap<>();
            List<Object> index = new ArrayList<>();
            for (int i : c.index()) {
                index.add(i);
            }
            check.put("index", index);
            check.put("gradient", c.gradient());
            check.put("difference", c.difference());
            check.put("h", c.h());
            check.put("noise", c.noise());
            check.put("agrees", c.agrees());
            if (c.slopes() != null) {
                check.put("slopes", List.of(c.slopes()[0], c.slopes()[1]));
            }
            checks.add(check);
        }
        m.put("checks", checks);
        return m;
    }

    private static List<Object> list(List<Explanation.Tensor> tensors) {
        List<Object> all = new ArrayList<>();
        tensors.forEach(t -> all.add(tensor(t)));
        return all;
    }

    private static Object tensor(Explanation.Tensor t) {
        if (t == null) {
            return null;
        }
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("name", t.name());
        m.put("tensor", t.tensor());
        m.putAll(value(t.value()));
        return m;
    }

    static Map<String, Object> value(NdArray v) {
        Map<String, Object> m = new LinkedHashMap<>();
        if (v == null) {
            return m;
        }
        List<Object> shape = new ArrayList<>();
        for (int d : v.shape()) {
            shape.add(d);
        }
        m.put("shape", shape);
        m.put("dtype", v.dtype().tfName());
        if (v.size() <= WHOLE) {
            m.put("values", v);
        }
        if (v.dtype().isNumeric() && !v.dtype().isComplex() && v.size() > 0) {
            Statistics s = Statistics.of(v);
            Map<String, Object> summary = new LinkedHashMap<>();
            summary.put("min", s.min());
            summary.put("max", s.max());
            summary.put("mean", s.mean());
            summary.put("norm", s.norm());
            m.put("summary", summary);
        }
        return m;
    }
}
