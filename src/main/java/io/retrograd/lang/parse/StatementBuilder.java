package io.retrograd.lang.parse;

import io.retrograd.lang.parse.Construction.BodyKind;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.Dialect;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Expression.Call;
import io.retrograd.lang.tree.Expression.Constant;
import io.retrograd.lang.tree.Expression.Singleton;
import io.retrograd.lang.tree.Expression.Starred;
import io.retrograd.lang.tree.Expression.TupleDisplay;
import io.retrograd.lang.tree.Parameters;
import io.retrograd.lang.tree.Span;
import io.retrograd.lang.tree.Statement;
import io.retrograd.lang.tree.Statement.Alias;
import io.retrograd.lang.tree.Statement.AnnAssign;
import io.retrograd.lang.tree.Statement.Assert;
import io.retrograd.lang.tree.Statement.Assign;
import io.retrograd.lang.tree.Statement.AugAssign;
import io.retrograd.lang.tree.Statement.Branch;
import io.retrograd.lang.tree.Statement.Break;
import io.retrograd.lang.tree.Statement.ClassDef;
import io.retrograd.lang.tree.Statement.Continue;
import io.retrograd.lang.tree.Statement.Delete;
import io.retrograd.lang.tree.Statement.ExceptHandler;
import io.retrograd.lang.tree.Statement.ExprStatement;
import io.retrograd.lang.tree.Statement.For;
import io.retrograd.lang.tree.Statement.FunctionDef;
import io.retrograd.lang.tree.Statement.Global;
import io.retrograd.lang.tree.Statement.If;
import io.retrograd.lang.tree.Statement.Import;
import io.retrograd.lang.tree.Statement.ImportFrom;
import io.retrograd.lang.tree.Statement.Nonlocal;
import io.retrograd.lang.tree.Statement.Pass;
import io.retrograd.lang.tree.Statement.Print;
import io.retrograd.lang.tree.Statement.Raise;
import io.retrograd.lang.tree.Statement.Return;
import io.retrograd.lang.tree.Statement.Try;
import io.retrograd.lang.tree.Statement.While;
import io.retrograd.lang.tree.Statement.With;
import io.retrograd.lang.tree.Statement.WithItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Makes the tree of statements from what the parser recognised. One method for each rule of the grammar, in its order. */
final class StatementBuilder {
    private static final Map<String, BinaryOperator> AUGMENTED = augmented();

    private final Construction construction;
    private final Places places;
    private final ExpressionBuilder expressions;
    private final Targets targets;

    StatementBuilder(Construction construction) {
        this.construction = construction;
        this.places = construction.places();
        this.expressions = new ExpressionBuilder(construction);
        this.targets = new Targets(construction);
    }

    private static Map<String, BinaryOperator> augmented() {
        Map<String, BinaryOperator> operators = new HashMap<>();
        for (BinaryOperator operator : BinaryOperator.values()) {
            operators.put(operator.symbol() + "=", operator);
        }
        return Map.copyOf(operators);
    }

    List<Statement> script(NnParser.ScriptContext script) {
        return statements(script.statement());
    }

    // ---- Statements that have blocks ----

    private List<Statement> statements(List<NnParser.StatementContext> rules) {
        List<Statement> statements = new ArrayList<>(rules.size());
        for (NnParser.StatementContext rule : rules) {
            ParserRuleContext kind = (ParserRuleContext) rule.getChild(0);
            if (kind instanceof NnParser.SimpleLineContext line) {
                line(line, statements);
            } else {
                statements.add(compound(kind));
            }
        }
        return List.copyOf(statements);
    }

    private Statement compound(ParserRuleContext rule) {
        return switch (rule.getRuleIndex()) {
            case NnParser.RULE_ifStatement -> ifStatement((NnParser.IfStatementContext) rule);
            case NnParser.RULE_whileStatement -> whileStatement((NnParser.WhileStatementContext) rule);
            case NnParser.RULE_forStatement -> forStatement((NnParser.ForStatementContext) rule);
            case NnParser.RULE_tryStatement -> tryStatement((NnParser.TryStatementContext) rule);
            case NnParser.RULE_withStatement -> withStatement((NnParser.WithStatementContext) rule);
            default -> definition((NnParser.DefinitionContext) rule);
        };
    }

    private List<Statement> block(NnParser.BlockContext block) {
        if (block.simpleLine() == null) {
            return statements(block.statement());
        }
        List<Statement> statements = new ArrayList<>();
        line(block.simpleLine(), statements);
        return List.copyOf(statements);
    }

    private void line(NnParser.SimpleLineContext line, List<Statement> statements) {
        for (NnParser.SimpleStatementContext statement : line.simpleStatement()) {
            statements.add(simple((ParserRuleContext) statement.getChild(0)));
        }
    }

