package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import java.util.Locale;
import java.util.Map;

/** What scripts can make of a str; what they can ask it stands above. */
final class StrMethods extends StrQuestions {
    private static final int NESTING = 2;

    private StrMethods() {}

    @Builtin(value = "__new__", signature = "object='', encoding=None, errors=None", doc = "The object as text for people; bytes are decoded if an encoding is given.")
    static String make(Machine m, Object object, Object encoding, Object errors) {
        if (encoding != None.NONE || errors != None.NONE) {
            option(encoding, "", "encoding");
            option(errors, "", "errors");
            if (!(object instanceof BytesValue b)) {
                throw NnError.type(object instanceof String
                        ? "decoding str is not supported"
                        : "decoding to str: need a bytes-like object, " + Semantics.typeOf(object).name() + " found");
            }
            return Encodings.decode(b.bytes(), option(encoding, "utf-8", "encoding"), option(errors, "strict", "errors"));
        }
        return Semantics.str(m, object);
    }

    private static String option(Object given, String usual, String name) {
        if (given == None.NONE) {
            return usual;
        }
        if (given instanceof String s) {
            return s;
        }
        throw NnError.type("str() argument '" + name + "' must be str, not " + Semantics.typeOf(given).name());
    }

    // Case

    @Builtin(value = "lower", method = true, doc = "In lower case.")
    static String lower(Machine m, String self) {
        return self.toLowerCase(Locale.ROOT);
    }

    @Builtin(value = "upper", method = true, doc = "In upper case.")
    static String upper(Machine m, String self) {
        return self.toUpperCase(Locale.ROOT);
    }

