package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.limit.Budget;

/** Texts whose length a script decides: asked for before they are made, and counted while they live. */
public final class LargeText {
    private static final long LONGEST = Integer.MAX_VALUE - 16;

    private LargeText() {}

    /** Asks for a text of that many code units; MemoryError if no string can be so long. */
    public static void require(long length) {
        if (length > LONGEST) {
            Budget.require(length);
            throw new NnError(ErrorKind.MEMORY_ERROR, "");
        }
        if (length >= Budget.COUNTED) {
            Budget.require(length);
        }
    }

    /** Counts a text that was made. */
    public static String made(String text) {
        if (text.length() >= Budget.COUNTED) {
            Budget.hold(text, text.length());
        }
        return text;
    }

    /** A text many times over. */
    public static String repeat(String text, long times) {
        if (times <= 0) {
            return "";
        }
        require(text.isEmpty() ? 0 : times > LONGEST ? Long.MAX_VALUE : text.length() * times);
        return made(text.repeat((int) times));
    }

    /** One text after the other. */
    static String concat(String a, String b) {
        long length = (long) a.length() + b.length();
        if (length < Budget.COUNTED) {
            return a.concat(b);
        }
        require(length);
        return made(a.concat(b));
    }

    /** What was gathered, which is about to grow by so much. */
    public static void grow(StringBuilder gathered, int by) {
        if ((gathered.length() ^ gathered.length() + by) >= Budget.COUNTED) {
            // About to pass a power of two: then the builder doubles.
            require(2L * gathered.length() + by);
        }
    }
}
