package io.retrograd.lang.parse;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.StopCheck;
import io.retrograd.lang.tree.Span;
import io.retrograd.limit.Budget;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/** Cuts a text into words by the lexer's grammar, and words the errors of characters, numbers and quotes. */
final class Words {
    /** A number may touch these: {@code 1if x else 2}. */
    private static final Set<Integer> AFTER_NUMBER = Set.of(
            NnLexer.AND, NnLexer.ELSE, NnLexer.FOR, NnLexer.IF, NnLexer.IN, NnLexer.IS, NnLexer.NOT, NnLexer.OR);

    /** About what the words and the tree of a script take for each of its characters. */
    private static final int BYTES_PER_CHARACTER = 32;

    private static final int ASK_EVERY = 1 << 8;

    private final Places places;

    Words(Places places) {
        this.places = places;
    }

    /** All words from one offset to another, line ends among them, EOF at the end. */
    List<Token> cut(int start, int end) {
        Budget.require((long) (end - start) * BYTES_PER_CHARACTER);
        WordCutter cutter = new WordCutter(new SourceStream(places.text(), start, end));
        List<Token> words = new ArrayList<>();
        Token word;
        do {
            if ((words.size() & ASK_EVERY - 1) == 0) {
                StopCheck.ask();
            }
            word = cutter.next();
            check(word, words);
            words.add(word);
        } while (word.getType() != Token.EOF);
        return words;
    }

    private void check(Token word, List<Token> before) {
        switch (word.getType()) {
            case NnLexer.NAME -> checkName(word);
            case NnLexer.UNKNOWN -> throw unknown(word);
            default -> {}
        }
        if (!before.isEmpty()) {
            Token last = before.get(before.size() - 1);
            if (last.getType() == NnLexer.NUMBER
                    && Places.end(last) == word.getStartIndex()
                    && !AFTER_NUMBER.contains(word.getType())) {
                checkAfterNumber(last, word);
            }
        }
        if (word.getType() == NnLexer.UNCLOSED_STRING) {
            throw unclosed(word);
        }
    }

    // ---- Names ----

    private void checkName(Token word) {
        String text = places.text();
        int end = Places.end(word);
        for (int i = word.getStartIndex(); i < end; ) {
            int c = text.codePointAt(i);
            if (c > 0x7F) {
                boolean fits = i == word.getStartIndex()
                        ? Character.isUnicodeIdentifierStart(c)
                        : Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
                if (!fits) {
                    throw badCharacter(c, i);
                }
            }
            i += Character.charCount(c);
        }
    }

    /** The name that a word stands for: compatibility forms, such as full-width letters, count as their plain ones (NFKC). */
    static String name(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean plain = c < 0x80 || c >= '\u4E00' && c <= '\u9FFF';
            if (!plain) {
                return Normalizer.normalize(word, Normalizer.Form.NFKC);
            }
        }
        return word;
    }

    private SyntaxError badCharacter(int c, int at) {
        Span span = places.span(at, at + Character.charCount(c));
        String code = String.format(Locale.ROOT, "U+%04X", c);
        SyntaxError error = isPrintable(c)
                ? places.wrong("invalid character '" + Character.toString(c) + "' (" + code + ")", span)
                : places.wrong("invalid non-printable character " + code, span);
        String help = Lookalikes.help(c);
        if (help.isEmpty() && !isPrintable(c)) {
            help = c == 0xFEFF || Character.getType(c) == Character.FORMAT ? "delete it" : "write an ordinary space";
        }
        return error.help(help);
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    // ---- Numbers ----

    /** A name or a prefixed text that touches a number is a misspelt number: {@code 1abc}, {@code 0xg}, {@code 0b12}. */
    private void checkAfterNumber(Token number, Token word) {
        String digits = number.getText().toLowerCase(Locale.ROOT);
        String rest = word.getText().toLowerCase(Locale.ROOT);
        boolean digit = word.getType() == NnLexer.NUMBER && Character.isDigit(rest.charAt(0));
        if (!digit && (rest.isEmpty() || !Character.isUnicodeIdentifierStart(rest.charAt(0)) && rest.charAt(0) != '_')) {
            return;
        }
        char base = digits.length() > 1 ? digits.charAt(1) : rest.charAt(0);
        String kind =
                switch (digits.startsWith("0") ? base : ' ') {
                    case 'x' -> "hexadecimal";
                    case 'o' -> "octal";
                    case 'b' -> "binary";
                    default -> digits.endsWith("j") ? "imaginary" : "decimal";
                };
        boolean few = kind.equals("octal") || kind.equals("binary");
        char first = digits.length() == 1 && rest.length() > 1 ? rest.charAt(1) : rest.charAt(0);
        if (few && Character.isDigit(first)) {
            throw places.wrong("invalid digit '" + first + "' in " + kind + " literal", places.of(number, word));
        }
        throw places.wrong("invalid " + kind + " literal", places.of(number, word))
                .help("a name does not start with a digit, and an operator stands between a number and a name");
    }

    // ---- Quotes and stray characters ----

    private SyntaxError unclosed(Token word) {
        String opening = word.getText();
        Span span = places.of(word);
        if (opening.endsWith("\"\"\"") || opening.endsWith("'''")) {
            return places.unfinished(
                            ErrorKind.SYNTAX_ERROR,
                            "unterminated triple-quoted string literal (detected at line " + places.line(places.text().length() - 1) + ")",
                            span)
                    .help("close it with " + opening.substring(opening.length() - 3));
        }
        String text = places.text();
        int end = span.end();
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            boolean joins = text.charAt(end) == '\\' && end + 1 < text.length();
            end += joins && text.startsWith("\r\n", end + 1) ? 3 : joins ? 2 : 1;
        }
        return places.wrong("unterminated string literal (detected at line " + places.line(end) + ")", span)
                .help("close it with " + opening.charAt(opening.length() - 1) + " on the same line");
    }

    private SyntaxError unknown(Token word) {
        int at = word.getStartIndex();
        int c = places.text().codePointAt(at);
        Span span = places.of(word);
        if (c == '\\') {
            return at + 1 == places.text().length()
                    ? places.unfinished(ErrorKind.SYNTAX_ERROR, "unexpected EOF while parsing", span)
                    : places.wrong("unexpected character after line continuation character", span)
                            .help("after a backslash that joins lines nothing may follow, not even a space");
        }
        if (c == 0) {
            return places.wrong("source code cannot contain null bytes", span);
        }
        if (c > 0x7F || !isPrintable(c)) {
            return badCharacter(c, at);
        }
        String help =
                switch (c) {
                    case '!' -> "write not";
                    case '?' -> "there is no operator ?; a choice is written A if CONDITION else B";
                    default -> "'" + Character.toString(c) + "' has no meaning here";
                };
        return places.wrong("invalid syntax", span).help(help);
    }
}
