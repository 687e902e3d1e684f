package io.retrograd.lang.run;

import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Statement;
import java.util.List;
import java.util.Optional;

/** Whether a part of a generator can pause; asked for the parts of generator functions only. */
final class Yields {
    private Yields() {}

    static boolean inBlock(List<Statement> body) {
        for (Statement s : body) {
            if (in(s)) {
                return true;
            }
        }
        return false;
    }

    static boolean in(Statement s) {
        if (s instanceof Statement.ExprStatement x) {
            return in(x.value());
        }
        if (s instanceof Statement.Assign x) {
            return in(x.value()) || any(x.targets());
        }
        if (s instanceof Statement.AugAssign x) {
            return in(x.value()) || in(x.target());
        }
        if (s instanceof Statement.AnnAssign x) {
            return in(x.value());
        }
        if (s instanceof Statement.If x) {
            for (Statement.Branch b : x.branches()) {
                if (in(b.test()) || inBlock(b.body())) {
                    return true;
                }
            }
            return inBlock(x.orElse());
        }
        if (s instanceof Statement.For x) {
            return in(x.iterable()) || inBlock(x.body()) || inBlock(x.orElse());
        }
        if (s instanceof Statement.While x) {
            return in(x.test()) || inBlock(x.body()) || inBlock(x.orElse());
        }
        if (s instanceof Statement.With x) {
            for (Statement.WithItem item : x.items()) {
                if (in(item.context())) {
                    return true;
                }
            }
            return inBlock(x.body());
        }
        if (s instanceof Statement.Try x) {
            for (Statement.ExceptHandler h : x.handlers()) {
                if (inBlock(h.body())) {
                    return true;
                }
            }
            return inBlock(x.body()) || inBlock(x.orElse()) || inBlock(x.finalBody());
        }
        if (s instanceof Statement.Return x) {
            return in(x.value());
        }
        if (s instanceof Statement.Raise x) {
            return in(x.exception()) || in(x.cause());
        }
        if (s instanceof Statement.Assert x) {
            return in(x.test()) || in(x.message());
        }
        if (s instanceof Statement.Print x) {
            return in(x.destination()) || any(x.values());
        }
        return s instanceof Statement.Delete x && any(x.targets());
    }

    private static boolean in(Optional<Expression> e) {
        return e.isPresent() && in(e.get());
    }

    private static boolean any(List<Expression> list) {
        for (Expression e : list) {
            if (in(e)) {
                return true;
            }
        }
        return false;
    }

    static boolean in(Expression e) {
        if (e instanceof Expression.Yield || e instanceof Expression.YieldFrom) {
            return true;
        }
        if (e instanceof Expression.BinOp x) {
            return in(x.left()) || in(x.right());
        }
        if (e instanceof Expression.UnaryOp x) {
            return in(x.operand());
        }
        if (e instanceof Expression.BoolOp x) {
            return any(x.operands());
        }
        if (e instanceof Expression.Compare x) {
            return in(x.first()) || any(x.rest());
        }
        if (e instanceof Expression.Conditional x) {
            return in(x.test()) || in(x.body()) || in(x.orElse());
        }
        if (e instanceof Expression.Call x) {
            for (Expression.Keyword k : x.keywords()) {
                if (in(k.value())) {
                    return true;
                }
            }
            return in(x.function()) || any(x.arguments());
        }
        if (e instanceof Expression.Attribute x) {
            return in(x.object());
        }
        if (e instanceof Expression.Subscript x) {
            return in(x.object()) || in(x.index());
        }
        if (e instanceof Expression.Slice x) {
            return in(x.lower()) || in(x.upper()) || in(x.step());
        }
        if (e instanceof Expression.TupleDisplay x) {
            return any(x.elements());
        }
        if (e instanceof Expression.ListDisplay x) {
            return any(x.elements());
        }
        if (e instanceof Expression.SetDisplay x) {
            return any(x.elements());
        }
        if (e instanceof Expression.DictDisplay x) {
            for (Expression.Entry entry : x.entries()) {
                if (in(entry.key()) || in(entry.value())) {
                    return true;
                }
            }
            return false;
        }
        if (e instanceof Expression.Starred x) {
            return in(x.value());
        }
        if (e instanceof Expression.NamedExpr x) {
            return in(x.value());
        }
        if (e instanceof Expression.Repr x) {
            return in(x.value());
        }
        if (e instanceof Expression.FormattedString x) {
            for (Expression.StringPart part : x.parts()) {
                if (part instanceof Expression.Field field && in(field.value())) {
                    return true;
                }
            }
            return false;
        }
        return inFirstIterable(e);
    }

    private static boolean inFirstIterable(Expression e) {
        if (e instanceof Expression.ListComp x) {
            return in(x.clauses().get(0).iterable());
        }
        if (e instanceof Expression.SetComp x) {
            return in(x.clauses().get(0).iterable());
        }
        if (e instanceof Expression.DictComp x) {
            return in(x.clauses().get(0).iterable());
        }
        return e instanceof Expression.GeneratorExp x && in(x.clauses().get(0).iterable());
    }
}
