package io.retrograd.repl;

import io.retrograd.lang.parse.Lexeme;
import io.retrograd.lang.parse.Lexemes;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Finds the word at the cursor: what a completion replaces. Whether an entry is whole the reader itself decides. */
final class EntryParser implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        return new Word(line, cursor, start(line, cursor));
    }

    private static int start(String line, int cursor) {
        Lexeme string = stringAt(line, cursor);
        int start = cursor;
        if (string != null || line.startsWith(":")) {
            int least = string == null ? 0 : string.start();
            while (start > least && "/\"' \t".indexOf(line.charAt(start - 1)) < 0) {
                start--;
            }
            return start;
        }
        while (start > 0 && Character.isUnicodeIdentifierPart(line.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** The string in which the cursor stands, or null. */
    static Lexeme stringAt(String line, int cursor) {
        for (Lexeme word : Lexemes.of(line)) {
            boolean open = word.kind() == Lexeme.Kind.OPEN_STRING;
            if ((open || word.kind() == Lexeme.Kind.STRING)
                    && word.start() < cursor
                    && (cursor < word.end() || open && cursor == word.end())) {
                return word;
            }
        }
        return null;
    }

    private record Word(String line, int cursor, int start) implements CompletingParsedLine {
        @Override
        public String word() {
            return line.substring(start, cursor);
        }

        @Override
        public int wordCursor() {
            return cursor - start;
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word());
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return wordCursor();
        }
    }
}
