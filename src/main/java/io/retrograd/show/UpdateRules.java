package io.retrograd.show;

import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The optimizers' rules, as formulas and with the numbers of one element put in. */
final class UpdateRules {
    private UpdateRules() {}

    /** The rule in symbols; empty where the update is the script's own. */
    static String formula(Operation op, String w) {
        boolean nesterov = op.flag("use_nesterov");
        return switch (base(op)) {
            case "ApplyGradientDescent" -> w + " ← " + w + " − α·g";
            case "ApplyMomentum" -> nesterov
                    ? "a ← μ·a + g,  " + w + " ← " + w + " − α·(g + μ·a)"
                    : "a ← μ·a + g,  " + w + " ← " + w + " − α·a";
            case "ApplyAdam" -> "m ← β1·m + (1−β1)·g,  v ← β2·v + (1−β2)·g²,  " + w + " ← " + w
                    + " − α·√(1−β2ᵗ)/(1−β1ᵗ) · m/(√v + ε)";
            case "ApplyAdagrad" -> "a ← a + g²,  " + w + " ← " + w + " − α·g/√a";
            case "ApplyAdadelta" -> "a ← ρ·a + (1−ρ)·g²,  d = √(u+ε)/√(a+ε)·g,  " + w + " ← " + w + " − α·d,  u ← ρ·u + (1−ρ)·d²";
            case "ApplyRMSProp" -> "s ← ρ·s + (1−ρ)·g²,  a ← μ·a + α·g/√(s+ε),  " + w + " ← " + w + " − a";
            case "ApplyCenteredRMSProp" -> "s ← ρ·s + (1−ρ)·g²,  e ← ρ·e + (1−ρ)·g,  a ← μ·a + α·g/√(s−e²+ε),  " + w + " ← " + w + " − a";
            case "ApplyFtrl", "ApplyFtrlV2" -> "n ← n + g²,  z ← z + g − (√n′−√n)/α·" + w + ",  " + w
                    + " ← (sign(z)·λ1 − z)/(√n/α + 2·λ2) if |z| > λ1 else 0";
            case "ApplyProximalGradientDescent" -> w + " ← prox(" + w + " − α·g)";
            case "ApplyProximalAdagrad" -> "a ← a + g²,  " + w + " ← prox(" + w + " − α·g/√a)";
            case "ApplyAdagradDA" -> "G ← G + g,  S ← S + g²,  " + w + " ← −α·G/(λ2·t·α + √S)";
            case "ApplyRprop" -> "d ← d·η⁺ if g·g′ > 0, d·η⁻ if g·g′ < 0;  " + w + " ← " + w + " − sign(g)·d";
            default -> "";
        };
    }

    /** An assignment of the script's own, in terms of the gradient g. */
    static String assignment(Operation op, String w, io.retrograd.graph.Output gradient, Names names) {
        String value = Formula.of(op.input(op.inputCount() - 1), names, gradient, "g");
        return w + " ← " + switch (op.type()) {
            case "Assign" -> value;
            case "AssignSub", "ScatterSub" -> w + " − " + value;
            default -> w + " + " + value;
        };
    }

    private static String base(Operation op) {
        return op.type().startsWith("Sparse") ? op.type().substring("Sparse".length()) : op.type();
    }

    /** Values of one element before and after, by the update operation's argument names. */
    record Element(double w, double g, double after, Map<String, Double> hyper, Map<String, double[]> slots, DType type) {
        String n(double v) {
            String text = type == DType.FLOAT64 ? FloatText.repr(v) : FloatText.repr((float) v);
            return text.startsWith("-") ? "(" + text + ")" : text;
        }

        String bare(double v) {
            return type == DType.FLOAT64 ? FloatText.repr(v) : FloatText.repr((float) v);
        }

        double before(String slot) {
            return slots.get(slot)[0];
        }

        double now(String slot) {
            return slots.get(slot)[1];
        }

        double h(String name) {
            return hyper.getOrDefault(name, 0.0);
        }
    }

