package io.retrograd.lang.run;

import io.retrograd.lang.resolve.Scope;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ComplexValue;
import io.retrograd.lang.value.EllipsisValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.TupleValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes executable nodes of expressions. */
final class ExpressionCompiler {
    private static final Expr NONE = new Literals.Constant(None.NONE);

    private final Compiler c;

    /**
     * Inside an expression of a generator that holds a yield: the slots that keep what is evaluated before the
     * yield; null elsewhere.
     */
    private List<Integer> kept;

    ExpressionCompiler(Compiler c) {
        this.c = c;
    }

    Expr compile(Expression e) {
        List<Integer> outer = kept;
        Expr made;
        if (c.generator && Yields.in(e)) {
            List<Integer> mine = new ArrayList<>();
            kept = mine;
            made = plain(e);
            kept = outer;
            if (!mine.isEmpty()) {
                int[] slots = new int[mine.size()];
                for (int i = 0; i < slots.length; i++) {
                    slots[i] = mine.get(i);
                }
                made = new Generators.Resumable(made, slots);
            }
        } else {
            kept = null;
            made = plain(e);
            kept = outer;
        }
        if (outer != null && !made.isConstant()) {
            int slot = c.newSlot();
            outer.add(slot);
            made = new Generators.Once(made, slot);
        }
        return made;
    }

    /** What a loop runs over: in Python 2 a range that nobody else sees need not become a list. */
    Expr iterable(Expression e) {
        if (c.isPython2()
                && kept == null
                && e instanceof Expression.Call call
                && call.keywords().isEmpty()
                && call.function() instanceof Expression.Name name
                && name.id().equals("range")
                && c.plainName(name) instanceof Variables.Global range
                && !(call.arguments().size() == 1 && call.arguments().get(0) instanceof Expression.Starred)) {
            return new Calls.Call(range, arguments(call, call.arguments().size()), Calls.NO_WORDS, c.place(e.span()));
        }
        return compile(e);
    }

    private Expr optional(Optional<Expression> e) {
        return e.isPresent() ? compile(e.get()) : NONE;
    }

    /** An element of a display or an argument: a starred one spreads out. */
    Expr element(Expression e) {
        return e instanceof Expression.Starred s
                ? new Literals.Spread(compile(s.value()), c.place(s.value().span()))
                : compile(e);
    }

    private Expr[] elements(List<Expression> list) {
        Expr[] all = new Expr[list.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = element(list.get(i));
        }
        return all;
    }

    private Expr plain(Expression e) {
        if (e instanceof Expression.Name x) {
            return c.mention(x);
        }
        if (e instanceof Expression.Constant x) {
            return constant(x.value());
        }
        if (e instanceof Expression.BinOp x) {
            Expr left = compile(x.left());
            return Operators.binary(x.operator(), left, compile(x.right()), c.place(x.span()), c.oldDivision);
        }
        if (e instanceof Expression.Attribute x) {
            return new Access.Attribute(compile(x.object()), c.scope().mangle(x.name()), c.place(x.span()));
        }
        if (e instanceof Expression.Subscript x) {
            Expr object = compile(x.object());
            return new Access.Item(object, compile(x.index()), c.place(x.span()));
        }
        if (e instanceof Expression.Call x) {
            return call(x);
        }
        if (e instanceof Expression.Compare x) {
            return compare(x);
        }
        if (e instanceof Expression.UnaryOp x) {
            return unary(x);
        }
        if (e instanceof Expression.BoolOp x) {
            Expr[] operands = elements(x.operands());
            return x.operator() == Expression.BoolOperator.AND ? new Operators.And(operands) : new Operators.Or(operands);
        }
        if (e instanceof Expression.TupleDisplay x) {
            return tuple(elements(x.elements()));
        }
        if (e instanceof Expression.ListDisplay x) {
            return new Literals.ListDisplay(elements(x.elements()));
        }
        if (e instanceof Expression.SetDisplay x) {
            return new Literals.SetDisplay(elements(x.elements()), c.place(x.span()));
        }
        if (e instanceof Expression.DictDisplay x) {
            return dict(x);
        }
        if (e instanceof Expression.Slice x) {
            Expr lower = optional(x.lower());
            Expr upper = optional(x.upper());
            return new Literals.Slice(lower, upper, optional(x.step()));
        }
        if (e instanceof Expression.Conditional x) {
            Expr test = compile(x.test());
            Expr body = compile(x.body());
            return new Operators.Conditional(test, body, compile(x.orElse()));
        }
        return rare(e);
    }

