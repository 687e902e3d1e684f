package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.LargeText;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.Sorting;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.python.io.ConsoleStream;
import io.retrograd.lib.python.io.InputStreamValue;
import java.util.Arrays;
import java.util.TreeSet;

/** Python's builtin functions on objects in general: printing, attributes, classes, representations. */
final class Builtins {
    private Builtins() {}

    @Builtin(value = "print", signature = "*objects, sep=' ', end=None, file=None, flush=False", doc = "Writes objects as text, a space between them and a new line at the end.", example = "print('loss', 0.25)")
    static void print(Machine m, Object[] objects, String sep, String end, Object file, boolean flush) {
        StringBuilder out = new StringBuilder();
        String between = sep == null ? " " : sep;
        for (int i = 0; i < objects.length; i++) {
            if (i > 0) {
                LargeText.grow(out, between.length());
                out.append(between);
            }
            String text = Semantics.str(m, objects[i]);
            LargeText.grow(out, text.length());
            out.append(text);
        }
        out.append(end == null ? "\n" : end);
        Object target = file == None.NONE ? redirected(m) : file;
        if (target == null) {
            m.world().out().write(out.toString());
            if (flush) {
                m.world().out().flush();
            }
            return;
        }
        Semantics.callMethod(m, target, "write", out.toString());
        if (flush) {
            Semantics.callMethod(m, target, "flush");
        }
    }

    /** What the script put in the place of sys.stdout; null if nothing. */
    private static Object redirected(Machine m) {
        if (m.modules().get("sys") instanceof ModuleValue sys) {
            Object stdout = sys.attributes().get("stdout");
            return stdout == null || stdout instanceof ConsoleStream ? null : stdout;
        }
        return null;
    }

    @Builtin(value = "input", signature = "prompt='', /", doc = "A line of standard input, after the prompt was written.")
    static String input(Machine m, Object prompt) {
        m.world().out().write(Semantics.str(m, prompt));
        m.world().out().flush();
        String line = InputStreamValue.of(m).line(m);
        if (line.isEmpty()) {
            throw new NnError(ErrorKind.EOF_ERROR, "EOF when reading a line");
        }
        return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    }

    @Builtin(value = "raw_input", signature = "prompt='', /", doc = "Python 2's name of input.")
    static String rawInput(Machine m, Object prompt) {
        return input(m, prompt);
    }

    @Builtin(value = "repr", signature = "object, /", doc = "The object as text for programmers.")
    static String repr(Machine m, Object object) {
        return Semantics.repr(m, object);
    }

    @Builtin(value = "ascii", signature = "object, /", doc = "As repr, with everything beyond ASCII escaped.")
    static String ascii(Machine m, Object object) {
        return Semantics.ascii(m, object);
    }

    @Builtin(value = "format", signature = "value, format_spec='', /", doc = "The value as the format specification says.")
    static String format(Machine m, Object value, String spec) {
        return Semantics.format(m, value, spec);
    }

    @Builtin(value = "id", signature = "object, /", doc = "A number that no other object has meanwhile.")
    static long id(Machine m, Object object) {
        return 0x7f0000000000L + System.identityHashCode(object) * 16L;
    }

    @Builtin(value = "hash", signature = "object, /", doc = "A number that equal objects have in common.")
    static long hash(Machine m, Object object) {
        return Semantics.hash(m, object);
    }

    @Builtin(value = "callable", signature = "object, /", doc = "Whether it can be called.")
    static boolean callable(Machine m, Object object) {
        return Semantics.isCallable(object);
    }

    @Builtin(value = "isinstance", signature = "object, class_or_tuple, /", doc = "Whether the object is of the class, or of one of the classes.")
    static boolean isInstance(Machine m, Object object, Object wanted) {
        return Semantics.isInstance(m, object, wanted);
    }

    @Builtin(value = "issubclass", signature = "cls, class_or_tuple, /", doc = "Whether the class derives from the other, or from one of them.")
    static boolean isSubclass(Machine m, Object cls, Object wanted) {
        return Semantics.isSubclass(m, cls, wanted);
    }

