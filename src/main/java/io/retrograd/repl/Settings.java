package io.retrograd.repl;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code :set} switches. */
final class Settings {
    static final String COLOURS = "colours";
    static final String FORMULAS = "formulas";
    static final String HINTS = "hints";
    static final String STATUS = "status";

    private static final Map<String, String> MEANING = new LinkedHashMap<>();

    static {
        MEANING.put(COLOURS, "colours, on terminals that have them");
        MEANING.put(FORMULAS, "below a tensor, how it is computed");
        MEANING.put(HINTS, "below the line, the signature of the call being typed");
        MEANING.put(STATUS, "a status line while something takes long");
    }

    private final Map<String, Boolean> on = new LinkedHashMap<>();

    Settings(boolean colours) {
        for (String name : MEANING.keySet()) {
            on.put(name, true);
        }
        on.put(COLOURS, colours);
    }

    boolean has(String name) {
        return on.containsKey(name);
    }

    boolean isOn(String name) {
        return on.get(name);
    }

    void set(String name, boolean value) {
        on.put(name, value);
    }

    static Map<String, String> meanings() {
        return MEANING;
    }
}
