package io.retrograd.lang.tree;

import java.util.List;

/**
 * A whole script, or one entry of the interactive session.
 *
 * @param source the text it was parsed from
 * @param dialect Python 2 or 3
 * @param trueDivision whether {@code /} between two ints gives a float: always in Python 3, in Python 2 after
 *     {@code from __future__ import division}
 * @param body the statements
 */
public record Script(Source source, Dialect dialect, boolean trueDivision, List<Statement> body) {
    /** The same script with other statements. */
    public Script withBody(List<Statement> statements) {
        return new Script(source, dialect, trueDivision, statements);
    }
}
