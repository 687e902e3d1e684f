package io.retrograd.lang.tree;

import java.util.List;
import java.util.Optional;

/**
 * Whatever has a value. The kinds follow the {@code ast} module of CPython, so that somebody who knows it is at home.
 *
 * <p>Left operands may nest very deep ({@code 1 + 1 + 1 + …}, {@code a.b.c…}, ten thousand and more): whoever walks the tree goes
 * down a {@link BinOp#left}, {@link Attribute#object}, {@link Subscript#object} and {@link Call#function} in a loop, or on
 * a thread with a large stack. Every other way down is limited by the parser.
 */
public sealed interface Expression extends Node {

    /** An identifier, read, assigned or deleted, as the place says. */
    record Name(String id, Span span) implements Expression {}

    /**
     * A literal.
     *
     * @param value {@code Long}, {@code BigInteger} (only where a long is too small), {@code Double}, {@link Imaginary},
     *     {@code Boolean}, {@code String}, {@code byte[]} (not to be changed), or a {@link Singleton}
     */
    record Constant(Object value, Span span) implements Expression {}

    /** The literals that are objects of their own. */
    enum Singleton {
        NONE,
        ELLIPSIS
    }

    /** The value of {@code 2j}. */
    record Imaginary(double value) {}

    /** An f-string: its parts in order. */
    record FormattedString(List<StringPart> parts, Span span) implements Expression {}

    /** A part of an f-string or of a format specification in one. */
    sealed interface StringPart {}

    /** Characters that stand for themselves. */
    record Text(String text) implements StringPart {}

    /** A replacement field; {@code {x=}} arrives as a text and a field. */
    record Field(Expression value, Conversion conversion, List<StringPart> format, Span span)
            implements StringPart, Node {}

    /** What {@code !s}, {@code !r} or {@code !a} asks for before formatting. */
    enum Conversion {
        NONE,
        STR,
        REPR,
        ASCII
    }

    /** {@code and} or {@code or} over two or more operands. */
    record BoolOp(BoolOperator operator, List<Expression> operands, Span span) implements Expression {}

    /** The two that stop at the first operand that decides. */
    enum BoolOperator {
        AND,
        OR
    }

    /** {@code target := value}. */
    record NamedExpr(Name target, Expression value, Span span) implements Expression {}

    /** {@code left + right} and its like; {@code operatorSpan} is the place of the operator itself. */
    record BinOp(BinaryOperator operator, Expression left, Expression right, Span operatorSpan, Span span)
            implements Expression {}

    /** {@code -operand} and its like. */
    record UnaryOp(UnaryOperator operator, Expression operand, Span span) implements Expression {}

    /** {@code first < second <= third}: as many operators as operands in {@code rest}. */
    record Compare(Expression first, List<CompareOperator> operators, List<Expression> rest, Span span)
            implements Expression {}

    /** {@code body if test else orElse}. */
    record Conditional(Expression test, Expression body, Expression orElse, Span span) implements Expression {}

    /** {@code lambda parameters: body}. */
    record Lambda(Parameters parameters, Expression body, boolean generator, Span span) implements Expression {}

    /** {@code [a, *b]}; as a target, the names to unpack into. */
    record ListDisplay(List<Expression> elements, Span span) implements Expression {}

    /** {@code a, *b}, with or without parentheses; as a target, the names to unpack into. */
    record TupleDisplay(List<Expression> elements, Span span) implements Expression {}

    /** <code>{a, *b}</code>. */
    record SetDisplay(List<Expression> elements, Span span) implements Expression {}

    /** <code>{a: b, **c}</code>. */
    record DictDisplay(List<Entry> entries, Span span) implements Expression {}

    /** One {@code key: value}; without a key, {@code **value}. */
    record Entry(Optional<Expression> key, Expression value) {}

    /** {@code [element for …]}. */
    record ListComp(Expression element, List<Comprehension> clauses, Span span) implements Expression {}

    /** <code>{element for …}</code>. */
    record SetComp(Expression element, List<Comprehension> clauses, Span span) implements Expression {}

    /** <code>{key: value for …}</code>. */
    record DictComp(Expression key, Expression value, List<Comprehension> clauses, Span span) implements Expression {}

    /** {@code (element for …)}. */
    record GeneratorExp(Expression element, List<Comprehension> clauses, Span span) implements Expression {}

    /** {@code for target in iterable if condition if condition}. */
    record Comprehension(Expression target, Expression iterable, List<Expression> conditions, Span span)
            implements Node {}

    /** {@code yield value}. */
    record Yield(Optional<Expression> value, Span span) implements Expression {}

    /** {@code yield from iterable}. */
    record YieldFrom(Expression iterable, Span span) implements Expression {}

    /** {@code function(a, *b, c=d, **e)}; {@code b} arrives as a {@link Starred} argument. */
    record Call(Expression function, List<Expression> arguments, List<Keyword> keywords, Span span)
            implements Expression {}

    /** {@code name=value} in a call or a class statement; without a name, {@code **value}. */
    record Keyword(Optional<String> name, Expression value, Span span) implements Node {}

    /** {@code object.name}. */
    record Attribute(Expression object, String name, Span span) implements Expression {}

    /** {@code object[index]}; several indices arrive as a {@link TupleDisplay}. */
    record Subscript(Expression object, Expression index, Span span) implements Expression {}

    /** {@code lower:upper:step}, only as an index or an element of an index tuple. */
    record Slice(Optional<Expression> lower, Optional<Expression> upper, Optional<Expression> step, Span span)
            implements Expression {}

    /** {@code *value} in a display, a call or a target. */
    record Starred(Expression value, Span span) implements Expression {}

    /** Python 2's {@code `value`}: the same as {@code repr(value)} whatever the name repr means. */
    record Repr(Expression value, Span span) implements Expression {}
}
