package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.ExceptionValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.ScriptException;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.python.io.ConsoleStream;
import io.retrograd.lib.python.io.InputStreamValue;
import java.math.BigInteger;
import java.util.Locale;

/** The module {@code sys}. */
final class SysModule {
    private static final String VERSION = "3.11.7 (Retrograd)";

    private SysModule() {}

    static ModuleValue make(Machine m) {
        ModuleValue sys = new ModuleValue("sys").with(SysModuleTable.TABLE);
        ListValue path = ListValue.of("");
        sys.with("argv", ListValue.copyOf(m.world().arguments()));
        sys.with("path", path);
        sys.with("stdout", new ConsoleStream(m.world().out(), "<stdout>"));
        sys.with("stderr", new ConsoleStream(m.world().err(), "<stderr>"));
        sys.with("__stdout__", sys.attributes().get("stdout"));
        sys.with("__stderr__", sys.attributes().get("stderr"));
        sys.with("stdin", (Machine machine) -> InputStreamValue.of(machine));
        sys.with("version", VERSION);
        sys.with("version_info", (Machine machine) -> versionInfo());
        sys.with("hexversion", 0x030b07f0L);
        sys.with("maxsize", Long.MAX_VALUE);
        sys.with("maxint", Long.MAX_VALUE);
        sys.with("maxunicode", 0x10ffffL);
        sys.with("byteorder", "little");
        sys.with("platform", platform());
        sys.with("executable", "nn");
        sys.with("prefix", "");
        sys.with("ps1", ">>> ");
        sys.with("flags", new ModuleValue("sys.flags"));
        sys.with("float_info", (Machine machine) -> floatInfo());
        sys.with("modules", (Machine machine) -> modules(machine));
        return sys;
    }

    /** The name of the operating system as Python has it. */
    static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return os.startsWith("win") ? "win32" : os.startsWith("mac") ? "darwin" : "linux";
    }

    private static Object versionInfo() {
        return NamedTuple.type("sys", "version_info", "major", "minor", "micro", "releaselevel", "serial").make(3L, 11L, 7L, "final", 0L);
    }

    private static Object floatInfo() {
        return NamedTuple.type("sys", "float_info", "max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig", "epsilon", "radix", "rounds")
                .make(Double.MAX_VALUE, 1024L, 308L, Double.MIN_NORMAL, -1021L, -307L, 15L, 53L, Math.ulp(1.0), 2L, 1L);
    }

    private static Object modules(Machine m) {
        DictValue all = new DictValue();
        m.modules().forEach(all::putText);
        return all;
    }

    /** The exception that ends the script with that status. */
    static NnError exit(Machine m, Object code) {
        Object[] arguments = code == None.NONE ? new Object[0] : new Object[] {code};
        return ScriptException.raise(m, new ExceptionValue(ExceptionTypes.of(ErrorKind.SYSTEM_EXIT), arguments));
    }

    @Builtin(value = "exit", signature = "status=None, /", doc = "Ends the script with an exit status.")
    static void leave(Machine m, Object status) {
        throw exit(m, status);
    }

    @Builtin(value = "getrecursionlimit", doc = "How deep calls may nest.")
    static long recursionLimit(Machine m) {
        return m.recursionLimit();
    }

    @Builtin(value = "setrecursionlimit", signature = "limit, /", doc = "Sets how deep calls may nest.")
    static void setRecursionLimit(Machine m, int limit) {
        if (limit < 1) {
            throw NnError.value("recursion limit must be greater or equal than 1");
        }
        m.recursionLimit(limit);
    }

    @Builtin(value = "getsizeof", signature = "object, default=0", doc = "About how many bytes an object takes.")
    static long size(Machine m, Object object, Object fallback) {
        if (object instanceof String s) {
            return 49L + s.length();
        }
        if (object instanceof Long || object instanceof Boolean) {
            return 28;
        }
        if (object instanceof BigInteger b) {
            return 24 + 4L * ((b.bitLength() + 29) / 30);
        }
        if (object instanceof Double) {
            return 24;
        }
        if (object instanceof ListValue list) {
            return 56 + 8L * list.size();
        }
        if (object instanceof TupleValue tuple) {
            return 40 + 8L * tuple.size();
        }
        Object bytes = Semantics.attributeOrNull(m, object, "nbytes");
        return bytes instanceof Long n ? 112 + n : 64;
    }

    @Builtin(value = "exc_info", doc = "The class, the value and the traceback of the exception being handled.")
    static Object exceptionInfo(Machine m) {
        ExceptionValue handled = m.handled();
        return handled == null ? TupleValue.of(None.NONE, None.NONE, None.NONE) : TupleValue.of(handled.type(), handled, None.NONE);
    }

    @Builtin(value = "getdefaultencoding", doc = "utf-8")
    static String defaultEncoding(Machine m) {
        return "utf-8";
    }

    @Builtin(value = "getfilesystemencoding", doc = "utf-8")
    static String fileSystemEncoding(Machine m) {
        return "utf-8";
    }

    @Builtin(value = "setdefaultencoding", signature = "encoding, /", doc = "Python 2's way to UTF-8, which is the encoding anyway.")
    static void setDefaultEncoding(Machine m, String encoding) {}

    @Builtin(value = "intern", signature = "string, /", doc = "The string itself.")
    static String intern(Machine m, String string) {
        return string;
    }

    @Builtin(value = "getrefcount", signature = "object, /", doc = "Always 2: nothing is counted here.")
    static long referenceCount(Machine m, Object object) {
        return 2;
    }
}
