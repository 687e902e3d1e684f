package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.run.FunctionValue;
import io.retrograd.lang.run.GeneratorValue;
import io.retrograd.lang.value.BoundMethod;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.ExceptionValue;
import io.retrograd.lang.value.FrozenSetValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.PropertyValue;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.python.io.FileOpener;
import io.retrograd.lib.python.time.TimeModule;
import java.text.Normalizer;
import java.util.Map;
import java.util.UUID;

/** Modules of a handful of names. */
final class SmallModules {
    private SmallModules() {}

    private static NativeFunction nothing(String name) {
        return new NativeFunction(name, (m, a) -> None.NONE);
    }

    private static NativeFunction same(String name) {
        return new NativeFunction(name, (m, a) -> a[0]);
    }

    static ModuleValue future() {
        ModuleValue future = new ModuleValue("__future__");
        for (String name : new String[] {"print_function", "division", "absolute_import", "unicode_literals", "with_statement",
            "generators", "nested_scopes", "annotations"}) {
            future.with(name, (Object) true);
        }
        return future;
    }

    static ModuleValue abc() {
        return new ModuleValue("abc")
                .with("ABC", (Object) CoreTypes.OBJECT)
                .with("ABCMeta", (Object) CoreTypes.TYPE)
                .with("abstractmethod", (Object) same("abstractmethod"))
                .with("abstractproperty", (Machine m) -> PropertyValue.TYPE);
    }

    static ModuleValue collector() {
        return new ModuleValue("gc").with("collect", (Object) new NativeFunction("collect", (m, a) -> 0L))
                .with("enable", (Object) nothing("enable")).with("disable", (Object) nothing("disable"))
                .with("isenabled", (Object) new NativeFunction("isenabled", (m, a) -> true));
    }

    static ModuleValue getpass() {
        return new ModuleValue("getpass")
                .with("getuser", (Object) new NativeFunction("getuser", (m, a) -> OsModule.user(m)))
                .with("getpass", (Object) new NativeFunction("getpass", (m, a) -> Builtins.input(m, a.length > 0 ? a[0] : "Password: ")));
    }

    static ModuleValue errno() {
        return new ModuleValue("errno").with("EPERM", 1L).with("ENOENT", 2L).with("EIO", 5L).with("EACCES", 13L).with("EEXIST", 17L)
                .with("ENOTDIR", 20L).with("EISDIR", 21L).with("EINVAL", 22L).with("EPIPE", 32L).with("ENOTEMPTY", 39L);
    }

    static ModuleValue types() {
        return new ModuleValue("types")
                .with("FunctionType", (Machine m) -> FunctionValue.TYPE)
                .with("LambdaType", (Machine m) -> FunctionValue.TYPE)
                .with("GeneratorType", (Machine m) -> GeneratorValue.TYPE)
                .with("MethodType", (Machine m) -> BoundMethod.TYPE)
                .with("BuiltinFunctionType", (Object) CoreTypes.BUILTIN_FUNCTION)
                .with("ModuleType", (Object) ModuleValue.TYPE)
                .with("NoneType", (Object) CoreTypes.NONE)
                .with("StringType", (Object) CoreTypes.STR).with("IntType", (Object) CoreTypes.INT).with("FloatType", (Object) CoreTypes.FLOAT)
                .with("ListType", (Object) ListValue.TYPE).with("TupleType", (Object) TupleValue.TYPE)
                .with("SimpleNamespace", (Object) ArgparseModule.Namespace.TYPE);
    }

    static ModuleValue progress() {
        return new ModuleValue("tqdm").with(SmallModulesTable.TABLE, "tqdm.");
    }

    @Builtin(value = {"tqdm.tqdm", "tqdm.tqdm_notebook", "tqdm.trange"}, signature = "iterable=None, *more, **options", doc = "The elements of an iterable, without a progress bar.")
    static Object progress(Machine m, Object iterable, Object[] more, Map<String, Object> options) {
        Object source = iterable instanceof Long n ? new RangeValue(0, n, 1) : iterable;
        return new Progress(source);
    }

    static ModuleValue display() {
        return new ModuleValue("IPython.display").with(SmallModulesTable.TABLE, "display.");
    }

