package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;

/** What scripts can ask a str: of which characters it is, and what occurs in it where. */
abstract class StrQuestions {
    StrQuestions() {}

    @Builtin(value = "__len__", method = true, doc = "How many characters there are.")
    static long length(Machine m, String self) {
        return CodePoints.length(m, self);
    }

    @Builtin(value = "__contains__", method = true, signature = "part, /", doc = "Whether the part occurs in it.")
    static boolean contains(Machine m, String self, Object part) {
        return Semantics.contains(m, self, part);
    }

    // Characters

    /** What every character has to be. */
    private interface Test {
        boolean of(int c);
    }

    private static boolean all(String s, Test test) {
        for (int i = 0; i < s.length(); i += Character.charCount(s.codePointAt(i))) {
            if (!test.of(s.codePointAt(i))) {
                return false;
            }
        }
        return !s.isEmpty();
    }

    static boolean isCased(int c) {
        return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }

    private static boolean isDecimal(int c) {
        return Character.isDigit(c);
    }

    private static boolean isDigit(int c) {
        return Character.isDigit(c) || c == 0xb2 || c == 0xb3 || c == 0xb9 || c >= 0x2070 && c <= 0x2079 && c != 0x2071 && c != 0x2072 && c != 0x2073
                || c >= 0x2080 && c <= 0x2089 || c >= 0x2460 && c <= 0x2468;
    }

    private static boolean isNumeric(int c) {
        int type = Character.getType(c);
        return isDigit(c) || type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER || "一二三四五六七八九十百千万億零〇".indexOf(c) >= 0;
    }

    @Builtin(value = "isalpha", method = true, doc = "Whether it is letters only, at least one.")
    static boolean isAlpha(Machine m, String self) {
        return all(self, Character::isLetter);
    }

    @Builtin(value = "isdigit", method = true, doc = "Whether it is digits only, at least one.")
    static boolean isDigits(Machine m, String self) {
        return all(self, StrQuestions::isDigit);
    }

    @Builtin(value = "isdecimal", method = true, doc = "Whether it is decimal digits only, at least one.")
    static boolean isDecimals(Machine m, String self) {
        return all(self, StrQuestions::isDecimal);
    }

    @Builtin(value = "isnumeric", method = true, doc = "Whether it is numeric characters only, at least one.")
    static boolean isNumerics(Machine m, String self) {
        return all(self, StrQuestions::isNumeric);
    }

    @Builtin(value = "isalnum", method = true, doc = "Whether it is letters and digits only, at least one.")
    static boolean isAlphanumeric(Machine m, String self) {
        return all(self, c -> Character.isLetter(c) || isNumeric(c));
    }

    @Builtin(value = "isspace", method = true, doc = "Whether it is white space only, at least one.")
    static boolean isSpace(Machine m, String self) {
        return all(self, StringText::isSpace);
    }

    @Builtin(value = "isprintable", method = true, doc = "Whether repr would escape none of it.")
    static boolean isPrintable(Machine m, String self) {
        return self.isEmpty() || all(self, StringText::isPrintable);
    }

    @Builtin(value = "isascii", method = true, doc = "Whether it is ASCII only.")
    static boolean isAscii(Machine m, String self) {
        return self.isEmpty() || all(self, c -> c < 128);
    }

