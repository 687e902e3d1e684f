package io.retrograd.show;

import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;

/** An explanation as Markdown, for notes and issues. */
public final class ExplanationMarkdown {
    private final Explanation e;
    private final Messages m;
    private final StringBuilder out = new StringBuilder();

    private ExplanationMarkdown(Explanation e, Messages m) {
        this.e = e;
        this.m = m;
    }

    public static String of(Explanation e, Messages messages) {
        return new ExplanationMarkdown(e, messages).build();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private void block(String label, NdArray v) {
        if (v == null) {
            return;
        }
        String text = Values.text(v, m);
        String head = "- " + label + " `" + Values.shape(v) + "`: ";
        if (text.indexOf('\n') < 0) {
            line(head + "`" + text + "`");
            return;
        }
        line(head);
        line("");
        line("  ```");
        for (String row : text.split("\n")) {
            line("  " + row);
        }
        line("  ```");
        line("");
    }

    private String where(Explanation.Origin o) {
        return o.line() == 0 ? "" : " (" + ExplanationText.place(o, e, m) + ": `" + o.text().replace('`', '\'') + "`)";
    }

    private String build() {
        line("# " + ExplanationText.title(e, m));
        line("");
        line("## " + m.get("network"));
        line("");
        if (e.formulas().isEmpty()) {
            line(m.get("no_loss"));
        } else {
            line("```");
            e.formulas().forEach(this::line);
            line("```");
        }
        line("");
        line("## " + m.get("forward"));
        line("");
        for (Explanation.Tensor t : e.fed()) {
            block("`" + t.name() + "` (" + m.get("fed") + ")", t.value());
        }
        int number = 0;
        for (Explanation.Forward f : e.forward()) {
            line("");
            line("### " + ++number + ". `" + f.formula() + "`");
            line("");
            line(f.type() + where(f.origin()) + (f.times() > 1 ? " (" + m.get("loop", f.times()) + ")" : ""));
            line("");
            block("`" + f.output().name() + "`", f.output().value());
        }
        line("");
        if (e.lossBefore() != null && e.lossAfter() != null) {
            line("## " + m.get("loss"));
            line("");
            line(m.get("loss.step", Values.number(e.lossBefore()), Values.number(e.lossAfter())));
            line("");
        }
        line("## " + m.get("backward"));
        number = 0;
        for (Explanation.Backward b : e.backward()) {
            line("");
            line("### " + ++number + ". " + b.type() + " `" + b.operation() + "`" + where(b.origin()));
            line("");
            b.sums().forEach(sum -> line("- `" + sum + "`"));
            b.incoming().forEach(t -> block(m.get("incoming") + " `" + t.name() + "`", t.value()));
            for (Explanation.Flow f : b.outgoing()) {
                if (f.gradient() == null) {
                    line("- `" + f.formula() + "`: " + m.get("not_needed"));
                } else {
                    block("`" + f.formula() + "`", f.gradient().value());
                }
            }
        }
        line("");
        line("## " + m.get("parameters"));
        e.parameters().forEach(this::parameter);
        if (!e.changes().isEmpty()) {
            line("");
            line("## " + m.get("changes"));
            line("");
            for (Explanation.Change c : e.changes()) {
                line("- `" + (c.formula().isEmpty() ? c.name() : c.formula()) + "`" + where(c.origin()));
                block(m.get("before"), c.before());
                block(m.get("after"), c.after());
            }
        }
        if (!e.warnings().isEmpty()) {
            line("");
            line("## " + m.get("attention"));
            line("");
            e.warnings().forEach(w -> line("- " + m.warning(w)));
        }
        if (!e.otherLosses().isEmpty()) {
            line("");
            line(m.get("others", String.join(", ", e.otherLosses())));
        }
        return out.toString();
    }

    private void parameter(Explanation.Parameter p) {
        line("");
        line("### `" + p.name() + "`");
        line("");
        block(m.get("before"), p.before());
        if (!p.sum().isEmpty()) {
            line("- `" + p.sum() + "`");
        }
        block(m.get("gradient"), p.gradient());
        if (!p.appliedFormula().isEmpty()) {
            line("- " + m.get("applied") + ": `" + m.get("applied.from", p.appliedFormula()) + "`");
            block(m.get("applied"), p.applied());
        }
        line("- " + m.get("rule") + ": `" + p.ruleFormula() + ExplanationText.hyper(p) + "`");
        p.schedules().forEach((k, f) -> line("- `" + ExplanationText.symbol(k) + " = " + f + " = "
                + FloatText.repr((float) (double) p.hyperparameters().get(k)) + "`"));
        line("");
        if (!p.equations().isEmpty()) {
            line("  ```");
            p.equations().forEach(q -> line("  " + q));
            line("  ```");
            line("");
        }
        block(m.get("after"), p.after());
        for (Explanation.Check c : p.checks()) {
            line("- " + m.get("check") + ": " + ExplanationText.check(p, c, m));
        }
    }
}
