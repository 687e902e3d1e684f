package io.retrograd.lang.resolve;

import io.retrograd.lang.tree.Dialect;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Parameters;
import io.retrograd.lang.tree.Script;
import io.retrograd.lang.tree.Span;
import io.retrograd.lang.tree.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks a script once before it runs and finds for each function, class and comprehension which names are its
 * own, by Python's rules: a name is local where the scope binds it anywhere, unless declared otherwise.
 */
public final class Scopes {
    private final Map<Object, Scope> byNode = new IdentityHashMap<>();
    private final Scope module;
    private final boolean leakingLists;

    private Scopes(Script script) {
        this.module = new Scope(Scope.Kind.MODULE, null, "<module>");
        // Python 2's list comprehensions leave their variables behind.
        this.leakingLists = script.dialect() == Dialect.PYTHON2;
    }

    /** The scopes of a script; a {@link ScopeError} where names contradict each other. */
    public static Scopes of(Script script) {
        Scopes scopes = new Scopes(script);
        scopes.statements(script.body(), scopes.module);
        scopes.module.capture();
        return scopes;
    }

    public Scope module() {
        return module;
    }

    /** The scope that a definition, lambda or comprehension opens; null for a list comprehension that opens none. */
    public Scope of(Object node) {
        return byNode.get(node);
    }

    private void statements(List<Statement> body, Scope s) {
        for (Statement statement : body) {
            statement(statement, s);
        }
    }

    private void statement(Statement statement, Scope s) {
        if (statement instanceof Statement.ExprStatement x) {
            visit(x.value(), s);
        } else if (statement instanceof Statement.Assign x) {
            visit(x.value(), s);
            for (Expression target : x.targets()) {
                target(target, s, x.span());
            }
        } else if (statement instanceof Statement.AugAssign x) {
            visit(x.value(), s);
            visit(x.target(), s);
            target(x.target(), s, x.span());
        } else if (statement instanceof Statement.AnnAssign x) {
            visit(x.value(), s);
            target(x.target(), s, x.span());
        } else if (statement instanceof Statement.If x) {
            for (Statement.Branch branch : x.branches()) {
                visit(branch.test(), s);
                statements(branch.body(), s);
            }
            statements(x.orElse(), s);
        } else if (statement instanceof Statement.For x) {
            visit(x.iterable(), s);
            target(x.target(), s, x.target().span());
            statements(x.body(), s);
            statements(x.orElse(), s);
        } else if (statement instanceof Statement.While x) {
            visit(x.test(), s);
            statements(x.body(), s);
            statements(x.orElse(), s);
        } else if (statement instanceof Statement.Return x) {
            visit(x.value(), s);
        } else if (statement instanceof Statement.FunctionDef x) {
            function(x, s);
        } else if (statement instanceof Statement.ClassDef x) {
            classDefinition(x, s);
        } else if (statement instanceof Statement.With x) {
            for (Statement.WithItem item : x.items()) {
                visit(item.context(), s);
                optionalTarget(item.target(), s);
            }
            statements(x.body(), s);
        } else if (statement instanceof Statement.Try x) {
            statements(x.body(), s);
            for (Statement.ExceptHandler handler : x.handlers()) {
                visit(handler.type(), s);
                optionalTarget(handler.target(), s);
                statements(handler.body(), s);
            }
            statements(x.orElse(), s);
            statements(x.finalBody(), s);
        } else {
            simple(statement, s);
        }
    }

    private void simple(Statement statement, Scope s) {
        if (statement instanceof Statement.Raise x) {
            visit(x.exception(), s);
            visit(x.cause(), s);
        } else if (statement instanceof Statement.Assert x) {
            visit(x.test(), s);
            visit(x.message(), s);
        } else if (statement instanceof Statement.Delete x) {
            for (Expression target : x.targets()) {
                target(target, s, x.span());
            }
        } else if (statement instanceof Statement.Import x) {
            for (Statement.Alias alias : x.names()) {
                String top = alias.name().split("\\.", 2)[0];
                s.bind(alias.as().orElse(top), alias.span());
            }
        } else if (statement instanceof Statement.ImportFrom x) {
            for (Statement.Alias alias : x.names()) {
                if (!alias.name().equals("*")) {
                    s.bind(alias.as().orElse(alias.name()), alias.span());
                } else if (s.kind() == Scope.Kind.FUNCTION) {
                    throw new ScopeError("import * only allowed at module level", x.span());
                }
            }
        } else if (statement instanceof Statement.Global x) {
            for (String name : x.names()) {
                if (s.kind() != Scope.Kind.MODULE) {
                    s.declareGlobal(name, x.span());
                }
            }
        } else if (statement instanceof Statement.Nonlocal x) {
            if (s.kind() == Scope.Kind.MODULE) {
                throw new ScopeError("nonlocal declaration not allowed at module level", x.span());
            }
            for (String name : x.names()) {
                s.declareNonlocal(name, x.span());
            }
        } else if (statement instanceof Statement.Print x) {
            visit(x.destination(), s);
            for (Expression value : x.values()) {
                visit(value, s);
            }
        }
    }