    @Builtin(value = "isidentifier", method = true, doc = "Whether it could be a name.")
    static boolean isIdentifier(Machine m, String self) {
        return all(self, c -> c == '_' || Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c))
                && (self.charAt(0) == '_' || Character.isUnicodeIdentifierStart(self.codePointAt(0)));
    }

    @Builtin(value = "islower", method = true, doc = "Whether its letters are in lower case, at least one.")
    static boolean isLower(Machine m, String self) {
        return all(self, c -> !Character.isUpperCase(c) && !Character.isTitleCase(c)) && !all(self, c -> !isCased(c));
    }

    @Builtin(value = "isupper", method = true, doc = "Whether its letters are in upper case, at least one.")
    static boolean isUpper(Machine m, String self) {
        return all(self, c -> !Character.isLowerCase(c) && !Character.isTitleCase(c)) && !all(self, c -> !isCased(c));
    }

    @Builtin(value = "istitle", method = true, doc = "Whether every word starts in upper case and goes on in lower case.")
    static boolean isTitle(Machine m, String self) {
        boolean inWord = false;
        boolean found = false;
        for (int i = 0; i < self.length(); i += Character.charCount(self.codePointAt(i))) {
            int c = self.codePointAt(i);
            if (Character.isUpperCase(c) || Character.isTitleCase(c)) {
                if (inWord) {
                    return false;
                }
                inWord = true;
                found = true;
            } else if (Character.isLowerCase(c)) {
                if (!inWord) {
                    return false;
                }
            } else {
                inWord = false;
            }
        }
        return found;
    }

    // Searching

    /** The part of a text that start and end select, in chars. */
    private record Window(int from, int to, boolean outside) {}

    private static Window window(Machine m, String s, Object start, Object end) {
        if (start == None.NONE && end == None.NONE) {
            return new Window(0, s.length(), false);
        }
        int[] starts = CodePoints.starts(m, s);
        int n = starts == null ? s.length() : starts.length - 1;
        long from = start == None.NONE ? 0 : Semantics.index(m, start);
        long to = end == None.NONE ? n : Semantics.index(m, end);
        from = Math.max(0, from < 0 ? from + n : from);
        to = Math.min(n, Math.max(0, to < 0 ? to + n : to));
        if (from > to) {
            return new Window(0, 0, true);
        }
        return starts == null ? new Window((int) from, (int) to, false) : new Window(starts[(int) from], starts[(int) to], false);
    }

    private static long found(String s, int at) {
        return at <= 0 ? at : s.codePointCount(0, at);
    }

    private static int first(String s, String part, Window w) {
        if (w.outside()) {
            return -1;
        }
        int at = TextSearch.first(s, part, w.from());
        return at < 0 || at + part.length() > w.to() ? -1 : at;
    }

    private static int last(String s, String part, Window w) {
        if (w.outside() || w.to() - part.length() < w.from()) {
            return -1;
        }
        int at = TextSearch.last(s, part, w.to() - part.length());
        return at < w.from() ? -1 : at;
    }

    private static String part(Object part) {
        if (part instanceof String s) {
            return s;
        }
        throw NnError.type("must be str, not " + Semantics.typeOf(part).name());
    }

    @Builtin(value = "find", method = true, signature = "sub, start=None, end=None, /", doc = "The place of the first occurrence, -1 if there is none.")
    static long find(Machine m, String self, Object sub, Object start, Object end) {
        return found(self, first(self, part(sub), window(m, self, start, end)));
    }

    @Builtin(value = "rfind", method = true, signature = "sub, start=None, end=None, /", doc = "The place of the last occurrence, -1 if there is none.")
    static long rfind(Machine m, String self, Object sub, Object start, Object end) {
        return found(self, last(self, part(sub), window(m, self, start, end)));
    }

    @Builtin(value = "index", method = true, signature = "sub, start=None, end=None, /", doc = "The place of the first occurrence; ValueError if there is none.")
    static long index(Machine m, String self, Object sub, Object start, Object end) {
        return present(find(m, self, sub, start, end));
    }

    @Builtin(value = "rindex", method = true, signature = "sub, start=None, end=None, /", doc = "The place of the last occurrence; ValueError if there is none.")
    static long rindex(Machine m, String self, Object sub, Object start, Object end) {
        return present(rfind(m, self, sub, start, end));
    }

    private static long present(long at) {
        if (at < 0) {
            throw NnError.value("substring not found");
        }
        return at;
    }

    @Builtin(value = "count", method = true, signature = "sub, start=None, end=None, /", doc = "How often it occurs, without overlap.")
    static long count(Machine m, String self, Object sub, Object start, Object end) {
        Window w = window(m, self, start, end);
        String wanted = part(sub);
        if (w.outside()) {
            return 0;
        }
        if (wanted.isEmpty()) {
            return self.codePointCount(w.from(), w.to()) + 1;
        }
        long n = 0;
        for (int at = first(self, wanted, w); at >= 0; at = first(self, wanted, new Window(at + wanted.length(), w.to(), false))) {
            n++;
        }
        return n;
    }

    @Builtin(value = "startswith", method = true, signature = "prefix, start=None, end=None, /", doc = "Whether it begins so; a tuple gives several possibilities.")
    static boolean startsWith(Machine m, String self, Object prefix, Object start, Object end) {
        Window w = window(m, self, start, end);
        if (prefix instanceof TupleValue all) {
            for (Object each : all.elements) {
                if (startsWith(m, self, each, start, end)) {
                    return true;
                }
            }
            return false;
        }
        if (!(prefix instanceof String p)) {
            throw NnError.type("startswith first arg must be str or a tuple of str, not " + Semantics.typeOf(prefix).name());
        }
        return !w.outside() && w.from() + p.length() <= w.to() && self.startsWith(p, w.from());
    }

    @Builtin(value = "endswith", method = true, signature = "suffix, start=None, end=None, /", doc = "Whether it ends so; a tuple gives several possibilities.")
    static boolean endsWith(Machine m, String self, Object suffix, Object start, Object end) {
        Window w = window(m, self, start, end);
        if (suffix instanceof TupleValue all) {
            for (Object each : all.elements) {
                if (endsWith(m, self, each, start, end)) {
                    return true;
                }
            }
            return false;
        }
        if (!(suffix instanceof String p)) {
            throw NnError.type("endswith first arg must be str or a tuple of str, not " + Semantics.typeOf(suffix).name());
        }
        return !w.outside() && w.to() - p.length() >= w.from() && self.startsWith(p, w.to() - p.length());
    }
}
