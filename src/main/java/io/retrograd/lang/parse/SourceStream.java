package io.retrograd.lang.parse;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A stretch of the source text as the lexer sees it. Positions are offsets into the whole text, in code units, so that a field of
 * an f-string is read in place. Every code unit beyond ASCII is shown as U+007F: the lexer's automaton is one
 * over ASCII, and names in Chinese are checked against Unicode afterwards.
 */
final class SourceStream implements CharStream {
    /** Stands for all characters beyond ASCII; NnLexer's LETTER knows it. */
    private static final int BEYOND_ASCII = 0x7F;

    /** What a real U+007F is shown as: no rule of the lexer wants it either. */
    private static final int NOTHING = 0x01;

    private final String text;
    private final int end;
    private int position;

    SourceStream(String text, int start, int end) {
        this.text = text;
        this.position = start;
        this.end = end;
    }

    @Override
    public int LA(int distance) {
        int at = position + (distance > 0 ? distance - 1 : distance);
        if (at < 0 || at >= end) {
            return IntStream.EOF;
        }
        return at(at);
    }

    /** The character at an offset before the end. */
    int at(int offset) {
        char c = text.charAt(offset);
        return c < BEYOND_ASCII ? c : c == BEYOND_ASCII ? NOTHING : BEYOND_ASCII;
    }

    @Override
    public void consume() {
        position++;
    }

    @Override
    public int index() {
        return position;
    }

    @Override
    public void seek(int index) {
        position = index;
    }

    @Override
    public int size() {
        return end;
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {
        // The whole text is in memory: there is nothing to keep or let go.
    }

    @Override
    public String getText(Interval interval) {
        return text.substring(interval.a, Math.min(interval.b + 1, end));
    }

    @Override
    public String getSourceName() {
        return IntStream.UNKNOWN_SOURCE_NAME;
    }
}