    private void function(Statement.FunctionDef x, Scope s) {
        for (Expression decorator : x.decorators()) {
            visit(decorator, s);
        }
        s.bind(x.name(), x.span());
        Scope inner = open(x, x.parameters(), s, x.name());
        statements(x.body(), inner);
    }

    private Scope open(Object node, Parameters parameters, Scope s, String name) {
        defaults(parameters, s);
        Scope inner = new Scope(Scope.Kind.FUNCTION, s, name);
        byNode.put(node, inner);
        for (Parameters.Parameter p : all(parameters)) {
            inner.parameter(p.name(), p.span());
        }
        for (Parameters.Parameter p : parameters.positional()) {
            if (p.pattern().isPresent()) {
                target(p.pattern().get(), inner, p.span());
            }
        }
        return inner;
    }

    /** All parameters in the order of their slots: positional, keyword-only, {@code *args}, {@code **kwargs}. */
    public static List<Parameters.Parameter> all(Parameters parameters) {
        List<Parameters.Parameter> all = new ArrayList<>(parameters.positionalOnly());
        all.addAll(parameters.positional());
        all.addAll(parameters.keywordOnly());
        if (parameters.rest().isPresent()) {
            all.add(parameters.rest().get());
        }
        if (parameters.keywords().isPresent()) {
            all.add(parameters.keywords().get());
        }
        return all;
    }

    private void optionalTarget(Optional<Expression> target, Scope s) {
        if (target.isPresent()) {
            target(target.get(), s, target.get().span());
        }
    }

    private void defaults(Parameters parameters, Scope s) {
        for (List<Parameters.Parameter> list :
                List.of(parameters.positionalOnly(), parameters.positional(), parameters.keywordOnly())) {
            for (Parameters.Parameter p : list) {
                visit(p.defaultValue(), s);
            }
        }
    }

    private void classDefinition(Statement.ClassDef x, Scope s) {
        for (Expression decorator : x.decorators()) {
            visit(decorator, s);
        }
        for (Expression base : x.bases()) {
            visit(base, s);
        }
        for (Expression.Keyword keyword : x.keywords()) {
            visit(keyword.value(), s);
        }
        s.bind(x.name(), x.span());
        Scope inner = new Scope(Scope.Kind.CLASS, s, x.name());
        byNode.put(x, inner);
        statements(x.body(), inner);
    }

    /** A target of an assignment: binds its names, reads the objects whose parts it assigns. */
    private void target(Expression target, Scope s, Span where) {
        if (target instanceof Expression.Name x) {
            s.bind(x.id(), where);
        } else if (target instanceof Expression.TupleDisplay x) {
            for (Expression element : x.elements()) {
                target(element, s, where);
            }
        } else if (target instanceof Expression.ListDisplay x) {
            for (Expression element : x.elements()) {
                target(element, s, where);
            }
        } else if (target instanceof Expression.Starred x) {
            target(x.value(), s, where);
        } else {
            visit(target, s);
        }
    }

    private void visit(Optional<Expression> e, Scope s) {
        if (e.isPresent()) {
            visit(e.get(), s);
        }
    }

    private void all(List<Expression> list, Scope s) {
        for (Expression e : list) {
            visit(e, s);
        }
    }

    private void visit(Expression start, Scope s) {
        // Left operands are gone down in a loop: they may nest deeper than any stack.
        Expression e = start;
        while (e != null) {
            e = visitAllButLeft(e, s);
        }
    }

