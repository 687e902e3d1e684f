package io.retrograd.lib.python;

import io.retrograd.lang.run.ModuleLoader;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;

/** Parts of Python's modules that are written in the language itself. */
final class Written {
    private Written() {}

    /** A whole module. */
    static ModuleValue module(Machine m, String name) {
        return ModuleLoader.of(m).library(m, name, Written.class, name);
    }

    /** Adds names to a module whose other functions are Java's; their text is read when one is first asked for. */
    static ModuleValue add(ModuleValue module, String... names) {
        for (String name : names) {
            module.with(name, (Machine m) -> module(m, module.name()).exact(m, name));
        }
        return module;
    }
}
