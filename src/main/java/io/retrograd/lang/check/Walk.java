package io.retrograd.lang.check;

import io.retrograd.lang.resolve.Scopes;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Parameters;
import io.retrograd.lang.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The parts of statements and expressions, in the order of the text. */
final class Walk {
    private Walk() {}

    /** The expressions of a statement itself, those of its blocks left out. */
    static void expressions(Statement s, Consumer<Expression> visit) {
        expressionsOf(s).forEach(visit);
    }

    static List<Expression> expressionsOf(Statement s) {
        List<Expression> all = new ArrayList<>();
        if (s instanceof Statement.ExprStatement x) {
            all.add(x.value());
        } else if (s instanceof Statement.Assign x) {
            all.add(x.value());
            x.targets().forEach(t -> target(t, all));
        } else if (s instanceof Statement.AugAssign x) {
            all.add(x.value());
            all.add(x.target());
        } else if (s instanceof Statement.AnnAssign x) {
            x.value().ifPresent(all::add);
            target(x.target(), all);
        } else if (s instanceof Statement.FunctionDef x) {
            all.addAll(x.decorators());
            defaults(x.parameters(), all);
        } else if (s instanceof Statement.ClassDef x) {
            all.addAll(x.decorators());
            all.addAll(x.bases());
            x.keywords().forEach(k -> all.add(k.value()));
        } else if (s instanceof Statement.If x) {
            x.branches().forEach(b -> all.add(b.test()));
        } else if (s instanceof Statement.For x) {
            all.add(x.iterable());
            target(x.target(), all);
        } else if (s instanceof Statement.While x) {
            all.add(x.test());
        } else if (s instanceof Statement.With x) {
            for (Statement.WithItem item : x.items()) {
                all.add(item.context());
                item.target().ifPresent(t -> target(t, all));
            }
        } else if (s instanceof Statement.Try x) {
            x.handlers().forEach(h -> h.type().ifPresent(all::add));
        } else if (s instanceof Statement.Return x) {
            x.value().ifPresent(all::add);
        } else if (s instanceof Statement.Raise x) {
            x.exception().ifPresent(all::add);
            x.cause().ifPresent(all::add);
        } else if (s instanceof Statement.Assert x) {
            all.add(x.test());
            x.message().ifPresent(all::add);
        } else if (s instanceof Statement.Delete x) {
            x.targets().forEach(t -> target(t, all));
        } else if (s instanceof Statement.Print x) {
            x.destination().ifPresent(all::add);
            all.addAll(x.values());
        }
        return all;
    }

    /** What a target reads: the objects whose parts it assigns. */
    private static void target(Expression target, List<Expression> all) {
        if (target instanceof Expression.TupleDisplay x) {
            x.elements().forEach(e -> target(e, all));
        } else if (target instanceof Expression.ListDisplay x) {
            x.elements().forEach(e -> target(e, all));
        } else if (target instanceof Expression.Starred x) {
            target(x.value(), all);
        } else if (target instanceof Expression.Attribute x) {
            all.add(x.object());
        } else if (target instanceof Expression.Subscript x) {
            all.add(x.object());
            all.add(x.index());
        }
    }

    private static void defaults(Parameters parameters, List<Expression> all) {
        for (Parameters.Parameter p : Scopes.all(parameters)) {
            p.defaultValue().ifPresent(all::add);
        }
    }

    /** The blocks of a statement that share its names. */
    static List<List<Statement>> blocks(Statement s) {
        List<List<Statement>> all = new ArrayList<>();
        if (s instanceof Statement.If x) {
            x.branches().forEach(b -> all.add(b.body()));
            all.add(x.orElse());
        } else if (s instanceof Statement.For x) {
            all.add(x.body());
            all.add(x.orElse());
        } else if (s instanceof Statement.While x) {
            all.add(x.body());
            all.add(x.orElse());
        } else if (s instanceof Statement.With x) {
            all.add(x.body());
        } else if (s instanceof Statement.Try x) {
            all.add(x.body());
            x.handlers().forEach(h -> all.add(h.body()));
            all.add(x.orElse());
            all.add(x.finalBody());
        }
        return all;
    }

