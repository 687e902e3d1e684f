package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.LargeText;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;

/** A compiled regular expression. Expressions on bytes work on the characters of the same codes. */
final class PatternValue implements Value {
    static final TypeValue TYPE = new TypeValue("re", "Pattern", CoreTypes.OBJECT, PatternValueTable.TABLE, null);

    private final Object source;
    private final RegexTranslator.Result regex;
    private final boolean binary;

    PatternValue(Object source, int flags) {
        this.source = source;
        this.binary = source instanceof BytesValue;
        String text = binary ? latin((BytesValue) source) : (String) source;
        this.regex = RegexTranslator.translate(text, binary ? flags | RegexTranslator.ASCII : flags);
    }

    private static String latin(BytesValue b) {
        return new String(b.bytes(), StandardCharsets.ISO_8859_1);
    }

    Object source() {
        return source;
    }

    RegexTranslator.Result regex() {
        return regex;
    }

    /** The text that a script gives to be searched. */
    private String subject(Object o) {
        if (o instanceof String s && !binary) {
            return s;
        }
        if (o instanceof BytesValue b && binary) {
            return latin(b);
        }
        if (o instanceof String || o instanceof BytesValue) {
            throw NnError.type(binary ? "cannot use a bytes pattern on a string-like object" : "cannot use a string pattern on a bytes-like object");
        }
        throw NnError.type("expected string or bytes-like object, got '" + Semantics.typeOf(o).name() + "'");
    }

    /** A part of the text as scripts get it. */
    Object shown(String part) {
        return part == null ? None.NONE : binary ? new BytesValue(part.getBytes(StandardCharsets.ISO_8859_1)) : (Object) part;
    }

    private Matcher matcher(Machine m, String text) {
        return regex.pattern().matcher(new WatchedText(m, text, 0, text.length()));
    }

    private static int place(Machine m, String text, long at) {
        int n = text.codePointCount(0, text.length());
        return text.offsetByCodePoints(0, (int) Math.max(0, Math.min(n, at)));
    }

    private Object match(Machine m, Object string, long pos, Object endpos, char how) {
        String text = subject(string);
        int from = place(m, text, pos);
        int to = endpos == None.NONE ? text.length() : place(m, text, Semantics.index(m, endpos));
        Matcher matcher = matcher(m, text).region(from, Math.max(from, to)).useAnchoringBounds(false).useTransparentBounds(true);
        boolean found = switch (how) {
            case 'm' -> matcher.lookingAt();
            case 'f' -> matcher.matches();
            default -> matcher.find();
        };
        return found ? new MatchValue(this, string, text, matcher.toMatchResult()) : None.NONE;
    }

