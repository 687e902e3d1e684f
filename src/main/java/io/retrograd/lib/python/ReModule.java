package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import java.util.HashMap;
import java.util.Map;

/** The module {@code re}. */
final class ReModule {
    private static final int REMEMBERED = 500;
    private static final String SPECIAL = "()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f";

    private ReModule() {}

    /** The expressions compiled last. */
    private static final class Memory {
        private final Map<Object, PatternValue> compiled = new HashMap<>();
    }

    static ModuleValue make(Machine m) {
        ModuleValue re = new ModuleValue("re").with(ReModuleTable.TABLE)
                .with("Pattern", (Machine machine) -> PatternValue.TYPE)
                .with("Match", (Machine machine) -> MatchValue.TYPE)
                .with("error", (Machine machine) -> ExceptionTypes.of(ErrorKind.VALUE_ERROR));
        flag(re, RegexTranslator.IGNORE_CASE, "I", "IGNORECASE");
        flag(re, RegexTranslator.MULTILINE, "M", "MULTILINE");
        flag(re, RegexTranslator.DOT_ALL, "S", "DOTALL");
        flag(re, RegexTranslator.VERBOSE, "X", "VERBOSE");
        flag(re, RegexTranslator.ASCII, "A", "ASCII");
        flag(re, RegexTranslator.UNICODE, "U", "UNICODE");
        flag(re, RegexTranslator.LOCALE, "L", "LOCALE");
        return re;
    }

    private static void flag(ModuleValue re, int value, String... names) {
        for (String name : names) {
            re.with(name, (long) value);
        }
    }

    private static PatternValue compiled(Machine m, Object pattern, int flags) {
        if (pattern instanceof PatternValue p) {
            return p;
        }
        if (!(pattern instanceof String) && !(pattern instanceof BytesValue)) {
            throw NnError.type("first argument must be string or compiled pattern");
        }
        Map<Object, PatternValue> known = m.state(Memory.class, machine -> new Memory()).compiled;
        Object key = pattern instanceof String s ? (Object) (flags + ":" + s) : pattern;
        PatternValue found = known.get(key);
        if (found == null) {
            found = new PatternValue(pattern, flags);
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            known.put(key, found);
        }
        return found;
    }

    @Builtin(value = "compile", signature = "pattern, flags=0", doc = "A regular expression ready for use.")
    static Object compile(Machine m, Object pattern, int flags) {
        return compiled(m, pattern, flags);
    }

    @Builtin(value = "match", signature = "pattern, string, flags=0", doc = "The match at the start of a text, or None.")
    static Object match(Machine m, Object pattern, Object string, int flags) {
        return PatternValue.match(m, compiled(m, pattern, flags), string, 0, None.NONE);
    }

    @Builtin(value = "fullmatch", signature = "pattern, string, flags=0", doc = "The match of the whole text, or None.")
    static Object fullMatch(Machine m, Object pattern, Object string, int flags) {
        return PatternValue.fullMatch(m, compiled(m, pattern, flags), string, 0, None.NONE);
    }

    @Builtin(value = "search", signature = "pattern, string, flags=0", doc = "The first match anywhere in a text, or None.")
    static Object search(Machine m, Object pattern, Object string, int flags) {
        return PatternValue.search(m, compiled(m, pattern, flags), string, 0, None.NONE);
    }

    @Builtin(value = "findall", signature = "pattern, string, flags=0", doc = "All matches in a list: their groups, or their text if there are none.")
    static Object findAll(Machine m, Object pattern, Object string, int flags) {
        return PatternValue.findAll(m, compiled(m, pattern, flags), string, 0, None.NONE);
    }

    @Builtin(value = "finditer", signature = "pattern, string, flags=0", doc = "All matches one after the other.")
    static Object findIterator(Machine m, Object pattern, Object string, int flags) {
        return PatternValue.findIterator(m, compiled(m, pattern, flags), string, 0, None.NONE);
    }

    @Builtin(value = "split", signature = "pattern, string, maxsplit=0, flags=0", doc = "The parts of a text between the matches, with the groups of these.")
    static Object split(Machine m, Object pattern, Object string, long maxsplit, int flags) {
        return PatternValue.split(m, compiled(m, pattern, flags), string, maxsplit);
    }

    @Builtin(value = "sub", signature = "pattern, repl, string, count=0, flags=0", doc = "A text with the matches replaced by a template or by what a function returns.")
    static Object sub(Machine m, Object pattern, Object repl, Object string, long count, int flags) {
        return PatternValue.sub(m, compiled(m, pattern, flags), repl, string, count);
    }

    @Builtin(value = "subn", signature = "pattern, repl, string, count=0, flags=0", doc = "As sub, with the number of matches replaced.")
    static Object subCounted(Machine m, Object pattern, Object repl, Object string, long count, int flags) {
        return PatternValue.subCounted(m, compiled(m, pattern, flags), repl, string, count);
    }

    @Builtin(value = "escape", signature = "pattern", doc = "The expression that matches just this text.")
    static Object escape(Machine m, String pattern) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            out.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return out.toString();
    }

    @Builtin(value = "purge", doc = "Forgets the expressions that were compiled.")
    static void purge(Machine m) {
        m.state(Memory.class, machine -> new Memory()).compiled.clear();
    }
}
