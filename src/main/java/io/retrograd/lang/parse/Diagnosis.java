package io.retrograd.lang.parse;

import io.retrograd.error.ErrorKind;
import io.retrograd.lang.tree.Dialect;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Span;
import io.retrograd.lang.tree.UnaryOperator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/**
 * Finds the words for a parse that ended early: CPython's own where it has some for the case, otherwise {@code invalid syntax}; and a
 * help line. It looks at the word that did not fit, the one before, and the rule between them.
 */
final class Diagnosis {
    /** How CPython calls the statement whose block is missing. */
    private static final Map<Integer, String> BLOCKS = Map.ofEntries(
            Map.entry(NnParser.RULE_ifStatement, "'if' statement"),
            Map.entry(NnParser.RULE_elifClause, "'elif' statement"),
            Map.entry(NnParser.RULE_elseClause, "'else' statement"),
            Map.entry(NnParser.RULE_whileStatement, "'while' statement"),
            Map.entry(NnParser.RULE_forStatement, "'for' statement"),
            Map.entry(NnParser.RULE_tryStatement, "'try' statement"),
            Map.entry(NnParser.RULE_exceptClause, "'except' statement"),
            Map.entry(NnParser.RULE_finallyClause, "'finally' statement"),
            Map.entry(NnParser.RULE_withStatement, "'with' statement"),
            Map.entry(NnParser.RULE_functionDefinition, "function definition"),
            Map.entry(NnParser.RULE_classDefinition, "class definition"));

    /** The headers after which CPython asks for the colon whatever else stands there. */
    private static final Set<Integer> COLON_AT_ANY_PRICE = Set.of(
            NnParser.RULE_elseClause, NnParser.RULE_tryStatement, NnParser.RULE_finallyClause, NnParser.RULE_functionDefinition);

    private static final Set<Integer> BEGINS_VALUE = Set.of(
            NnLexer.NAME, NnLexer.NUMBER, NnLexer.STRING, NnLexer.NONE, NnLexer.TRUE, NnLexer.FALSE, NnLexer.ELLIPSIS,
            NnLexer.LEFT_BRACE, NnLexer.LEFT_BRACKET, NnLexer.LEFT_PARENTHESIS, NnLexer.LAMBDA, NnLexer.NOT, NnLexer.TILDE);

    private final Places places;
    private final CommonTokenStream words;
    private final Optional<Token> openBracket;
    private final Construction scratch;
    private final Token word;
    private final Token before;
    private final ParserRuleContext rule;
    private final Rejected rejected;

    private Diagnosis(
            Rejected rejected, CommonTokenStream words, Optional<Token> openBracket, Places places, Dialect dialect) {
        this.places = places;
        this.words = words;
        this.openBracket = openBracket;
        this.scratch = new Construction(places, dialect);
        this.rejected = rejected;
        this.word = rejected.token();
        this.before = word(word.getTokenIndex() - 1);
        this.rule = rejected.rule();
    }

    /** @param openBracket the bracket that is still open at the end of the text */
    static SyntaxError of(
            Rejected rejected, CommonTokenStream words, Optional<Token> openBracket, Places places, Dialect dialect) {
        return new Diagnosis(rejected, words, openBracket, places, dialect).error();
    }

    private SyntaxError error() {
        return unclosedBracket()
                .or(this::indentation)
                .or(this::missingValue)
                .or(this::missingWord)
                .or(this::assignment)
                .or(this::oldStatement)
                .or(this::missingComma)
                .orElseGet(() -> wrong("invalid syntax", at(word)).help(help()));
    }

    // ---- Brackets and blocks ----

    private Optional<SyntaxError> unclosedBracket() {
        boolean later = openBracket.isPresent()
                && (is(word, Token.EOF) || line(word) > line(openBracket.get()));
        return later
                ? Optional.of(wrong("'" + openBracket.get().getText() + "' was never closed", places.of(openBracket.get())))
                : Optional.empty();
    }

