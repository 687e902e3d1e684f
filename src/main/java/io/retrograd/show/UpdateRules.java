package io.retrograd.show;

import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The optimizers' rules, as formulas and with the numbers of one element put in. */
final class UpdateRules {
    /** Adam for the rows of a table: several assignments in TensorFlow's graph, one rule to a reader. */
    static final String ADAM_ROWS = "Adam";

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
                    + " − αₜ·" + (nesterov ? "(β1·m + (1−β1)·g)" : "m") + "/(√v + ε)  with αₜ = α·√(1−β2ᵗ)/(1−β1ᵗ)";
            case "ApplyAdagrad" -> (op.flag("update_slots") ? "a ← a + g²,  " : "") + w + " ← " + w + " − α·g/√a";
            case "ApplyAdadelta" -> "a ← ρ·a + (1−ρ)·g²,  d = √(u+ε)/√(a+ε)·g,  " + w + " ← " + w + " − α·d,  u ← ρ·u + (1−ρ)·d²";
            case "ApplyRMSProp" -> "s ← ρ·s + (1−ρ)·g²,  a ← μ·a + α·g/√(s+ε),  " + w + " ← " + w + " − a";
            case "ApplyCenteredRMSProp" -> "s ← ρ·s + (1−ρ)·g²,  e ← ρ·e + (1−ρ)·g,  a ← μ·a + α·g/√(s−e²+ε),  " + w + " ← " + w + " − a";
            case "ApplyFtrl", "ApplyFtrlV2" -> "n ← n₀ + g²,  σ = (n^(−p) − n₀^(−p))/α,  z ← z + g" + (base(op).endsWith("V2") ? " + 2·λ·" + w : "")
                    + " − σ·" + w + ",  " + w + " ← (sign(z)·λ1 − z)/(n^(−p)/α + 2·λ2) if |z| > λ1 else 0";
            case "ApplyProximalGradientDescent" -> "p = " + w + " − α·g,  " + w + " ← sign(p)·max(|p| − α·λ1, 0)/(1 + α·λ2)";
            case "ApplyProximalAdagrad" -> "a ← a + g²,  r = α/√a,  p = " + w + " − r·g,  " + w + " ← sign(p)·max(|p| − r·λ1, 0)/(1 + r·λ2)";
            case "ApplyAdagradDA" -> "G ← G + g,  S ← S + g²,  " + w + " ← −α·sign(G)·max(|G| − λ1·t, 0)/(λ2·t·α + √S)";
            case "ApplyRprop" -> "g·g₀ > 0: d ← min(d·η⁺, d_max);  g·g₀ < 0: d ← max(d·η⁻, d_min), take the last change back;  else "
                    + w + " ← " + w + " − sign(g)·d";
            default -> "";
        };
    }

    /** An assignment of the script's own, in terms of the gradient g. */
    static String assignment(Operation op, String w, Output gradient, Names names) {
        return assignment(op, w, gradient, "g", names);
    }

    /** An assignment, in terms of a tensor that goes by that name. */
    static String assignment(Operation op, String w, Output known, String as, Names names) {
        String value = Formula.of(op.input(op.inputCount() - 1), names, known, as);
        return w + " ← " + switch (op.type()) {
            case "Assign" -> value;
            case "AssignSub", "ScatterSub" -> w + " − " + grouped(value);
            default -> w + " + " + value;
        };
    }

    /** A sum that is subtracted needs brackets. */
    private static String grouped(String value) {
        int depth = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth == 0 && i > 0 && (value.startsWith(" + ", i) || value.startsWith(" - ", i))) {
                return "(" + value + ")";
            }
        }
        return value;
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

        double rounded(double v) {
            return type == DType.FLOAT64 ? v : (float) v;
        }

        double before(String slot) {
            return slots.get(slot)[0];
        }

        double now(String slot) {
            return slots.get(slot)[1];
        }

        /** Ftrl's power of the accumulator. */
        double power(double n) {
            return rounded(h("lr_power") == -0.5 ? Math.sqrt(n) : Math.pow(n, -h("lr_power")));
        }

        /** Adadelta's step. */
        double step() {
            double eps = h("epsilon");
            return rounded(Math.sqrt(before("accum_update") + eps) / Math.sqrt(now("accum") + eps) * g);
        }

        double h(String name) {
            return hyper.getOrDefault(name, 0.0);
        }
    }

    /** An assignment's formula with the numbers of one element in the place of w and g; empty where more than those decide. */
    static String numbers(String formula, String w, String name, Element e) {
        String value = formula.substring(formula.indexOf(" ← ") + 3);
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < value.length()) {
            int end = i;
            while (end < value.length() && (Character.isLetterOrDigit(value.charAt(end)) || "_./:[]'".indexOf(value.charAt(end)) >= 0)) {
                end++;
            }
            String word = value.substring(i, Math.max(end, i + 1));
            if (word.equals("g") || word.equals(w)) {
                out.append(i == 0 ? e.bare(word.equals("g") ? e.g() : e.w()) : e.n(word.equals("g") ? e.g() : e.w()));
            } else if (Character.isLetter(word.charAt(0)) || "ΣΠ√|²³^⊙,ᵀ∗".indexOf(word.charAt(0)) >= 0) {
                return "";
            } else {
                out.append(word.equals("-") && out.length() > 0 && out.charAt(out.length() - 1) == ' ' ? "−" : word);
            }
            i += word.length();
        }
        return name + " ← " + out + " = " + e.bare(e.after());
    }

    /** The rule with numbers; {@code name} is the element's, such as {@code w1[0,0]}. */
    static List<String> numbers(Operation op, String rule, String name, Element e) {
        List<String> lines = new ArrayList<>();
        String w = e.bare(e.w());
        String g = e.n(e.g());
        String end = " = " + e.bare(e.after());
        switch (rule.startsWith("Sparse") ? rule.substring("Sparse".length()) : rule) {
            case "ApplyGradientDescent" -> lines.add(name + " ← " + w + " − " + e.bare(e.h("alpha")) + "·" + g + end);
            case "ApplyMomentum" -> {
                String mu = e.bare(e.h("momentum"));
                String a = e.n(e.now("accum"));
                lines.add("a ← " + mu + "·" + e.n(e.before("accum")) + " + " + g + " = " + e.bare(e.now("accum")));
                lines.add(name + " ← " + w + " − " + e.bare(e.h("lr")) + "·" + (op.flag("use_nesterov") ? "(" + g + " + " + mu + "·" + a + ")" : a) + end);
            }
            case "ApplyAdam" -> {
                double rate = e.rounded(e.rounded(e.h("lr") * e.rounded(Math.sqrt(e.rounded(1 - e.h("beta2_power")))))
                        / e.rounded(1 - e.h("beta1_power")));
                adamSlots(lines, e, e.bare(e.h("beta1")), e.bare(e.h("beta2")), g);
                lines.add("αₜ = " + e.bare(e.h("lr")) + "·√(1−" + e.bare(e.h("beta2_power")) + ")/(1−" + e.bare(e.h("beta1_power")) + ") = "
                        + e.bare(rate));
                String b1 = e.bare(e.h("beta1"));
                lines.add(name + " ← " + w + " − " + e.bare(rate) + "·"
                        + (op.flag("use_nesterov") ? "(" + b1 + "·" + e.n(e.now("m")) + " + (1−" + b1 + ")·" + g + ")" : e.n(e.now("m")))
                        + "/(√" + e.n(e.now("v")) + " + " + e.bare(e.h("epsilon")) + ")" + end);
            }
            case ADAM_ROWS -> {
                adamSlots(lines, e, e.bare(e.h("beta1")), e.bare(e.h("beta2")), g);
                lines.add(name + " ← " + w + " − " + e.bare(e.h("rate")) + "·" + e.n(e.now("m")) + "/(√" + e.n(e.now("v")) + " + "
                        + e.bare(e.h("epsilon")) + ")" + end);
            }
            case "ApplyAdagrad" -> {
                if (op.flag("update_slots")) {
                    lines.add("a ← " + e.bare(e.before("accum")) + " + " + g + "² = " + e.bare(e.now("accum")));
                }
                lines.add(name + " ← " + w + " − " + e.bare(e.h("lr")) + "·" + g + "/√" + e.n(e.now("accum")) + end);
            }
            case "ApplyAdadelta" -> {
                String rho = e.bare(e.h("rho"));
                String eps = e.bare(e.h("epsilon"));
                lines.add("a ← " + rho + "·" + e.n(e.before("accum")) + " + (1−" + rho + ")·" + g + "² = " + e.bare(e.now("accum")));
                String d = "√(" + e.bare(e.before("accum_update")) + "+" + eps + ")/√(" + e.bare(e.now("accum")) + "+" + eps + ")·" + g;
                lines.add("d = " + d + " = " + e.bare(e.step()));
                lines.add(name + " ← " + w + " − " + e.bare(e.h("lr")) + "·" + e.n(e.step()) + end);
                lines.add("u ← " + rho + "·" + e.n(e.before("accum_update")) + " + (1−" + rho + ")·" + e.n(e.step()) + "² = "
                        + e.bare(e.now("accum_update")));
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
            case "ApplyFtrl", "ApplyFtrlV2" -> {
                String power = "^" + e.n(-e.h("lr_power"));
                String n = e.n(e.now("accum")) + power;
                lines.add("n ← " + e.bare(e.before("accum")) + " + " + g + "² = " + e.bare(e.now("accum")));
                double sigma = e.rounded(e.rounded(e.power(e.now("accum")) - e.power(e.before("accum"))) / e.h("lr"));
                lines.add("σ = (" + n + " − " + e.n(e.before("accum")) + power + ")/" + e.bare(e.h("lr")) + " = " + e.bare(sigma));
                lines.add("z ← " + e.bare(e.before("linear")) + " + " + g
                        + (base(op).endsWith("V2") ? " + 2·" + e.bare(e.h("l2_shrinkage")) + "·" + e.n(e.w()) : "")
                        + " − " + e.bare(sigma) + "·" + e.n(e.w())
                        + " = " + e.bare(e.now("linear")));
                lines.add(Math.abs(e.now("linear")) > e.h("l1")
                        ? name + " ← (sign(" + e.bare(e.now("linear")) + ")·" + e.bare(e.h("l1")) + " − " + e.n(e.now("linear")) + ")/(" + n
                                + "/" + e.bare(e.h("lr")) + " + 2·" + e.bare(e.h("l2")) + ")" + end
                        : name + " ← 0" + end);
            }
            case "ApplyProximalGradientDescent" -> lines.addAll(proximal(name, e, g, e.h("alpha"), e.bare(e.h("alpha"))));
            case "ApplyProximalAdagrad" -> {
                double rate = e.rounded(e.h("lr") / Math.sqrt(e.now("accum")));
                lines.add("a ← " + e.bare(e.before("accum")) + " + " + g + "² = " + e.bare(e.now("accum")));
                lines.add("r = " + e.bare(e.h("lr")) + "/√" + e.n(e.now("accum")) + " = " + e.bare(rate));
                lines.addAll(proximal(name, e, g, rate, e.bare(rate)));
            }
            case "ApplyAdagradDA" -> {
                String t = Long.toString((long) e.h("global_step"));
                String sum = e.bare(e.now("gradient_accumulator"));
                lines.add("G ← " + e.bare(e.before("gradient_accumulator")) + " + " + g + " = " + sum);
                lines.add("S ← " + e.bare(e.before("gradient_squared_accumulator")) + " + " + g + "² = "
                        + e.bare(e.now("gradient_squared_accumulator")));
                lines.add(name + " ← −" + e.bare(e.h("lr")) + "·sign(" + sum + ")·max(|" + sum + "| − " + e.bare(e.h("l1")) + "·" + t
                        + ", 0)/(" + e.bare(e.h("l2")) + "·" + t + "·" + e.bare(e.h("lr")) + " + √"
                        + e.n(e.now("gradient_squared_accumulator")) + ")" + end);
            }
            case "ApplyRprop" -> {
                double agreement = e.g() * e.before("previous");
                String d = e.bare(e.now("step"));
                if (agreement > 0) {
                    lines.add("g·g₀ = " + g + "·" + e.n(e.before("previous")) + " > 0:  d ← min(" + e.bare(e.before("step")) + "·"
                            + e.bare(e.h("eta_plus")) + ", " + e.bare(e.h("step_max")) + ") = " + d);
                } else if (agreement < 0) {
                    lines.add("g·g₀ = " + g + "·" + e.n(e.before("previous")) + " < 0:  d ← max(" + e.bare(e.before("step")) + "·"
                            + e.bare(e.h("eta_minus")) + ", " + e.bare(e.h("step_min")) + ") = " + d);
                } else {
                    lines.add("g·g₀ = 0:  d = " + d);
                }
                lines.add(agreement < 0
                        ? name + " ← " + w + " − " + e.n(e.before("change")) + end
                        : name + " ← " + w + " − sign(" + e.bare(e.g()) + ")·" + d + end);
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

    private static void adamSlots(List<String> lines, Element e, String b1, String b2, String g) {
        lines.add("m ← " + b1 + "·" + e.n(e.before("m")) + " + (1−" + b1 + ")·" + g + " = " + e.bare(e.now("m")));
        lines.add("v ← " + b2 + "·" + e.n(e.before("v")) + " + (1−" + b2 + ")·" + g + "² = " + e.bare(e.now("v")));
    }

    private static List<String> proximal(String name, Element e, String g, double rate, String r) {
        double p = e.rounded(e.w() - e.rounded(rate * e.g()));
        String head = "p = " + e.bare(e.w()) + " − " + r + "·" + g + " = " + e.bare(p);
        String body = e.h("l1") > 0 ? "sign(" + e.bare(p) + ")·max(|" + e.bare(p) + "| − " + r + "·" + e.bare(e.h("l1")) + ", 0)" : e.n(p);
        return List.of(head, name + " ← " + body + "/(1 + " + r + "·" + e.bare(e.h("l2")) + ") = " + e.bare(e.after()));
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