    private Expr rare(Expression e) {
        if (e instanceof Expression.FormattedString x) {
            return new Literals.FormattedString(parts(x.parts()));
        }
        if (e instanceof Expression.Lambda x) {
            return c.lambda(x);
        }
        if (e instanceof Expression.ListComp || e instanceof Expression.SetComp || e instanceof Expression.DictComp) {
            return comprehension(e);
        }
        if (e instanceof Expression.GeneratorExp x) {
            return c.generatorExpression(x);
        }
        if (e instanceof Expression.NamedExpr x) {
            Scope before = c.scope();
            Scope binder = before;
            while (binder.kind() == Scope.Kind.COMPREHENSION) {
                binder = binder.parent();
            }
            c.enter(binder);
            Target target = c.nameTarget(x.target().id(), x.target().span());
            c.enter(before);
            return new Literals.Named(target, compile(x.value()));
        }
        if (e instanceof Expression.Repr x) {
            return new Literals.Repr(compile(x.value()), c.place(x.span()));
        }
        if (e instanceof Expression.Yield x) {
            return new Generators.Yield(optional(x.value()), c.newSlot());
        }
        if (e instanceof Expression.YieldFrom x) {
            return new Generators.YieldFrom(compile(x.iterable()), c.newSlot(), c.place(x.span()));
        }
        throw new SyntaxProblem("can't use starred expression here", c.place(e.span()));
    }

    private static Expr constant(Object value) {
        if (value instanceof Expression.Singleton s) {
            return s == Expression.Singleton.NONE ? NONE : new Literals.Constant(EllipsisValue.ELLIPSIS);
        }
        if (value instanceof byte[] bytes) {
            return new Literals.Constant(new BytesValue(bytes));
        }
        if (value instanceof Expression.Imaginary i) {
            return new Literals.Constant(new ComplexValue(0, i.value()));
        }
        return new Literals.Constant(value);
    }

