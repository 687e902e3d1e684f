package io.retrograd.lib.tf;

import java.util.ArrayList;
import java.util.List;

/** The setups of observed rows: statements between semicolons, {@code x:f32[?,3]} for a placeholder. */
final class Setup {
    private Setup() {}

    /** The parts between semicolons outside of brackets. */
    static List<String> statements(String setup) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < setup.length(); i++) {
            char c = setup.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (c == ';' && depth == 0) {
                parts.add(setup.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(setup.substring(from));
        return parts;
    }

    /** The statement, or the placeholder that it describes. */
    static String statement(String step) {
        int colon = step.indexOf(':');
        if (!step.substring(0, Math.max(0, colon)).matches("[a-z]+")) {
            return step + "\n";
        }
        String type = step.substring(colon + 1);
        int bracket = type.indexOf('[');
        String dtype = switch (bracket < 0 ? type : type.substring(0, bracket)) {
            case "f32" -> "float32";
            case "f64" -> "float64";
            case "i32" -> "int32";
            case "i64" -> "int64";
            case "b" -> "bool";
            case "string" -> "string";
            default -> throw new IllegalArgumentException(step);
        };
        String shape = bracket < 0 ? "" : ", " + type.substring(bracket).replace("?", "None");
        return step.substring(0, colon) + " = tf.placeholder(tf." + dtype + shape + ")\n";
    }
}
