package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Spelling;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code tf.app.flags.FLAGS}: the declared flags, read from the command line when one is first asked for. */
final class FlagsValue implements Value {
    static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.platform.flags", "_FlagValuesWrapper", null);

    /** What a flag's text means. */
    enum Kind {
        TEXT,
        INTEGER,
        FLOAT,
        BOOLEAN,
        LIST
    }

    private static final class Flag {
        final Kind kind;
        final String help;
        Object value;
        boolean given;
        boolean required;

        Flag(Kind kind, Object value, String help) {
            this.kind = kind;
            this.value = value;
            this.help = help;
        }
    }

    private final Map<String, Flag> flags = new LinkedHashMap<>();
    private boolean parsed;

    private FlagsValue() {}

    static FlagsValue of(Machine m) {
        return m.state(FlagsValue.class, machine -> new FlagsValue());
    }

    void define(Machine m, String name, Kind kind, Object fallback, String help) {
        if (flags.containsKey(name)) {
            throw NnError.value("The flag '" + name + "' is defined twice. First from the script, Second from the script.  "
                    + "Description from first occurrence: " + flags.get(name).help);
        }
        Object value = fallback instanceof String s && kind != Kind.TEXT ? read(name, kind, s)
                : fallback == None.NONE ? None.NONE
                : kind == Kind.FLOAT ? (Object) Semantics.real(m, fallback)
                : kind == Kind.TEXT ? Semantics.str(m, fallback)
                : fallback;
        flags.put(name, new Flag(kind, value, help));
    }

    void require(String name) {
        flag(name).required = true;
    }

    private Flag flag(String name) {
        Flag f = flags.get(name);
        if (f == null) {
            throw NnError.attribute(name).help(Spelling.suggest(name, flags.keySet()));
        }
        return f;
    }

