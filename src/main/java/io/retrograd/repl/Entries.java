package io.retrograd.repl;

import io.retrograd.lang.parse.Completeness;
import io.retrograd.lang.parse.Lexeme;
import io.retrograd.lang.parse.Lexemes;
import io.retrograd.lang.parse.ScriptParser;
import java.util.List;

/** Whether a text that is being typed is a whole entry. */
final class Entries {
    private Entries() {}

    /**
     * The text ends with the line feed of its last line; a second one is a blank line. An indentation that all its lines
     * share, as they have it where they were copied from, counts for nothing.
     */
    static Completeness completeness(String typed) {
        String text = Pasted.dedented(typed);
        String lines = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        String last = lines.substring(lines.lastIndexOf('\n') + 1);
        if (last.endsWith("\\") || opensBlock(lines, last)) {
            return Completeness.INCOMPLETE;
        }
        return ScriptParser.completeness(text);
    }

    /** Whether a block must follow, as after {@code if x:}. */
    private static boolean opensBlock(String text, String last) {
        if (last.isBlank()) {
            return false;
        }
        List<Lexeme> words = Lexemes.of(text);
        int open = 0;
        Lexeme end = null;
        for (Lexeme word : words) {
            open += word.kind() == Lexeme.Kind.OPENING ? 1 : word.kind() == Lexeme.Kind.CLOSING ? -1 : 0;
            end = word.kind() == Lexeme.Kind.COMMENT || word.kind() == Lexeme.Kind.LINE_END ? end : word;
        }
        return open == 0 && end != null && end.is(":");
    }
}