    private Statement ifStatement(NnParser.IfStatementContext rule) {
        List<Branch> branches = new ArrayList<>();
        branches.add(branch(rule.test(), rule.block(), rule.start));
        for (NnParser.ElifClauseContext clause : rule.elifClause()) {
            branches.add(branch(clause.test(), clause.block(), clause.start));
        }
        return new If(List.copyOf(branches), orElse(rule.elseClause()), span(rule));
    }

    private Branch branch(NnParser.TestContext test, NnParser.BlockContext block, Token start) {
        return new Branch(expressions.test(test), block(block), places.of(start, lastWord(block)));
    }

    private List<Statement> orElse(NnParser.ElseClauseContext clause) {
        return clause == null ? List.of() : block(clause.block());
    }

    private Statement whileStatement(NnParser.WhileStatementContext rule) {
        Expression test = expressions.test(rule.test());
        return new While(test, loop(rule.block()), orElse(rule.elseClause()), span(rule));
    }

    private Statement forStatement(NnParser.ForStatementContext rule) {
        Expression target = expressions.targets(rule.targets());
        Expression iterable = expressions.unstarred(rule.values());
        return new For(target, iterable, loop(rule.block()), orElse(rule.elseClause()), span(rule));
    }

    private List<Statement> loop(NnParser.BlockContext rule) {
        Construction.Body body = construction.body();
        body.enterLoop();
        List<Statement> block = block(rule);
        body.leaveLoop();
        return block;
    }

    private Statement tryStatement(NnParser.TryStatementContext rule) {
        List<Statement> body = block(rule.block());
        List<ExceptHandler> handlers = new ArrayList<>();
        for (NnParser.ExceptClauseContext clause : rule.exceptClause()) {
            boolean catchesAll = !handlers.isEmpty() && handlers.get(handlers.size() - 1).type().isEmpty();
            if (catchesAll) {
                throw construction.wrong("default 'except:' must be last", handlers.get(handlers.size() - 1).span());
            }
            handlers.add(handler(clause));
        }
        List<Statement> last = rule.finallyClause() == null ? List.of() : block(rule.finallyClause().block());
        return new Try(body, List.copyOf(handlers), orElse(rule.elseClause()), last, span(rule));
    }

    private ExceptHandler handler(NnParser.ExceptClauseContext rule) {
        Optional<Expression> type = Optional.ofNullable(rule.expression()).map(expressions::expression);
        Optional<Expression> target = Optional.ofNullable(rule.target()).map(expressions::target);
        if (rule.COMMA() != null && construction.dialect() == Dialect.PYTHON3) {
            throw construction.wrong("multiple exception types must be parenthesized", places.of(rule.expression().start, rule.target().stop));
        }
        return new ExceptHandler(type, target, block(rule.block()), span(rule));
    }

    private Statement withStatement(NnParser.WithStatementContext rule) {
        List<WithItem> items = Each.of(rule.withItem(), this::withItem);
        return new With(items, block(rule.block()), span(rule));
    }

    private WithItem withItem(NnParser.WithItemContext rule) {
        Expression context = expressions.expression(rule.expression());
        return new WithItem(context, Optional.ofNullable(rule.target()).map(expressions::target), span(rule));
    }

    private Statement definition(NnParser.DefinitionContext rule) {
        List<Expression> decorators = Each.of(rule.decorator(), decorator -> expressions.test(decorator.test()));
        return rule.functionDefinition() != null
                ? function(rule.functionDefinition(), decorators)
                : classDefinition(rule.classDefinition(), decorators);
    }

    private Statement function(NnParser.FunctionDefinitionContext rule, List<Expression> decorators) {
        String name = bound(rule.NAME());
        Parameters parameters = rule.parameters() == null
                ? Parameters.NONE
                : new ParametersBuilder(construction, expressions).build(rule.parameters().parameter());
        Construction.Body body = construction.enter(BodyKind.FUNCTION);
        List<Statement> block = block(rule.block());
        construction.leave();
        return new FunctionDef(name, parameters, block, decorators, body.yields(), span(rule));
    }

    private Statement classDefinition(NnParser.ClassDefinitionContext rule, List<Expression> decorators) {
        String name = bound(rule.NAME());
        ExpressionBuilder.Arguments arguments = expressions.arguments(rule.arguments());
        construction.enter(BodyKind.CLASS);
        List<Statement> block = block(rule.block());
        construction.leave();
        return new ClassDef(name, arguments.positional(), arguments.keywords(), block, decorators, span(rule));
    }

    // ---- Statements on a line ----