    /** Reads the command line; answers what no flag took. Unknown flags stay there or are an error. */
    ListValue parse(Machine m, ListValue arguments, boolean knownOnly) {
        parsed = true;
        List<Object> rest = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String word = Semantics.str(m, arguments.get(i));
            if (i == 0 || !word.startsWith("-") || word.equals("-")) {
                rest.add(word);
                continue;
            }
            if (word.equals("--")) {
                for (int k = i + 1; k < arguments.size(); k++) {
                    rest.add(arguments.get(k));
                }
                break;
            }
            String name = word.replaceFirst("^--?", "");
            String text = null;
            int equals = name.indexOf('=');
            if (equals >= 0) {
                text = name.substring(equals + 1);
                name = name.substring(0, equals);
            }
            Flag f = flags.get(name);
            if (f == null && name.startsWith("no") && flags.containsKey(name.substring(2))
                    && flags.get(name.substring(2)).kind == Kind.BOOLEAN) {
                flags.get(name.substring(2)).value = false;
                continue;
            }
            if (f == null) {
                if (knownOnly) {
                    rest.add(word);
                    continue;
                }
                throw fatal("Unknown command line flag '" + name + "'");
            }
            if (text == null) {
                if (f.kind == Kind.BOOLEAN) {
                    text = "true";
                } else if (++i < arguments.size()) {
                    text = Semantics.str(m, arguments.get(i));
                } else {
                    throw fatal("Missing value for flag --" + name);
                }
            }
            f.value = read(name, f.kind, text);
            f.given = true;
        }
        flags.forEach((name, f) -> {
            if (f.required && f.value == None.NONE) {
                throw fatal("flag --" + name + "=None: Flag --" + name + " must have a value other than None.");
            }
        });
        return ListValue.of(rest.toArray());
    }

    private static NnError fatal(String message) {
        return new NnError(ErrorKind.VALUE_ERROR, "Flags parsing error: " + message);
    }

    private static Object read(String name, Kind kind, String text) {
        String shown = "flag --" + name + "=" + text + ": ";
        switch (kind) {
            case TEXT:
                return text;
            case LIST:
                List<Object> parts = new ArrayList<>();
                for (String part : text.split(",")) {
                    parts.add(part.strip());
                }
                return text.isEmpty() ? new ListValue() : ListValue.of(parts.toArray());
            case BOOLEAN:
                return switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "t", "1", "yes" -> true;
                    case "false", "f", "0", "no" -> false;
                    default -> throw fatal(shown + "Non-boolean argument to boolean flag: '" + text + "'");
                };
            default:
                try {
                    return kind == Kind.INTEGER ? (Object) Long.decode(text) : (Object) Double.valueOf(text);
                } catch (NumberFormatException e) {
                    throw fatal(shown + (kind == Kind.INTEGER
                            ? "invalid literal for int() with base 10: '" + text + "'"
                            : "could not convert string to float: '" + text + "'"));
                }
        }
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String name) {
        if (name.startsWith("__") && name.endsWith("__")) {
            return type().attributeOf(m, this, name);
        }
        if (!parsed && !flags.isEmpty()) {
            parse(m, ListValue.copyOf(m.world().arguments()), false);
        }
        if (name.equals("__flags")) {
            return values();
        }
        Flag f = flags.get(name);
        return f == null ? method(name) : f.value;
    }

    private DictValue values() {
        DictValue all = new DictValue();
        flags.forEach((k, f) -> all.putText(k, f.value));
        return all;
    }

    /** What absl's flags can do; a flag of such a name comes before it. */
    private Object method(String name) {
        return switch (name) {
            case "flag_values_dict" -> new NativeFunction(name, (m, a) -> values());
            case "is_parsed" -> new NativeFunction(name, (m, a) -> parsed);
            case "mark_as_parsed" -> new NativeFunction(name, (m, a) -> {
                parsed = true;
                return None.NONE;
            });
            case "get_flag_value" -> new NativeFunction(name, (m, a) -> {
                Flag f = flags.get(Semantics.str(m, a[0]));
                return f == null || f.value == None.NONE ? a[1] : f.value;
            });
            case "flags_into_string" -> new NativeFunction(name, (m, a) -> {
                StringBuilder text = new StringBuilder();
                flags.forEach((k, f) -> text.append(line(m, k, f)));
                return text.toString();
            });
            default -> null;
        };
    }

    private static String line(Machine m, String name, Flag f) {
        if (f.value == None.NONE) {
            return "";
        }
        if (f.kind == Kind.BOOLEAN) {
            return "--" + (Semantics.truth(m, f.value) ? "" : "no") + name + "\n";
        }
        return "--" + name + "=" + Semantics.str(m, f.value) + "\n";
    }

    /** {@code FLAGS['rate'].value}. */
    @Override
    public Object item(Machine m, Object key) {
        Flag f = flags.get(Semantics.str(m, key));
        if (f == null) {
            throw new NnError(ErrorKind.KEY_ERROR, Semantics.repr(m, key));
        }
        DictValue known = new DictValue();
        known.putText("name", Semantics.str(m, key));
        known.putText("value", f.value);
        known.putText("help", f.help);
        return new One(known);
    }

    /** A flag by itself. */
    private record One(DictValue known) implements Value {
        private static final TypeValue TYPE = TypeValue.opaque("absl.flags._flag", "Flag", null);

        @Override
        public TypeValue type() {
            return TYPE;
        }

        @Override
        public Object attribute(Machine m, String name) {
            return known.getText(name);
        }
    }

    @Override
    public boolean contains(Machine m, Object name) {
        return flags.containsKey(Semantics.str(m, name));
    }

    @Override
    public Iteration iterate(Machine m) {
        return Semantics.iterate(m, ListValue.of(flags.keySet().toArray()));
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    /** {@code FLAGS(sys.argv)}: reads the words, and answers those that are no flags. */
    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        return parse(m, ListValue.of(Semantics.elements(m, arguments[0])), keywords.length > 0 && Semantics.truth(m, arguments[arguments.length - 1]));
    }

    @Override
    public void setAttribute(Machine m, String name, Object value) {
        flag(name).value = value;
    }

    @Override
    public Collection<String> attributeNames(Machine m) {
        return new ArrayList<>(flags.keySet());
    }
}
