package io.retrograd.lib.python;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import java.util.List;

/** Python's modules by name, each made when a script first imports it. */
public final class PythonModules {
    private static final String[] NAMES = {
            "builtins", "collections", "collections.abc", "copy", "csv", "datetime", "fnmatch", "functools", "glob",
            "gzip", "importlib", "io", "itertools", "json", "math", "numbers", "operator", "os", "os.path",
            "platform", "pprint", "random", "re", "shutil", "string", "struct", "sys", "tempfile", "time",
    };

    private PythonModules() {}

    /** The names of all modules that {@link #make} knows. */
    public static List<String> names() {
        return List.of(NAMES);
    }

    /** A new module of that dotted name, or null if Python has none that Retrograd offers. */
    public static ModuleValue make(Machine m, String name) {
        return switch (name) {
            case "builtins", "__builtin__" -> new BuiltinsModule();
            case "collections" -> CollectionsModule.make(m);
            case "collections.abc" -> AbstractType.collections(m);
            case "copy" -> CopyModule.make(m);
            case "csv" -> CsvModule.make(m);
            case "datetime" -> DatetimeModule.make(m);
            case "fnmatch" -> GlobModule.nameMatching(m);
            case "functools" -> FunctoolsModule.make(m);
            case "glob" -> GlobModule.make(m);
            case "gzip" -> GzipModule.make(m);
            case "importlib" -> ImportlibModule.make(m);
            case "io" -> IoModule.make(m);
            case "itertools" -> ItertoolsModule.make(m);
            case "json" -> JsonModule.make(m);
            case "math" -> MathModule.make(m);
            case "numbers" -> AbstractType.numbers(m);
            case "operator" -> OperatorModule.make(m);
            case "os" -> OsModule.make(m);
            case "os.path", "posixpath" -> PathModule.make(m);
            case "platform" -> PlatformModule.make(m);
            case "pprint" -> PprintModule.make(m);
            case "random" -> RandomModule.make(m);
            case "re" -> ReModule.make(m);
            case "shutil" -> ShutilModule.make(m);
            case "string" -> StringModule.make(m);
            case "struct" -> StructModule.make(m);
            case "sys" -> SysModule.make(m);
            case "tempfile" -> TempfileModule.make(m);
            case "time" -> TimeModule.make(m);
            default -> null;
        };
    }
}
