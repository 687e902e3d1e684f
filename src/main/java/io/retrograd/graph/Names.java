package io.retrograd.graph;

import io.retrograd.error.NnError;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The names of one graph. Operations and scopes share one table; letter case is kept, but two names that differ
 * in it alone collide.
 */
final class Names {
    private final Map<String, Integer> used = new HashMap<>();

    /** The name, or the first free one of {@code name_1}, {@code name_2} …; marked as used if asked. */
    String unique(String name, boolean mark) {
        String key = name.toLowerCase(Locale.ROOT);
        int i = used.getOrDefault(key, 0);
        if (mark) {
            used.put(key, i + 1);
        }
        if (i == 0) {
            return name;
        }
        String base = key;
        String candidate = key;
        int suffix = i;
        while (used.containsKey(candidate)) {
            candidate = base + "_" + suffix;
            suffix++;
        }
        if (mark) {
            used.put(candidate, 1);
        }
        return name + "_" + (suffix - 1);
    }

    /** A copy to go back to. */
    Names copy() {
        Names other = new Names();
        other.used.putAll(used);
        return other;
    }

    static void checkScope(String name, boolean inside) {
        if (!isValid(name, inside)) {
            throw NnError.value("'" + name + "' is not a valid scope name");
        }
    }

    static void checkOperation(String name) {
        if (!isValid(name, false)) {
            throw NnError.value("'" + name + "' is not a valid node name");
        }
    }

    /** Letters, digits and {@code . _ - / \ >}; the first character a letter, a digit or a dot unless inside a scope. */
    private static boolean isValid(String name, boolean inside) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.';
            boolean later = c == '_' || c == '-' || c == '/' || c == '\\';
            if (!plain && !(later && (i > 0 || inside))) {
                return false;
            }
        }
        return !name.isEmpty() || inside;
    }
}
