package io.retrograd.lang.parse;

import io.retrograd.error.ErrorKind;
import io.retrograd.lang.tree.Dialect;
import org.antlr.v4.runtime.CommonTokenStream;

final class Diagnosis {
    private final Places places;
    Diagnosis(Places places, CommonTokenStream words, IndentingTokenSource lines, Dialect dialect) { this.places = places; }
    SyntaxError of(Rejected e) { return places.wrong(ErrorKind.SYNTAX_ERROR, "invalid syntax", places.of(e.token())); }
}
