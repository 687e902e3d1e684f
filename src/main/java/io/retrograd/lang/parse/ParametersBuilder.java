package io.retrograd.lang.parse;

import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Expression.TupleDisplay;
import io.retrograd.lang.tree.Parameters;
import io.retrograd.lang.tree.Parameters.Parameter;
import io.retrograd.lang.tree.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Sorts the parameters of a def or a lambda into their kinds and refuses orders that Python refuses. */
final class ParametersBuilder {
    private final Construction construction;
    private final ExpressionBuilder expressions;
    private final List<Parameter> positionalOnly = new ArrayList<>();
    private final List<Parameter> positional = new ArrayList<>();
    private final List<Parameter> keywordOnly = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private Optional<Parameter> rest = Optional.empty();
    private Optional<Parameter> keywords = Optional.empty();
    private Optional<Span> star = Optional.empty();
    private boolean slashSeen;
    private boolean defaultSeen;

    ParametersBuilder(Construction construction, ExpressionBuilder expressions) {
        this.construction = construction;
        this.expressions = expressions;
    }

    /** @param parameters the rules {@code parameter} or {@code lambdaParameter} in their order */
    Parameters build(List<? extends ParserRuleContext> parameters) {
        for (ParserRuleContext parameter : parameters) {
            add(parameter);
        }
        if (star.isPresent() && rest.isEmpty() && keywordOnly.isEmpty()) {
            throw construction.wrong("named arguments must follow bare *", star.get());
        }
        return new Parameters(List.copyOf(positionalOnly), List.copyOf(positional), rest, List.copyOf(keywordOnly), keywords);
    }

    private void add(ParserRuleContext parameter) {
        Span span = construction.places().of(parameter);
        if (keywords.isPresent()) {
            throw construction.wrong("arguments cannot follow var-keyword argument", span);
        }
        switch (parameter.start.getType()) {
            case NnLexer.SLASH -> slash(span);
            case NnLexer.STAR -> {
                if (star.isPresent()) {
                    throw construction.wrong("* argument may appear only once", span);
                }
                star = Optional.of(span);
                if (parameter.getChildCount() > 1) {
                    rest = Optional.of(plain(name(parameter), span));
                }
            }
            case NnLexer.POWER -> keywords = Optional.of(plain(name(parameter), span));
            default -> ordinary(parameter, span);
        }
    }

    private void slash(Span span) {
        if (slashSeen) {
            throw construction.wrong("/ may appear only once", span);
        }
        if (star.isPresent()) {
            throw construction.wrong("/ must be ahead of *", span);
        }
        if (positional.isEmpty()) {
            throw construction.wrong("at least one argument must precede /", span);
        }
        slashSeen = true;
        positionalOnly.addAll(positional);
        positional.clear();
    }

    private void ordinary(ParserRuleContext parameter, Span span) {
        Optional<Expression> value = defaultValue(parameter);
        Optional<Expression> pattern = Optional.empty();
        String name;
        if (parameter.start.getType() == NnLexer.NAME) {
            name = name(parameter);
        } else {
            pattern = Optional.of(pattern(parameter));
            name = "." + (positionalOnly.size() + positional.size());
        }
        Parameter added = new Parameter(unique(name, span), value, pattern, span);
        if (star.isPresent()) {
            keywordOnly.add(added);
            return;
        }
        if (value.isEmpty() && defaultSeen) {
            throw construction.wrong("non-default argument follows default argument", span);
        }
        defaultSeen |= value.isPresent();
        positional.add(added);
    }

    private Expression pattern(ParserRuleContext parameter) {
        NnParser.TargetsContext targets = parameter.getRuleContext(NnParser.TargetsContext.class, 0);
        Expression pattern = expressions.targets(targets);
        return pattern instanceof TupleDisplay || targets.getChildCount() > 1
                ? pattern
                : new TupleDisplay(List.of(pattern), pattern.span());
    }

    private Parameter plain(String name, Span span) {
        return new Parameter(unique(name, span), Optional.empty(), Optional.empty(), span);
    }

    private String unique(String name, Span span) {
        if (!names.add(name)) {
            throw construction.wrong("duplicate argument '" + name + "' in function definition", span);
        }
        construction.bind(name);
        return name;
    }

    private static String name(ParserRuleContext parameter) {
        return Words.name(parameter.getToken(NnLexer.NAME, 0).getText());
    }

    private Optional<Expression> defaultValue(ParserRuleContext parameter) {
        ParseTree last = parameter.getChild(parameter.getChildCount() - 1);
        ParseTree before = parameter.getChild(Math.max(0, parameter.getChildCount() - 2));
        boolean given = before instanceof TerminalNode node && node.getSymbol().getType() == NnLexer.ASSIGN;
        return given ? Optional.of(expressions.expression((NnParser.ExpressionContext) last)) : Optional.empty();
    }
}
