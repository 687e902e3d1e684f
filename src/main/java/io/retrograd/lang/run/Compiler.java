package io.retrograd.lang.run;

import io.retrograd.lang.resolve.Scope;
import io.retrograd.lang.resolve.Scopes;
import io.retrograd.lang.resolve.ScopeError;
import io.retrograd.lang.resolve.Variable;
import io.retrograd.lang.tree.Dialect;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Parameters;
import io.retrograd.lang.tree.Script;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Span;
import io.retrograd.lang.tree.Statement;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the syntax tree of one frame (a module, function or class body) into executable nodes. Expressions and
 * statements have their own files; here is what both need: names, targets and the making of functions.
 */
final class Compiler {
    final Script script;
    final ModuleScope module;
    final Scopes scopes;
    final DisplayHook hook;
    final boolean generator;
    final boolean oldDivision;
    private final String prefix;
    private final ExpressionCompiler expressions;
    private final StatementCompiler statements;
    private Scope scope;
    private int namespace = -1;

    /** For a module. */
    Compiler(Script script, ModuleScope module, DisplayHook hook) {
        this.script = script;
        this.module = module;
        this.hook = hook;
        try {
            this.scopes = Scopes.of(script);
        } catch (ScopeError e) {
            throw new SyntaxProblem(e.getMessage(), new Place(script.source(), e.span()));
        }
        this.scope = scopes.module();
        this.generator = false;
        this.oldDivision = !script.trueDivision();
        this.prefix = "";
        this.expressions = new ExpressionCompiler(this);
        this.statements = new StatementCompiler(this);
    }

    /** For a function or a class inside. */
    private Compiler(Compiler outer, Scope scope, boolean generator, String prefix) {
        this.script = outer.script;
        this.module = outer.module;
        this.scopes = outer.scopes;
        this.hook = null;
        this.scope = scope;
        this.generator = generator;
        this.oldDivision = outer.oldDivision;
        this.prefix = prefix;
        this.expressions = new ExpressionCompiler(this);
        this.statements = new StatementCompiler(this);
    }

    /** The code of the whole script. */
    Code module() {
        Code code = new Code("<module>", "<module>", source(), scope, module, ParameterList.NONE, false);
        String doc = docstring(script.body());
        if (doc != null) {
            module.set("__doc__", doc);
        } else if (module.get("__doc__") == null) {
            module.set("__doc__", None.NONE);
        }
        code.body(statements.block(script.body()), new int[0], doc);
        return code;
    }

    Source source() {
        return script.source();
    }

    boolean isPython2() {
        return script.dialect() == Dialect.PYTHON2;
    }

    Place place(Span span) {
        return script.source().ofLibrary() ? Place.LIBRARY : new Place(script.source(), span);
    }

    /** Whether this is the body of a class. */
    boolean inClass() {
        return namespace >= 0;
    }

    /** The slot that holds a class's members while its body runs. */
    int namespace() {
        return namespace;
    }

    /** A piece of the source. */
    String text(Span span) {
        return script.source().text().substring(span.start(), span.end());
    }

    Scope scope() {
        return scope;
    }

    /** Enters a comprehension, whose variables lie in the same frame; answers the scope to go back to. */
    Scope enter(Scope inner) {
        Scope before = scope;
        scope = inner;
        return before;
    }

    int newSlot() {
        return scope.newSlot();
    }

    Expr expression(Expression e) {
        return expressions.compile(e);
    }

    Expr[] expressions(List<Expression> list) {
        Expr[] all = new Expr[list.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = expressions.element(list.get(i));
        }
        return all;
    }

    // Names

    Expr name(String id, Span span) {
        Expr plain = read(scope.resolve(id), id, span);
        return isPython2() && plain instanceof Variables.Global g && Python2.differs(id)
                ? new Python2.Word(g.slot, plain)
                : plain;
    }

    /** A name that is read and not called. */
    Expr mention(Expression.Name name) {
        Expr read = name(name.id(), name.span());
        return read instanceof Variables.Global g ? new Variables.Mention(g.slot, g.place) : read;
    }

    /** A name read with Python 3's meaning whatever the script is. */
    Expr plainName(Expression.Name name) {
        return read(scope.resolve(name.id()), name.id(), name.span());
    }

