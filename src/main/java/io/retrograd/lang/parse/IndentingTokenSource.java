package io.retrograd.lang.parse;

import io.retrograd.error.ErrorKind;
import io.retrograd.lang.tree.Dialect;
import io.retrograd.lang.tree.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenFactory;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenFactory;
import org.antlr.v4.runtime.TokenSource;

/**
 * Hands the lexer's words on to the parser with the structure of lines in them: an INDENT where a line stands further right than the
 * one before, a DEDENT for each block it leaves, a NEWLINE where a statement ends and none at blank lines or inside brackets.
 */
final class IndentingTokenSource implements TokenSource {
    /** CPython's limits, so that what is too deep here is too deep there. */
    private static final int MOST_BRACKETS = 200;

    private static final int MOST_INDENTS = 100;
    private static final int TAB = 8;

    private final List<Token> words;
    private final Places places;
    private final Dialect dialect;
    private final boolean printIsStatement;
    private final boolean inBrackets;
    private final Deque<Token> pending = new ArrayDeque<>();
    private final List<Token> open = new ArrayList<>();
    private final List<Indent> indents = new ArrayList<>(List.of(new Indent(0, 0)));
    private int next;
    private int lineStart;
    private boolean atLineStart;
    private Token previous;

    /** How far a line stands right, with tabs to the next multiple of 8, and with tabs as one column. */
    private record Indent(int column, int shortColumn) {}

    /**
     * @param words all words of the text, the last one EOF
     * @param printIsStatement whether {@code print} is Python 2's
     * @param inBrackets whether the text stands inside brackets, where lines mean nothing
     */
    IndentingTokenSource(
            List<Token> words, Places places, Dialect dialect, boolean printIsStatement, boolean inBrackets) {
        this.words = words;
        this.places = places;
        this.dialect = dialect;
        this.printIsStatement = printIsStatement;
        this.inBrackets = inBrackets;
        this.atLineStart = !inBrackets;
        this.lineStart = places.text().startsWith("\uFEFF") ? 1 : 0;
    }

