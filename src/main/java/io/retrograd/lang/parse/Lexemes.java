package io.retrograd.lang.parse;

import io.retrograd.lang.parse.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Cuts a text that may be unfinished or wrong into words, for highlighting and completion; it never fails. */
public final class Lexemes {
    private final String text;
    private final List<Lexeme> found = new ArrayList<>();
    private int done;

    private Lexemes(String text) {
        this.text = text;
    }

    /** All words in order; white space and joined lines lie between them. */
    public static List<Lexeme> of(String text) {
        Lexemes all = new Lexemes(text);
        while (all.done < text.length()) {
            all.cut();
        }
        return all.found;
    }

    /** From where it is to the end, or to the end of a string that is not closed. */
    private void cut() {
        WordCutter cutter = new WordCutter(new SourceStream(text, done, text.length()));
        for (Token token = cutter.next(); token.getType() != Token.EOF; token = cutter.next()) {
            comments(token.getStartIndex());
            if (token.getType() == NnLexer.UNCLOSED_STRING) {
                unclosed(token.getStartIndex());
                return;
            }
            add(kind(token.getType()), token.getStartIndex(), token.getStopIndex() + 1);
        }
        comments(text.length());
        done = text.length();
    }

    private void unclosed(int start) {
        int quote = start;
        while (Character.isLetter(text.charAt(quote))) {
            quote++;
        }
        boolean triple = text.startsWith("'''", quote) || text.startsWith("\"\"\"", quote);
        int end = triple ? text.length() : lineEnd(start);
        add(Kind.OPEN_STRING, start, end);
    }

    /** The lexer skips comments: they lie in the gaps. */
    private void comments(int until) {
        int at = done;
        while (at < until) {
            if (text.charAt(at) == '#') {
                int end = Math.min(lineEnd(at), until);
                add(Kind.COMMENT, at, end);
                at = end;
            } else {
                at++;
            }
        }
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private void add(Kind kind, int start, int end) {
        found.add(new Lexeme(kind, start, end, text.substring(start, end)));
        done = end;
    }

    private static Kind kind(int type) {
        if (type >= NnLexer.AND && type <= NnLexer.YIELD) {
            return Kind.KEYWORD;
        }
        return switch (type) {
            case NnLexer.NAME -> Kind.NAME;
            case NnLexer.NUMBER -> Kind.NUMBER;
            case NnLexer.STRING -> Kind.STRING;
            case NnLexer.LEFT_PARENTHESIS, NnLexer.LEFT_BRACKET, NnLexer.LEFT_BRACE -> Kind.OPENING;
            case NnLexer.RIGHT_PARENTHESIS, NnLexer.RIGHT_BRACKET, NnLexer.RIGHT_BRACE -> Kind.CLOSING;
            case NnLexer.NEWLINE -> Kind.LINE_END;
            case NnLexer.UNKNOWN -> Kind.UNKNOWN;
            default -> Kind.OPERATOR;
        };
    }
}
