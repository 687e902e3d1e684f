package io.retrograd.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The part of TeX that labels use between dollar signs: Greek letters and common signs, {@code ^} and {@code _}, and
 * {@code \frac} as a slash. Anything else stands as it is written.
 */
final class MathText {
    /** A piece of text in one size; raise is in sizes of the surrounding text. */
    record Run(String text, boolean italic, double scale, double raise) {}

    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("alpha", "α"), Map.entry("beta", "β"), Map.entry("gamma", "γ"), Map.entry("delta", "δ"),
            Map.entry("epsilon", "ε"), Map.entry("varepsilon", "ε"), Map.entry("zeta", "ζ"), Map.entry("eta", "η"),
            Map.entry("theta", "θ"), Map.entry("iota", "ι"), Map.entry("kappa", "κ"), Map.entry("lambda", "λ"),
            Map.entry("mu", "μ"), Map.entry("nu", "ν"), Map.entry("xi", "ξ"), Map.entry("pi", "π"), Map.entry("rho", "ρ"),
            Map.entry("sigma", "σ"), Map.entry("tau", "τ"), Map.entry("phi", "φ"), Map.entry("varphi", "φ"),
            Map.entry("chi", "χ"), Map.entry("psi", "ψ"), Map.entry("omega", "ω"), Map.entry("Gamma", "Γ"),
            Map.entry("Delta", "Δ"), Map.entry("Theta", "Θ"), Map.entry("Lambda", "Λ"), Map.entry("Xi", "Ξ"),
            Map.entry("Pi", "Π"), Map.entry("Sigma", "Σ"), Map.entry("Phi", "Φ"), Map.entry("Psi", "Ψ"),
            Map.entry("Omega", "Ω"), Map.entry("times", "×"), Map.entry("cdot", "·"), Map.entry("pm", "±"),
            Map.entry("leq", "≤"), Map.entry("le", "≤"), Map.entry("geq", "≥"), Map.entry("ge", "≥"), Map.entry("neq", "≠"),
            Map.entry("ne", "≠"), Map.entry("approx", "≈"), Map.entry("infty", "∞"), Map.entry("sum", "∑"),
            Map.entry("prod", "∏"), Map.entry("int", "∫"), Map.entry("partial", "∂"), Map.entry("nabla", "∇"),
            Map.entry("sqrt", "√"), Map.entry("rightarrow", "→"), Map.entry("to", "→"), Map.entry("leftarrow", "←"),
            Map.entry("circ", "∘"), Map.entry("degree", "°"), Map.entry("in", "∈"), Map.entry("ldots", "…"),
            Map.entry("quad", "  "), Map.entry(" ", " "), Map.entry(",", " "), Map.entry(";", " "), Map.entry("%", "%"),
            Map.entry("$", "$"), Map.entry("_", "_"), Map.entry("{", "{"), Map.entry("}", "}"));

    private final List<Run> runs = new ArrayList<>();
    private String text;
    private int at;

    private MathText() {}

    /** The pieces of one line. */
    static List<Run> of(String line) {
        MathText parsed = new MathText();
        int from = 0;
        while (true) {
            int open = dollar(line, from);
            int close = open < 0 ? -1 : dollar(line, open + 1);
            if (close < 0) {
                parsed.plain(line.substring(from));
                return parsed.runs;
            }
            parsed.plain(line.substring(from, open));
            parsed.text = line.substring(open + 1, close);
            parsed.at = 0;
            parsed.group(1, 0, true);
            from = close + 1;
        }
    }

    private static int dollar(String s, int from) {
        int i = s.indexOf('$', from);
        while (i > 0 && s.charAt(i - 1) == '\\') {
            i = s.indexOf('$', i + 1);
        }
        return i;
    }

    private void plain(String s) {
        if (!s.isEmpty()) {
            runs.add(new Run(s.replace("\\$", "$"), false, 1, 0));
        }
    }

    private void group(double scale, double raise, boolean italic) {
        while (at < text.length() && text.charAt(at) != '}') {
            char c = text.charAt(at);
            if (c == '^' || c == '_') {
                at++;
                argument(scale * 0.7, raise + (c == '^' ? 0.4 : -0.2) * scale, italic);
            } else if (c == '{') {
                argument(scale, raise, italic);
            } else if (c == '\\') {
                command(scale, raise, italic);
            } else {
                at++;
                add(c == '-' ? "\u2212" : c == ' ' ? "" : String.valueOf(c), italic && Character.isLetter(c), scale, raise);
            }
        }
    }

    /** A braced group, a command or one character. */
    private void argument(double scale, double raise, boolean italic) {
        if (at >= text.length()) {
            return;
        }
        if (text.charAt(at) == '{') {
            at++;
            group(scale, raise, italic);
            at++;
        } else if (text.charAt(at) == '\\') {
            command(scale, raise, italic);
        } else {
            char c = text.charAt(at++);
            add(c == '-' ? "\u2212" : String.valueOf(c), italic && Character.isLetter(c), scale, raise);
        }
    }

    private void command(double scale, double raise, boolean italic) {
        at++;
        int from = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        if (at == from && at < text.length()) {
            at++;
        }
        String name = text.substring(from, at);
        switch (name) {
            case "mathrm", "mathregular", "text", "rm", "mathbf", "mathit", "mathcal" ->
                argument(scale, raise, name.equals("mathit"));
            case "frac" -> {
                argument(scale, raise, italic);
                add("/", false, scale, raise);
                argument(scale, raise, italic);
            }
            case "left", "right" -> {}
            case "hat" -> {
                argument(scale, raise, italic);
                add("\u0302", italic, scale, raise);
            }
            case "bar" -> {
                argument(scale, raise, italic);
                add("\u0304", italic, scale, raise);
            }
            default -> add(SIGNS.getOrDefault(name, name), false, scale, raise);
        }
    }

    private void add(String s, boolean italic, double scale, double raise) {
        if (s.isEmpty()) {
            return;
        }
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last != null && last.italic == italic && last.scale == scale && last.raise == raise) {
            runs.set(runs.size() - 1, new Run(last.text + s, italic, scale, raise));
        } else {
            runs.add(new Run(s, italic, scale, raise));
        }
    }
}