    private Optional<SyntaxError> indentation() {
        if (is(word, NnLexer.INDENT)) {
            int start = word.getStartIndex();
            Span span = places.span(places.lineStart(places.line(start)), start);
            return Optional.of(places.wrong(ErrorKind.INDENTATION_ERROR, "unexpected indent", span)
                    .help("only after a line that ends with ':' does a line stand further right"));
        }
        if (rule instanceof NnParser.BlockContext && expects(NnLexer.INDENT)) {
            ParserRuleContext owner = rule.getParent();
            String message = "expected an indented block after " + BLOCKS.get(owner.getRuleIndex()) + " on line " + line(owner.start);
            Span span = is(word, NnLexer.DEDENT) ? at(following(word)) : at(word);
            return Optional.of(wrong(ErrorKind.INDENTATION_ERROR, message, span).help("write its statements further right, or pass"));
        }
        if (rule instanceof NnParser.TryStatementContext && expects(NnLexer.EXCEPT)) {
            return Optional.of(wrong("expected 'except' or 'finally' block", at(word)));
        }
        return Optional.empty();
    }

    // ---- What is missing ----

    private Optional<SyntaxError> missingValue() {
        boolean ends = is(word, NnLexer.RIGHT_PARENTHESIS, NnLexer.RIGHT_BRACE, NnLexer.RIGHT_BRACKET, NnLexer.COMMA);
        if (!ends) {
            return Optional.empty();
        }
        if (is(before, NnLexer.ASSIGN) && inside(NnParser.RULE_argument)) {
            Token name = word(before.getTokenIndex() - 1);
            String help = "a value is missing after '" + name.getText() + "='";
            if (name.getText().equals("feed_dict")) {
                help += " (its braces were lost: feed_dict={x: …, y_: …})";
            }
            return Optional.of(wrong("expected argument value expression", places.of(name, before)).help(help));
        }
        if (is(before, NnLexer.ASSIGN) && (inside(NnParser.RULE_parameter) || inside(NnParser.RULE_lambdaParameter))) {
            return Optional.of(wrong("expected default value expression", at(before)));
        }
        if (is(before, NnLexer.COLON) && rule.getParent() instanceof NnParser.EntryContext) {
            return Optional.of(wrong("expression expected after dictionary key and ':'", at(before)));
        }
        return Optional.empty();
    }

    private Optional<SyntaxError> missingWord() {
        int kind = rule.getRuleIndex();
        boolean header = BLOCKS.containsKey(kind) && expects(NnLexer.COLON);
        if (header && (is(word, NnLexer.NEWLINE) || COLON_AT_ANY_PRICE.contains(kind))) {
            SyntaxError error = wrong("expected ':'", at(word));
            return Optional.of(is(before, NnLexer.ELSE) && is(word, NnLexer.IF) ? error.help("write elif") : error);
        }
        if (kind == NnParser.RULE_functionDefinition && expects(NnLexer.LEFT_PARENTHESIS)) {
            return Optional.of(wrong("expected '('", at(word)));
        }
        if (kind == NnParser.RULE_expression && expects(NnLexer.ELSE) && !is(word, NnLexer.COLON)) {
            return Optional.of(wrong("expected 'else' after 'if' expression", places.of(rule.start, before)));
        }
        if (rule.getParent() instanceof NnParser.FromStatementContext && is(before, NnLexer.COMMA) && is(word, NnLexer.NEWLINE)) {
            return Optional.of(wrong("trailing comma not allowed without surrounding parentheses", at(before)));
        }
        return Optional.empty();
    }

    private Optional<SyntaxError> missingComma() {
        if (is(word, NnLexer.FOR) && inBrackets()) {
            return unparenthesised();
        }
        Optional<ParserRuleContext> left = valueBefore();
        if (left.isEmpty() || !inBrackets() || !BEGINS_VALUE.contains(word.getType())) {
            return Optional.empty();
        }
        Token first = left.get().start;
        boolean prefixLike = is(first, NnLexer.NAME) && is(word(first.getTokenIndex() + 1), NnLexer.STRING);
        return prefixLike
                ? Optional.empty()
                : endOfValue(word).map(end ->
                        wrong("invalid syntax. Perhaps you forgot a comma?", places.of(first, end)).help(help()));
    }

    private Optional<SyntaxError> unparenthesised() {
        boolean several = (rule instanceof NnParser.ListContext || rule instanceof NnParser.DictionaryContext || rule instanceof NnParser.GroupContext)
                && rule.getChildCount() > 2;
        return several
                ? Optional.of(wrong(
                        "did you forget parentheses around the comprehension target?",
                        places.of(((ParserRuleContext) rule.getChild(1)).start, before)))
                : Optional.empty();
    }

    // ---- What is there by mistake ----