    /** Calls the visitor with one expression and a room. */
    static <R> void inside(Expression e, R room, BiConsumer<Expression, R> visit) {
        visit.accept(e, room);
    }

    /** The clauses of a comprehension or a generator; none for anything else. */
    static List<Expression.Comprehension> clauses(Expression e) {
        if (e instanceof Expression.ListComp x) {
            return x.clauses();
        }
        if (e instanceof Expression.SetComp x) {
            return x.clauses();
        }
        if (e instanceof Expression.DictComp x) {
            return x.clauses();
        }
        return e instanceof Expression.GeneratorExp x ? x.clauses() : List.of();
    }

    /** The parts of an expression. A lambda's body is left out, its defaults are not. */
    static List<Expression> children(Expression e) {
        List<Expression> all = new ArrayList<>();
        for (Expression.Comprehension clause : clauses(e)) {
            all.add(clause.iterable());
            all.addAll(clause.conditions());
        }
        if (e instanceof Expression.BinOp x) {
            all.add(x.left());
            all.add(x.right());
        } else if (e instanceof Expression.UnaryOp x) {
            all.add(x.operand());
        } else if (e instanceof Expression.BoolOp x) {
            all.addAll(x.operands());
        } else if (e instanceof Expression.Compare x) {
            all.add(x.first());
            all.addAll(x.rest());
        } else if (e instanceof Expression.Conditional x) {
            all.add(x.test());
            all.add(x.body());
            all.add(x.orElse());
        } else if (e instanceof Expression.Attribute x) {
            all.add(x.object());
        } else if (e instanceof Expression.Subscript x) {
            all.add(x.object());
            all.add(x.index());
        } else if (e instanceof Expression.Call x) {
            all.add(x.function());
            all.addAll(x.arguments());
            x.keywords().forEach(k -> all.add(k.value()));
        } else if (e instanceof Expression.ListDisplay x) {
            all.addAll(x.elements());
        } else if (e instanceof Expression.TupleDisplay x) {
            all.addAll(x.elements());
        } else if (e instanceof Expression.SetDisplay x) {
            all.addAll(x.elements());
        } else if (e instanceof Expression.DictDisplay x) {
            for (Expression.Entry entry : x.entries()) {
                entry.key().ifPresent(all::add);
                all.add(entry.value());
            }
        } else if (e instanceof Expression.ListComp x) {
            all.add(x.element());
        } else if (e instanceof Expression.SetComp x) {
            all.add(x.element());
        } else if (e instanceof Expression.GeneratorExp x) {
            all.add(x.element());
        } else if (e instanceof Expression.DictComp x) {
            all.add(x.key());
            all.add(x.value());
        } else if (e instanceof Expression.Slice x) {
            for (Optional<Expression> each : List.of(x.lower(), x.upper(), x.step())) {
                each.ifPresent(all::add);
            }
        } else {
            rest(e, all);
        }
        return all;
    }

    private static void rest(Expression e, List<Expression> all) {
        if (e instanceof Expression.Starred x) {
            all.add(x.value());
        } else if (e instanceof Expression.Repr x) {
            all.add(x.value());
        } else if (e instanceof Expression.NamedExpr x) {
            all.add(x.value());
        } else if (e instanceof Expression.Yield x) {
            x.value().ifPresent(all::add);
        } else if (e instanceof Expression.YieldFrom x) {
            all.add(x.iterable());
        } else if (e instanceof Expression.Lambda x) {
            defaults(x.parameters(), all);
        } else if (e instanceof Expression.FormattedString x) {
            parts(x.parts(), all);
        }
    }

    private static void parts(List<Expression.StringPart> parts, List<Expression> all) {
        for (Expression.StringPart part : parts) {
            if (part instanceof Expression.Field field) {
                all.add(field.value());
                parts(field.format(), all);
            }
        }
    }
}
