package io.retrograd.lang.tree;

/**
 * The stretch of source text that a node covers.
 *
 * @param start offset of the first code unit
 * @param end offset after the last code unit
 * @param line line of the first code unit, from 1
 * @param column column of the first code unit in its line, in code units from 0
 * @param endLine line in which the stretch ends
 * @param endColumn column after the last code unit, from 0
 */
public record Span(int start, int end, int line, int column, int endLine, int endColumn) {

    /** From the start of this span to the end of another. */
    public Span to(Span last) {
        return new Span(start, last.end, line, column, last.endLine, last.endColumn);
    }
}
