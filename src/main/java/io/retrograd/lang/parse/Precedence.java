package io.retrograd.lang.parse;

import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Expression.BinOp;
import io.retrograd.lang.tree.Expression.BoolOp;
import io.retrograd.lang.tree.Expression.BoolOperator;
import io.retrograd.lang.tree.Expression.Compare;
import io.retrograd.lang.tree.Expression.UnaryOp;
import io.retrograd.lang.tree.Span;
import io.retrograd.lang.tree.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/**
 * Makes a tree of a row of operands and operators: Dijkstra's shunting yard, which needs no recursion however long the row is.
 * Operators wait on one stack, operands on another; an operator takes its operands as soon as one that binds no tighter follows.
 */
final class Precedence {
    /** Longer rows of one operator would make trees too deep for those who walk them. */
    private static final int MOST_OPERATORS = 20_000;

    /** As CPython allows for brackets; prefixes and powers nest in the same way. */
    private static final int MOST_NESTED = 200;

    /** How tight the kinds of operators bind, loosest first. */
    enum Level {
        OR,
        AND,
        NOT,
        COMPARISON,
        BIT_OR,
        BIT_XOR,
        BIT_AND,
        SHIFT,
        SUM,
        PRODUCT,
        SIGN,
        POWER
    }

    /** An operator on its stack; {@code meaning} is one of the tree's operators. */
    private record Pending(Level level, Object meaning, boolean prefix, Span span) {}

    /** An operand on its stack, and where it stands with its parentheses. */
    private record Operand(Expression value, Span span) {}

    private final Places places;
    private final List<Pending> operators = new ArrayList<>();
    private final List<Operand> operands = new ArrayList<>();
    private int binaryOperators;
    private int nested;

    Precedence(Places places) {
        this.places = places;
    }

    void operand(Expression value, ParserRuleContext rule) {
        operands.add(new Operand(value, places.of(rule)));
    }

    void prefix(Token word) {
        Span span = places.of(word);
        switch (word.getType()) {
            case NnLexer.NOT -> {
                Pending before = top();
                if (before != null && before.meaning == CompareOperator.IS) {
                    replaceTop(new Pending(Level.COMPARISON, CompareOperator.IS_NOT, false, before.span.to(span)));
                } else if (before != null && before.level.compareTo(Level.NOT) > 0) {
                    throw places.wrong("invalid syntax", span).help("put parentheses around 'not …' here");
                } else {
                    push(new Pending(Level.NOT, UnaryOperator.NOT, true, span));
                }
            }
            case NnLexer.PLUS -> push(new Pending(Level.SIGN, UnaryOperator.POSITIVE, true, span));
            case NnLexer.MINUS -> push(new Pending(Level.SIGN, UnaryOperator.NEGATIVE, true, span));
            default -> push(new Pending(Level.SIGN, UnaryOperator.INVERT, true, span));
        }
    }

    /** Of {@code not in}, the first word is given. */
    void binary(Token word) {
        Span span = places.of(word);
        switch (word.getType()) {
            case NnLexer.OR -> binary(Level.OR, BoolOperator.OR, span);
            case NnLexer.AND -> binary(Level.AND, BoolOperator.AND, span);
            case NnLexer.IN -> binary(Level.COMPARISON, CompareOperator.IN, span);
            case NnLexer.NOT -> binary(Level.COMPARISON, CompareOperator.NOT_IN, span);
            case NnLexer.IS -> binary(Level.COMPARISON, CompareOperator.IS, span);
            case NnLexer.LESS -> binary(Level.COMPARISON, CompareOperator.LESS, span);
            case NnLexer.GREATER -> binary(Level.COMPARISON, CompareOperator.GREATER, span);
            case NnLexer.LESS_EQUAL -> binary(Level.COMPARISON, CompareOperator.LESS_EQUAL, span);
            case NnLexer.GREATER_EQUAL -> binary(Level.COMPARISON, CompareOperator.GREATER_EQUAL, span);
            case NnLexer.EQUAL -> binary(Level.COMPARISON, CompareOperator.EQUAL, span);
            case NnLexer.NOT_EQUAL -> binary(Level.COMPARISON, CompareOperator.NOT_EQUAL, span);
            case NnLexer.BAR -> binary(Level.BIT_OR, BinaryOperator.BIT_OR, span);
            case NnLexer.CARET -> binary(Level.BIT_XOR, BinaryOperator.BIT_XOR, span);
            case NnLexer.AMPERSAND -> binary(Level.BIT_AND, BinaryOperator.BIT_AND, span);
            case NnLexer.LEFT_SHIFT -> binary(Level.SHIFT, BinaryOperator.LEFT_SHIFT, span);
            case NnLexer.RIGHT_SHIFT -> binary(Level.SHIFT, BinaryOperator.RIGHT_SHIFT, span);
            case NnLexer.PLUS -> binary(Level.SUM, BinaryOperator.ADD, span);
            case NnLexer.MINUS -> binary(Level.SUM, BinaryOperator.SUBTRACT, span);
            case NnLexer.STAR -> binary(Level.PRODUCT, BinaryOperator.MULTIPLY, span);
            case NnLexer.AT -> binary(Level.PRODUCT, BinaryOperator.MATRIX_MULTIPLY, span);
            case NnLexer.SLASH -> binary(Level.PRODUCT, BinaryOperator.DIVIDE, span);
            case NnLexer.DOUBLE_SLASH -> binary(Level.PRODUCT, BinaryOperator.FLOOR_DIVIDE, span);
            case NnLexer.PERCENT -> binary(Level.PRODUCT, BinaryOperator.REMAINDER, span);
            default -> binary(Level.POWER, BinaryOperator.POWER, span);
        }
    }