    private static Expr tuple(Expr[] parts) {
        Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (!(parts[i] instanceof Literals.Constant k)) {
                return new Literals.TupleDisplay(parts);
            }
            values[i] = k.value;
        }
        return new Literals.Constant(TupleValue.of(values));
    }

    private Expr unary(Expression.UnaryOp x) {
        Expr operand = compile(x.operand());
        if (x.operator() == UnaryOperator.NOT) {
            return new Operators.Not(operand);
        }
        if (x.operator() == UnaryOperator.NEGATIVE && operand instanceof Literals.Constant k) {
            if (k.value instanceof Long l && l != Long.MIN_VALUE) {
                return new Literals.Constant(-l);
            }
            if (k.value instanceof Double d) {
                return new Literals.Constant(-d);
            }
        }
        return new Operators.Unary(x.operator(), operand, c.place(x.span()));
    }

    private Expr compare(Expression.Compare x) {
        Expr first = compile(x.first());
        if (x.operators().size() == 1) {
            return new Operators.Compare(x.operators().get(0), first, compile(x.rest().get(0)), c.place(x.span()));
        }
        return new Operators.Chain(
                first, x.operators().toArray(new CompareOperator[0]), elements(x.rest()), c.place(x.span()));
    }

    private Expr dict(Expression.DictDisplay x) {
        Expr[] keys = new Expr[x.entries().size()];
        Expr[] values = new Expr[keys.length];
        for (int i = 0; i < keys.length; i++) {
            Expression.Entry entry = x.entries().get(i);
            keys[i] = entry.key().isPresent() ? compile(entry.key().get()) : null;
            values[i] = compile(entry.value());
        }
        return new Literals.DictDisplay(keys, values, c.place(x.span()));
    }

    private Literals.Part[] parts(List<Expression.StringPart> list) {
        Literals.Part[] all = new Literals.Part[list.size()];
        for (int i = 0; i < all.length; i++) {
            if (list.get(i) instanceof Expression.Field x) {
                all[i] = new Literals.Field(
                        compile(x.value()), x.conversion(), parts(x.format()), c.place(x.value().span()));
            } else {
                all[i] = new Literals.Text(((Expression.Text) list.get(i)).text());
            }
        }
        return all;
    }

    // Calls

    private Expr call(Expression.Call x) {
        Place place = c.place(x.span());
        if (x.function() instanceof Expression.Name name) {
            Expr special = specialCall(x, name, place);
            if (special != null) {
                return special;
            }
        }
        boolean spreads = false;
        for (Expression argument : x.arguments()) {
            spreads |= argument instanceof Expression.Starred;
        }
        for (Expression.Keyword keyword : x.keywords()) {
            spreads |= keyword.name().isEmpty();
        }
        if (spreads) {
            return spreadCall(x, place);
        }
        int positional = x.arguments().size();
        if (x.function() instanceof Expression.Attribute a) {
            Expr object = compile(a.object());
            Calls.MethodCall made = new Calls.MethodCall(
                    object, c.scope().mangle(a.name()), arguments(x, positional), words(x), c.place(a.span()), place);
            boolean old = c.isPython2() && made.arguments.length == 0 && Python2.differsAsMethod(made.name);
            return old ? new Python2.Method(made) : made;
        }
        return new Calls.Call(function(x), arguments(x, positional), words(x), place);
    }

    private Expr[] arguments(Expression.Call x, int positional) {
        Expr[] all = new Expr[positional + x.keywords().size()];
        for (int i = 0; i < positional; i++) {
            all[i] = compile(x.arguments().get(i));
        }
        for (int k = 0; k < x.keywords().size(); k++) {
            all[positional + k] = compile(x.keywords().get(k).value());
        }
        return all;
    }

    private static String[] words(Expression.Call x) {
        if (x.keywords().isEmpty()) {
            return Calls.NO_WORDS;
        }
        String[] words = new String[x.keywords().size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = x.keywords().get(i).name().orElseThrow();
        }
        return words;
    }

    private Expr function(Expression.Call x) {
        return x.function() instanceof Expression.Name name ? c.name(name.id(), name.span()) : compile(x.function());
    }

    private Expr spreadCall(Expression.Call x, Place place) {
        Expr function = function(x);
        Expr[] arguments = elements(x.arguments());
        String[] words = new String[x.keywords().size()];
        Expr[] values = new Expr[words.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = x.keywords().get(i).name().orElse(null);
            values[i] = compile(x.keywords().get(i).value());
        }
        return new SpreadCall(function, arguments, words, values, place);
    }

    /** {@code super()} and the calls that look at the caller's variables. */
    private Expr specialCall(Expression.Call x, Expression.Name name, Place place) {
        if (!x.keywords().isEmpty()) {
            return null;
        }
        Scope owner = c.scope().frameOwner();
        if (name.id().equals("super") && x.arguments().isEmpty() && owner.kind() == Scope.Kind.FUNCTION) {
            String first = owner.firstParameter();
            if (!first.isEmpty()) {
                return new Calls.SuperCall(
                        compile(name), c.name("__class__", x.span()), c.name(first, x.span()), place);
            }
        }
        if (Functions.FrameCall.of(name.id(), x.arguments().size())
                && c.name(name.id(), name.span()) instanceof Variables.Global global) {
            return new Functions.FrameCall(global, elements(x.arguments()), place);
        }
        return null;
    }

    // Comprehensions

    private Expr comprehension(Expression e) {
        List<Expression.Comprehension> clauses;
        if (e instanceof Expression.ListComp x) {
            clauses = x.clauses();
        } else if (e instanceof Expression.SetComp x) {
            clauses = x.clauses();
        } else {
            clauses = ((Expression.DictComp) e).clauses();
        }
        Expr first = iterable(clauses.get(0).iterable());
        List<Integer> outerKept = kept;
        kept = null;
        Scope inner = c.scopes.of(e);
        Scope before = inner == null ? c.scope() : c.enter(inner);
        Comprehensions.Clause[] made = new Comprehensions.Clause[clauses.size()];
        for (int i = 0; i < made.length; i++) {
            Expression.Comprehension x = clauses.get(i);
            Expr iterable = i == 0 ? first : iterable(x.iterable());
            Target target = c.target(x.target());
            made[i] = new Comprehensions.Clause(
                    target, iterable, elements(x.conditions()), c.place(x.iterable().span()));
        }
        Expr result;
        int[] cells = freshCells(inner);
        if (e instanceof Expression.ListComp x) {
            result = new Comprehensions.ListComp(compile(x.element()), made, cells);
        } else if (e instanceof Expression.SetComp x) {
            result = new Comprehensions.SetComp(compile(x.element()), made, cells, c.place(x.element().span()));
        } else {
            Expression.DictComp x = (Expression.DictComp) e;
            Expr key = compile(x.key());
            result = new Comprehensions.DictComp(key, compile(x.value()), made, cells, c.place(x.key().span()));
        }
        c.enter(before);
        kept = outerKept;
        return result;
    }

    /** The comprehension's own variables that functions made inside take along: each pass over it has its own. */
    private static int[] freshCells(Scope inner) {
        if (inner == null) {
            return new int[0];
        }
        List<String> names = inner.boundNames();
        int[] slots = new int[names.size()];
        int n = 0;
        for (String name : names) {
            if (inner.isCaptured(name)) {
                slots[n++] = inner.slot(name);
            }
        }
        return java.util.Arrays.copyOf(slots, n);
    }
}
