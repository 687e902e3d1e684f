package io.retrograd.lang.parse;

import io.retrograd.error.ErrorKind;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Span;
import java.util.Arrays;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Turns offsets into lines and columns, and makes the errors that point at them. */
final class Places {
    private final Source source;
    private final int[] lineStarts;

    Places(Source source) {
        this.source = source;
        this.lineStarts = lineStarts(source.text());
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[64];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' || c == '\r' && !text.startsWith("\n", i + 1);
            if (ends) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, 2 * count);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }

    Source source() {
        return source;
    }

    String text() {
        return source.text();
    }

    /** The line of an offset, from 1. */
    int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int lineStart(int line) {
        return lineStarts[line - 1];
    }

    Span span(int start, int end) {
        int line = line(start);
        int column = start - lineStarts[line - 1];
        boolean sameLine = line == lineStarts.length || end <= lineStarts[line];
        int endLine = sameLine ? line : line(end);
        return new Span(start, end, line, column, endLine, end - lineStarts[endLine - 1]);
    }

    Span of(Token token) {
        return span(token.getStartIndex(), end(token));
    }

    Span of(Token first, Token last) {
        return span(first.getStartIndex(), Math.max(end(last), first.getStartIndex()));
    }

    Span of(ParserRuleContext rule) {
        return of(rule.start, rule.stop);
    }

    /** The offset after a token. */
    static int end(Token token) {
        return token.getStopIndex() + 1;
    }

    SyntaxError wrong(String message, Span span) {
        return new SyntaxError(ErrorKind.SYNTAX_ERROR, message, source, span, false);
    }

    SyntaxError wrong(ErrorKind kind, String message, Span span) {
        return new SyntaxError(kind, message, source, span, false);
    }

    /** An error that more text at the end could undo. */
    SyntaxError unfinished(ErrorKind kind, String message, Span span) {
        return new SyntaxError(kind, message, source, span, true);
    }
}
