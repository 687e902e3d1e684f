package io.retrograd.lang.builtin;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a builtin, parsed from the text of its annotation, and the rule that lays a call's
 * arguments on them with Python's error texts.
 */
public final class Signature {
    /**
     * One parameter. {@code oldNames} are spellings that later versions dropped; {@code fallback} is null where
     * the argument is required.
     */
    public record Parameter(String name, List<String> oldNames, Object fallback, Kind kind) {
        boolean answersTo(String keyword) {
            return name.equals(keyword) || oldNames.contains(keyword);
        }
    }

    /** How arguments reach a parameter. */
    public enum Kind {
        POSITIONAL_ONLY,
        NORMAL,
        KEYWORD_ONLY,
        STAR,
        DOUBLE_STAR
    }

    private final String text;
    private final Parameter[] parameters;
    private final int positional;
    private final int star;
    private final int doubleStar;
    /** Positional arguments that a call without keywords must have. */
    private final int required;

    private Signature(String text, List<Parameter> parameters) {
        this.text = text;
        this.parameters = parameters.toArray(new Parameter[0]);
        int count = 0;
        int starAt = -1;
        int doubleStarAt = -1;
        for (int i = 0; i < this.parameters.length; i++) {
            switch (this.parameters[i].kind()) {
                case POSITIONAL_ONLY, NORMAL -> count++;
                case STAR -> starAt = i;
                case DOUBLE_STAR -> doubleStarAt = i;
                default -> { }
            }
        }
        this.positional = count;
        this.star = starAt;
        this.doubleStar = doubleStarAt;
        int needed = 0;
        for (int i = 0; i < this.parameters.length; i++) {
            Parameter p = this.parameters[i];
            if (p.fallback() == null && p.kind() != Kind.STAR && p.kind() != Kind.DOUBLE_STAR) {
                // A required keyword-only one makes the shorter way impossible.
                needed = p.kind() == Kind.KEYWORD_ONLY ? Integer.MAX_VALUE : Math.max(needed, i + 1);
            }
        }
        this.required = needed;
    }

    public List<Parameter> parameters() {
        return List.of(parameters);
    }

    /** The signature as documented, without old spellings. */
    public String text() {
        return text.replaceAll("\\|[A-Za-z0-9_|]+", "");
    }