    @Builtin(value = {"display.display", "display.pprint"}, signature = "*objects, **options", doc = "Writes objects.")
    static void display(Machine m, Object[] objects, Map<String, Object> options) {
        for (Object o : objects) {
            Builtins.print(m, new Object[] {Semantics.repr(m, o)}, " ", "\n", None.NONE, false);
        }
    }

    @Builtin(value = {"display.Image", "display.HTML", "display.SVG", "display.Markdown"}, signature = "data=None, *more, **options", doc = "The data itself: there is no notebook to show it.")
    static Object shown(Machine m, Object data, Object[] more, Map<String, Object> options) {
        return data;
    }

    @Builtin(value = "display.clear_output", signature = "wait=False", doc = "Does nothing: what was written stays.")
    static void clear(Machine m, Object wait) {}

    static ModuleValue notebook() {
        return new ModuleValue("IPython")
                .with("display", (Machine m) -> m.library().module(m, "IPython.display"))
                .with("get_ipython", (Object) nothing("get_ipython"));
    }

    static ModuleValue traceback() {
        return new ModuleValue("traceback").with(SmallModulesTable.TABLE, "traceback.");
    }

    private static String handledText(Machine m) {
        ExceptionValue e = m.handled();
        if (e == null) {
            return "NoneType: None\n";
        }
        String text = e.str(m);
        return e.type().name() + (text.isEmpty() ? "" : ": " + text) + "\n";
    }

    @Builtin(value = "traceback.format_exc", signature = "limit=None, chain=True", doc = "The exception being handled, as text.")
    static String formatHandled(Machine m, Object limit, Object chain) {
        return handledText(m);
    }

    @Builtin(value = "traceback.print_exc", signature = "limit=None, file=None, chain=True", doc = "Writes the exception being handled.")
    static void printHandled(Machine m, Object limit, Object file, Object chain) {
        if (file == None.NONE) {
            m.world().err().write(handledText(m));
        } else {
            Semantics.callMethod(m, file, "write", handledText(m));
        }
    }

    @Builtin(value = {"traceback.print_stack", "traceback.print_tb"}, signature = "*arguments, **options", doc = "Does nothing: calls are shown with an error.")
    static void printStack(Machine m, Object[] arguments, Map<String, Object> options) {}

    static ModuleValue timeit() {
        return new ModuleValue("timeit").with(SmallModulesTable.TABLE, "timeit.");
    }

    @Builtin(value = "timeit.default_timer", doc = "Seconds from some start, for measuring.")
    static double timer(Machine m) {
        return TimeModule.counter(m);
    }