    @Override
    public boolean hasPlainAttributes() {
        return true;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public String repr(Machine m) {
        return "re.compile(" + Semantics.repr(m, source) + ")";
    }

    @Builtin(value = "match", method = true, signature = "string, pos=0, endpos=None", doc = "The match at the start of a text, or None.")
    static Object match(Machine m, PatternValue self, Object string, long pos, Object endpos) {
        return self.match(m, string, pos, endpos, 'm');
    }

    @Builtin(value = "fullmatch", method = true, signature = "string, pos=0, endpos=None", doc = "The match of the whole text, or None.")
    static Object fullMatch(Machine m, PatternValue self, Object string, long pos, Object endpos) {
        return self.match(m, string, pos, endpos, 'f');
    }

    @Builtin(value = "search", method = true, signature = "string, pos=0, endpos=None", doc = "The first match anywhere in a text, or None.")
    static Object search(Machine m, PatternValue self, Object string, long pos, Object endpos) {
        return self.match(m, string, pos, endpos, 's');
    }

    /** What findall and split give for a match: the groups, or all of it where there are none. */
    private Object groupsOf(Matcher matcher) {
        if (regex.groups() == 0) {
            return shown(matcher.group());
        }
        Object[] parts = new Object[regex.groups()];
        for (int i = 0; i < parts.length; i++) {
            String part = matcher.group(i + 1);
            parts[i] = shown(part == null ? "" : part);
        }
        return parts.length == 1 ? parts[0] : TupleValue.of(parts);
    }

    @Builtin(value = "findall", method = true, signature = "string, pos=0, endpos=None", doc = "All matches in a list: their groups, or their text if there are none.")
    static Object findAll(Machine m, PatternValue self, Object string, long pos, Object endpos) {
        String text = self.subject(string);
        Matcher matcher = self.matcher(m, text);
        ListValue found = new ListValue();
        while (matcher.find()) {
            if (matcher.start() >= pos) {
                found.add(self.groupsOf(matcher));
            }
        }
        return found;
    }

    @Builtin(value = "finditer", method = true, signature = "string, pos=0, endpos=None", doc = "All matches one after the other.")
    static Object findIterator(Machine m, PatternValue self, Object string, long pos, Object endpos) {
        String text = self.subject(string);
        Matcher matcher = self.matcher(m, text);
        return Iterators.of("callable_iterator", machine ->
                matcher.find() ? new MatchValue(self, string, text, matcher.toMatchResult()) : null);
    }

    @Builtin(value = "split", method = true, signature = "string, maxsplit=0", doc = "The parts of a text between the matches, with the groups of these.")
    static Object split(Machine m, PatternValue self, Object string, long maxsplit) {
        String text = self.subject(string);
        Matcher matcher = self.matcher(m, text);
        ListValue parts = new ListValue();
        int last = 0;
        for (long n = 0; (maxsplit <= 0 || n < maxsplit) && maxsplit >= 0 && matcher.find(); n++) {
            parts.add(self.shown(text.substring(last, matcher.start())));
            for (int i = 1; i <= self.regex.groups(); i++) {
                parts.add(self.shown(matcher.group(i)));
            }
            last = matcher.end();
        }
        parts.add(self.shown(text.substring(last)));
        return parts;
    }

    @Builtin(value = "sub", method = true, signature = "repl, string, count=0", doc = "A text with the matches replaced by a template or by what a function returns.")
    static Object sub(Machine m, PatternValue self, Object repl, Object string, long count) {
        return ((TupleValue) subCounted(m, self, repl, string, count)).get(0);
    }

    @Builtin(value = "subn", method = true, signature = "repl, string, count=0", doc = "As sub, with the number of matches replaced.")
    static Object subCounted(Machine m, PatternValue self, Object repl, Object string, long count) {
        String text = self.subject(string);
        Matcher matcher = self.matcher(m, text);
        boolean function = Semantics.isCallable(repl);
        String template = function ? "" : self.subject(repl);
        StringBuilder out = new StringBuilder();
        int last = 0;
        long n = 0;
        while ((count == 0 || n < count) && matcher.find()) {
            out.append(text, last, matcher.start());
            MatchValue match = new MatchValue(self, string, text, matcher.toMatchResult());
            if (function) {
                Object by = Semantics.call(m, repl, match);
                append(out, by == None.NONE ? "" : self.subject(by));
            } else {
                append(out, template.indexOf('\\') < 0 ? template : match.expand(template));
            }
            last = matcher.end();
            n++;
        }
        return TupleValue.of(self.shown(out.append(text, last, text.length()).toString()), n);
    }

    private static void append(StringBuilder out, String text) {
        LargeText.grow(out, text.length());
        out.append(text);
    }

    @Builtin(value = "pattern", property = true, doc = "The expression itself.")
    static Object pattern(Machine m, PatternValue self) {
        return self.source;
    }

    @Builtin(value = "flags", property = true, doc = "The flags with which it was compiled.")
    static long flags(Machine m, PatternValue self) {
        return self.regex.flags() | (self.binary || (self.regex.flags() & RegexTranslator.ASCII) != 0 ? 0 : RegexTranslator.UNICODE);
    }

    @Builtin(value = "groups", property = true, doc = "How many groups it has.")
    static long groups(Machine m, PatternValue self) {
        return self.regex.groups();
    }

    @Builtin(value = "groupindex", property = true, doc = "The numbers of the named groups.")
    static Object groupIndex(Machine m, PatternValue self) {
        DictValue dict = new DictValue();
        self.regex.names().forEach((name, number) -> dict.putText(name, (long) number));
        return dict;
    }

    /** A text that answers interrupts, since a match can take for ever. */
    private record WatchedText(Machine m, String text, int from, int to) implements CharSequence {
        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int i) {
            if (m.isInterrupted()) {
                m.checkInterrupt();
            }
            return text.charAt(from + i);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new WatchedText(m, text, from + start, from + end);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }
}