    /** The rule with numbers; {@code name} is the element's, such as {@code w1[0,0]}. */
    static List<String> numbers(Operation op, String name, Element e) {
        List<String> lines = new ArrayList<>();
        String w = e.bare(e.w());
        String g = e.n(e.g());
        String end = " = " + e.bare(e.after());
        switch (base(op)) {
            case "ApplyGradientDescent" -> lines.add(name + " ← " + w + " − " + e.bare(e.h("alpha")) + "·" + g + end);
            case "ApplyMomentum" -> {
                String mu = e.bare(e.h("momentum"));
                String a = e.n(e.now("accum"));
                lines.add("a ← " + mu + "·" + e.n(e.before("accum")) + " + " + g + " = " + e.bare(e.now("accum")));
                lines.add(name + " ← " + w + " − " + e.bare(e.h("lr")) + "·" + (op.flag("use_nesterov") ? "(" + g + " + " + mu + "·" + a + ")" : a) + end);
            }
            case "ApplyAdam" -> {
                String b1 = e.bare(e.h("beta1"));
                String b2 = e.bare(e.h("beta2"));
                lines.add("m ← " + b1 + "·" + e.n(e.before("m")) + " + (1−" + b1 + ")·" + g + " = " + e.bare(e.now("m")));
                lines.add("v ← " + b2 + "·" + e.n(e.before("v")) + " + (1−" + b2 + ")·" + g + "² = " + e.bare(e.now("v")));
                lines.add(name + " ← " + w + " − " + e.bare(e.h("lr")) + "·√(1−" + e.bare(e.h("beta2_power")) + ")/(1−" + e.bare(e.h("beta1_power"))
                        + ") · " + e.n(e.now("m")) + "/(√" + e.n(e.now("v")) + " + " + e.bare(e.h("epsilon")) + ")" + end);
            }
            case "ApplyAdagrad" -> {
                lines.add("a ← " + e.bare(e.before("accum")) + " + " + g + "² = " + e.bare(e.now("accum")));
                lines.add(name + " ← " + w + " − " + e.bare(e.h("lr")) + "·" + g + "/√" + e.n(e.now("accum")) + end);
            }
            case "ApplyAdadelta" -> {
                String rho = e.bare(e.h("rho"));
                String eps = e.bare(e.h("epsilon"));
                lines.add("a ← " + rho + "·" + e.n(e.before("accum")) + " + (1−" + rho + ")·" + g + "² = " + e.bare(e.now("accum")));
                String d = "√(" + e.bare(e.before("accum_update")) + "+" + eps + ")/√(" + e.bare(e.now("accum")) + "+" + eps + ")·" + g;
                lines.add(name + " ← " + w + " − " + e.bare(e.h("lr")) + "·" + d + end);
                lines.add("u ← " + e.bare(e.now("accum_update")));
            }
            case "ApplyRMSProp", "ApplyCenteredRMSProp" -> {
                String rho = e.bare(e.h("rho"));
                boolean centered = e.slots().containsKey("mg");
                lines.add("s ← " + rho + "·" + e.n(e.before("ms")) + " + (1−" + rho + ")·" + g + "² = " + e.bare(e.now("ms")));
                if (centered) {
                    lines.add("e ← " + rho + "·" + e.n(e.before("mg")) + " + (1−" + rho + ")·" + g + " = " + e.bare(e.now("mg")));
                }
                lines.add("a ← " + e.bare(e.h("momentum")) + "·" + e.n(e.before("mom")) + " + " + e.bare(e.h("lr")) + "·" + g + "/√("
                        + e.bare(e.now("ms")) + (centered ? "−" + e.n(e.now("mg")) + "²" : "") + "+" + e.bare(e.h("epsilon")) + ") = " + e.bare(e.now("mom")));
                lines.add(name + " ← " + w + " − " + e.n(e.now("mom")) + end);
            }
            case "ApplyRprop" -> {
                lines.add("g′ = " + e.bare(e.before("previous")) + ", d ← " + e.bare(e.now("step")));
                lines.add(name + " ← " + w + " + " + e.n(e.after() - e.w()) + end);
            }
            case "Assign", "AssignSub", "AssignAdd", "ScatterSub", "ScatterAdd" ->
                lines.add("g = " + e.bare(e.g()) + ":  " + name + " = " + w + " → " + e.bare(e.after()));
            default -> {
                StringBuilder given = new StringBuilder();
                e.hyper().forEach((k, v) -> given.append(", ").append(k).append(" = ").append(e.bare(v)));
                e.slots().forEach((k, v) -> given.append(", ").append(k).append(": ").append(e.bare(v[0])).append(" → ").append(e.bare(v[1])));
                lines.add("g = " + g + given);
                lines.add(name + " ← " + e.bare(e.after()));
            }
        }
        return lines;
    }

    /** The names of the inputs that are scalars, and of the slots, by place. */
    static String argument(Operation op, int i) {
        List<OpDef.Argument> arguments = op.definition().inputs();
        return arguments.get(i).name();
    }

    static double element(NdArray a, int i) {
        return a.size() == 1 ? a.getDouble(0) : a.getDouble(i);
    }
}