    @Builtin(value = "timeit.timeit", signature = "stmt, setup=None, timer=None, number=1000000, globals=None", doc = "The seconds that so many calls of a function take.")
    static double time(Machine m, Object stmt, Object setup, Object timer, long number, Object globals) {
        if (!Semantics.isCallable(stmt)) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "timeit takes a function here, not a text");
        }
        double start = TimeModule.counter(m);
        for (long i = 0; i < number; i++) {
            m.checkInterrupt();
            Semantics.call(m, stmt);
        }
        return TimeModule.counter(m) - start;
    }

    static ModuleValue inspect() {
        return new ModuleValue("inspect").with(SmallModulesTable.TABLE, "inspect.");
    }

    @Builtin(value = {"inspect.isfunction", "inspect.isroutine"}, signature = "object", doc = "Whether it is a function of the script's.")
    static boolean isFunction(Machine m, Object object) {
        return object instanceof FunctionValue;
    }

    @Builtin(value = "inspect.isclass", signature = "object", doc = "Whether it is a class.")
    static boolean isClass(Machine m, Object object) {
        return object instanceof TypeValue;
    }

    @Builtin(value = "inspect.ismodule", signature = "object", doc = "Whether it is a module.")
    static boolean isModule(Machine m, Object object) {
        return object instanceof ModuleValue;
    }

    @Builtin(value = "inspect.ismethod", signature = "object", doc = "Whether it is a method with its object.")
    static boolean isMethod(Machine m, Object object) {
        return object instanceof BoundMethod;
    }

    @Builtin(value = "inspect.getdoc", signature = "object", doc = "The doc string.")
    static Object docOf(Machine m, Object object) {
        Object doc = Semantics.attributeOrNull(m, object, "__doc__");
        return doc == null ? None.NONE : doc;
    }

    @Builtin(value = "inspect.getfile", signature = "object", doc = "The script's path.")
    static String fileOf(Machine m, Object object) {
        return m.place().isKnown() ? m.place().source().name() : "";
    }

    @Builtin(value = {"inspect.getargspec", "inspect.getfullargspec"}, signature = "func", doc = "The names of a function's parameters.")
    static Object parametersOf(Machine m, Object func) {
        if (!(func instanceof FunctionValue f)) {
            throw NnError.type("unsupported callable");
        }
        return NamedTuple.type("inspect", "FullArgSpec", "args", "varargs", "varkw", "defaults")
                .make(ListValue.copyOf(f.parameterNames()), None.NONE, None.NONE, None.NONE);
    }

    static ModuleValue uuid() {
        return new ModuleValue("uuid").with(SmallModulesTable.TABLE, "uuid.");
    }

    @Builtin(value = {"uuid.uuid4", "uuid.uuid1"}, doc = "A new identifier, as text.")
    static String identifier(Machine m) {
        return UUID.randomUUID().toString();
    }

    static ModuleValue codecs() {
        return new ModuleValue("codecs")
                .with("open", (Object) new CodecsOpen())
                .with("BOM_UTF8", (Object) new BytesValue(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}))
                .with("encode", (Object) new NativeFunction("encode", (m, a) -> Semantics.callMethod(m, a[0], "encode", Builtins.rest(a))))
                .with("decode", (Object) new NativeFunction("decode", (m, a) -> Semantics.callMethod(m, a[0], "decode", Builtins.rest(a))))
                .with("getwriter", (Object) new NativeFunction("getwriter", (m, a) -> same("StreamWriter")))
                .with("getreader", (Object) new NativeFunction("getreader", (m, a) -> same("StreamReader")));
    }

    /** {@code codecs.open}, whose third parameter is the encoding. */
    private static final class CodecsOpen implements Value {
        @Override
        public TypeValue type() {
            return CoreTypes.BUILTIN_FUNCTION;
        }

        @Override
        public boolean isCallable() {
            return true;
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            int given = arguments.length - keywords.length;
            String mode = given > 1 ? (String) arguments[1] : "r";
            String encoding = given > 2 && arguments[2] instanceof String s ? s : null;
            String errors = given > 3 && arguments[3] instanceof String s ? s : null;
            for (int i = 0; i < keywords.length; i++) {
                Object value = arguments[given + i];
                switch (keywords[i]) {
                    case "mode" -> mode = (String) value;
                    case "encoding" -> encoding = value instanceof String s ? s : null;
                    case "errors" -> errors = value instanceof String s ? s : null;
                    default -> { }
                }
            }
            boolean binary = mode.contains("b");
            String plain = encoding == null ? mode : mode.replace("b", "");
            return FileOpener.open(m, FileOpener.path(m, arguments[0]), plain, encoding, errors, binary || encoding != null ? "" : null);
        }
    }

    static ModuleValue atexit() {
        return new ModuleValue("atexit").with("register", (Object) same("register"));
    }

    static ModuleValue signal() {
        return new ModuleValue("signal").with("SIGINT", 2L).with("SIGTERM", 15L).with("SIG_DFL", 0L).with("SIG_IGN", 1L)
                .with("signal", (Object) nothing("signal"));
    }

    static ModuleValue locale() {
        return new ModuleValue("locale").with("LC_ALL", 6L)
                .with("setlocale", (Object) new NativeFunction("setlocale", (m, a) -> "C"))
                .with("getpreferredencoding", (Object) new NativeFunction("getpreferredencoding", (m, a) -> "UTF-8"));
    }

    static ModuleValue keyword() {
        String[] words = {"False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
            "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
            "pass", "raise", "return", "try", "while", "with", "yield"};
        return new ModuleValue("keyword").with("kwlist", (Object) ListValue.of((Object[]) words))
                .with("iskeyword", (Object) new NativeFunction("iskeyword", (m, a) ->
                        Semantics.contains(m, FrozenSetValue.from(m, TupleValue.of((Object[]) words)), a[0])));
    }

    static ModuleValue unicodeData() {
        return new ModuleValue("unicodedata").with("normalize", (Object) new NativeFunction("normalize", (m, a) ->
                Normalizer.normalize((String) a[1], Normalizer.Form.valueOf((String) a[0]))))
                .with("error", (Machine m) -> ExceptionTypes.of(ErrorKind.VALUE_ERROR));
    }
}
