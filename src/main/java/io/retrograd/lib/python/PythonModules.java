package io.retrograd.lib.python;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lib.python.io.GzipModule;
import io.retrograd.lib.python.io.IoModule;
import io.retrograd.lib.python.time.DatetimeModule;
import io.retrograd.lib.python.time.TimeModule;
import java.util.List;

/** Python's modules by name, each made when a script first imports it. */
public final class PythonModules {
    private static final String[] NAMES = {
            "IPython", "IPython.display", "StringIO", "__future__", "abc", "argparse", "atexit", "base64", "bisect",
            "builtins", "codecs", "collections", "collections.abc", "contextlib", "copy", "csv", "dataclasses", "datetime", "enum", "errno",
            "fnmatch", "fractions", "functools", "gc", "getpass", "glob", "gzip", "hashlib", "heapq", "importlib", "inspect",
            "io", "itertools", "json", "keyword", "locale", "logging", "math", "multiprocessing", "numbers",
            "operator", "os", "os.path", "pathlib", "pickle", "platform", "pprint", "queue", "random", "re", "shutil", "signal", "six",
            "six.moves", "socket", "statistics", "string", "struct", "subprocess", "sys", "tarfile", "tempfile", "textwrap",
            "threading", "time", "timeit", "tqdm", "traceback", "types", "typing", "unicodedata", "unittest", "urllib", "uuid",
            "warnings", "zipfile",
    };

    private PythonModules() {}

    /** The names of all modules that {@link #make} knows. */
    public static List<String> names() {
        return List.of(NAMES);
    }

    /** A new module of that dotted name, or null if Python has none that Retrograd offers. */
    public static ModuleValue make(Machine m, String name) {
        return switch (name) {
            case "IPython" -> SmallModules.notebook();
            case "IPython.display" -> SmallModules.display();
            case "StringIO", "cStringIO" -> IoModule.make(m);
            case "__future__" -> SmallModules.future();
            case "abc" -> SmallModules.abc();
            case "argparse" -> ArgparseModule.make(m);
            case "atexit" -> SmallModules.atexit();
            case "base64" -> Base64Module.make(m);
            case "bisect" -> HeapqModule.bisection(m);
            case "builtins", "__builtin__" -> new BuiltinsModule();
            case "codecs" -> SmallModules.codecs();
            case "collections" -> Written.add(CollectionsModule.make(m), "ChainMap", "UserDict", "UserList");
            case "collections.abc" -> AbstractType.collections(m);
            case "contextlib" -> Written.add(ContextlibModule.make(m), "ExitStack", "ContextDecorator");
            case "copy" -> CopyModule.make(m);
            case "csv" -> CsvModule.make(m);
            case "datetime" -> DatetimeModule.make(m);
            case "dataclasses", "enum", "fractions", "pathlib", "queue", "tarfile", "unittest", "zipfile" ->
                Written.module(m, name);
            case "errno" -> SmallModules.errno();
            case "fnmatch" -> GlobModule.nameMatching(m);
            case "functools" -> FunctoolsModule.make(m);
            case "gc" -> SmallModules.collector();
            case "getpass" -> SmallModules.getpass();
            case "glob" -> GlobModule.make(m);
            case "gzip" -> GzipModule.make(m);
            case "hashlib" -> HashlibModule.make(m);
            case "heapq" -> HeapqModule.make(m);
            case "importlib" -> ImportlibModule.make(m);
            case "inspect" -> SmallModules.inspect();
            case "io" -> IoModule.make(m);
            case "itertools" -> ItertoolsModule.make(m);
            case "json" -> JsonModule.make(m);
            case "keyword" -> SmallModules.keyword();
            case "locale" -> SmallModules.locale();
            case "logging" -> LoggingModule.make(m);
            case "math" -> MathModule.make(m);
            case "multiprocessing" -> new RefusedModule("multiprocessing", "scripts start no other programs");
            case "numbers" -> AbstractType.numbers(m);
            case "operator" -> OperatorModule.make(m);
            case "os" -> OsModule.make(m);
            case "os.path", "posixpath" -> PathModule.make(m);
            case "pickle", "cPickle", "_pickle", "dill", "joblib" -> new RefusedModule("pickle", "it can run any code that a file holds; json, np.save and tf.train.Saver keep data");
            case "platform" -> PlatformModule.make(m);
            case "pprint" -> PprintModule.make(m);
            case "random" -> RandomModule.make(m);
            case "re" -> ReModule.make(m);
            case "shutil" -> ShutilModule.make(m);
            case "signal" -> SmallModules.signal();
            case "six" -> SixModule.make(m);
            case "six.moves" -> SixModule.moves(m);
            case "socket" -> new RefusedModule("socket", "scripts reach no network");
            case "statistics" -> Written.add(StatisticsModule.make(m),
                    "harmonic_mean", "geometric_mean", "quantiles", "multimode", "covariance", "correlation");
            case "string" -> Written.add(StringModule.make(m), "Template", "Formatter");
            case "struct" -> StructModule.make(m);
            case "subprocess" -> new RefusedModule("subprocess", "scripts start no other programs");
            case "sys" -> SysModule.make(m);
            case "tempfile" -> TempfileModule.make(m);
            case "textwrap" -> TextwrapModule.make(m);
            case "threading", "_thread", "thread" -> new RefusedModule(name, "a script runs on one thread");
            case "time" -> TimeModule.make(m);
            case "timeit" -> SmallModules.timeit();
            case "tqdm", "tqdm.notebook", "tqdm.auto" -> SmallModules.progress();
            case "traceback" -> SmallModules.traceback();
            case "types" -> SmallModules.types();
            case "typing" -> TypingModule.make(m);
            case "unicodedata" -> SmallModules.unicodeData();
            case "urllib", "urllib2", "urllib.request", "urllib.error", "urllib.parse", "requests", "http", "six.moves.urllib", "six.moves.urllib.request" -> new RefusedModule(name, "scripts reach no network; load the file beforehand and open it");
            case "uuid" -> SmallModules.uuid();
            case "warnings" -> WarningsModule.make(m);
            default -> null;
        };
    }
}
