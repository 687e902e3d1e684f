package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import java.lang.ref.WeakReference;

/**
 * Strings as Python sees them: sequences of code points. Nearly all texts have one char per code point and take
 * the fast path; whether a long text does is remembered, so that a loop over its indices stays linear.
 */
final class CodePoints {
    /** The texts of one Latin character, made once. */
    private static final String[] COMMON = common();

    /** Scanning fewer chars than this costs less than asking the memory. */
    private static final int SHORT = 64;

    private CodePoints() {}

    /** The long texts looked at last. */
    static final class Memory {
        private static final int PLACES = 4;
        private final Object[] texts = new Object[PLACES];
        private final int[][] starts = new int[PLACES][];
        private int next;

        /** The index of each code point's first char, or null where every char is one. */
        int[] startsOf(String s) {
            if (texts[next] instanceof WeakReference<?> last && last.get() == s) {
                return starts[next];
            }
            for (int i = 0; i < PLACES; i++) {
                if (texts[i] instanceof WeakReference<?> r && r.get() == s) {
                    return starts[i];
                }
            }
            next = (next + 1) % PLACES;
            texts[next] = new WeakReference<>(s);
            starts[next] = hasSurrogates(s) ? scan(s) : null;
            return starts[next];
        }
    }

    static boolean hasSurrogates(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (Character.isSurrogate(s.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static int[] scan(String s) {
        int[] starts = new int[s.codePointCount(0, s.length()) + 1];
        int n = 0;
        for (int i = 0; i < s.length(); i += Character.charCount(s.codePointAt(i))) {
            starts[n++] = i;
        }
        starts[n] = s.length();
        return starts;
    }

    /** The char index of each code point and of the end, or null where code points are chars. */
    static int[] starts(Machine m, String s) {
        if (s.length() < SHORT) {
            // For a text of Latin characters Java knows the answer without looking.
            return s.codePointCount(0, s.length()) == s.length() ? null : scan(s);
        }
        return m.texts().startsOf(s);
    }

    static int length(Machine m, String s) {
        if (s.isEmpty()) {
            return 0;
        }
        int[] starts = starts(m, s);
        return starts == null ? s.length() : starts.length - 1;
    }

    /** The one-character string at a char index. */
    static String single(String s, int at) {
        char c = s.charAt(at);
        return c < COMMON.length ? COMMON[c] : String.valueOf(c);
    }

    /** The character at an index from the front, or null where there is none. */
    static String characterAt(Machine m, String s, long i) {
        if (i < 0 || i >= s.length()) {
            return null;
        }
        int[] starts = starts(m, s);
        if (starts == null) {
            return single(s, (int) i);
        }
        return i < starts.length - 1 ? s.substring(starts[(int) i], starts[(int) i + 1]) : null;
    }

    static Object item(Machine m, String s, Object key) {
        int[] starts = starts(m, s);
        int length = starts == null ? s.length() : starts.length - 1;
        if (key instanceof SliceValue slice) {
            SliceValue.Indices part = slice.indices(m, length);
            if (part.step() == 1) {
                int end = part.start() + part.count();
                return starts == null ? s.substring(part.start(), end) : s.substring(starts[part.start()], starts[end]);
            }
            if (starts == null && part.step() == -1 && part.count() == length) {
                return new StringBuilder(s).reverse().toString();
            }
            StringBuilder out = new StringBuilder(part.count());
            for (int i = 0, at = part.start(); i < part.count(); i++, at += part.step()) {
                if (starts == null) {
                    out.append(s.charAt(at));
                } else {
                    out.append(s, starts[at], starts[at + 1]);
                }
            }
            return out.toString();
        }
        Object index = Semantics.indexOrNull(m, key);
        if (index == null) {
            throw NnError.type("string indices must be integers, not '" + Semantics.typeOf(key).name() + "'");
        }
        int at = Sequences.place(index, length);
        if (at < 0) {
            throw NnError.index("string index out of range");
        }
        return starts == null ? single(s, at) : s.substring(starts[at], starts[at + 1]);
    }

    static Iteration iterate(String s) {
        return new Iteration() {
            private int at;

            @Override
            public Object next(Machine m) {
                if (at >= s.length()) {
                    return null;
                }
                char c = s.charAt(at);
                if (c < COMMON.length) {
                    at++;
                    return COMMON[c];
                }
                int start = at;
                at += Character.charCount(s.codePointAt(at));
                return s.substring(start, at);
            }
        };
    }

    /** The order of two texts by code points, which differs from Java's beyond the basic plane. */
    static int compare(String a, String b) {
        int n = Math.min(a.length(), b.length());
        for (int i = 0; i < n; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xHigh = Character.isSurrogate(x);
                return xHigh == Character.isSurrogate(y) ? x - y : xHigh ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }

    private static String[] common() {
        String[] all = new String[256];
        for (int c = 0; c < all.length; c++) {
            all[c] = String.valueOf((char) c).intern();
        }
        return all;
    }
}