    private static String name(Object name, String function) {
        if (name instanceof String s) {
            return s;
        }
        throw NnError.type(function + "(): attribute name must be string");
    }

    @Builtin(value = "getattr", signature = "object, name, /, *default", doc = "The attribute of that name, or the default if there is none.")
    static Object getAttribute(Machine m, Object object, Object name, Object[] fallback) {
        String attribute = name(name, "getattr");
        if (fallback.length == 0) {
            return Semantics.attribute(m, object, attribute);
        }
        Object found = quiet(m, object, attribute);
        return found == null ? fallback[0] : found;
    }

    @Builtin(value = "hasattr", signature = "object, name, /", doc = "Whether there is an attribute of that name.")
    static boolean hasAttribute(Machine m, Object object, Object name) {
        return quiet(m, object, name(name, "hasattr")) != null;
    }

    private static Object quiet(Machine m, Object object, String attribute) {
        try {
            return Semantics.attributeOrNull(m, object, attribute);
        } catch (NnError e) {
            if (e.kind().isA(ErrorKind.ATTRIBUTE_ERROR)) {
                return null;
            }
            throw e;
        }
    }

    @Builtin(value = "setattr", signature = "object, name, value, /", doc = "Sets the attribute of that name.")
    static void setAttribute(Machine m, Object object, Object name, Object value) {
        Semantics.setAttribute(m, object, name(name, "setattr"), value);
    }

    @Builtin(value = "delattr", signature = "object, name, /", doc = "Removes the attribute of that name.")
    static void deleteAttribute(Machine m, Object object, Object name) {
        Semantics.deleteAttribute(m, object, name(name, "delattr"));
    }

    @Builtin(value = "dir", signature = "object, /", doc = "The names of its attributes, sorted.")
    static Object dir(Machine m, Object object) {
        Object own = object instanceof Value v && !(v instanceof TypeValue) ? v.special(m, "__dir__") : null;
        if (own != null) {
            Object[] names = Semantics.elements(m, own);
            Sorting.sort(m, names, None.NONE, false);
            return ListValue.of(names);
        }
        return ListValue.copyOf(new TreeSet<>(Semantics.attributeNames(m, object)));
    }

    @Builtin(value = "vars", signature = "object, /", doc = "Its own attributes as a dict.")
    static Object vars(Machine m, Object object) {
        Object dict = Semantics.attributeOrNull(m, object, "__dict__");
        if (dict == null) {
            throw NnError.type("vars() argument must have __dict__ attribute");
        }
        return dict;
    }

    @Builtin(value = {"exit", "quit"}, signature = "code=None", doc = "Ends the script with an exit status.")
    static void exit(Machine m, Object code) {
        throw SysModule.exit(m, code);
    }

    @Builtin(value = "help", signature = "object=None, /", doc = "Writes what an object is for.")
    static void help(Machine m, Object object) {
        m.world().out().write(HelpText.ofTopic(m, object));
    }

    @Builtin(value = "__import__", signature = "name, globals=None, locals=None, fromlist=None, level=0", doc = "The module that an import statement of that name would bind.")
    static Object importModule(Machine m, String name, Object globals, Object locals, Object fromlist, Object level) {
        if (name.isEmpty()) {
            throw NnError.value("Empty module name");
        }
        if (name.startsWith(".")) {
            throw new NnError(ErrorKind.MODULE_NOT_FOUND_ERROR, "No module named '" + name + "'");
        }
        boolean inner = fromlist != None.NONE && Semantics.truth(m, fromlist);
        return ImportlibModule.load(m, inner || name.indexOf('.') < 0 ? name : name.substring(0, name.indexOf('.')));
    }

    @Builtin(value = "cmp", signature = "a, b, /", doc = "Python 2's order of two objects: negative, zero or positive.")
    static long compare(Machine m, Object a, Object b) {
        return Semantics.less(m, a, b) ? -1 : Semantics.less(m, b, a) ? 1 : 0;
    }

    /** The arguments behind the first. */
    static Object[] rest(Object[] all) {
        return Arrays.copyOfRange(all, 1, all.length);
    }
}