    /** The innermost bracket that is still open; after EOF, the one that was never closed. */
    Optional<Token> openBracket() {
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(open.size() - 1));
    }

    @Override
    public Token nextToken() {
        while (pending.isEmpty()) {
            Token word = words.get(next);
            if (word.getType() != Token.EOF) {
                next++;
            }
            accept(word);
        }
        previous = pending.poll();
        return previous;
    }

    private void accept(Token word) {
        switch (word.getType()) {
            case NnLexer.NEWLINE -> {
                if (!inBrackets && open.isEmpty()) {
                    if (!atLineStart) {
                        pending.add(word);
                    }
                    atLineStart = true;
                    lineStart = Places.end(word);
                }
            }
            case Token.EOF -> finish(word);
            default -> {
                if (atLineStart) {
                    indent(word);
                    atLineStart = false;
                }
                bracket(word);
                pending.add(printIsStatement && isPrint(word) ? retyped(word, NnLexer.PRINT) : word);
            }
        }
    }

    private void finish(Token end) {
        if (!inBrackets && open.isEmpty()) {
            if (!atLineStart) {
                atLineStart = true;
                pending.add(retyped(end, NnLexer.NEWLINE));
            }
            for (; indents.size() > 1; indents.remove(indents.size() - 1)) {
                pending.add(retyped(end, NnLexer.DEDENT));
            }
        }
        pending.add(end);
    }

    // ---- Indentation ----

    private void indent(Token word) {
        Indent here = measure();
        Indent outer = indents.get(indents.size() - 1);
        if (here.column == outer.column) {
            checkTabs(here.shortColumn == outer.shortColumn, word);
        } else if (here.column > outer.column) {
            checkTabs(here.shortColumn > outer.shortColumn, word);
            if (indents.size() == MOST_INDENTS) {
                throw indentationError("too many levels of indentation", word);
            }
            indents.add(here);
            pending.add(retyped(word, NnLexer.INDENT));
        } else {
            int inner = outer.column;
            while (here.column < indents.get(indents.size() - 1).column) {
                inner = indents.remove(indents.size() - 1).column;
                pending.add(retyped(word, NnLexer.DEDENT));
            }
            outer = indents.get(indents.size() - 1);
            if (here.column != outer.column) {
                throw indentationError("unindent does not match any outer indentation level", word)
                        .help("the lines of a block start in one column; here that is " + (outer.column + 1) + " or " + (inner + 1));
            }
            checkTabs(here.shortColumn == outer.shortColumn, word);
        }
    }

    private Indent measure() {
        int column = 0;
        int shortColumn = 0;
        String text = places.text();
        for (int i = lineStart; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case ' ' -> {
                    column++;
                    shortColumn++;
                }
                case '\t' -> {
                    column = (column / TAB + 1) * TAB;
                    shortColumn++;
                }
                case '\f' -> {
                    column = 0;
                    shortColumn = 0;
                }
                default -> {
                    return new Indent(column, shortColumn);
                }
            }
        }
        return new Indent(column, shortColumn);
    }

    /** Python 3 refuses lines whose order would change with the width of a tab. */
    private void checkTabs(boolean consistent, Token word) {
        if (!consistent && dialect == Dialect.PYTHON3) {
            throw places.wrong(
                            ErrorKind.TAB_ERROR,
                            "inconsistent use of tabs and spaces in indentation",
                            places.span(lineStart, word.getStartIndex()))
                    .help("indent the lines of a block with spaces only");
        }
    }

    private SyntaxError indentationError(String message, Token word) {
        return places.wrong(ErrorKind.INDENTATION_ERROR, message, places.of(word));
    }

    // ---- Brackets ----

    private void bracket(Token word) {
        switch (word.getType()) {
            case NnLexer.LEFT_PARENTHESIS, NnLexer.LEFT_BRACKET, NnLexer.LEFT_BRACE -> {
                if (open.size() == MOST_BRACKETS) {
                    throw places.wrong("too many nested parentheses", places.of(word));
                }
                open.add(word);
            }
            case NnLexer.RIGHT_PARENTHESIS -> close(word, NnLexer.LEFT_PARENTHESIS);
            case NnLexer.RIGHT_BRACKET -> close(word, NnLexer.LEFT_BRACKET);
            case NnLexer.RIGHT_BRACE -> close(word, NnLexer.LEFT_BRACE);
            default -> {}
        }
    }

    private void close(Token word, int opening) {
        Span here = places.of(word);
        if (open.isEmpty()) {
            throw places.wrong("unmatched '" + word.getText() + "'", here);
        }
        Token opened = open.remove(open.size() - 1);
        if (opened.getType() != opening) {
            int line = places.line(opened.getStartIndex());
            throw places.wrong(
                    "closing parenthesis '" + word.getText() + "' does not match opening parenthesis '"
                            + opened.getText() + "'" + (line == here.line() ? "" : " on line " + line),
                    here);
        }
    }

    // ---- Print ----

    private boolean isPrint(Token word) {
        return word.getType() == NnLexer.NAME
                && (previous == null || previous.getType() != NnLexer.DOT)
                && word.getText().equals("print");
    }

    /** A word of no length in front of another, or at the end of the text; PRINT keeps its length. */
    private static Token retyped(Token word, int type) {
        CommonToken token = new CommonToken(word);
        token.setType(type);
        if (type != NnLexer.PRINT) {
            token.setStopIndex(word.getStartIndex() - 1);
        }
        return token;
    }

    // ---- What else a token source must answer ----

    @Override
    public int getLine() {
        return 0;
    }

    @Override
    public int getCharPositionInLine() {
        return 0;
    }

    @Override
    public CharStream getInputStream() {
        return null;
    }

    @Override
    public String getSourceName() {
        return places.source().name();
    }

    @Override
    public void setTokenFactory(TokenFactory<?> factory) {
        throw new UnsupportedOperationException("words are made by the lexer");
    }

    @Override
    public TokenFactory<?> getTokenFactory() {
        return CommonTokenFactory.DEFAULT;
    }
}
