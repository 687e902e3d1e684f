package io.retrograd.lib.python;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import java.util.List;

/** Python's modules by name, each made when a script first imports it. */
public final class PythonModules {
    private static final List<String> NAMES = List.of("builtins", "sys", "importlib");

    private PythonModules() {}

    /** The names of all modules that {@link #make} knows. */
    public static List<String> names() {
        return NAMES;
    }

    /** A new module of that dotted name, or null if Python has none that Retrograd offers. */
    public static ModuleValue make(Machine m, String name) {
        return switch (name) {
            case "builtins", "__builtin__" -> new BuiltinsModule();
            case "sys" -> SysModule.make(m);
            case "importlib" -> ImportlibModule.make(m);
            default -> null;
        };
    }
}