    @Builtin(value = "casefold", method = true, doc = "In the case for comparisons.")
    static String casefold(Machine m, String self) {
        return self.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    @Builtin(value = "capitalize", method = true, doc = "The first character in upper case, the others in lower case.")
    static String capitalize(Machine m, String self) {
        if (self.isEmpty()) {
            return self;
        }
        int first = self.offsetByCodePoints(0, 1);
        return Character.toString(Character.toTitleCase(self.codePointAt(0))) + self.substring(first).toLowerCase(Locale.ROOT);
    }

    @Builtin(value = "title", method = true, doc = "Every word with its first letter in upper case.")
    static String title(Machine m, String self) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < self.length(); i += Character.charCount(self.codePointAt(i))) {
            int c = self.codePointAt(i);
            out.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord = isCased(c);
        }
        return out.toString();
    }

    @Builtin(value = "swapcase", method = true, doc = "Upper case for lower case and the other way round.")
    static String swapCase(Machine m, String self) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < self.length(); i += Character.charCount(self.codePointAt(i))) {
            int c = self.codePointAt(i);
            String one = Character.toString(c);
            out.append(Character.isUpperCase(c) ? one.toLowerCase(Locale.ROOT) : one.toUpperCase(Locale.ROOT));
        }
        return out.toString();
    }

    // Cutting

    @Builtin(value = "strip", method = true, signature = "chars=None, /", doc = "Without white space, or those characters, at both ends.")
    static String strip(Machine m, String self, Object chars) {
        return stripped(self, chars, true, true, "strip");
    }

    @Builtin(value = "lstrip", method = true, signature = "chars=None, /", doc = "Without white space, or those characters, at the start.")
    static String lstrip(Machine m, String self, Object chars) {
        return stripped(self, chars, true, false, "lstrip");
    }

    @Builtin(value = "rstrip", method = true, signature = "chars=None, /", doc = "Without white space, or those characters, at the end.")
    static String rstrip(Machine m, String self, Object chars) {
        return stripped(self, chars, false, true, "rstrip");
    }

    private static String stripped(String s, Object chars, boolean start, boolean end, String method) {
        if (chars != None.NONE && !(chars instanceof String)) {
            throw NnError.type(method + " arg must be None or str");
        }
        String set = chars == None.NONE ? null : (String) chars;
        int from = 0;
        int to = s.length();
        while (start && from < to && drops(s.codePointAt(from), set)) {
            from += Character.charCount(s.codePointAt(from));
        }
        while (end && to > from && drops(s.codePointBefore(to), set)) {
            to -= Character.charCount(s.codePointBefore(to));
        }
        return s.substring(from, to);
    }

    private static boolean drops(int c, String set) {
        return set == null ? StringText.isSpace(c) : set.indexOf(c) >= 0;
    }

    @Builtin(value = "removeprefix", method = true, signature = "prefix, /", doc = "Without that beginning if it has it.")
    static String removePrefix(Machine m, String self, String prefix) {
        return self.startsWith(prefix) ? self.substring(prefix.length()) : self;
    }

    @Builtin(value = "removesuffix", method = true, signature = "suffix, /", doc = "Without that end if it has it.")
    static String removeSuffix(Machine m, String self, String suffix) {
        return self.endsWith(suffix) ? self.substring(0, self.length() - suffix.length()) : self;
    }

    private static String separator(Object sep) {
        if (!(sep instanceof String s)) {
            throw NnError.type("must be str or None, not " + Semantics.typeOf(sep).name());
        }
        if (s.isEmpty()) {
            throw NnError.value("empty separator");
        }
        return s;
    }

    @Builtin(value = "split", method = true, signature = "sep=None, maxsplit=-1", doc = "The parts between separators, by default runs of white space.")
    static Object split(Machine m, String self, Object sep, long maxsplit) {
        long left = maxsplit < 0 ? Long.MAX_VALUE : maxsplit;
        ListValue parts = new ListValue();
        if (sep == None.NONE) {
            int n = self.length();
            int at = 0;
            while (true) {
                while (at < n && StringText.isSpace(self.charAt(at))) {
                    at++;
                }
                if (at == n) {
                    return parts;
                }
                if (left-- == 0) {
                    parts.add(self.substring(at));
                    return parts;
                }
                int start = at;
                while (at < n && !StringText.isSpace(self.charAt(at))) {
                    at++;
                }
                parts.add(self.substring(start, at));
            }
        }
        String s = separator(sep);
        int from = 0;
        for (int at = TextSearch.first(self, s, 0); at >= 0 && left-- > 0; at = TextSearch.first(self, s, from)) {
            parts.add(self.substring(from, at));
            from = at + s.length();
        }
        parts.add(self.substring(from));
        return parts;
    }

    @Builtin(value = "rsplit", method = true, signature = "sep=None, maxsplit=-1", doc = "As split, counting from the end.")
    static Object rsplit(Machine m, String self, Object sep, long maxsplit) {
        if (maxsplit < 0) {
            return split(m, self, sep, -1);
        }
        long left = maxsplit;
        ListValue parts = new ListValue();
        int to = self.length();
        if (sep == None.NONE) {
            while (true) {
                while (to > 0 && StringText.isSpace(self.charAt(to - 1))) {
                    to--;
                }
                if (to == 0) {
                    break;
                }
                if (left-- == 0) {
                    parts.add(self.substring(0, to));
                    break;
                }
                int end = to;
                while (to > 0 && !StringText.isSpace(self.charAt(to - 1))) {
                    to--;
                }
                parts.add(self.substring(to, end));
            }
        } else {
            String s = separator(sep);
            while (left-- > 0) {
                int at = to < s.length() ? -1 : TextSearch.last(self, s, to - s.length());
                if (at < 0) {
                    break;
                }
                parts.add(self.substring(at + s.length(), to));
                to = at;
            }
            parts.add(self.substring(0, to));
        }
        ListMethods.reverse(m, parts);
        return parts;
    }

    @Builtin(value = "splitlines", method = true, signature = "keepends=False", doc = "The lines, with their ends if these are kept.")
    static Object splitLines(Machine m, String self, boolean keepends) {
        ListValue lines = new ListValue();
        int start = 0;
        for (int i = 0; i < self.length(); i++) {
            char c = self.charAt(i);
            boolean end = c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || c >= 0x1c && c <= 0x1e || c == 0x85 || c == 0x2028 || c == 0x2029;
            if (end) {
                int next = c == '\r' && i + 1 < self.length() && self.charAt(i + 1) == '\n' ? i + 2 : i + 1;
                lines.add(self.substring(start, keepends ? next : i));
                start = next;
                i = next - 1;
            }
        }
        if (start < self.length()) {
            lines.add(self.substring(start));
        }
        return lines;
    }

    @Builtin(value = "partition", method = true, signature = "sep, /", doc = "What is before the first separator, the separator, and what is behind.")
    static Object partition(Machine m, String self, Object sep) {
        String s = separator(sep);
        int at = TextSearch.first(self, s, 0);
        return at < 0 ? TupleValue.of(self, "", "") : TupleValue.of(self.substring(0, at), s, self.substring(at + s.length()));
    }

    @Builtin(value = "rpartition", method = true, signature = "sep, /", doc = "What is before the last separator, the separator, and what is behind.")
    static Object rpartition(Machine m, String self, Object sep) {
        String s = separator(sep);
        int at = TextSearch.last(self, s, self.length());
        return at < 0 ? TupleValue.of("", "", self) : TupleValue.of(self.substring(0, at), s, self.substring(at + s.length()));
    }

    // Making

    @Builtin(value = "join", method = true, signature = "iterable, /", doc = "The strings of an iterable with this one between them.")
    static String join(Machine m, String self, Object iterable) {
        if (!(iterable instanceof Value) && !(iterable instanceof String)) {
            throw NnError.type("can only join an iterable");
        }
        if (iterable.getClass() == ListValue.class) {
            return joined(m, self, (ListValue) iterable);
        }
        Iteration all = Semantics.iterate(m, iterable);
        StringBuilder out = new StringBuilder();
        int n = 0;
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            if (!(x instanceof String s)) {
                throw NnError.type("sequence item " + n + ": expected str instance, " + Semantics.typeOf(x).name() + " found");
            }
            m.step();
            LargeText.grow(out, self.length() + s.length());
            if (n++ > 0) {
                out.append(self);
            }
            out.append(s);
        }
        return LargeText.made(out.toString());
    }

    private static String joined(Machine m, String separator, ListValue all) {
        String[] parts = new String[all.size()];
        long length = 0;
        for (int i = 0; i < parts.length; i++) {
            m.step();
            if (!(all.get(i) instanceof String s)) {
                throw NnError.type("sequence item " + i + ": expected str instance, " + Semantics.typeOf(all.get(i)).name() + " found");
            }
            parts[i] = s;
            length += s.length() + separator.length();
        }
        LargeText.require(length);
        return LargeText.made(String.join(separator, parts));
    }

    @Builtin(value = "replace", method = true, signature = "old, new, count=-1, /", doc = "With each occurrence of old, or the first count ones, replaced by new.")
    static String replace(Machine m, String self, Object old, Object by, long count) {
        if (!(old instanceof String from) || !(by instanceof String to)) {
            int wrong = old instanceof String ? 2 : 1;
            throw NnError.type("replace() argument " + wrong + " must be str, not " + Semantics.typeOf(wrong == 1 ? old : by).name());
        }
        if (count < 0) {
            LargeText.require(replaced(self, from, to));
            return LargeText.made(self.replace(from, to));
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        long left = count;
        while (left-- > 0) {
            int next = TextSearch.first(self, from, at);
            if (next < 0) {
                break;
            }
            LargeText.grow(out, next - at + to.length());
            if (from.isEmpty()) {
                out.append(to);
                if (at >= self.length()) {
                    return out.toString();
                }
                out.append(self.charAt(at++));
                continue;
            }
            out.append(self, at, next).append(to);
            at = next + from.length();
        }
        return out.append(self, at, self.length()).toString();
    }

    /** The length after a replacement, if it may be large. */
    private static long replaced(String self, String from, String to) {
        long most = self.length() + (long) to.length() * (from.isEmpty() ? self.length() + 1L : self.length() / from.length());
        if (to.length() <= from.length() || most < (1 << 20)) {
            return self.length();
        }
        long found = from.isEmpty() ? self.length() + 1L : 0;
        for (int at = from.isEmpty() ? -1 : TextSearch.first(self, from, 0); at >= 0; at = TextSearch.first(self, from, at + from.length())) {
            found++;
        }
        return self.length() + found * (to.length() - from.length());
    }

    @Builtin(value = "expandtabs", method = true, signature = "tabsize=8", doc = "With tabs replaced by spaces up to the next column that the size divides.")
    static String expandTabs(Machine m, String self, int tabsize) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (int i = 0; i < self.length(); i++) {
            char c = self.charAt(i);
            if (c == '\t') {
                int n = tabsize > 0 ? tabsize - column % tabsize : 0;
                LargeText.grow(out, n);
                out.append(" ".repeat(n));
                column += n;
            } else {
                out.append(c);
                column = c == '\n' || c == '\r' ? 0 : column + 1;
            }
        }
        return out.toString();
    }

    private static long missing(Machine m, String s, long width) {
        return Math.max(0, width - CodePoints.length(m, s));
    }

    private static String filler(String fill) {
        if (fill == null || fill.codePointCount(0, fill.length()) != 1) {
            throw NnError.type("The fill character must be exactly one character long");
        }
        return fill;
    }

    @Builtin(value = "ljust", method = true, signature = "width, fillchar=' ', /", doc = "Filled at the end up to the width.")
    static String ljust(Machine m, String self, long width, String fillchar) {
        return self + LargeText.repeat(filler(fillchar), missing(m, self, width));
    }

    @Builtin(value = "rjust", method = true, signature = "width, fillchar=' ', /", doc = "Filled at the start up to the width.")
    static String rjust(Machine m, String self, long width, String fillchar) {
        return LargeText.repeat(filler(fillchar), missing(m, self, width)) + self;
    }

    @Builtin(value = "center", method = true, signature = "width, fillchar=' ', /", doc = "Filled at both ends up to the width.")
    static String center(Machine m, String self, long width, String fillchar) {
        long n = missing(m, self, width);
        // CPython gives the odd one to the left where the width is odd too.
        long before = n / 2 + (n & width & 1);
        return LargeText.repeat(filler(fillchar), before) + self + LargeText.repeat(fillchar, n - before);
    }

    @Builtin(value = "zfill", method = true, signature = "width, /", doc = "Filled with zeros, behind the sign, up to the width.")
    static String zfill(Machine m, String self, long width) {
        String zeros = LargeText.repeat("0", missing(m, self, width));
        boolean signed = self.startsWith("-") || self.startsWith("+");
        return signed ? self.charAt(0) + zeros + self.substring(1) : zeros + self;
    }

    @Builtin(value = "format", method = true, signature = "*args, **kwargs", doc = "With its {fields} replaced by the arguments.", example = "'{:.2f} {name}'.format(3.14159, name='pi')")
    static String format(Machine m, String self, Object[] args, Map<String, Object> kwargs) {
        return new StrFormat(m, args, kwargs.isEmpty() ? new DictValue() : DictValue.of(kwargs)).apply(self, NESTING);
    }

    @Builtin(value = "format_map", method = true, signature = "mapping, /", doc = "With its {fields} replaced by the values of a mapping.")
    static String formatMap(Machine m, String self, Object mapping) {
        return new StrFormat(m, null, mapping).apply(self, NESTING);
    }

    @Builtin(value = "encode", method = true, signature = "encoding='utf-8', errors='strict'", doc = "The bytes that stand for it in an encoding.")
    static Object encode(Machine m, String self, String encoding, String errors) {
        return new BytesValue(Encodings.encode(self, encoding, errors));
    }

    @Builtin(value = "decode", method = true, signature = "encoding='utf-8', errors='strict'", doc = "Itself: Python 2's scripts decode texts that are texts already.")
    static String decode(Machine m, String self, String encoding, String errors) {
        return self;
    }

    @Builtin(value = "translate", method = true, signature = "table, /", doc = "With characters replaced as a table of code points says.")
    static String translate(Machine m, String self, Object table) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < self.length(); i += Character.charCount(self.codePointAt(i))) {
            int c = self.codePointAt(i);
            Object by = table instanceof DictValue dict ? dict.get(m, (long) c) : Semantics.item(m, table, (long) c);
            if (by == null) {
                out.appendCodePoint(c);
            } else if (by instanceof String s) {
                LargeText.grow(out, s.length());
                out.append(s);
            } else if (by != None.NONE) {
                out.appendCodePoint((int) Semantics.index(m, by));
            }
        }
        return out.toString();
    }

    @Builtin(value = "maketrans", signature = "x, y=None, z=None, /", doc = "A table for translate: from a dict, or from characters, their replacements and those to drop.")
    static Object makeTranslation(Machine m, Object x, Object y, Object z) {
        DictValue table = new DictValue();
        if (y == None.NONE) {
            if (!(x instanceof DictValue dict)) {
                throw NnError.type("if you give only one argument to maketrans it must be a dict");
            }
            for (DictValue.Entries e = dict.entries(); e.next();) {
                Object key = e.key() instanceof String s ? (Object) (long) s.codePointAt(0) : e.key();
                table.put(m, key, e.value());
            }
            return table;
        }
        int[] from = ((String) x).codePoints().toArray();
        int[] to = ((String) y).codePoints().toArray();
        if (from.length != to.length) {
            throw NnError.value("the first two maketrans arguments must have equal length");
        }
        for (int i = 0; i < from.length; i++) {
            table.put(m, (long) from[i], (long) to[i]);
        }
        if (z instanceof String dropped) {
            for (int c : dropped.codePoints().toArray()) {
                table.put(m, (long) c, None.NONE);
            }
        }
        return table;
    }
}
