package io.retrograd.repl;

import io.retrograd.lang.parse.Lexeme;
import io.retrograd.lang.parse.Lexemes;
import java.util.List;
import java.util.Set;

/** How far the line after a text is indented, and where a line such as {@code else:} belongs. */
final class Indentation {
    static final int STEP = 4;

    private static final Set<String> LEAVES_BLOCK = Set.of("return", "break", "continue", "pass", "raise");
    private static final Set<String> CLAUSES = Set.of("else", "elif", "except", "finally");

    private Indentation() {}

    /** The columns for a line that follows the text. */
    static int after(String text) {
        List<Lexeme> words = Lexemes.of(text);
        int open = 0;
        Lexeme last = null;
        Lexeme firstOfLine = null;
        for (Lexeme word : words) {
            switch (word.kind()) {
                case OPENING -> open++;
                case CLOSING -> open--;
                case OPEN_STRING -> {
                    return 0;
                }
                default -> { }
            }
            if (word.kind() == Lexeme.Kind.LINE_END) {
                if (open <= 0) {
                    firstOfLine = null;
                }
            } else if (word.kind() != Lexeme.Kind.COMMENT) {
                firstOfLine = firstOfLine == null ? word : firstOfLine;
                last = word;
            }
        }
        if (last == null) {
            return 0;
        }
        int now = columns(text.substring(text.lastIndexOf('\n') + 1));
        if (open > 0) {
            return last.kind() == Lexeme.Kind.OPENING ? now + STEP : now;
        }
        if (firstOfLine == null) {
            return now;
        }
        int start = text.lastIndexOf('\n', firstOfLine.start()) + 1;
        int indent = columns(text.substring(start));
        if (last.is(":")) {
            return indent + STEP;
        }
        return LEAVES_BLOCK.contains(firstOfLine.text()) ? Math.max(0, indent - STEP) : indent;
    }

    /** The spaces at the start of a line. */
    static int columns(String line) {
        int n = 0;
        while (n < line.length() && line.charAt(n) == ' ') {
            n++;
        }
        return n;
    }

    /** Whether the last line is a clause that goes with a statement further out: {@code else:}. */
    static boolean endsInClause(String text) {
        String line = text.substring(text.lastIndexOf('\n') + 1).strip();
        int end = 0;
        while (end < line.length() && Character.isLetter(line.charAt(end))) {
            end++;
        }
        return line.endsWith(":") && CLAUSES.contains(line.substring(0, end));
    }
}
