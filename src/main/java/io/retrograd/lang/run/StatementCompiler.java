package io.retrograd.lang.run;

import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Span;
import io.retrograd.lang.tree.Statement;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes executable nodes of statements; in generators those that hold a yield get the nodes that can pause. */
final class StatementCompiler {
    private static final Stmt PASS = new Control.Pass();
    private static final Expr NONE = new Literals.Constant(None.NONE);

    private final Compiler c;

    StatementCompiler(Compiler c) {
        this.c = c;
    }

    Stmt block(List<Statement> body) {
        return blockAfter(List.of(), body);
    }

    Stmt blockAfter(List<Stmt> before, List<Statement> body) {
        List<Stmt> all = new ArrayList<>(before);
        boolean[] pausing = new boolean[before.size() + body.size()];
        boolean anyPause = false;
        for (Statement s : body) {
            Stmt made = statement(s);
            if (made == PASS) {
                continue;
            }
            if (c.generator && Yields.in(s)) {
                pausing[all.size()] = true;
                anyPause = true;
            }
            all.add(made);
        }
        if (anyPause) {
            return new Generators.Block(all.toArray(new Stmt[0]), pausing, c.newSlot());
        }
        if (all.isEmpty()) {
            return PASS;
        }
        return all.size() == 1 ? all.get(0) : new Control.Block(all.toArray(new Stmt[0]));
    }

    /** The body of a lambda. */
    Stmt returning(List<Stmt> before, Expression value) {
        Stmt last = new Control.Return(c.expression(value));
        if (before.isEmpty()) {
            return last;
        }
        List<Stmt> all = new ArrayList<>(before);
        all.add(last);
        return new Control.Block(all.toArray(new Stmt[0]));
    }

    /** The body of a generator expression: nested loops around a yield. */
    Stmt generatorExpression(Expression.GeneratorExp x) {
        return clause(x, 0);
    }

    private Stmt clause(Expression.GeneratorExp x, int i) {
        if (i == x.clauses().size()) {
            return new Generators.YieldStatement(c.expression(x.element()), null, c.newSlot());
        }
        Expression.Comprehension clause = x.clauses().get(i);
        Span span = clause.iterable().span();
        Expr iterable = i == 0
                ? new Variables.Local(0, ".0", c.place(span))
                : c.expression(clause.iterable());
        Target target = c.target(clause.target());
        Stmt body = clauseBody(x, i);
        return new Generators.For(target, iterable, body, PASS, c.place(span), c.newSlot(), c.newSlot());
    }

    private Stmt clauseBody(Expression.GeneratorExp x, int i) {
        List<Expression> conditions = x.clauses().get(i).conditions();
        Stmt inner = clause(x, i + 1);
        if (conditions.isEmpty()) {
            return inner;
        }
        Expr[] tests = {new Operators.And(c.expressions(conditions))};
        return new Generators.If(tests, new Stmt[] {inner, PASS}, c.newSlot());
    }

    private Place place(Span span) {
        return c.place(span);
    }

    private boolean pauses(Statement s) {
        return c.generator && Yields.in(s);
    }