    Expr iterable(Expression e) {
        return expressions.iterable(e);
    }

    private Expr read(Variable v, String id, Span span) {
        if (v instanceof Variable.Local x) {
            return new Variables.Local(x.slot(), id, place(span));
        }
        if (v instanceof Variable.Global x) {
            return new Variables.Global(module.slot(x.name()), place(span));
        }
        if (v instanceof Variable.Boxed x) {
            return new Variables.Boxed(x.slot(), id, place(span));
        }
        if (v instanceof Variable.Free x) {
            return new Variables.Free(x.index(), id, place(span));
        }
        Variable.ClassMember x = (Variable.ClassMember) v;
        return new Variables.Member(namespace, x.name(), read(x.outer(), id, span));
    }

    Target nameTarget(String id, Span span) {
        Variable v = scope.resolve(id);
        if (v instanceof Variable.Local x) {
            return new Targets.Local(x.slot(), id, place(span));
        }
        if (v instanceof Variable.Global x) {
            GlobalSlot slot = module.slot(x.name());
            slot.assignedAt(source(), span);
            return new Targets.Global(slot, place(span));
        }
        if (v instanceof Variable.Boxed x) {
            return new Targets.Boxed(x.slot(), id, place(span));
        }
        if (v instanceof Variable.Free x) {
            return new Targets.Free(x.index(), id, place(span));
        }
        return new Targets.Member(namespace, ((Variable.ClassMember) v).name(), place(span));
    }

    Target target(Expression e) {
        if (e instanceof Expression.Name x) {
            return nameTarget(x.id(), x.span());
        }
        if (e instanceof Expression.Attribute x) {
            return new Targets.Attribute(expression(x.object()), scope.mangle(x.name()), place(x.span()));
        }
        if (e instanceof Expression.Subscript x) {
            return new Targets.Item(expression(x.object()), expression(x.index()), place(x.span()));
        }
        if (e instanceof Expression.TupleDisplay x) {
            return unpack(x.elements(), x.span());
        }
        if (e instanceof Expression.ListDisplay x) {
            return unpack(x.elements(), x.span());
        }
        throw new SyntaxProblem("cannot assign to expression", place(e.span()));
    }

    private Target unpack(List<Expression> elements, Span span) {
        Target[] parts = new Target[elements.size()];
        int star = -1;
        for (int i = 0; i < parts.length; i++) {
            if (elements.get(i) instanceof Expression.Starred s) {
                star = i;
                parts[i] = target(s.value());
            } else {
                parts[i] = target(elements.get(i));
            }
        }
        return star < 0 ? new Targets.Unpack(parts, place(span)) : new Targets.UnpackStarred(parts, star, place(span));
    }

    // Functions and classes

    Expr function(Statement.FunctionDef x) {
        Scope inner = scopes.of(x);
        Compiler c = inside(inner, x.generator(), x.name());
        Code code = c.code(x.name(), qualified(x.name()), x.parameters(), inner);
        List<Stmt> prelude = c.prelude(x.parameters());
        Stmt body = c.statements.blockAfter(prelude, x.body());
        code.body(body, boxed(inner, x.parameters()), docstring(x.body()));
        return make(code, x.parameters(), inner);
    }

    Expr lambda(Expression.Lambda x) {
        Scope inner = scopes.of(x);
        Compiler c = inside(inner, x.generator(), "<lambda>");
        Code code = c.code("<lambda>", qualified("<lambda>"), x.parameters(), inner);
        Stmt body = c.statements.returning(c.prelude(x.parameters()), x.body());
        code.body(body, boxed(inner, x.parameters()), null);
        return make(code, x.parameters(), inner);
    }

    /** A generator expression: a generator function of its first iterable, called at once. */
    Expr generatorExpression(Expression.GeneratorExp x) {
        Expr first = expression(x.clauses().get(0).iterable());
        Scope inner = scopes.of(x);
        Compiler c = inside(inner, true, "<genexpr>");
        Code code = new Code("<genexpr>", qualified("<genexpr>"), source(), inner, module,
                new ParameterList(new String[] {".0"}, 0, 1, -1, -1), true);
        code.body(c.statements.generatorExpression(x), new int[0], null);
        return new Functions.GeneratorExpression(
                code, first, captures(inner), place(x.clauses().get(0).iterable().span()));
    }

