package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code argparse.ArgumentParser}. */
final class ArgumentParser implements Value {
    static final TypeValue TYPE = new TypeValue("argparse", "ArgumentParser", CoreTypes.OBJECT, ArgumentParserTable.TABLE, null);
    static final String SUPPRESS = "==SUPPRESS==";

    private final String program;
    private final String usage;
    private final String description;
    private final String epilog;
    private final boolean showDefaults;
    private final Map<Object, Object> types = new HashMap<>();
    private final List<Argument> arguments = new ArrayList<>();
    private final DictValue defaults = new DictValue();

    private ArgumentParser(String program, String usage, String description, String epilog, boolean showDefaults) {
        this.program = program;
        this.usage = usage;
        this.description = description;
        this.epilog = epilog;
        this.showDefaults = showDefaults;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    String program() {
        return program;
    }

    /** The usage line that the script gave itself, or null. */
    String usage() {
        return usage;
    }

    String description() {
        return description;
    }

    String epilog() {
        return epilog;
    }

    /** Whether the help text tells defaults. */
    boolean showsDefaults() {
        return showDefaults;
    }

    List<Argument> arguments() {
        return arguments;
    }

    DictValue defaults() {
        return defaults;
    }

    @Builtin(value = "__new__", signature = "prog=None, usage=None, description=None, epilog=None, parents=None, formatter_class=None, prefix_chars='-', fromfile_prefix_chars=None, argument_default=None, conflict_handler='error', add_help=True, allow_abbrev=True, exit_on_error=True", doc = "Reads options and arguments of a command line.")
    static Object make(Machine m, String prog, String usage, String description, String epilog, Object parents, Object formatter, Object prefix, Object fromFile, Object argumentDefault, Object conflict, boolean addHelp, Object abbreviations, Object exit) {
        List<String> script = m.world().arguments();
        String name = script.isEmpty() ? "nn" : script.get(0);
        String program = prog != null ? prog : name.substring(name.lastIndexOf('/') + 1);
        ArgumentParser made = new ArgumentParser(program, usage, description, epilog, "ArgumentDefaultsHelpFormatter".equals(formatter));
        if (addHelp) {
            made.arguments.add(new Argument(List.of("-h", "--help"), "help", "help", None.NONE, SUPPRESS, None.NONE, None.NONE, None.NONE,
                    false, "show this help message and exit", null));
        }
        if (parents != None.NONE) {
            for (Object parent : Semantics.elements(m, parents)) {
                for (Argument a : ((ArgumentParser) parent).arguments) {
                    if (!a.action().equals("help")) {
                        made.arguments.add(a);
                    }
                }
            }
        }
        return made;
    }

    @Builtin(value = "add_argument", method = true, signature = "*names, **options", doc = "Declares an option or a positional argument.")
    static Object add(Machine m, ArgumentParser self, Object[] names, Map<String, Object> options) {
        List<String> flags = new ArrayList<>();
        String name = null;
        for (Object each : names) {
            String s = (String) each;
            if (s.startsWith("-")) {
                flags.add(s);
                boolean isLong = s.startsWith("--");
                if (name == null || isLong && !flags.get(0).startsWith("--") && name.length() == 1) {
                    name = s.replaceAll("^-+", "").replace('-', '_');
                }
            } else {
                name = s;
            }
        }
        if (options.get("dest") instanceof String dest) {
            name = dest;
        }
        String action = action(options.get("action"));
        Object usual = switch (action) {
            case "store_true" -> false;
            case "store_false" -> true;
            default -> None.NONE;
        };
        Object fallback = ArgparseModule.option(options, "default", usual);
        if (action.equals("version")) {
            fallback = SUPPRESS;
        }
        Object constant = action.equals("version") ? options.get("version") : ArgparseModule.option(options, "const", None.NONE);
        Object help = ArgparseModule.option(options, "help", "");
        self.arguments.add(new Argument(flags, name, action, self.converter(ArgparseModule.option(options, "type", None.NONE)), fallback,
                constant == null ? self.program : constant, ArgparseModule.option(options, "nargs", None.NONE),
                ArgparseModule.option(options, "choices", None.NONE), Semantics.truth(m, ArgparseModule.option(options, "required", false)),
                help == None.NONE ? "" : (String) help, options.get("metavar") instanceof String s ? s : null));
        return None.NONE;
    }

    private static String action(Object given) {
        if (given == null || given == None.NONE) {
            return "store";
        }
        if (given instanceof String s) {
            return s;
        }
        throw NnError.value("unknown action \"" + given + "\"");
    }

    @Builtin(value = {"add_argument_group", "add_mutually_exclusive_group"}, method = true, signature = "*names, **options", doc = "The parser itself: groups matter for the help text only.")
    static Object group(Machine m, ArgumentParser self, Object[] names, Map<String, Object> options) {
        return self;
    }

    @Builtin(value = "register", method = true, signature = "registry_name, value, object", doc = "Gives a name to a type of arguments.")
    static void register(Machine m, ArgumentParser self, String registry, Object name, Object converter) {
        if (!"type".equals(registry)) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "only types can be registered, not '" + registry + "'");
        }
        self.types.put(name, converter);
    }

    /** What a type's name stands for. */
    private Object converter(Object type) {
        return types.getOrDefault(type, type);
    }

    @Builtin(value = "set_defaults", method = true, signature = "**values", doc = "Sets defaults by name.")
    static void setDefaults(Machine m, ArgumentParser self, Map<String, Object> values) {
        values.forEach(self.defaults::putText);
    }

    @Builtin(value = "get_default", method = true, signature = "dest", doc = "The default of an option.")
    static Object getDefault(Machine m, ArgumentParser self, String dest) {
        Object set = self.defaults.getText(dest);
        if (set != null) {
            return set;
        }
        for (Argument a : self.arguments) {
            if (a.name().equals(dest)) {
                return a.fallback();
            }
        }
        return None.NONE;
    }

    @Builtin(value = "parse_args", method = true, signature = "args=None, namespace=None", doc = "Reads a command line, by default the script's own; what it does not know ends the script.")
    static Object parse(Machine m, ArgumentParser self, Object args, Object namespace) {
        TupleValue both = (TupleValue) parseKnown(m, self, args, namespace);
        ListValue rest = (ListValue) both.get(1);
        if (rest.size() > 0) {
            throw self.error(m, "unrecognized arguments: " + Semantics.callMethod(m, " ", "join", rest));
        }
        return both.get(0);
    }

    @Builtin(value = "parse_known_args", method = true, signature = "args=None, namespace=None", doc = "Reads a command line; returns the options and what it does not know.")
    static Object parseKnown(Machine m, ArgumentParser self, Object args, Object namespace) {
        List<String> words = new ArrayList<>();
        if (args == None.NONE) {
            Object argv = Semantics.attribute(m, m.library().module(m, "sys"), "argv");
            Object[] all = Semantics.elements(m, argv);
            for (int i = 1; i < all.length; i++) {
                words.add((String) all[i]);
            }
        } else {
            for (Object each : Semantics.elements(m, args)) {
                words.add((String) each);
            }
        }
        ArgparseModule.Namespace result = namespace instanceof ArgparseModule.Namespace n ? n : new ArgparseModule.Namespace();
        ListValue rest = new ListValue();
        new ArgumentReading(m, self, words, result, rest).run();
        return TupleValue.of(result, rest);
    }

    /** Writes the usage and the message; what ends the script with status 2. */
    NnError error(Machine m, String message) {
        m.world().err().write(new ArgumentHelp(m, this).usage() + program + ": error: " + message + "\n");
        return SysModule.exit(m, 2L);
    }

    @Builtin(value = "error", method = true, signature = "message", doc = "Ends the script with a message about wrong usage.")
    static void fail(Machine m, ArgumentParser self, String message) {
        throw self.error(m, message);
    }

    @Builtin(value = "exit", method = true, signature = "status=0, message=None", doc = "Ends the script.")
    static void leave(Machine m, ArgumentParser self, Object status, String message) {
        if (message != null) {
            m.world().err().write(message);
        }
        throw SysModule.exit(m, status);
    }

    @Builtin(value = "print_help", method = true, signature = "file=None", doc = "Writes how the script is used.")
    static void printHelp(Machine m, ArgumentParser self, Object file) {
        m.world().out().write(new ArgumentHelp(m, self).text());
    }

    @Builtin(value = "print_usage", method = true, signature = "file=None", doc = "Writes the first line of the help text.")
    static void printUsage(Machine m, ArgumentParser self, Object file) {
        m.world().out().write(new ArgumentHelp(m, self).usage());
    }

    @Builtin(value = "format_help", method = true, doc = "How the script is used, as text.")
    static String formatHelp(Machine m, ArgumentParser self) {
        return new ArgumentHelp(m, self).text();
    }

    @Builtin(value = "format_usage", method = true, doc = "The first line of the help text.")
    static String formatUsage(Machine m, ArgumentParser self) {
        return new ArgumentHelp(m, self).usage();
    }
}