    static Signature parse(String text) {
        List<Parameter> list = new ArrayList<>();
        Kind kind = Kind.NORMAL;
        for (String part : split(text)) {
            if (part.equals("*")) {
                kind = Kind.KEYWORD_ONLY;
            } else if (part.equals("/")) {
                list.replaceAll(p -> new Parameter(p.name(), p.oldNames(), p.fallback(), Kind.POSITIONAL_ONLY));
            } else if (part.startsWith("**")) {
                list.add(new Parameter(part.substring(2), List.of(), None.NONE, Kind.DOUBLE_STAR));
            } else if (part.startsWith("*")) {
                list.add(new Parameter(part.substring(1), List.of(), None.NONE, Kind.STAR));
                kind = Kind.KEYWORD_ONLY;
            } else {
                int eq = part.indexOf('=');
                String[] names = (eq < 0 ? part : part.substring(0, eq)).trim().split("\\|");
                Object fallback = eq < 0 ? null : literal(part.substring(eq + 1).trim());
                list.add(new Parameter(names[0], List.of(names).subList(1, names.length), fallback, kind));
            }
        }
        return new Signature(text, list);
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (char c : text.toCharArray()) {
            quoted ^= c == '\'';
            if (c == ',' && !quoted) {
                parts.add(part.toString().trim());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        if (!part.toString().isBlank()) {
            parts.add(part.toString().trim());
        }
        return parts;
    }

    private static Object literal(String s) {
        if (s.startsWith("'")) {
            return s.substring(1, s.length() - 1);
        }
        return switch (s) {
            case "None" -> None.NONE;
            case "True" -> Boolean.TRUE;
            case "False" -> Boolean.FALSE;
            default -> isInt(s) ? (Object) Long.valueOf(s) : (Object) Double.valueOf(s);
        };
    }

    private static boolean isInt(String s) {
        for (int i = s.startsWith("-") ? 1 : 0; i < s.length(); i++) {
            if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Whether that many positional arguments are one for each parameter, so that nothing is left to bind. */
    boolean isFilledBy(int count) {
        return count == positional && positional == parameters.length;
    }

    /** How positional arguments alone fill the parameters, as {@link BuiltinFunction#plan} says; null if they cannot. */
    Object[] plan(int arguments, int receivers) {
        int given = arguments - receivers;
        if (given < required || given > positional && star < 0) {
            return null;
        }
        Object[] plan = new Object[parameters.length + receivers];
        for (int i = 0; i < plan.length; i++) {
            int p = i - receivers;
            plan[i] = p == star && star >= 0
                    ? new BuiltinFunction.Rest(Math.min(arguments, positional + receivers))
                    : p == doubleStar && doubleStar >= 0
                    ? BuiltinFunction.NoWords.NO_WORDS
                    : i < arguments && p < positional ? new BuiltinFunction.Argument(i) : parameters[p].fallback();
        }
        return plan;
    }

    /** One value for each parameter, the receiver first unless it is null. */
    Object[] bind(Machine m, String function, Object self, Object[] arguments, String[] keywords) {
        int shift = self == null ? 0 : 1;
        Object[] bound = new Object[parameters.length + shift];
        if (shift == 1) {
            bound[0] = self;
        }
        int given = arguments.length - keywords.length;
        int direct = Math.min(given, positional);
        System.arraycopy(arguments, 0, bound, shift, direct);
        if (keywords.length == 0 && given >= required && given <= positional && star < 0 && doubleStar < 0) {
            for (int i = given; i < parameters.length; i++) {
                bound[i + shift] = parameters[i].fallback();
            }
            return bound;
        }
        if (given > positional) {
            if (star < 0) {
                throw positionalOnly() ? counted(function, self, given) : tooMany(function, given);
            }
            Object[] rest = new Object[given - positional];
            System.arraycopy(arguments, positional, rest, 0, rest.length);
            bound[star + shift] = rest;
        } else if (star >= 0) {
            bound[star + shift] = new Object[0];
        }
        Map<String, Object> others = doubleStar < 0 ? null : new LinkedHashMap<>();
        for (int k = 0; k < keywords.length; k++) {
            bindKeyword(function, keywords[k], arguments[given + k], bound, shift, others);
        }
        if (doubleStar >= 0) {
            bound[doubleStar + shift] = others;
        }
        for (int i = 0; i < parameters.length; i++) {
            if (bound[i + shift] == null) {
                if (parameters[i].fallback() == null) {
                    throw positionalOnly() ? counted(function, self, given) : missing(function, bound, shift);
                }
                bound[i + shift] = parameters[i].fallback();
            }
        }
        return bound;
    }

    private void bindKeyword(
            String function, String keyword, Object value, Object[] bound, int shift, Map<String, Object> others) {
        for (int i = 0; i < parameters.length; i++) {
            Kind kind = parameters[i].kind();
            if ((kind == Kind.NORMAL || kind == Kind.KEYWORD_ONLY) && parameters[i].answersTo(keyword)) {
                if (bound[i + shift] != null) {
                    throw NnError.type(function + "() got multiple values for argument '" + keyword + "'");
                }
                bound[i + shift] = value;
                return;
            }
        }
        if (others == null) {
            throw unexpected(function, keyword);
        }
        others.put(keyword, value);
    }

    private NnError unexpected(String function, String keyword) {
        return NnError.type(function + "() got an unexpected keyword argument '" + keyword + "'")
                .help(Spelling.suggest(keyword, keywordNames()));
    }

    /** The error for the first keyword that no parameter answers to. */
    Optional<NnError> unknown(String function, List<String> keywords) {
        for (String keyword : keywords) {
            boolean known = doubleStar >= 0;
            for (Parameter p : parameters) {
                known |= (p.kind() == Kind.NORMAL || p.kind() == Kind.KEYWORD_ONLY) && p.answersTo(keyword);
            }
            if (!known) {
                return Optional.of(unexpected(function, keyword));
            }
        }
        return Optional.empty();
    }

    private List<String> keywordNames() {
        List<String> names = new ArrayList<>();
        for (Parameter p : parameters) {
            if (p.kind() == Kind.NORMAL || p.kind() == Kind.KEYWORD_ONLY) {
                names.add(p.name());
            }
        }
        return names;
    }

    /** Whether arguments reach it by position alone, as with most of Python's own functions, which count instead of naming. */
    private boolean positionalOnly() {
        for (Parameter p : parameters) {
            if (p.kind() != Kind.POSITIONAL_ONLY) {
                return false;
            }
        }
        return true;
    }

    private NnError counted(String function, Object self, int given) {
        int required = 0;
        for (Parameter p : parameters) {
            required += p.fallback() == null ? 1 : 0;
        }
        String owner = self == null ? "" : Semantics.typeOf(self).name() + ".";
        if (positional == 0) {
            return NnError.type(owner + function + "() takes no arguments (" + given + " given)");
        }
        if (positional == 1 && required == 1) {
            return NnError.type(owner + function + "() takes exactly one argument (" + given + " given)");
        }
        String bound = required == positional ? "" : given < required ? "at least " : "at most ";
        int count = given < required ? required : positional;
        return NnError.type(function + " expected " + bound + count + " argument" + (count == 1 ? "" : "s") + ", got " + given);
    }

    private NnError tooMany(String function, int given) {
        int required = 0;
        for (Parameter p : parameters) {
            if (p.kind() != Kind.KEYWORD_ONLY && p.fallback() == null) {
                required++;
            }
        }
        String takes = required == positional
                ? positional + " positional argument" + (positional == 1 ? "" : "s")
                : "from " + required + " to " + positional + " positional arguments";
        return NnError.type(function + "() takes " + takes + " but " + given + (given == 1 ? " was" : " were") + " given")
                .help(function + "(" + text() + ")");
    }

    private NnError missing(String function, Object[] bound, int shift) {
        List<String> names = new ArrayList<>();
        boolean keywordOnly = false;
        for (int i = 0; i < parameters.length; i++) {
            if (bound[i + shift] == null && parameters[i].fallback() == null) {
                names.add("'" + parameters[i].name() + "'");
                keywordOnly = parameters[i].kind() == Kind.KEYWORD_ONLY;
            }
        }
        String list = names.size() == 1
                ? names.get(0)
                : String.join(", ", names.subList(0, names.size() - 1))
                        + (names.size() > 2 ? "," : "") + " and " + names.get(names.size() - 1);
        return NnError.type(function + "() missing " + names.size() + " required "
                        + (keywordOnly ? "keyword-only" : "positional")
                        + " argument" + (names.size() == 1 ? "" : "s") + ": " + list)
                .help(function + "(" + text() + ")");
    }
}
