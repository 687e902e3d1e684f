package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import java.util.ArrayList;
import java.util.List;

/** One reading of a command line by an {@link ArgumentParser}: options as they come, then the positional arguments. */
final class ArgumentReading {
    private final Machine m;
    private final ArgumentParser parser;
    private final List<String> words;
    private final ArgparseModule.Namespace result;
    private final ListValue rest;
    private final List<Argument> seen = new ArrayList<>();
    private final List<String> positional = new ArrayList<>();
    private int at;

    ArgumentReading(Machine m, ArgumentParser parser, List<String> words, ArgparseModule.Namespace result, ListValue rest) {
        this.m = m;
        this.parser = parser;
        this.words = words;
        this.result = result;
        this.rest = rest;
    }

    void run() {
        for (Argument a : parser.arguments()) {
            Object set = parser.defaults().getText(a.name());
            Object value = set != null ? set : a.fallback();
            if (!ArgumentParser.SUPPRESS.equals(value) && result.get(a.name()) == null) {
                result.set(a.name(), value);
            }
        }
        for (DictValue.Entries e = parser.defaults().entries(); e.next();) {
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
        for (Argument a : parser.arguments()) {
            if (a.flags().contains(word)) {
                return false;
            }
        }
        return true;
    }

    private Argument find(String flag) {
        Argument started = null;
        int matches = 0;
        for (Argument a : parser.arguments()) {
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
                m.world().out().write(new ArgumentHelp(m, parser).text());
                throw SysModule.exit(m, 0L);
            }
            case "version" -> {
                m.world().out().write(Semantics.str(m, a.constant()).replace("%(prog)s", parser.program()) + "\n");
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
                    + ArgumentHelp.choiceList(m, a, ", ", true) + ")");
        }
        return value;
    }

    /** Gives each positional argument what it needs; what is left over goes to those that take more. */
    private void positionals() {
        List<Argument> wanted = new ArrayList<>();
        int needed = 0;
        for (Argument a : parser.arguments()) {
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
        for (Argument a : parser.arguments()) {
            if (!seen.contains(a) && (a.isOption() ? a.required() : least(a) > 0)) {
                missing.add(a.shown());
            }
        }
        if (!missing.isEmpty()) {
            throw parser.error(m, "the following arguments are required: " + String.join(", ", missing));
        }
        for (Argument a : parser.arguments()) {
            if (!seen.contains(a) && a.type() != None.NONE && result.get(a.name()) instanceof String text && a.fallback().equals(text)) {
                result.set(a.name(), converted(a, text));
            }
        }
    }
}