    private Stmt statement(Statement s) {
        if (s instanceof Statement.ExprStatement x) {
            return expressionStatement(x);
        }
        if (s instanceof Statement.Assign x) {
            return assign(x);
        }
        if (s instanceof Statement.AugAssign x) {
            return augment(x);
        }
        if (s instanceof Statement.If x) {
            return branches(x);
        }
        if (s instanceof Statement.For x) {
            Expr iterable = c.iterable(x.iterable());
            Target target = c.target(x.target());
            Stmt body = block(x.body());
            Stmt orElse = block(x.orElse());
            Place place = place(x.iterable().span());
            return pauses(s)
                    ? new Generators.For(target, iterable, body, orElse, place, c.newSlot(), c.newSlot())
                    : new Loops.For(target, iterable, body, orElse, place);
        }
        if (s instanceof Statement.While x) {
            Expr test = c.expression(x.test());
            Stmt body = block(x.body());
            Stmt orElse = block(x.orElse());
            return pauses(s)
                    ? new Generators.While(test, body, orElse, c.newSlot())
                    : new Loops.While(test, body, orElse, place(x.test().span()));
        }
        if (s instanceof Statement.Return x) {
            return new Control.Return(optional(x.value()));
        }
        if (s instanceof Statement.FunctionDef x) {
            Expr made = decorated(x.decorators(), c.function(x));
            return assignTo(c.nameTarget(x.name(), x.span()), made);
        }
        if (s instanceof Statement.ClassDef x) {
            Expr made = decorated(x.decorators(), c.classDefinition(x));
            return assignTo(c.nameTarget(x.name(), x.span()), made);
        }
        if (s instanceof Statement.Pass) {
            return PASS;
        }
        if (s instanceof Statement.Break) {
            return new Control.Break();
        }
        if (s instanceof Statement.Continue) {
            return new Control.Continue();
        }
        if (s instanceof Statement.With x) {
            return with(x, 0);
        }
        if (s instanceof Statement.Try x) {
            return tryStatement(x);
        }
        return rare(s);
    }

    private Stmt rare(Statement s) {
        if (s instanceof Statement.Import x) {
            return imports(x);
        }
        if (s instanceof Statement.ImportFrom x) {
            return importFrom(x);
        }
        if (s instanceof Statement.Print x) {
            return new Control.Print(
                    x.destination().isPresent() ? c.expression(x.destination().get()) : null,
                    c.expressions(x.values()),
                    x.newline(),
                    place(x.span()));
        }
        if (s instanceof Statement.AnnAssign x) {
            Stmt assign = x.value().isEmpty() ? PASS : assignTo(c.target(x.target()), c.expression(x.value().get()));
            return c.inClass() && x.target() instanceof Expression.Name name
                    ? new Definitions.Annotate(c.namespace(), name.id(), c.text(x.annotation().span()), assign)
                    : assign;
        }
        if (s instanceof Statement.Raise x) {
            Expr exception = x.exception().isPresent() ? c.expression(x.exception().get()) : null;
            Expr cause = x.cause().isPresent() ? c.expression(x.cause().get()) : null;
            return new Exceptions.Raise(exception, cause, place(x.span()));
        }
        if (s instanceof Statement.Assert x) {
            return new Control.Assert(
                    c.expression(x.test()),
                    x.message().isPresent() ? c.expression(x.message().get()) : null,
                    place(x.span()));
        }
        if (s instanceof Statement.Delete x) {
            Target[] targets = new Target[x.targets().size()];
            for (int i = 0; i < targets.length; i++) {
                targets[i] = c.target(x.targets().get(i));
            }
            return new Control.Delete(targets);
        }
        if (s instanceof Statement.Global || s instanceof Statement.Nonlocal) {
            return PASS;
        }
        throw new IllegalStateException(s.getClass().getName());
    }

    private Expr optional(Optional<Expression> e) {
        return e.isPresent() ? c.expression(e.get()) : NONE;
    }

    private Stmt expressionStatement(Statement.ExprStatement x) {
        if (c.hook != null) {
            return new Control.Display(c.expression(x.value()), c.hook);
        }
        if (x.value() instanceof Expression.Yield y && c.generator && !(y.value().isPresent() && Yields.in(y.value().get()))) {
            return new Generators.YieldStatement(optional(y.value()), null, c.newSlot());
        }
        if (x.value() instanceof Expression.YieldFrom y && c.generator && !Yields.in(y.iterable())) {
            return delegate(y, null);
        }
        Expr value = c.expression(x.value());
        return value.isConstant() ? PASS : new Control.Evaluate(value);
    }

    private Stmt delegate(Expression.YieldFrom y, Target target) {
        Generators.YieldFrom from = new Generators.YieldFrom(c.expression(y.iterable()), c.newSlot(), place(y.span()));
        return new Generators.Delegate(from, target);
    }

