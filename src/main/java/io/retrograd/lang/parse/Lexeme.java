package io.retrograd.lang.parse;

/**
 * A word of a script as editors want it: comments are words, and a text that is not closed yet is one too.
 *
 * @param start offset of the first code unit
 * @param end offset after the last code unit
 */
public record Lexeme(Kind kind, int start, int end, String text) {
    /** What kind of word it is. */
    public enum Kind {
        KEYWORD,
        NAME,
        NUMBER,
        STRING,
        /** A string whose quote is still missing. */
        OPEN_STRING,
        COMMENT,
        OPERATOR,
        OPENING,
        CLOSING,
        LINE_END,
        UNKNOWN
    }

    public boolean is(String wanted) {
        return text.equals(wanted);
    }
}