    private void binary(Level level, Object meaning, Span span) {
        if (++binaryOperators > MOST_OPERATORS) {
            throw places.wrong("too many operators in one expression", span)
                    .help("more than " + MOST_OPERATORS + "; give parts of it names of their own");
        }
        for (Pending waiting = top(); waiting != null && takesFirst(waiting.level, level); waiting = top()) {
            reduce();
        }
        push(new Pending(level, meaning, false, span));
    }

    /** Whether a waiting operator takes its operands before the next one is looked at. Chains and powers wait for their whole row. */
    private static boolean takesFirst(Level waiting, Level next) {
        int order = waiting.compareTo(next);
        boolean waits = next == Level.OR || next == Level.AND || next == Level.COMPARISON || next == Level.POWER;
        return order > 0 || order == 0 && !waits;
    }

    /** The tree of the whole row. */
    Expression result() {
        while (!operators.isEmpty()) {
            reduce();
        }
        return operands.get(0).value;
    }

    private void reduce() {
        Pending operator = operators.remove(operators.size() - 1);
        if (operator.prefix || operator.level == Level.POWER) {
            nested--;
        }
        switch (operator.level) {
            case NOT, SIGN -> {
                Operand operand = pop();
                Span span = operator.span.to(operand.span);
                operands.add(new Operand(new UnaryOp((UnaryOperator) operator.meaning, operand.value, span), span));
            }
            case OR, AND -> {
                List<Pending> chain = chain(operator);
                List<Operand> row = popRow(chain.size() + 1);
                Span span = row.get(0).span.to(row.get(row.size() - 1).span);
                List<Expression> values = Each.of(row, Operand::value);
                operands.add(new Operand(new BoolOp((BoolOperator) operator.meaning, values, span), span));
            }
            case COMPARISON -> {
                List<Pending> chain = chain(operator);
                List<Operand> row = popRow(chain.size() + 1);
                Span span = row.get(0).span.to(row.get(row.size() - 1).span);
                List<Expression> rest = Each.of(row.subList(1, row.size()), Operand::value);
                List<CompareOperator> comparisons = Each.of(chain, c -> (CompareOperator) c.meaning);
                operands.add(new Operand(new Compare(row.get(0).value, comparisons, rest, span), span));
            }
            default -> {
                Operand right = pop();
                Operand left = pop();
                Span span = left.span.to(right.span);
                BinaryOperator meaning = (BinaryOperator) operator.meaning;
                operands.add(new Operand(new BinOp(meaning, left.value, right.value, operator.span, span), span));
            }
        }
    }

    /** The operators of the same level that wait in a row, first to last. */
    private List<Pending> chain(Pending last) {
        int first = operators.size();
        while (first > 0 && operators.get(first - 1).level == last.level) {
            first--;
        }
        List<Pending> waiting = operators.subList(first, operators.size());
        List<Pending> chain = new ArrayList<>(waiting);
        waiting.clear();
        chain.add(last);
        return chain;
    }

    private List<Operand> popRow(int count) {
        List<Operand> top = operands.subList(operands.size() - count, operands.size());
        List<Operand> row = new ArrayList<>(top);
        top.clear();
        return row;
    }

    private Operand pop() {
        return operands.remove(operands.size() - 1);
    }

    private Pending top() {
        return operators.isEmpty() ? null : operators.get(operators.size() - 1);
    }

    private void replaceTop(Pending operator) {
        operators.set(operators.size() - 1, operator);
    }

    private void push(Pending operator) {
        if ((operator.prefix || operator.level == Level.POWER) && ++nested > MOST_NESTED) {
            throw places.wrong("too many nested operators", operator.span).help("at most " + MOST_NESTED + " nest");
        }
        operators.add(operator);
    }
}
