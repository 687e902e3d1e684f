package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.run.ModuleLoader;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;

/** The module {@code importlib}. */
final class ImportlibModule {
    private ImportlibModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("importlib").with(ImportlibModuleTable.TABLE);
    }

    static Object load(Machine m, String name) {
        return ModuleLoader.of(m).load(m, name);
    }

    @Builtin(value = "import_module", signature = "name, package=None", doc = "The module of that dotted name.")
    static Object importModule(Machine m, String name, String within) {
        return load(m, within != null && name.startsWith(".") ? within + name : name);
    }

    @Builtin(value = "reload", signature = "module", doc = "The module itself: nothing is read twice.")
    static Object reload(Machine m, Object module) {
        if (!(module instanceof ModuleValue)) {
            throw NnError.type("reload() argument must be a module");
        }
        return module;
    }

    @Builtin(value = "invalidate_caches", doc = "Does nothing: nothing is cached.")
    static void invalidate(Machine m) {}
}
