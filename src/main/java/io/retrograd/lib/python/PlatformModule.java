package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;

/** The module {@code platform}. */
final class PlatformModule {
    private PlatformModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("platform").with(PlatformModuleTable.TABLE);
    }

    static String systemName() {
        return switch (SysModule.platform()) {
            case "win32" -> "Windows";
            case "darwin" -> "Darwin";
            default -> "Linux";
        };
    }

    @Builtin(value = "system", doc = "The operating system's name.")
    static String system(Machine m) {
        return systemName();
    }

    @Builtin(value = "platform", doc = "The operating system and the machine.")
    static String platform(Machine m) {
        return systemName() + "-" + System.getProperty("os.version", "") + "-" + System.getProperty("os.arch", "");
    }

    @Builtin(value = {"machine", "processor"}, doc = "The kind of processor.")
    static String machine(Machine m) {
        return System.getProperty("os.arch", "");
    }

    @Builtin(value = "release", doc = "The operating system's version.")
    static String release(Machine m) {
        return System.getProperty("os.version", "");
    }

    @Builtin(value = "python_version", doc = "The version of Python that scripts see.")
    static String version(Machine m) {
        return "3.11.7";
    }

    @Builtin(value = "python_implementation", doc = "Retrograd")
    static String implementation(Machine m) {
        return "Retrograd";
    }

    @Builtin(value = "node", doc = "The machine's name in the network.")
    static String node(Machine m) {
        return "localhost";
    }
}