    private Optional<SyntaxError> assignment() {
        boolean conditional = inside(NnParser.RULE_test);
        Optional<ParserRuleContext> left = valueBefore();
        if (!is(word, NnLexer.ASSIGN) || left.isEmpty() || !(conditional || inBrackets() || hasTest())) {
            return Optional.empty();
        }
        Optional<Expression> target = built(left.get());
        if (target.isEmpty() || !mayBeMeant(target.get())) {
            return Optional.empty();
        }
        Optional<Token> end = endOfValue(following(word));
        if (end.isEmpty()) {
            return Optional.empty();
        }
        if (target.get() instanceof Expression.Name) {
            return Optional.of(wrong(
                    "invalid syntax. Maybe you meant '==' or ':=' instead of '='?", places.of(left.get().start, end.get())));
        }
        return Optional.of(wrong(
                "cannot assign to " + Kinds.of(target.get()) + " here. Maybe you meant '==' instead of '='?",
                places.of(left.get().start, left.get().stop)));
    }

    private boolean hasTest() {
        return rule instanceof NnParser.IfStatementContext
                || rule instanceof NnParser.ElifClauseContext
                || rule instanceof NnParser.WhileStatementContext;
    }

    /** CPython suggests a comparison only where one would bind as tight as what stands there. */
    private static boolean mayBeMeant(Expression target) {
        boolean loose = target instanceof Expression.Compare
                || target instanceof Expression.BoolOp
                || target instanceof Expression.UnaryOp unary && unary.operator() == UnaryOperator.NOT;
        boolean row = target instanceof Expression.ListDisplay
                || target instanceof Expression.TupleDisplay
                || target instanceof Expression.GeneratorExp;
        boolean constant = target instanceof Expression.Constant && !Kinds.of(target).equals("literal");
        return !loose && !row && !constant;
    }

    private Optional<SyntaxError> oldStatement() {
        boolean call = is(before, NnLexer.NAME) && BEGINS_VALUE.contains(word.getType());
        String name = call ? before.getText() : "";
        if (name.equals("print") || name.equals("exec")) {
            Token end = endOfValue(word).orElse(word);
            return Optional.of(wrong(
                    "Missing parentheses in call to '" + name + "'. Did you mean " + name + "(...)?", places.of(before, end)));
        }
        return Optional.empty();
    }

    // ---- Help ----

    private String help() {
        String text = is(word, NnLexer.NEWLINE, NnLexer.INDENT, NnLexer.DEDENT, Token.EOF) ? "" : word.getText();
        String last = before.getType() == NnLexer.NAME ? before.getText() : "";
        if (is(word, NnLexer.AMPERSAND) && is(before, NnLexer.AMPERSAND)) {
            return "write and";
        }
        if (is(word, NnLexer.BAR) && is(before, NnLexer.BAR)) {
            return "write or";
        }
        if (is(word, NnLexer.ASSIGN) && is(following(word), NnLexer.GREATER, NnLexer.LESS)) {
            return "write " + following(word).getText() + "=";
        }
        Token second = word(before.getTokenIndex() - 1);
        boolean doubled = is(before, NnLexer.PLUS, NnLexer.MINUS) && second != before && is(second, before.getType());
        if (is(word, NnLexer.NEWLINE) && doubled) {
            return "there is no operator " + before.getText().repeat(2) + "; write " + before.getText() + "= 1";
        }
        if (last.equals("async")) {
            return "asynchronous code is not offered";
        }
        if (last.equals("match") && BEGINS_VALUE.contains(word.getType())) {
            return "the match statement is not offered; write if and elif";
        }
        if (isKeyword(before) && is(word, NnLexer.ASSIGN)) {
            return "'" + before.getText() + "' is a keyword and cannot be a name";
        }
        if (isKeyword(word) && rejected.expected().contains(NnLexer.NAME) && rejected.expected().size() == 1) {
            return "'" + text + "' is a keyword and cannot be a name";
        }
        return expectation();
    }

    private static boolean isKeyword(Token word) {
        return word.getType() >= NnLexer.AND && word.getType() <= NnLexer.YIELD;
    }

    private String expectation() {
        if (expects(NnLexer.NUMBER)) {
            return "expected a value";
        }
        if (rule instanceof NnParser.SimpleLineContext || rule instanceof NnParser.ExpressionStatementContext) {
            return "expected the end of the statement";
        }
        if (rejected.expected().size() == 0 || rejected.expected().size() > 4 || expects(Token.EOF)) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (int type : rejected.expected().toList()) {
            text.append(text.length() == 0 ? "expected " : " or ").append(called(type));
        }
        return text.toString();
    }

