package io.retrograd.lang.run;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Spelling;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of a script's function, and the rule that lays a call's arguments on them with Python's error
 * texts. Slots: positional ones, keyword-only ones, then {@code *args}, then {@code **kwargs}.
 */
final class ParameterList {
    private final String[] names;
    private final int positionalOnly;
    private final int positional;
    private final int rest;
    private final int keywords;

    /**
     * @param names of the positional and keyword-only ones
     * @param positionalOnly how many take no keyword
     * @param positional how many take positions
     * @param rest the slot of {@code *args} or -1
     * @param keywords the slot of {@code **kwargs} or -1
     */
    ParameterList(String[] names, int positionalOnly, int positional, int rest, int keywords) {
        this.names = names;
        this.positionalOnly = positionalOnly;
        this.positional = positional;
        this.rest = rest;
        this.keywords = keywords;
    }

    static final ParameterList NONE = new ParameterList(new String[0], 0, 0, -1, -1);

    String[] names() {
        return names;
    }

    int positional() {
        return positional;
    }

    int rest() {
        return rest;
    }

    int keywords() {
        return keywords;
    }

    /** Whether a call with that many positional arguments and nothing else fills every parameter. */
    boolean isFilledBy(int count) {
        return count == positional && positional == names.length && rest < 0 && keywords < 0;
    }

    /** The slots of a call's frame. */
    Object[] bind(Machine m, FunctionValue f, Object[] arguments, String[] words) {
        Object[] slots = new Object[f.code().frameSize()];
        int given = arguments.length - words.length;
        int direct = Math.min(given, positional);
        System.arraycopy(arguments, 0, slots, 0, direct);
        DictValue others = null;
        if (keywords >= 0) {
            others = new DictValue();
            slots[keywords] = others;
        }
        for (int k = 0; k < words.length; k++) {
            String word = words[k];
            int at = indexOf(word);
            if (at < 0) {
                if (others == null) {
                    throw unexpected(f, word);
                }
                if (others.getText(word) != null) {
                    throw NnError.type(f.code().qualifiedName() + "() got multiple values for keyword argument '" + word + "'");
                }
                others.putText(word, arguments[given + k]);
            } else {
                if (slots[at] != null) {
                    throw NnError.type(f.code().qualifiedName() + "() got multiple values for argument '" + word + "'");
                }
                slots[at] = arguments[given + k];
            }
        }
        if (rest >= 0) {
            slots[rest] = given > positional ? TupleValue.of(Arrays.copyOfRange(arguments, positional, given)) : TupleValue.EMPTY;
        } else if (given > positional) {
            throw tooMany(f, given, slots);
        }
        fillDefaults(f, slots);
        return slots;
    }

    /** Gives the parameters that the call left out their default values. */
    void fillDefaults(FunctionValue f, Object[] slots) {
        Object[] defaults = f.defaults();
        boolean missing = false;
        for (int i = 0; i < names.length; i++) {
            if (slots[i] == null) {
                slots[i] = defaults[i];
                missing |= slots[i] == null;
            }
        }
        if (missing) {
            throw missing(f, slots);
        }
    }

    Optional<NnError> unknown(FunctionValue f, List<String> words) {
        return keywords >= 0 ? Optional.empty() : words.stream().filter(word -> indexOf(word) < 0).findFirst().map(word -> unexpected(f, word));
    }

    /** As a definition writes them. */
    String text(Machine m, FunctionValue f) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            if (i == positional && rest < 0) {
                parts.add("*");
            } else if (i == positional) {
                parts.add("*" + f.code().localName(rest));
            }
            Object fallback = f.defaults()[i];
            parts.add(fallback == null ? names[i] : names[i] + "=" + Semantics.repr(m, fallback));
            if (i == positionalOnly - 1) {
                parts.add("/");
            }
        }
        if (positional == names.length && rest >= 0) {
            parts.add("*" + f.code().localName(rest));
        }
        if (keywords >= 0) {
            parts.add("**" + f.code().localName(keywords));
        }
        return String.join(", ", parts);
    }

    private int indexOf(String word) {
        for (int i = positionalOnly; i < names.length; i++) {
            if (names[i].equals(word)) {
                return i;
            }
        }
        return -1;
    }

    private NnError unexpected(FunctionValue f, String word) {
        String function = f.code().qualifiedName();
        if (Arrays.asList(names).subList(0, positionalOnly).contains(word)) {
            return NnError.type(function
                    + "() got some positional-only arguments passed as keyword arguments: '" + word + "'");
        }
        return NnError.type(function + "() got an unexpected keyword argument '" + word + "'")
                .help(Spelling.suggest(word, Arrays.asList(names)));
    }

    private NnError tooMany(FunctionValue f, int given, Object[] slots) {
        int required = 0;
        for (int i = 0; i < positional; i++) {
            required += f.defaults()[i] == null ? 1 : 0;
        }
        int keywordOnly = 0;
        for (int i = positional; i < names.length; i++) {
            keywordOnly += slots[i] != null ? 1 : 0;
        }
        String takes = required == positional
                ? positional + " positional argument" + (positional == 1 ? "" : "s")
                : "from " + required + " to " + positional + " positional arguments";
        String were = keywordOnly > 0
                ? given + " positional argument" + (given == 1 ? "" : "s") + " (and " + keywordOnly
                        + " keyword-only argument" + (keywordOnly == 1 ? "" : "s") + ") were"
                : given + (given == 1 ? " was" : " were");
        return NnError.type(f.code().qualifiedName() + "() takes " + takes + " but " + were + " given");
    }

    private NnError missing(FunctionValue f, Object[] slots) {
        List<String> absent = absent(slots, 0, positional);
        String kind = "positional";
        if (absent.isEmpty()) {
            absent = absent(slots, positional, names.length);
            kind = "keyword-only";
        }
        int n = absent.size();
        String list = n == 1
                ? absent.get(0)
                : String.join(", ", absent.subList(0, n - 1)) + (n > 2 ? "," : "") + " and " + absent.get(n - 1);
        return NnError.type(f.code().qualifiedName() + "() missing " + n + " required " + kind + " argument"
                + (n == 1 ? "" : "s") + ": " + list);
    }

    private List<String> absent(Object[] slots, int from, int to) {
        List<String> absent = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (slots[i] == null) {
                absent.add("'" + names[i] + "'");
            }
        }
        return absent;
    }
}