    /** {@code name = name + value} is an addition to the variable, which may be a text that grows. */
    private Stmt assignOne(Expression to, Expr value) {
        Target target = c.target(to);
        if (value instanceof Operators.Add sum && isSame(sum.left, target)) {
            return new Control.AugmentName(sum.left, target, sum.op, sum.right, sum.place, false, false);
        }
        Control.AugmentName text = textAddition(target, value);
        return text != null ? text : assignTo(target, value);
    }

    /** {@code name = name + a + ',' + b}, where a constant says that it is about texts; else null. */
    private static Control.AugmentName textAddition(Target target, Expr value) {
        List<Expr> parts = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        boolean text = false;
        Expr left = value;
        while (left instanceof Operators.Add sum && !isSame(sum.left, target)) {
            text |= isText(sum.right);
            if (!(isText(sum.right) || sum.right instanceof Variables.Local)) {
                return null;
            }
            parts.add(0, sum.right);
            places.add(0, sum.place);
            left = sum.left;
        }
        if (parts.isEmpty() || !(left instanceof Operators.Add sum) || !(text || isText(sum.right))) {
            return null;
        }
        parts.add(0, sum.right);
        places.add(0, sum.place);
        Expr all = new Operators.Tail(parts.toArray(new Expr[0]), places.toArray(new Place[0]));
        return new Control.AugmentName(sum.left, target, sum.op, all, sum.place, false, false);
    }

    private static boolean isText(Expr x) {
        return x instanceof Literals.Constant k && k.value instanceof String;
    }

    private static boolean isSame(Expr read, Target target) {
        if (read instanceof Variables.Local x) {
            return target instanceof Targets.Local t && t.slot == x.slot;
        }
        if (read instanceof Variables.Boxed x) {
            return target instanceof Targets.Boxed t && t.slot == x.slot;
        }
        if (read instanceof Variables.Free x) {
            return target instanceof Targets.Free t && t.index == x.index;
        }
        return read instanceof Variables.Global x && target instanceof Targets.Global t && t.slot == x.slot;
    }

    private static Stmt assignTo(Target target, Expr value) {
        return target instanceof Targets.Local local
                ? new Control.AssignLocal(local.slot, value)
                : new Control.Assign(target, value);
    }

    private Stmt assign(Statement.Assign x) {
        if (x.targets().size() == 1) {
            if (x.value() instanceof Expression.Yield y
                    && c.generator
                    && !(y.value().isPresent() && Yields.in(y.value().get()))) {
                Expr value = optional(y.value());
                return new Generators.YieldStatement(value, c.target(x.targets().get(0)), c.newSlot());
            }
            if (x.value() instanceof Expression.YieldFrom y && c.generator && !Yields.in(y.iterable())) {
                return delegate(y, c.target(x.targets().get(0)));
            }
            return assignOne(x.targets().get(0), c.expression(x.value()));
        }
        Expr value = c.expression(x.value());
        Target[] targets = new Target[x.targets().size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = c.target(x.targets().get(i));
        }
        return new Control.AssignAll(targets, value);
    }

    private Stmt augment(Statement.AugAssign x) {
        Place place = place(x.span());
        if (x.target() instanceof Expression.Attribute a) {
            String name = c.scope().mangle(a.name());
            Expr object = c.expression(a.object());
            return new Control.AugmentAttribute(
                    new Access.Attribute(object, name, place(a.span())),
                    new Targets.Attribute(object, name, place(a.span())),
                    x.operator(), c.expression(x.value()), place, c.oldDivision);
        }
        if (x.target() instanceof Expression.Subscript t) {
            Expr object = c.expression(t.object());
            Expr index = c.expression(t.index());
            return new Control.AugmentItem(
                    object, index, x.operator(), c.expression(x.value()), place(t.span()), place, c.oldDivision);
        }
        Expression.Name name = (Expression.Name) x.target();
        Expr read = c.name(name.id(), name.span());
        Target target = c.nameTarget(name.id(), name.span());
        return new Control.AugmentName(read, target, x.operator(), c.expression(x.value()), place, c.oldDivision, true);
    }

