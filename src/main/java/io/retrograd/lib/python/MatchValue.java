package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.Map;
import java.util.regex.MatchResult;

/** A place where a regular expression matched. */
final class MatchValue implements Value {
    static final TypeValue TYPE = new TypeValue("re", "Match", CoreTypes.OBJECT, MatchValueTable.TABLE, null);

    private final PatternValue pattern;
    private final Object string;
    private final String text;
    private final MatchResult match;

    MatchValue(PatternValue pattern, Object string, String text, MatchResult match) {
        this.pattern = pattern;
        this.string = string;
        this.text = text;
        this.match = match;
    }

    @Override
    public boolean hasPlainAttributes() {
        return true;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    private int number(Machine m, Object group) {
        if (group instanceof String name) {
            Integer number = pattern.regex().names().get(name);
            if (number == null) {
                throw NnError.index("no such group");
            }
            return number;
        }
        long n = Semantics.index(m, group);
        if (n < 0 || n > pattern.regex().groups()) {
            throw NnError.index("no such group");
        }
        return (int) n;
    }

    private Object part(int group, Object missing) {
        String part = match.group(group);
        return part == null ? missing : pattern.shown(part);
    }

    private long place(int at) {
        return at < 0 ? -1 : text.codePointCount(0, at);
    }

    @Override
    public Object item(Machine m, Object key) {
        return part(number(m, key), None.NONE);
    }

    @Override
    public String repr(Machine m) {
        return "<re.Match object; span=(" + place(match.start()) + ", " + place(match.end()) + "), match="
                + Semantics.repr(m, pattern.shown(match.group())) + ">";
    }

    /** The template with its references to groups replaced. */
    String expand(String template) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c != '\\' || i + 1 == template.length()) {
                out.append(c);
                continue;
            }
            char e = template.charAt(++i);
            if (e == 'g' && i + 1 < template.length() && template.charAt(i + 1) == '<') {
                int end = template.indexOf('>', i);
                if (end < 0) {
                    throw NnError.value("missing >, unterminated name at position " + (i + 2));
                }
                append(out, template.substring(i + 2, end));
                i = end;
            } else if (e >= '1' && e <= '9') {
                int end = i + 1;
                if (end < template.length() && Character.isDigit(template.charAt(end))) {
                    end++;
                }
                append(out, template.substring(i, end));
                i = end - 1;
            } else {
                switch (e) {
                    case 'n' -> out.append('\n');
                    case 't' -> out.append('\t');
                    case 'r' -> out.append('\r');
                    case 'f' -> out.append('\f');
                    case 'v' -> out.append('\u000b');
                    case 'a' -> out.append('\u0007');
                    case '0' -> out.append('\0');
                    case '\\' -> out.append('\\');
                    default -> {
                        if (Character.isLetter(e) && e < 128) {
                            throw NnError.value("bad escape \\" + e + " at position " + (i - 1));
                        }
                        out.append('\\').append(e);
                    }
                }
            }
        }
        return out.toString();
    }

    private void append(StringBuilder out, String reference) {
        Map<String, Integer> names = pattern.regex().names();
        Integer number = names.get(reference);
        if (number == null) {
            try {
                number = Integer.parseInt(reference);
            } catch (NumberFormatException e) {
                throw NnError.index("unknown group name '" + reference + "'");
            }
        }
        if (number > pattern.regex().groups()) {
            throw NnError.value("invalid group reference " + number + " at position 1");
        }
        String part = match.group(number);
        out.append(part == null ? "" : part);
    }

    @Builtin(value = "group", method = true, signature = "*groups", doc = "The text of a group, by default of the whole match.")
    static Object group(Machine m, MatchValue self, Object[] groups) {
        if (groups.length == 0) {
            return self.part(0, None.NONE);
        }
        Object[] parts = new Object[groups.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = self.part(self.number(m, groups[i]), None.NONE);
        }
        return parts.length == 1 ? parts[0] : TupleValue.of(parts);
    }

    @Builtin(value = "groups", method = true, signature = "default=None", doc = "The texts of all groups.")
    static Object groups(Machine m, MatchValue self, Object missing) {
        Object[] parts = new Object[self.pattern.regex().groups()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = self.part(i + 1, missing);
        }
        return TupleValue.of(parts);
    }

    @Builtin(value = "groupdict", method = true, signature = "default=None", doc = "The texts of the named groups.")
    static Object groupDict(Machine m, MatchValue self, Object missing) {
        DictValue dict = new DictValue();
        self.pattern.regex().names().forEach((name, number) -> dict.putText(name, self.part(number, missing)));
        return dict;
    }

    @Builtin(value = "start", method = true, signature = "group=0, /", doc = "Where a group begins.")
    static long start(Machine m, MatchValue self, Object group) {
        return self.place(self.match.start(self.number(m, group)));
    }

    @Builtin(value = "end", method = true, signature = "group=0, /", doc = "Where a group ends.")
    static long end(Machine m, MatchValue self, Object group) {
        return self.place(self.match.end(self.number(m, group)));
    }

    @Builtin(value = "span", method = true, signature = "group=0, /", doc = "Where a group begins and ends.")
    static Object span(Machine m, MatchValue self, Object group) {
        return TupleValue.of(start(m, self, group), end(m, self, group));
    }

    @Builtin(value = "expand", method = true, signature = "template", doc = "A template with its references to groups replaced.")
    static Object expandTemplate(Machine m, MatchValue self, String template) {
        return self.expand(template);
    }

    @Builtin(value = "string", property = true, doc = "The text that was searched.")
    static Object string(Machine m, MatchValue self) {
        return self.string;
    }

    @Builtin(value = "re", property = true, doc = "The expression that matched.")
    static Object expression(Machine m, MatchValue self) {
        return self.pattern;
    }

    @Builtin(value = "pos", property = true, doc = "Where the search began.")
    static long pos(Machine m, MatchValue self) {
        return 0;
    }

    @Builtin(value = "lastindex", property = true, doc = "The number of the last group that matched.")
    static Object lastIndex(Machine m, MatchValue self) {
        for (int i = self.pattern.regex().groups(); i > 0; i--) {
            if (self.match.group(i) != null) {
                return (long) i;
            }
        }
        return None.NONE;
    }

    @Builtin(value = "lastgroup", property = true, doc = "The name of the last group that matched.")
    static Object lastGroup(Machine m, MatchValue self) {
        Object last = lastIndex(m, self);
        for (Map.Entry<String, Integer> e : self.pattern.regex().names().entrySet()) {
            if (last instanceof Long n && n.intValue() == e.getValue()) {
                return e.getKey();
            }
        }
        return None.NONE;
    }
}