    private Statement simple(ParserRuleContext rule) {
        Span span = span(rule);
        return switch (rule.getRuleIndex()) {
            case NnParser.RULE_expressionStatement -> expressionStatement((NnParser.ExpressionStatementContext) rule);
            case NnParser.RULE_passStatement -> new Pass(span);
            case NnParser.RULE_breakStatement -> {
                if (!construction.body().inLoop()) {
                    throw construction.wrong("'break' outside loop", span);
                }
                yield new Break(span);
            }
            case NnParser.RULE_continueStatement -> {
                if (!construction.body().inLoop()) {
                    throw construction.wrong("'continue' not properly in loop", span);
                }
                yield new Continue(span);
            }
            case NnParser.RULE_returnStatement -> returnStatement((NnParser.ReturnStatementContext) rule);
            case NnParser.RULE_raiseStatement -> raiseStatement((NnParser.RaiseStatementContext) rule);
            case NnParser.RULE_importStatement -> importStatement((NnParser.ImportStatementContext) rule);
            case NnParser.RULE_fromStatement -> fromStatement((NnParser.FromStatementContext) rule);
            case NnParser.RULE_globalStatement -> globalStatement((NnParser.GlobalStatementContext) rule);
            case NnParser.RULE_nonlocalStatement -> nonlocalStatement((NnParser.NonlocalStatementContext) rule);
            case NnParser.RULE_deleteStatement -> deleteStatement((NnParser.DeleteStatementContext) rule);
            case NnParser.RULE_assertStatement -> assertStatement((NnParser.AssertStatementContext) rule);
            default -> printStatement((NnParser.PrintStatementContext) rule);
        };
    }

    private Statement expressionStatement(NnParser.ExpressionStatementContext rule) {
        Span span = span(rule);
        List<NnParser.RightContext> sides = rule.right();
        if (rule.AUGMENTED() != null) {
            Expression target = targets.augmented(right(sides.get(0)));
            BinaryOperator operator = AUGMENTED.get(rule.AUGMENTED().getText());
            return new AugAssign(target, operator, right(sides.get(1)), span);
        }
        if (rule.COLON() != null) {
            Expression target = targets.annotated(right(sides.get(0)));
            Expression annotation = expressions.expression(rule.expression());
            Optional<Expression> value = sides.size() == 1 ? Optional.empty() : Optional.of(right(sides.get(1)));
            return new AnnAssign(target, annotation, value, span);
        }
        if (sides.size() == 1) {
            return new ExprStatement(unstarred(right(sides.get(0))), span);
        }
        List<Expression> assigned = new ArrayList<>();
        for (NnParser.RightContext side : sides.subList(0, sides.size() - 1)) {
            Expression target = right(side);
            assigned.add(sides.size() == 2 ? targets.assigned(target) : targets.assignedAmongOthers(target));
        }
        return new Assign(List.copyOf(assigned), unstarred(right(sides.get(sides.size() - 1))), span);
    }

    private Expression right(NnParser.RightContext rule) {
        return rule.yielding() != null ? expressions.yielding(rule.yielding()) : expressions.values(rule.values());
    }

    private Expression unstarred(Expression value) {
        if (value instanceof Starred) {
            throw construction.wrong("can't use starred expression here", value.span());
        }
        return value;
    }

    private Statement returnStatement(NnParser.ReturnStatementContext rule) {
        if (construction.body().kind() != BodyKind.FUNCTION) {
            throw construction.wrong("'return' outside function", span(rule));
        }
        return new Return(Optional.ofNullable(rule.values()).map(expressions::unstarred), span(rule));
    }

    private Statement raiseStatement(NnParser.RaiseStatementContext rule) {
        List<NnParser.ExpressionContext> parts = rule.expression();
        if (parts.isEmpty()) {
            return new Raise(Optional.empty(), Optional.empty(), span(rule));
        }
        Expression exception = expressions.expression(parts.get(0));
        if (rule.FROM() != null) {
            return new Raise(Optional.of(exception), Optional.of(expressions.expression(parts.get(1))), span(rule));
        }
        if (parts.size() > 1) {
            exception = raised(exception, expressions.expression(parts.get(1)), parts.get(1));
        }
        return new Raise(Optional.of(exception), Optional.empty(), span(rule));
    }

    /** {@code raise E, v}: a tuple is E's arguments, None is no argument, anything else is the only one. */
    private Expression raised(Expression type, Expression value, NnParser.ExpressionContext last) {
        Span span = type.span().to(span(last));
        if (value instanceof Constant constant && constant.value() == Singleton.NONE) {
            return new Call(type, List.of(), List.of(), span);
        }
        List<Expression> arguments = value instanceof TupleDisplay tuple ? tuple.elements() : List.of(value);
        return new Call(type, arguments, List.of(), span);
    }