    /** Visits what hangs below the expression except the part on its left, which it answers. */
    private Expression visitAllButLeft(Expression e, Scope s) {
        if (e instanceof Expression.Name x) {
            s.use(x.id());
            if (x.id().equals("super") && s.kind() != Scope.Kind.MODULE) {
                s.use("__class__");
            }
            return null;
        }
        if (e instanceof Expression.Constant) {
            return null;
        }
        if (e instanceof Expression.BinOp x) {
            visit(x.right(), s);
            return x.left();
        }
        if (e instanceof Expression.Attribute x) {
            return x.object();
        }
        if (e instanceof Expression.Subscript x) {
            visit(x.index(), s);
            return x.object();
        }
        if (e instanceof Expression.Call x) {
            all(x.arguments(), s);
            for (Expression.Keyword keyword : x.keywords()) {
                visit(keyword.value(), s);
            }
            return x.function();
        }
        if (e instanceof Expression.UnaryOp x) {
            return x.operand();
        }
        if (e instanceof Expression.Compare x) {
            all(x.rest(), s);
            return x.first();
        }
        if (e instanceof Expression.BoolOp x) {
            all(x.operands(), s);
        } else if (e instanceof Expression.Conditional x) {
            visit(x.test(), s);
            visit(x.body(), s);
            return x.orElse();
        } else if (e instanceof Expression.TupleDisplay x) {
            all(x.elements(), s);
        } else if (e instanceof Expression.ListDisplay x) {
            all(x.elements(), s);
        } else if (e instanceof Expression.SetDisplay x) {
            all(x.elements(), s);
        } else if (e instanceof Expression.DictDisplay x) {
            for (Expression.Entry entry : x.entries()) {
                visit(entry.key(), s);
                visit(entry.value(), s);
            }
        } else if (e instanceof Expression.Slice x) {
            visit(x.lower(), s);
            visit(x.upper(), s);
            visit(x.step(), s);
        } else if (e instanceof Expression.Starred x) {
            return x.value();
        } else if (e instanceof Expression.Repr x) {
            return x.value();
        } else if (e instanceof Expression.Yield x) {
            visit(x.value(), s);
        } else if (e instanceof Expression.YieldFrom x) {
            return x.iterable();
        } else if (e instanceof Expression.FormattedString x) {
            parts(x.parts(), s);
        } else if (e instanceof Expression.NamedExpr x) {
            Scope binder = s;
            while (binder.kind() == Scope.Kind.COMPREHENSION || binder.isGeneratorExpression()) {
                binder.use(x.target().id());
                binder = binder.parent();
            }
            binder.bind(x.target().id(), x.span());
            return x.value();
        } else {
            functions(e, s);
        }
        return null;
    }

    private void parts(List<Expression.StringPart> parts, Scope s) {
        for (Expression.StringPart part : parts) {
            if (part instanceof Expression.Field field) {
                visit(field.value(), s);
                parts(field.format(), s);
            }
        }
    }

    private void functions(Expression e, Scope s) {
        if (e instanceof Expression.Lambda x) {
            Scope inner = open(x, x.parameters(), s, "<lambda>");
            visit(x.body(), inner);
        } else if (e instanceof Expression.ListComp x) {
            Scope inner = leakingLists ? s : comprehension(x, s);
            clauses(x.clauses(), s, inner);
            visit(x.element(), inner);
        } else if (e instanceof Expression.SetComp x) {
            Scope inner = comprehension(x, s);
            clauses(x.clauses(), s, inner);
            visit(x.element(), inner);
        } else if (e instanceof Expression.DictComp x) {
            Scope inner = comprehension(x, s);
            clauses(x.clauses(), s, inner);
            visit(x.key(), inner);
            visit(x.value(), inner);
        } else if (e instanceof Expression.GeneratorExp x) {
            visit(x.clauses().get(0).iterable(), s);
            Scope inner = new Scope(Scope.Kind.FUNCTION, s, Scope.GENERATOR_EXPRESSION);
            byNode.put(x, inner);
            inner.parameter(".0", x.span());
            clauses(x.clauses(), null, inner);
            visit(x.element(), inner);
        } else {
            throw new IllegalStateException(e.getClass().getName());
        }
    }

    private Scope comprehension(Object node, Scope s) {
        Scope inner = new Scope(Scope.Kind.COMPREHENSION, s, "<comprehension>");
        byNode.put(node, inner);
        return inner;
    }

    /** The first iterable belongs to the scope around (visited already where that is null), the rest to the inner one. */
    private void clauses(List<Expression.Comprehension> clauses, Scope outer, Scope inner) {
        for (int i = 0; i < clauses.size(); i++) {
            Expression.Comprehension clause = clauses.get(i);
            if (i > 0) {
                visit(clause.iterable(), inner);
            } else if (outer != null) {
                visit(clause.iterable(), outer);
            }
            target(clause.target(), inner, clause.target().span());
            all(clause.conditions(), inner);
        }
    }
}
