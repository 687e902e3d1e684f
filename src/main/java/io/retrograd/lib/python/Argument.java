package io.retrograd.lib.python;

import io.retrograd.lang.value.None;
import java.util.List;
import java.util.Locale;

/** One option or positional argument of an {@link ArgumentParser}; fallback, constant, count and choices are None where not given. */
record Argument(List<String> flags, String name, String action, Object type, Object fallback, Object constant,
        Object count, Object choices, boolean required, String help, String metavar) {
    boolean isOption() {
        return !flags.isEmpty();
    }

    boolean takesValues() {
        return action.equals("store") || action.equals("append") || action.equals("extend");
    }

    String shown() {
        return isOption() ? String.join("/", flags) : metavar != null ? metavar : name;
    }

    String valueName() {
        if (metavar != null) {
            return metavar;
        }
        if (choices != None.NONE) {
            return null;
        }
        return isOption() ? name.toUpperCase(Locale.ROOT) : name;
    }
}