    Expr classDefinition(Statement.ClassDef x) {
        Expr bases = new Literals.TupleDisplay(expressions(x.bases()));
        String[] words = new String[x.keywords().size()];
        Expr[] values = new Expr[words.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = x.keywords().get(i).name().orElse("");
            values[i] = expression(x.keywords().get(i).value());
        }
        Scope inner = scopes.of(x);
        Compiler c = new Compiler(this, inner, false, qualified(x.name()) + ".");
        c.namespace = inner.newSlot();
        Code code = new Code(x.name(), qualified(x.name()), source(), inner, module, ParameterList.NONE, false);
        Stmt body = c.statements.block(x.body());
        int classCell = inner.isCaptured("__class__") ? inner.slot("__class__") : -1;
        code.body(body, new int[0], docstring(x.body()));
        return new Definitions.MakeClass(
                x.name(), bases, words, values, code, c.namespace, classCell, captures(inner), place(x.span()));
    }

    private Compiler inside(Scope inner, boolean isGenerator, String name) {
        return new Compiler(this, inner, isGenerator, qualified(name) + ".<locals>.");
    }

    private String qualified(String name) {
        return prefix.isEmpty() ? name : prefix + name;
    }

    private Code code(String name, String qualifiedName, Parameters p, Scope inner) {
        int positional = p.positionalOnly().size() + p.positional().size();
        int next = positional + p.keywordOnly().size();
        List<Parameters.Parameter> all = Scopes.all(p);
        String[] names = new String[next];
        for (int i = 0; i < next; i++) {
            names[i] = inner.mangle(all.get(i).name());
        }
        int rest = p.rest().isPresent() ? next++ : -1;
        int keywords = p.keywords().isPresent() ? next : -1;
        ParameterList list = new ParameterList(names, p.positionalOnly().size(), positional, rest, keywords);
        return new Code(name, qualifiedName, source(), inner, module, list, generator);
    }

    private List<Stmt> prelude(Parameters p) {
        List<Stmt> statementsBefore = new ArrayList<>(0);
        for (Parameters.Parameter each : p.positional()) {
            if (each.pattern().isPresent()) {
                Expr value = name(each.name(), each.span());
                statementsBefore.add(new Definitions.SplitParameter(value, target(each.pattern().get())));
            }
        }
        return statementsBefore;
    }

    private static int[] boxed(Scope inner, Parameters p) {
        List<Parameters.Parameter> all = Scopes.all(p);
        int[] slots = new int[all.size()];
        int n = 0;
        for (Parameters.Parameter each : all) {
            String name = inner.mangle(each.name());
            if (inner.isCaptured(name)) {
                slots[n++] = inner.slot(name);
            }
        }
        return java.util.Arrays.copyOf(slots, n);
    }

    private Expr make(Code code, Parameters p, Scope inner) {
        List<Parameters.Parameter> all = new ArrayList<>(p.positionalOnly());
        all.addAll(p.positional());
        all.addAll(p.keywordOnly());
        Expr[] defaults = new Expr[all.size()];
        for (int i = 0; i < defaults.length; i++) {
            if (all.get(i).defaultValue().isPresent()) {
                defaults[i] = expression(all.get(i).defaultValue().get());
            }
        }
        return new Definitions.MakeFunction(code, defaults, captures(inner));
    }

    /** Where the cells of an inner function's closure come from. */
    private Definitions.Captures captures(Scope inner) {
        List<String> free = inner.freeNames();
        if (free.isEmpty()) {
            return Definitions.Captures.NONE;
        }
        boolean[] own = new boolean[free.size()];
        int[] at = new int[own.length];
        for (int i = 0; i < own.length; i++) {
            Variable v = scope.cellFor(free.get(i));
            own[i] = v instanceof Variable.Boxed;
            at[i] = v instanceof Variable.Boxed b ? b.slot() : ((Variable.Free) v).index();
        }
        return new Definitions.Captures(own, at);
    }

    private static String docstring(List<Statement> body) {
        return !body.isEmpty()
                        && body.get(0) instanceof Statement.ExprStatement s
                        && s.value() instanceof Expression.Constant c
                        && c.value() instanceof String text
                ? text
                : null;
    }
}
