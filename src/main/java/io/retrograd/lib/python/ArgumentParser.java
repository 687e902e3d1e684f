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
    private final Map<Object, Object> types = new java.util.HashMap<>();
    private final List<Argument> arguments = new ArrayList<>();
    private final DictValue defaults = new DictValue();

    /** One option or positional argument. */
    private record Argument(List<String> flags, String name, String action, Object type, Object fallback, Object constant,
            Object count, Object choices, boolean required, String help, String metavar) {
        boolean isOption() {
            return !flags.isEmpty();
        }

        boolean takesValues() {
            return action.equals("store") || action.equals("append") || action.equals("extend");
        }

        String shown() {
            return isOption() ? String.join("/", flags) : metavar != null ? metavar : name;
        }

        String valueName() {
            if (metavar != null) {
                return metavar;
            }
            if (choices != None.NONE) {
                return null;
            }
            return isOption() ? name.toUpperCase(java.util.Locale.ROOT) : name;
        }
    }

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
        new Reading(m, self, words, result, rest).run();
        return TupleValue.of(result, rest);
    }

    private NnError error(Machine m, String message) {
        m.world().err().write(usageLine(m) + program + ": error: " + message + "\n");
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
        m.world().out().write(self.helpText(m));
    }

    @Builtin(value = "print_usage", method = true, signature = "file=None", doc = "Writes the first line of the help text.")
    static void printUsage(Machine m, ArgumentParser self, Object file) {
        m.world().out().write(self.usageLine(m));
    }

    @Builtin(value = "format_help", method = true, doc = "How the script is used, as text.")
    static String formatHelp(Machine m, ArgumentParser self) {
        return self.helpText(m);
    }

    @Builtin(value = "format_usage", method = true, doc = "The first line of the help text.")
    static String formatUsage(Machine m, ArgumentParser self) {
        return self.usageLine(m);
    }

    private static String values(Machine m, Argument a) {
        String name = a.valueName();
        if (name == null) {
            name = "{" + choiceList(m, a, ",", false) + "}";
        }
        if (a.count() instanceof Long n) {
            return String.join(" ", java.util.Collections.nCopies((int) (long) n, name));
        }
        return a.count() == None.NONE
                ? name
                : switch ((String) a.count()) {
                    case "?" -> "[" + name + "]";
                    case "*" -> "[" + name + " ...]";
                    case "+" -> name + " [" + name + " ...]";
                    default -> "...";
                };
    }

    private static String choiceList(Machine m, Argument a, String between, boolean quoted) {
        StringBuilder out = new StringBuilder();
        for (Object each : Semantics.elements(m, a.choices())) {
            out.append(out.isEmpty() ? "" : between).append(quoted ? Semantics.repr(m, each) : Semantics.str(m, each));
        }
        return out.toString();
    }

    private String usageLine(Machine m) {
        if (usage != null) {
            return "usage: " + usage.replace("%(prog)s", program) + "\n";
        }
        List<String> parts = new ArrayList<>();
        for (Argument a : arguments) {
            if (a.isOption() && !a.help().equals(SUPPRESS)) {
                String s = a.flags().get(0) + (a.takesValues() ? " " + values(m, a) : "");
                parts.add(a.required() ? s : "[" + s + "]");
            }
        }
        for (Argument a : arguments) {
            if (!a.isOption()) {
                parts.add(values(m, a));
            }
        }
        String head = "usage: " + program;
        String line = head + (parts.isEmpty() ? "" : " " + String.join(" ", parts));
        if (line.length() <= 78) {
            return line + "\n";
        }
        StringBuilder out = new StringBuilder(head);
        int column = head.length();
        String indent = " ".repeat(Math.min(head.length() + 1, 24));
        for (String part : parts) {
            if (column + 1 + part.length() > 78) {
                out.append('\n').append(indent).append(part);
                column = indent.length() + part.length();
            } else {
                out.append(' ').append(part);
                column += 1 + part.length();
            }
        }
        return out.append('\n').toString();
    }

    private String helpText(Machine m) {
        StringBuilder out = new StringBuilder(usageLine(m));
        if (description != null && !description.isEmpty()) {
            out.append('\n').append(description).append('\n');
        }
        section(m, out, "positional arguments", false);
        section(m, out, "options", true);
        if (epilog != null) {
            out.append('\n').append(epilog).append('\n');
        }
        return out.toString();
    }

    private void section(Machine m, StringBuilder out, String title, boolean options) {
        boolean first = true;
        int widest = 0;
        for (Argument a : arguments) {
            widest = Math.max(widest, heading(m, a).length());
        }
        int column = Math.min(24, widest + 4);
        for (Argument a : arguments) {
            if (a.isOption() != options || a.help().equals(SUPPRESS)) {
                continue;
            }
            if (first) {
                out.append('\n').append(title).append(":\n");
                first = false;
            }
            String head = "  " + heading(m, a);
            String help = expanded(m, a);
            if (help.isEmpty()) {
                out.append(head).append('\n');
                continue;
            }
            out.append(head);
            if (head.length() > column - 2) {
                out.append('\n').append(" ".repeat(column));
            } else {
                out.append(" ".repeat(column - head.length()));
            }
            out.append(String.join("\n" + " ".repeat(column), TextwrapModule.wrapped(help, Math.max(11, 78 - column)))).append('\n');
        }
    }

    private static String heading(Machine m, Argument a) {
        if (!a.isOption()) {
            return a.valueName() == null ? values(m, a) : a.valueName();
        }
        List<String> parts = new ArrayList<>();
        for (String flag : a.flags()) {
            parts.add(a.takesValues() ? flag + " " + values(m, a) : flag);
        }
        return String.join(", ", parts);
    }

    private String expanded(Machine m, Argument a) {
        String help = a.help();
        boolean tells = showDefaults && a.fallback() != None.NONE && !SUPPRESS.equals(a.fallback()) && !help.contains("%(default)");
        if (tells && a.isOption()) {
            help += " (default: %(default)s)";
        }
        if (help.indexOf('%') < 0) {
            return help;
        }
        DictValue values = new DictValue();
        values.putText("default", a.fallback());
        values.putText("prog", program);
        values.putText("type", a.type() == None.NONE ? None.NONE : Semantics.attribute(m, a.type(), "__name__"));
        values.putText("choices", a.choices() == None.NONE ? None.NONE : choiceList(m, a, ", ", false));
        values.putText("dest", a.name());
        return io.retrograd.lang.value.PercentFormat.format(m, help, values);
    }

    /** One reading of a command line. */
    private static final class Reading {
        private final Machine m;
        private final ArgumentParser parser;
        private final List<String> words;
        private final ArgparseModule.Namespace result;
        private final ListValue rest;
        private final List<Argument> seen = new ArrayList<>();
        private final List<String> positional = new ArrayList<>();
        private int at;

        Reading(Machine m, ArgumentParser parser, List<String> words, ArgparseModule.Namespace result, ListValue rest) {
            this.m = m;
            this.parser = parser;
            this.words = words;
            this.result = result;
            this.rest = rest;
        }

        void run() {
            for (Argument a : parser.arguments) {
                Object set = parser.defaults.getText(a.name());
                Object value = set != null ? set : a.fallback();
                if (!SUPPRESS.equals(value) && result.get(a.name()) == null) {
                    result.set(a.name(), value);
                }
            }
            for (DictValue.Entries e = parser.defaults.entries(); e.next();) {
                if (result.get((String) e.key()) == null) {
                    result.set((String) e.key(), e.value());
                }
            }
            boolean optionsEnded = false;
            while (at < words.size()) {
                String word = words.get(at++);
                if (!optionsEnded && word.equals("--")) {
                    optionsEnded = true;
                } else if (!optionsEnded && isOption(word)) {
                    option(word);
                } else {
                    positional.add(word);
                }
            }
            positionals();
            finish();
        }

        private boolean isOption(String word) {
            return word.startsWith("-") && word.length() > 1 && !isNegativeNumber(word) && word.indexOf(' ') < 0;
        }

        private boolean isNegativeNumber(String word) {
            if (!word.matches("-\\d+|-\\d*\\.\\d+([eE][-+]?\\d+)?|-\\d+[eE][-+]?\\d+")) {
                return false;
            }
            for (Argument a : parser.arguments) {
                if (a.flags().contains(word)) {
                    return false;
                }
            }
            return true;
        }

        private Argument find(String flag) {
            Argument started = null;
            int matches = 0;
            for (Argument a : parser.arguments) {
                if (a.flags().contains(flag)) {
                    return a;
                }
                for (String each : a.flags()) {
                    if (flag.startsWith("--") && each.startsWith(flag)) {
                        started = a;
                        matches++;
                    }
                }
            }
            return matches == 1 ? started : null;
        }

        private void option(String word) {
            int equals = word.indexOf('=');
            String flag = equals < 0 ? word : word.substring(0, equals);
            String attached = equals < 0 ? null : word.substring(equals + 1);
            Argument a = find(flag);
            if (a == null && !word.startsWith("--") && word.length() > 2) {
                a = find(word.substring(0, 2));
                if (a != null && a.takesValues()) {
                    attached = word.substring(2);
                } else if (a != null) {
                    words.add(at, "-" + word.substring(2));
                }
            }
            if (a == null) {
                rest.add(word);
                return;
            }
            seen.add(a);
            switch (a.action()) {
                case "store_true" -> result.set(a.name(), true);
                case "store_false" -> result.set(a.name(), false);
                case "store_const" -> result.set(a.name(), a.constant());
                case "append_const" -> list(a).add(a.constant());
                case "count" -> {
                    Object before = result.get(a.name());
                    result.set(a.name(), (before instanceof Long n ? n : 0L) + 1);
                }
                case "help" -> {
                    m.world().out().write(parser.helpText(m));
                    throw SysModule.exit(m, 0L);
                }
                case "version" -> {
                    m.world().out().write(Semantics.str(m, a.constant()).replace("%(prog)s", parser.program) + "\n");
                    throw SysModule.exit(m, 0L);
                }
                default -> store(a, taken(a, attached));
            }
        }

        private ListValue list(Argument a) {
            Object before = result.get(a.name());
            ListValue list = before instanceof ListValue l ? ListValue.of(l.toArray()) : new ListValue();
            result.set(a.name(), list);
            return list;
        }

        private List<String> taken(Argument a, String attached) {
            List<String> values = new ArrayList<>();
            if (attached != null) {
                values.add(attached);
                return values;
            }
            long most = a.count() instanceof Long n ? n : a.count() == None.NONE || a.count().equals("?") ? 1 : Long.MAX_VALUE;
            while (values.size() < most && at < words.size() && !isOption(words.get(at)) && !words.get(at).equals("--")) {
                values.add(words.get(at++));
            }
            boolean enough = a.count() instanceof Long n
                    ? values.size() == n
                    : a.count() == None.NONE || a.count().equals("+") ? !values.isEmpty() : true;
            if (!enough) {
                String wanted = a.count() instanceof Long n
                        ? n == 1 ? "1 argument" : n + " arguments"
                        : a.count() == None.NONE ? "one argument" : "at least one argument";
                throw parser.error(m, "argument " + a.shown() + ": expected " + wanted);
            }
            return values;
        }

        private void store(Argument a, List<String> values) {
            Object value;
            if (a.count() == None.NONE) {
                value = converted(a, values.get(0));
            } else if (a.count().equals("?")) {
                value = values.isEmpty() ? a.isOption() ? a.constant() : a.fallback() : converted(a, values.get(0));
            } else {
                ListValue list = new ListValue();
                for (String each : values) {
                    list.add(converted(a, each));
                }
                value = list;
            }
            switch (a.action()) {
                case "append" -> list(a).add(value);
                case "extend" -> list(a).addAll(Semantics.elements(m, value));
                default -> result.set(a.name(), value);
            }
        }

        private Object converted(Argument a, String text) {
            Object value = text;
            if (a.type() != None.NONE) {
                try {
                    value = Semantics.call(m, a.type(), text);
                } catch (NnError e) {
                    Object name = Semantics.attributeOrNull(m, a.type(), "__name__");
                    throw parser.error(m, "argument " + a.shown() + ": invalid " + (name == null ? "value" : name) + " value: "
                            + ArgparseModule.quoted(text));
                }
            }
            if (a.choices() != None.NONE && !Semantics.contains(m, a.choices(), value)) {
                throw parser.error(m, "argument " + a.shown() + ": invalid choice: " + Semantics.repr(m, value) + " (choose from "
                        + choiceList(m, a, ", ", true) + ")");
            }
            return value;
        }

        /** Gives each positional argument what it needs; what is left over goes to those that take more. */
        private void positionals() {
            List<Argument> wanted = new ArrayList<>();
            int needed = 0;
            for (Argument a : parser.arguments) {
                if (!a.isOption()) {
                    wanted.add(a);
                    needed += least(a);
                }
            }
            int spare = positional.size() - needed;
            int next = 0;
            for (Argument a : wanted) {
                int count = least(a);
                if (spare > 0 && !(a.count() instanceof Long) && a.count() != None.NONE) {
                    int more = a.count().equals("?") ? 1 : spare;
                    count += more;
                    spare -= more;
                }
                if (next + count > positional.size()) {
                    continue;
                }
                List<String> values = positional.subList(next, next + count);
                next += count;
                seen.add(a);
                if (!values.isEmpty() || a.count() instanceof String s && s.equals("?")) {
                    store(a, values);
                } else if (a.fallback() == None.NONE) {
                    result.set(a.name(), new ListValue());
                }
            }
            for (String word : positional.subList(Math.min(next, positional.size()), positional.size())) {
                rest.add(word);
            }
        }

        private static int least(Argument a) {
            if (a.count() instanceof Long n) {
                return (int) (long) n;
            }
            return a.count() == None.NONE || a.count().equals("+") ? 1 : 0;
        }

        private void finish() {
            List<String> missing = new ArrayList<>();
            for (Argument a : parser.arguments) {
                if (!seen.contains(a) && (a.isOption() ? a.required() : least(a) > 0)) {
                    missing.add(a.shown());
                }
            }
            if (!missing.isEmpty()) {
                throw parser.error(m, "the following arguments are required: " + String.join(", ", missing));
            }
            for (Argument a : parser.arguments) {
                if (!seen.contains(a) && a.type() != None.NONE && result.get(a.name()) instanceof String text && a.fallback().equals(text)) {
                    result.set(a.name(), converted(a, text));
                }
            }
        }
    }
}