    private Stmt branches(Statement.If x) {
        int n = x.branches().size();
        Expr[] tests = new Expr[n];
        Place[] places = new Place[n];
        Stmt[] bodies = new Stmt[n];
        for (int i = 0; i < n; i++) {
            places[i] = place(x.branches().get(i).test().span());
            tests[i] = c.expression(x.branches().get(i).test());
            bodies[i] = block(x.branches().get(i).body());
        }
        Stmt orElse = block(x.orElse());
        if (pauses(x)) {
            Stmt[] all = java.util.Arrays.copyOf(bodies, n + 1);
            all[n] = orElse;
            return new Generators.If(tests, all, c.newSlot());
        }
        return new Control.If(tests, places, bodies, orElse);
    }

    private Stmt with(Statement.With x, int i) {
        if (i == x.items().size()) {
            return block(x.body());
        }
        Statement.WithItem item = x.items().get(i);
        Expr context = c.expression(item.context());
        Target target = item.target().isPresent() ? c.target(item.target().get()) : null;
        Exceptions.With made = new Exceptions.With(context, target, with(x, i + 1), place(item.context().span()));
        return pauses(x) ? new Generators.With(made, c.newSlot()) : made;
    }

    private Stmt tryStatement(Statement.Try x) {
        Stmt result = block(x.body());
        if (!x.handlers().isEmpty()) {
            Exceptions.Handler[] handlers = new Exceptions.Handler[x.handlers().size()];
            for (int i = 0; i < handlers.length; i++) {
                Statement.ExceptHandler h = x.handlers().get(i);
                handlers[i] = new Exceptions.Handler(
                        h.type().isPresent() ? c.expression(h.type().get()) : null,
                        h.target().isPresent() ? c.target(h.target().get()) : null,
                        block(h.body()),
                        place(h.span()));
            }
            Stmt orElse = block(x.orElse());
            result = pauses(x)
                    ? new Generators.Try(result, handlers, orElse, c.newSlot(), c.newSlot())
                    : new Exceptions.Try(result, handlers, orElse, c.isPython2());
        }
        if (x.finalBody().isEmpty()) {
            return result;
        }
        Stmt last = block(x.finalBody());
        return pauses(x) ? new Generators.Finally(result, last, c.newSlot()) : new Exceptions.Finally(result, last);
    }

    private Expr decorated(List<Expression> decorators, Expr made) {
        Expr result = made;
        for (int i = decorators.size() - 1; i >= 0; i--) {
            result = new Definitions.Decorate(
                    c.expression(decorators.get(i)), result, place(decorators.get(i).span()));
        }
        return result;
    }

    private Stmt imports(Statement.Import x) {
        Stmt[] all = new Stmt[x.names().size()];
        for (int i = 0; i < all.length; i++) {
            Statement.Alias alias = x.names().get(i);
            String module = alias.name();
            int dot = module.indexOf('.');
            String bound = alias.as().orElse(dot < 0 ? module : module.substring(0, dot));
            all[i] = new Imports.Import(
                    module, alias.as().isPresent(), c.nameTarget(bound, alias.span()), place(alias.span()), c.isPython2());
        }
        return all.length == 1 ? all[0] : new Control.Block(all);
    }

    private Stmt importFrom(Statement.ImportFrom x) {
        if (x.level() == 0 && x.module().equals("__future__")) {
            return PASS;
        }
        if (x.names().size() == 1 && x.names().get(0).name().equals("*")) {
            return new Imports.ImportFrom(x.level(), x.module(), null, null, place(x.span()), c.isPython2());
        }
        String[] names = new String[x.names().size()];
        Target[] targets = new Target[names.length];
        for (int i = 0; i < names.length; i++) {
            Statement.Alias alias = x.names().get(i);
            names[i] = alias.name();
            targets[i] = c.nameTarget(alias.as().orElse(alias.name()), alias.span());
        }
        return new Imports.ImportFrom(x.level(), x.module(), names, targets, place(x.span()), c.isPython2());
    }
}