    private static String called(int type) {
        return switch (type) {
            case NnLexer.NAME -> "a name";
            case NnLexer.NEWLINE -> "the end of the line";
            case NnLexer.INDENT -> "an indented block";
            default -> {
                String literal = NnLexer.VOCABULARY.getLiteralName(type);
                yield literal == null ? NnLexer.VOCABULARY.getSymbolicName(type) : literal;
            }
        };
    }

    // ---- Looking around ----

    /** The complete value that ends just before the wrong word. */
    private Optional<ParserRuleContext> valueBefore() {
        ParserRuleContext at = rule;
        while (at.getChildCount() > 0 && at.getChild(at.getChildCount() - 1) instanceof ParserRuleContext last) {
            if (last.stop != before) {
                return Optional.empty();
            }
            if (last instanceof NnParser.OperationContext || last instanceof NnParser.PrimaryContext) {
                return Optional.of(last);
            }
            at = last;
        }
        return Optional.empty();
    }

    private Optional<Expression> built(ParserRuleContext value) {
        try {
            ExpressionBuilder builder = new ExpressionBuilder(scratch);
            return Optional.of(value instanceof NnParser.OperationContext operation
                    ? builder.operation(operation)
                    : builder.primary((NnParser.PrimaryContext) value));
        } catch (SyntaxError e) {
            return Optional.empty();
        }
    }

    /** The last word of the value that starts with a word, if there is one. */
    private Optional<Token> endOfValue(Token first) {
        words.seek(first.getTokenIndex());
        NnParser parser = new NnParser(words);
        parser.removeErrorListeners();
        parser.setErrorHandler(new FirstError());
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        try {
            return Optional.of(parser.expression().stop);
        } catch (ParseCancellationException e) {
            return Optional.empty();
        }
    }

    private boolean inBrackets() {
        int depth = 0;
        for (int i = word.getTokenIndex() - 1; i >= 0; i--) {
            switch (words.get(i).getType()) {
                case NnLexer.LEFT_PARENTHESIS, NnLexer.LEFT_BRACKET, NnLexer.LEFT_BRACE -> depth++;
                case NnLexer.RIGHT_PARENTHESIS, NnLexer.RIGHT_BRACKET, NnLexer.RIGHT_BRACE -> depth--;
                case NnLexer.NEWLINE -> {
                    return depth > 0;
                }
                default -> {}
            }
        }
        return depth > 0 || !places.text().isEmpty() && words.get(0).getStartIndex() > 0 && isField();
    }

    /** A field of an f-string counts as bracketed. */
    private boolean isField() {
        ParserRuleContext at = rule;
        while (at.getParent() != null) {
            at = at.getParent();
        }
        return at instanceof NnParser.FieldContext;
    }

    private boolean inside(int ruleIndex) {
        for (ParserRuleContext at = rule; at != null; at = at.getParent()) {
            if (at.getRuleIndex() == ruleIndex) {
                return true;
            }
            if (at instanceof NnParser.AtomContext || at instanceof NnParser.SimpleStatementContext) {
                return false;
            }
        }
        return false;
    }

    private boolean expects(int type) {
        return rejected.expected().contains(type);
    }

    private static boolean is(Token word, int... types) {
        for (int type : types) {
            if (word.getType() == type) {
                return true;
            }
        }
        return false;
    }

    private Token word(int index) {
        return words.get(Math.max(0, Math.min(index, words.size() - 1)));
    }

    private Token following(Token token) {
        Token next = word(token.getTokenIndex() + 1);
        return is(next, NnLexer.DEDENT) ? following(next) : next;
    }

    private int line(Token token) {
        return places.line(token.getStartIndex());
    }

    /** A word's place; an end of line is a place of no length, and the end of the text is where its last word ends. */
    private Span at(Token token) {
        if (is(token, Token.EOF)) {
            Token last = token;
            while (last.getTokenIndex() > 0 && is(last, Token.EOF, NnLexer.DEDENT, NnLexer.NEWLINE)) {
                last = word(last.getTokenIndex() - 1);
            }
            return places.span(Places.end(last), Places.end(last));
        }
        return is(token, NnLexer.NEWLINE) ? places.span(token.getStartIndex(), token.getStartIndex()) : places.of(token, token);
    }

    private SyntaxError wrong(String message, Span span) {
        return wrong(ErrorKind.SYNTAX_ERROR, message, span);
    }

    private SyntaxError wrong(ErrorKind kind, String message, Span span) {
        return is(word, Token.EOF) ? places.unfinished(kind, message, span) : places.wrong(kind, message, span);
    }
}
