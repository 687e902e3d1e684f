package io.retrograd.lang.tree;

import java.util.List;
import java.util.Optional;

/**
 * Whatever is done rather than valued. Targets of assignments, loops and deletions are {@link Expression.Name},
 * {@link Expression.Attribute}, {@link Expression.Subscript}, {@link Expression.ListDisplay}, {@link Expression.TupleDisplay} or, inside
 * these two, {@link Expression.Starred}; the parser lets nothing else through.
 */
public sealed interface Statement extends Node {

    /** An expression on a line of its own. */
    record ExprStatement(Expression value, Span span) implements Statement {}

    /** {@code first = second = value}; targets from left to right. */
    record Assign(List<Expression> targets, Expression value, Span span) implements Statement {}

    /** {@code target += value}. */
    record AugAssign(Expression target, BinaryOperator operator, Expression value, Span span) implements Statement {}

    /** {@code target: annotation = value}. */
    record AnnAssign(Expression target, Expression annotation, Optional<Expression> value, Span span)
            implements Statement {}

    /** {@code def name(parameters): body}; {@code generator} where the body yields. */
    record FunctionDef(
            String name,
            Parameters parameters,
            List<Statement> body,
            List<Expression> decorators,
            boolean generator,
            Span span)
            implements Statement {}

    /** {@code class name(bases, keywords): body}. */
    record ClassDef(
            String name,
            List<Expression> bases,
            List<Expression.Keyword> keywords,
            List<Statement> body,
            List<Expression> decorators,
            Span span)
            implements Statement {}

    /** {@code if … elif … else …}; the first branch whose test holds is taken. */
    record If(List<Branch> branches, List<Statement> orElse, Span span) implements Statement {}

    /** One {@code if} or {@code elif} with its block. */
    record Branch(Expression test, List<Statement> body, Span span) implements Node {}

    /** {@code for target in iterable: body else: orElse}. */
    record For(Expression target, Expression iterable, List<Statement> body, List<Statement> orElse, Span span)
            implements Statement {}

    /** {@code while test: body else: orElse}. */
    record While(Expression test, List<Statement> body, List<Statement> orElse, Span span) implements Statement {}

    /** {@code with a as b, c as d: body}. */
    record With(List<WithItem> items, List<Statement> body, Span span) implements Statement {}

    /** {@code context as target}. */
    record WithItem(Expression context, Optional<Expression> target, Span span) implements Node {}

    /** {@code try: body except …: … else: orElse finally: finalBody}. */
    record Try(
            List<Statement> body,
            List<ExceptHandler> handlers,
            List<Statement> orElse,
            List<Statement> finalBody,
            Span span)
            implements Statement {}

    /** {@code except type as target: body}; without a type it catches everything. */
    record ExceptHandler(Optional<Expression> type, Optional<Expression> target, List<Statement> body, Span span)
            implements Node {}

    /** {@code return value}. */
    record Return(Optional<Expression> value, Span span) implements Statement {}

    /** {@code raise exception from cause}; Python 2's {@code raise E, v} arrives as {@code raise E(v)}. */
    record Raise(Optional<Expression> exception, Optional<Expression> cause, Span span) implements Statement {}

    /** {@code assert test, message}. */
    record Assert(Expression test, Optional<Expression> message, Span span) implements Statement {}

    /** {@code del a, b[0]}. */
    record Delete(List<Expression> targets, Span span) implements Statement {}

    /** {@code import a.b as c, d}. */
    record Import(List<Alias> names, Span span) implements Statement {}

    /** {@code from ..module import a as b}; {@code level} counts the dots, a single name {@code *} takes all. */
    record ImportFrom(int level, String module, List<Alias> names, Span span) implements Statement {}

    /** A name, dotted in {@link Import}, and what it is called here. */
    record Alias(String name, Optional<String> as, Span span) implements Node {}

    /** {@code global a, b}. */
    record Global(List<String> names, Span span) implements Statement {}

    /** {@code nonlocal a, b}. */
    record Nonlocal(List<String> names, Span span) implements Statement {}

    /** Python 2's {@code print >>destination, values}; {@code newline} is false after a trailing comma. */
    record Print(Optional<Expression> destination, List<Expression> values, boolean newline, Span span)
            implements Statement {}

    /** {@code pass}. */
    record Pass(Span span) implements Statement {}

    /** {@code break}. */
    record Break(Span span) implements Statement {}

    /** {@code continue}. */
    record Continue(Span span) implements Statement {}
}
