package io.retrograd.show;

import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An explanation for the terminal: boxes drawn with lines, colours where they are wanted. */
public final class ExplanationText {
    /** Beyond this, operations without a name in the script are folded away. */
    private static final int MOST = 60;

    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String FORWARD = "36";
    private static final String BACKWARD = "35";
    private static final String VALUE = "33";
    private static final String GOOD = "32";
    private static final String BAD = "31";

    private final Explanation e;
    private final Messages m;
    private final boolean colours;
    private final StringBuilder out = new StringBuilder();

    private ExplanationText(Explanation e, Messages m, boolean colours) {
        this.e = e;
        this.m = m;
        this.colours = colours;
    }

    public static String of(Explanation e, Messages messages, boolean colours) {
        return new ExplanationText(e, messages, colours).build();
    }

    static String title(Explanation e, Messages m) {
        return e.script().isEmpty() ? m.get("title.step", e.step()) : m.get("title", e.step(), e.script());
    }

    private String paint(String colour, String text) {
        return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private void section(String colour, String title) {
        line("");
        int width = Math.max(4, 76 - columns(title));
        line(paint(colour, "┌─ ") + paint(BOLD, title) + paint(colour, " " + "─".repeat(width)));
    }

    /** Chinese characters take two columns. */
    private static int columns(String s) {
        int n = 0;
        for (int i = 0; i < s.length(); i++) {
            n += s.charAt(i) >= '\u2e80' && s.charAt(i) < '\uff61' ? 2 : 1;
        }
        return n;
    }

    private void row(String colour, String text) {
        line(paint(colour, "│ ") + text);
    }

    private void value(String colour, String label, NdArray v) {
        String head = "    " + label + " " + paint(DIM, Values.shape(v)) + " = ";
        String pad = " ".repeat(4 + columns(label) + 1 + Values.shape(v).length() + 3);
        String[] lines = Values.text(v, m).split("\n");
        row(colour, head + paint(VALUE, lines[0]));
        for (int i = 1; i < lines.length; i++) {
            row(colour, pad + paint(VALUE, lines[i]));
        }
    }

    private String build() {
        line(paint(BOLD, ExplanationText.title(e, m)));
        if (!e.formulas().isEmpty()) {
            section(FORWARD, m.get("network"));
            e.formulas().forEach(f -> row(FORWARD, "  " + paint(BOLD, f)));
        } else {
            line("");
            line(m.get("no_loss"));
        }
        forward();
        if (e.loss() != null) {
            section(FORWARD, m.get("loss"));
            value(FORWARD, e.loss().name(), e.loss().value());
            if (e.lossBefore() != null && e.lossAfter() != null) {
                row(FORWARD, "    " + m.get("loss.step", number(e.lossBefore()), number(e.lossAfter())));
            }
        }
        backward();
        section(GOOD, m.get("parameters"));
        e.parameters().forEach(this::parameter);
        changes();
        if (!e.warnings().isEmpty()) {
            section(BAD, m.get("attention"));
            e.warnings().forEach(w -> row(BAD, paint(BAD, "! ") + m.warning(w)));
        }
        if (!e.otherLosses().isEmpty()) {
            line("");
            line(m.get("others", String.join(", ", e.otherLosses())));
        }
        return out.toString();
    }

    private void forward() {
        if (e.forward().isEmpty()) {
            return;
        }
        section(FORWARD, m.get("forward"));
        for (Explanation.Tensor t : e.fed()) {
            value(FORWARD, t.name() + " (" + m.get("fed") + ")", t.value());
        }
        int shown = 0;
        int number = 0;
        for (Explanation.Forward f : e.forward()) {
            number++;
            boolean named = !f.output().name().equals(f.operation());
            if (e.forward().size() > MOST && (!named || shown >= MOST) && number < e.forward().size()) {
                continue;
            }
            shown++;
            row(FORWARD, paint(BOLD, number + ". " + f.formula()) + "   " + paint(DIM, f.type() + where(f.origin()) + loop(f.times())));
            value(FORWARD, f.output().name(), f.output().value());
        }
        folded(FORWARD, e.forward().size() - shown);
    }

    private void folded(String colour, int count) {
        if (count > 0) {
            row(colour, paint(DIM, m.get("folded", count)));
        }
    }

    private String where(Explanation.Origin o) {
        return o.line() == 0 ? "" : ", " + place(o, e, m) + ": " + o.text();
    }

    private String loop(int times) {
        return times > 1 ? " (" + m.get("loop", times) + ")" : "";
    }

    /** The line, and the file where it is another than the script. */
    static String place(Explanation.Origin o, Explanation e, Messages m) {
        return o.file().equals(e.script()) ? m.get("line", o.line()) : m.get("line.of", o.line(), o.file());
    }

    private void backward() {
        if (e.backward().isEmpty()) {
            return;
        }
        section(BACKWARD, m.get("backward"));
        int number = 0;
        Set<String> seen = new HashSet<>();
        for (Explanation.Backward b : e.backward()) {
            number++;
            if (number > MOST) {
                break;
            }
            row(BACKWARD, paint(BOLD, number + ". " + b.type() + " " + b.operation()) + paint(DIM, where(b.origin()) + loop(b.times())));
            b.sums().forEach(sum -> row(BACKWARD, "    " + paint(BOLD, sum)));
            for (Explanation.Tensor t : b.incoming()) {
                if (seen.contains(t.name())) {
                    row(BACKWARD, "    " + m.get("incoming") + ": " + t.name());
                } else {
                    value(BACKWARD, m.get("incoming") + ": " + t.name(), t.value());
                }
            }
            for (Explanation.Flow f : b.outgoing()) {
                if (f.gradient() == null) {
                    row(BACKWARD, "    " + f.formula() + "   " + paint(DIM, m.get("not_needed")));
                } else {
                    row(BACKWARD, "    " + paint(BOLD, f.formula()));
                    value(BACKWARD, f.gradient().name(), f.gradient().value());
                    seen.add(f.gradient().name());
                }
            }
        }
        folded(BACKWARD, e.backward().size() - Math.min(number, MOST));
    }

    private void parameter(Explanation.Parameter p) {
        row(GOOD, paint(BOLD, p.name()) + "   " + paint(DIM, p.rule().contains("Apply") || p.rule().equals(UpdateRules.ADAM_ROWS) ? p.rule() : m.get("own")));
        show("before", p.before());
        if (!p.sum().isEmpty()) {
            row(GOOD, "    " + p.sum());
        }
        show("gradient", p.gradient());
        if (!p.appliedFormula().isEmpty()) {
            row(GOOD, "    " + m.get("applied") + ": " + m.get("applied.from", p.appliedFormula()));
            show("applied", p.applied());
        }
        row(GOOD, "    " + m.get("rule") + ": " + p.ruleFormula() + hyper(p));
        p.schedules().forEach((k, f) -> row(GOOD, "    " + symbol(k) + " = " + f + " = " + FloatText.repr((float) (double) p.hyperparameters().get(k))));
        p.equations().forEach(q -> row(GOOD, "      " + q));
        show("after", p.after());
        for (Explanation.Check c : p.checks()) {
            String text = check(p, c, m);
            row(GOOD, "    " + m.get("check") + ": " + paint(c.agrees() ? GOOD : BAD, text));
        }
    }

    private void changes() {
        if (e.changes().isEmpty()) {
            return;
        }
        section(GOOD, m.get("changes"));
        for (Explanation.Change c : e.changes()) {
            row(GOOD, paint(BOLD, c.formula().isEmpty() ? c.name() : c.formula()) + paint(DIM, where(c.origin())));
            if (c.before() != null && c.before().size() == 1 && c.after() != null) {
                row(GOOD, "    " + paint(VALUE, Values.scalar(c.before(), 0) + " → " + Values.scalar(c.after(), 0)));
            } else {
                show("before", c.before());
                show("after", c.after());
            }
        }
    }

    private void show(String label, NdArray v) {
        if (v != null) {
            value(GOOD, m.get(label), v);
        }
    }

    static String check(Explanation.Parameter p, Explanation.Check c, Messages m) {
        String at = p.name() + Warnings.element(c.index());
        if (c.slopes() != null) {
            return m.get("check.bend", at, number(c.slopes()[0]), number(c.slopes()[1]), number(c.gradient()));
        }
        return m.get(c.agrees() ? "check.fine" : "check.off", "L(" + at + "+h)", "L(" + at + "−h)", number(c.difference()), number(c.gradient()));
    }

    static String hyper(Explanation.Parameter p) {
        StringBuilder text = new StringBuilder();
        p.hyperparameters().forEach((k, v) -> text.append(text.isEmpty() ? "   (" : ", ").append(symbol(k)).append(" = ")
                .append(FloatText.repr((float) (double) v)));
        return text.isEmpty() ? "" : text.append(")").toString();
    }

    static String symbol(String argument) {
        return switch (argument) {
            case "alpha", "lr" -> "α";
            case "momentum" -> "μ";
            case "beta1" -> "β1";
            case "beta2" -> "β2";
            case "beta1_power" -> "β1ᵗ";
            case "beta2_power" -> "β2ᵗ";
            case "rate" -> "αₜ";
            case "epsilon" -> "ε";
            case "l1" -> "λ1";
            case "l2" -> "λ2";
            case "l2_shrinkage" -> "λ";
            case "lr_power" -> "p";
            case "global_step" -> "t";
            case "eta_minus" -> "η⁻";
            case "eta_plus" -> "η⁺";
            case "step_min" -> "d_min";
            case "step_max" -> "d_max";
            case "rho" -> "ρ";
            default -> argument;
        };
    }

    private static String number(double v) {
        return FloatText.format(v, 'g', 7, false);
    }

    /** What to say where there is no step to explain. */
    public static List<String> why(StepExplanation.Outcome outcome, long step, String loss, List<String> losses, Messages m) {
        if (outcome.error() != null) {
            return List.of(m.get("never.error", step));
        }
        if (!loss.isEmpty() && outcome.steps() == 0 && outcome.hasGradients()) {
            return List.of(m.get("never.loss", loss, String.join(", ", losses)));
        }
        if (outcome.steps() > 0) {
            return List.of(m.get("never.steps", outcome.steps(), step));
        }
        return List.of(outcome.hasGradients() ? m.get("never.unused", outcome.runs()) : m.get("never.none"));
    }
}