    private Statement importStatement(NnParser.ImportStatementContext rule) {
        List<Alias> names = new ArrayList<>();
        for (NnParser.ModuleContext module : rule.module()) {
            String name = dotted(module.dottedName());
            Optional<String> as = Optional.ofNullable(module.NAME()).map(this::bound);
            if (as.isEmpty()) {
                construction.bind(Words.name(module.dottedName().NAME(0).getText()));
            }
            names.add(new Alias(name, as, span(module)));
        }
        return new Import(List.copyOf(names), span(rule));
    }

    private static String dotted(NnParser.DottedNameContext rule) {
        StringBuilder name = new StringBuilder();
        for (TerminalNode part : rule.NAME()) {
            name.append(name.length() == 0 ? "" : ".").append(Words.name(part.getText()));
        }
        return name.toString();
    }

    private Statement fromStatement(NnParser.FromStatementContext rule) {
        int level = rule.DOT().size() + 3 * rule.ELLIPSIS().size();
        if (level == 0 && rule.dottedName() == null) {
            throw construction.wrong("invalid syntax", places.of(rule.IMPORT().getSymbol())).help("expected a module's name");
        }
        String module = rule.dottedName() == null ? "" : dotted(rule.dottedName());
        if (rule.STAR() != null) {
            if (construction.body().kind() != BodyKind.MODULE && construction.dialect() == Dialect.PYTHON3) {
                throw construction.wrong("import * only allowed at module level", span(rule));
            }
            return new ImportFrom(level, module, List.of(new Alias("*", Optional.empty(), places.of(rule.STAR().getSymbol()))), span(rule));
        }
        List<Alias> names = new ArrayList<>();
        for (NnParser.ImportedContext imported : rule.imported()) {
            Optional<String> as = Optional.ofNullable(imported.NAME(1)).map(this::bound);
            String name = as.isPresent() ? Words.name(imported.NAME(0).getText()) : bound(imported.NAME(0));
            names.add(new Alias(name, as, span(imported)));
        }
        return new ImportFrom(level, module, List.copyOf(names), span(rule));
    }

    private Statement globalStatement(NnParser.GlobalStatementContext rule) {
        return new Global(Each.of(rule.NAME(), name -> Words.name(name.getText())), span(rule));
    }

    private Statement nonlocalStatement(NnParser.NonlocalStatementContext rule) {
        if (construction.body().kind() == BodyKind.MODULE) {
            throw construction.wrong("nonlocal declaration not allowed at module level", span(rule));
        }
        return new Nonlocal(Each.of(rule.NAME(), name -> Words.name(name.getText())), span(rule));
    }

    private Statement deleteStatement(NnParser.DeleteStatementContext rule) {
        Expression deleted = targets.deleted(expressions.values(rule.values()));
        boolean row = rule.values().getChildCount() > 1;
        return new Delete(row ? ((TupleDisplay) deleted).elements() : List.of(deleted), span(rule));
    }

    private Statement assertStatement(NnParser.AssertStatementContext rule) {
        List<Expression> parts = Each.of(rule.expression(), expressions::expression);
        return new Assert(parts.get(0), parts.size() == 1 ? Optional.empty() : Optional.of(parts.get(1)), span(rule));
    }

    private Statement printStatement(NnParser.PrintStatementContext rule) {
        List<Expression> values = Each.of(rule.expression(), expressions::expression);
        Optional<Expression> destination = rule.RIGHT_SHIFT() == null ? Optional.empty() : Optional.of(values.get(0));
        if (destination.isPresent()) {
            values = values.subList(1, values.size());
        }
        boolean newline = values.isEmpty() || rule.stop.getType() != NnLexer.COMMA;
        return new Print(destination, List.copyOf(values), newline, span(rule));
    }

    // ---- Names and places ----

    private String bound(TerminalNode word) {
        String name = Words.name(word.getText());
        construction.bind(name);
        return name;
    }

    /** A compound statement ends with its last word, not with the line ends and DEDENTs that follow it. */
    private Span span(ParserRuleContext rule) {
        return places.of(rule.start, lastWord(rule));
    }

    private static Token lastWord(ParserRuleContext rule) {
        ParserRuleContext at = rule;
        while (true) {
            int last = at.getChildCount() - 1;
            while (last > 0 && at.getChild(last) instanceof TerminalNode node && isLayout(node.getSymbol())) {
                last--;
            }
            if (at.getChild(last) instanceof TerminalNode node) {
                return node.getSymbol();
            }
            at = (ParserRuleContext) at.getChild(last);
        }
    }

    private static boolean isLayout(Token word) {
        return switch (word.getType()) {
            case NnLexer.NEWLINE, NnLexer.DEDENT, NnLexer.SEMICOLON -> true;
            default -> false;
        };
    }
}
