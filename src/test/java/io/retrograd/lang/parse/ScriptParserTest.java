package io.retrograd.lang.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Script;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Span;
import io.retrograd.lang.tree.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From text to tree, to dialect, to error: tables of cases. */
class ScriptParserTest {
    static Stream<Arguments> trees() {
        return Case.rows("trees.tsv", 2);
    }

    static Stream<Arguments> errors() {
        return Case.rows("syntax_errors.tsv", 4);
    }

    static Stream<Arguments> dialects() {
        return Case.rows("dialects.tsv", 3);
    }

    static Stream<Arguments> entries() {
        return Case.rows("completeness.tsv", 2);
    }

    private static Script parse(String text) {
        return ScriptParser.parse(new Source("test.nn", text));
    }

    @ParameterizedTest
    @MethodSource("trees")
    void makesTheTree(String text, String tree) {
        assertEquals(tree, TreeText.of(parse(Case.text(text)).body()));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void saysWhatIsWrongAndWhere(String text, String place, String error, String help) {
        SyntaxError thrown = assertThrows(SyntaxError.class, () -> parse(Case.text(text)));
        Span span = thrown.span();
        String at = span.line() + ":" + span.column() + "-" + span.endLine() + ":" + span.endColumn();
        String said = thrown.kind().scriptName() + ": " + thrown.getMessage();
        assertEquals(place + "\t" + error + "\t" + help, at + "\t" + said + "\t" + thrown.help());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void findsTheDialect(String text, String dialect, String trueDivision) {
        Script script = parse(Case.text(text));
        assertEquals(dialect + " " + trueDivision, script.dialect() + " " + script.trueDivision());
    }

    @ParameterizedTest
    @MethodSource("entries")
    void tellsUnfinishedFromWrong(String text, String completeness) {
        assertEquals(completeness, ScriptParser.completeness(Case.text(text)).name());
    }

    /** Line ends, byte order marks, form feeds and Python 2's tabs change nothing in the tree. */
    @Test
    void readsEveryKindOfLine() {
        String tree = TreeText.of(parse("if a:\n  b\n  c\nd\n").body());
        assertEquals(tree, TreeText.of(parse("if a:\r\n  b\r\n  c\r\nd\r\n").body()));
        assertEquals(tree, TreeText.of(parse("if a:\r  b\r  c\rd").body()));
        assertEquals(tree, TreeText.of(parse("\uFEFFif a:\n  b\n\n  # x\n\f\n  c\nd").body()));
        assertEquals(tree, TreeText.of(parse("\fif a:\n\tb\n\tc\nd").body()));
    }

    /** A node's place is that of its words, a call's from the function to the parenthesis. */
    @Test
    void knowsThePlaces() {
        Script script = parse("a = 1\nif b:\n    中 = tf.matmul(a,\n        w2) + 1\n");
        Statement.If choice = (Statement.If) script.body().get(1);
        assertEquals(new Span(6, 48, 2, 0, 4, 15), choice.span());
        Statement.Assign assigned = (Statement.Assign) choice.branches().get(0).body().get(0);
        Expression.BinOp sum = (Expression.BinOp) assigned.value();
        assertEquals(new Span(20, 44, 3, 8, 4, 11), sum.left().span());
        assertEquals(new Span(45, 46, 4, 12, 4, 13), sum.operatorSpan());
    }

    @Test
    void readsFieldsOfFormattedStringsInPlace() {
        Script script = parse("x\ny = f'a{b + c:>{d}}'");
        Expression.FormattedString text =
                (Expression.FormattedString) ((Statement.Assign) script.body().get(1)).value();
        Expression.Field field = (Expression.Field) text.parts().get(1);
        assertEquals(new Span(10, 15, 2, 8, 2, 13), field.value().span());
    }
}
