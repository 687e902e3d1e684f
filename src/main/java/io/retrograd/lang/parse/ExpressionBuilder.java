package io.retrograd.lang.parse;

import io.retrograd.lang.parse.Construction.BodyKind;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Expression.Attribute;
import io.retrograd.lang.tree.Expression.Call;
import io.retrograd.lang.tree.Expression.Comprehension;
import io.retrograd.lang.tree.Expression.Conditional;
import io.retrograd.lang.tree.Expression.Constant;
import io.retrograd.lang.tree.Expression.DictComp;
import io.retrograd.lang.tree.Expression.DictDisplay;
import io.retrograd.lang.tree.Expression.Entry;
import io.retrograd.lang.tree.Expression.FormattedString;
import io.retrograd.lang.tree.Expression.GeneratorExp;
import io.retrograd.lang.tree.Expression.Keyword;
import io.retrograd.lang.tree.Expression.Lambda;
import io.retrograd.lang.tree.Expression.ListComp;
import io.retrograd.lang.tree.Expression.ListDisplay;
import io.retrograd.lang.tree.Expression.Name;
import io.retrograd.lang.tree.Expression.NamedExpr;
import io.retrograd.lang.tree.Expression.Repr;
import io.retrograd.lang.tree.Expression.SetComp;
import io.retrograd.lang.tree.Expression.SetDisplay;
import io.retrograd.lang.tree.Expression.Singleton;
import io.retrograd.lang.tree.Expression.Slice;
import io.retrograd.lang.tree.Expression.Starred;
import io.retrograd.lang.tree.Expression.StringPart;
import io.retrograd.lang.tree.Expression.Subscript;
import io.retrograd.lang.tree.Expression.Text;
import io.retrograd.lang.tree.Expression.TupleDisplay;
import io.retrograd.lang.tree.Expression.Yield;
import io.retrograd.lang.tree.Expression.YieldFrom;
import io.retrograd.lang.tree.Parameters;
import io.retrograd.lang.tree.Span;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Makes the tree of an expression from what the parser recognised. One method for each rule of the grammar, in its order. */
final class ExpressionBuilder {
    /** As {@link Precedence} limits operators: {@code a.b.c…} is no deeper than {@code a + b + c…}. */
    private static final int MOST_TRAILERS = 20_000;

    private final Construction construction;
    private final Places places;
    private final Targets targets;
    private final Strings strings;
    private final FormattedStrings formattedStrings;

    ExpressionBuilder(Construction construction) {
        this.construction = construction;
        this.places = construction.places();
        this.targets = new Targets(construction);
        this.strings = new Strings(construction);
        this.formattedStrings = new FormattedStrings(construction, strings, this);
    }

    /** The expression between two offsets, inside an f-string. */
    Expression field(int start, int end) {
        try {
            NnParser.FieldContext field = new Recognition(construction, start, end).field();
            return field.yielding() != null
                    ? yielding(field.yielding())
                    : elements(field.elements().element(), field.elements());
        } catch (SyntaxError e) {
            throw e.getMessage().startsWith("f-string")
                    ? e
                    : places.wrong(e.kind(), "f-string: " + e.getMessage(), e.span()).help(e.help());
        }
    }

    // ---- Rows of values ----

    Expression values(NnParser.ValuesContext values) {
        List<NnParser.ValueContext> row = values.value();
        if (values.getChildCount() == 1) {
            return value(row.get(0));
        }
        return new TupleDisplay(Each.of(row, this::value), places.of(values));
    }

    /** Where a row of one starred value has no meaning. */
    Expression unstarred(NnParser.ValuesContext values) {
        Expression value = values(values);
        if (value instanceof Starred) {
            throw construction.wrong("can't use starred expression here", value.span());
        }
        return value;
    }

    private Expression value(NnParser.ValueContext value) {
        return value.expression() != null
                ? expression(value.expression())
                : new Starred(operation(value.operation()), places.of(value));
    }

    private Expression elements(List<NnParser.ElementContext> row, ParserRuleContext whole) {
        if (whole.getChildCount() > 1) {
            return new TupleDisplay(Each.of(row, this::element), places.of(whole));
        }
        Expression only = element(row.get(0));
        if (only instanceof Starred) {
            throw construction.wrong("cannot use starred expression here", only.span());
        }
        return only;
    }

    private Expression element(NnParser.ElementContext element) {
        return element.test() != null
                ? test(element.test())
                : new Starred(operation(element.operation()), places.of(element));
    }

    // ---- One value ----

    Expression test(NnParser.TestContext test) {
        List<NnParser.ExpressionContext> sides = test.expression();
        Expression first = expression(sides.get(0));
        return sides.size() == 1 ? first : named(first, sides.get(1), test);
    }

    private Expression named(Expression target, NnParser.ExpressionContext value, ParserRuleContext whole) {
        if (!(target instanceof Name name)) {
            throw construction.wrong("cannot use assignment expressions with " + Kinds.of(target), target.span());
        }
        construction.bind(name.id());
        return new NamedExpr(name, expression(value), places.of(whole));
    }

    Expression expression(NnParser.ExpressionContext expression) {
        if (expression.LAMBDA() != null) {
            return lambda(expression);
        }
        if (expression.getChildCount() == 1) {
            return operation((NnParser.OperationContext) expression.getChild(0));
        }
        Expression body = operation(expression.operation(0));
        Expression test = operation(expression.operation(1));
        return new Conditional(test, body, expression(expression.expression()), places.of(expression));
    }

    private Expression lambda(NnParser.ExpressionContext expression) {
        NnParser.LambdaParametersContext given = expression.lambdaParameters();
        Parameters parameters = given == null
                ? Parameters.NONE
                : new ParametersBuilder(construction, this).build(given.lambdaParameter());
        Construction.Body function = construction.enter(BodyKind.FUNCTION);
        Expression body = expression(expression.expression());
        construction.leave();
        return new Lambda(parameters, body, function.yields(), places.of(expression));
    }

    Expression yielding(NnParser.YieldingContext yielding) {
        Span span = places.of(yielding);
        construction.yields(span);
        if (yielding.expression() != null) {
            return new YieldFrom(expression(yielding.expression()), span);
        }
        return new Yield(Optional.ofNullable(yielding.values()).map(this::values), span);
    }

    // ---- Operators ----

    Expression operation(NnParser.OperationContext operation) {
        if (operation.getChildCount() == 1) {
            return primary((NnParser.PrimaryContext) operation.getChild(0));
        }
        Precedence row = new Precedence(places);
        for (ParseTree part : operation.children) {
            if (part instanceof NnParser.PrimaryContext primary) {
                row.operand(primary(primary), primary);
            } else if (part instanceof NnParser.PrefixContext prefix) {
                row.prefix(prefix.start);
            } else {
                row.binary(((NnParser.OperatorContext) part).start);
            }
        }
        return row.result();
    }

    // ---- Targets ----

    /** What a loop or a with binds: one target, or several as a tuple. */
    Expression targets(NnParser.TargetsContext rule) {
        List<Expression> row = Each.of(rule.target(), this::rawTarget);
        if (rule.getChildCount() > 1) {
            return targets.bound(new TupleDisplay(row, places.of(rule)));
        }
        return targets.assignedAlone(row.get(0));
    }

    Expression target(NnParser.TargetContext rule) {
        return targets.assignedAlone(rawTarget(rule));
    }

    private Expression rawTarget(NnParser.TargetContext rule) {
        Expression target = primary(rule.primary());
        return rule.STAR() == null ? target : new Starred(target, places.of(rule));
    }

    // ---- Operands ----

    Expression primary(NnParser.PrimaryContext primary) {
        Expression value = atom((NnParser.AtomContext) primary.getChild(0));
        int count = primary.getChildCount();
        if (count > MOST_TRAILERS) {
            throw construction.wrong("too many attributes, calls and indices in one expression", places.of(primary));
        }
        for (int i = 1; i < count; i++) {
            value = trailer(value, (NnParser.TrailerContext) primary.getChild(i), primary);
        }
        return value;
    }

    private Expression trailer(Expression object, NnParser.TrailerContext trailer, NnParser.PrimaryContext primary) {
        Span span = places.of(primary.start, trailer.stop);
        return switch (trailer.start.getType()) {
            case NnLexer.DOT -> new Attribute(object, Words.name(trailer.NAME().getText()), span);
            case NnLexer.LEFT_PARENTHESIS -> call(object, trailer.arguments(), span);
            default -> new Subscript(object, index(trailer), span);
        };
    }

    private Expression index(NnParser.TrailerContext trailer) {
        List<NnParser.SubscriptContext> row = trailer.subscript();
        List<Expression> indices = Each.of(row, this::subscript);
        if (trailer.getChildCount() == 3 && !(indices.get(0) instanceof Starred)) {
            return indices.get(0);
        }
        ParseTree last = trailer.getChild(trailer.getChildCount() - 2);
        Token stop = last instanceof TerminalNode comma ? comma.getSymbol() : ((ParserRuleContext) last).stop;
        return new TupleDisplay(indices, places.of(row.get(0).start, stop));
    }

    private Expression subscript(NnParser.SubscriptContext subscript) {
        if (subscript.slice() == null) {
            return element(subscript.element());
        }
        Optional<Expression> lower = Optional.ofNullable(subscript.element()).map(this::element);
        Optional<Expression> upper = Optional.empty();
        Optional<Expression> step = Optional.empty();
        int colons = 0;
        for (ParseTree part : subscript.slice().children) {
            if (!(part instanceof NnParser.ExpressionContext bound)) {
                colons++;
            } else if (colons == 1) {
                upper = Optional.of(expression(bound));
            } else {
                step = Optional.of(expression(bound));
            }
        }
        return new Slice(lower, upper, step, places.of(subscript));
    }

    // ---- Arguments ----

    /** The arguments of a call or a class statement. */
    record Arguments(List<Expression> positional, List<Keyword> keywords) {
        static final Arguments NONE = new Arguments(List.of(), List.of());
    }

    private Expression call(Expression function, NnParser.ArgumentsContext rule, Span span) {
        Arguments arguments = arguments(rule);
        return new Call(function, arguments.positional, arguments.keywords, span);
    }

    /** @param rule null where there are none */
    Arguments arguments(NnParser.ArgumentsContext rule) {
        if (rule == null) {
            return Arguments.NONE;
        }
        List<Expression> positional = new ArrayList<>();
        List<Keyword> keywords = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean unpacked = false;
        List<NnParser.ArgumentContext> row = rule.argument();
        for (NnParser.ArgumentContext argument : row) {
            Span span = places.of(argument);
            if (argument.ASSIGN() != null) {
                keywords.add(keyword(argument, names));
                continue;
            }
            Expression first = expression(argument.expression(0));
            if (argument.POWER() != null) {
                unpacked = true;
                keywords.add(new Keyword(Optional.empty(), first, span));
            } else if (argument.STAR() != null) {
                if (unpacked) {
                    throw construction.wrong("iterable argument unpacking follows keyword argument unpacking", span);
                }
                positional.add(new Starred(first, span));
            } else {
                Expression value = positionalArgument(first, argument, row.size() > 1 || rule.getChildCount() > 1);
                if (!keywords.isEmpty()) {
                    throw construction.wrong(
                            unpacked
                                    ? "positional argument follows keyword argument unpacking"
                                    : "positional argument follows keyword argument",
                            span);
                }
                positional.add(value);
            }
        }
        return new Arguments(List.copyOf(positional), List.copyOf(keywords));
    }

    private Expression positionalArgument(Expression first, NnParser.ArgumentContext argument, boolean amongOthers) {
        if (argument.WALRUS() != null) {
            return named(first, argument.expression(1), argument);
        }
        if (argument.comprehension() != null) {
            if (amongOthers) {
                throw construction.wrong("Generator expression must be parenthesized", places.of(argument));
            }
            return generator(argument.expression(0), argument.comprehension(), places.of(argument));
        }
        return first;
    }

    private Keyword keyword(NnParser.ArgumentContext argument, Set<String> names) {
        NnParser.ExpressionContext left = argument.expression(0);
        Span place = places.of(argument.start, argument.ASSIGN().getSymbol());
        switch (left.start == left.stop ? left.start.getType() : Token.INVALID_TYPE) {
            case NnLexer.NAME -> {}
            case NnLexer.NONE, NnLexer.TRUE, NnLexer.FALSE ->
                throw construction.wrong("cannot assign to " + left.start.getText(), place);
            default ->
                throw construction.wrong("expression cannot contain assignment, perhaps you meant \"==\"?", place);
        }
        String name = Words.name(left.start.getText());
        Span span = places.of(argument);
        if (!names.add(name)) {
            throw construction.wrong("keyword argument repeated: " + name, span);
        }
        return new Keyword(Optional.of(name), expression(argument.expression(1)), span);
    }

    // ---- Atoms ----

    private Expression atom(NnParser.AtomContext atom) {
        Token word = atom.start;
        return switch (word.getType()) {
            case NnLexer.NAME -> name(word);
            case NnLexer.NUMBER -> {
                Span span = places.of(word);
                yield new Constant(Numbers.read(word.getText(), places, span), span);
            }
            case NnLexer.STRING -> string(atom);
            case NnLexer.NONE -> new Constant(Singleton.NONE, places.of(word));
            case NnLexer.TRUE -> new Constant(Boolean.TRUE, places.of(word));
            case NnLexer.FALSE -> new Constant(Boolean.FALSE, places.of(word));
            case NnLexer.ELLIPSIS -> new Constant(Singleton.ELLIPSIS, places.of(word));
            case NnLexer.LEFT_PARENTHESIS -> group(atom.group());
            case NnLexer.LEFT_BRACKET -> list(atom.list());
            case NnLexer.LEFT_BRACE -> dictionary(atom.dictionary());
            default -> new Repr(values(atom.backquoted().values()), places.of(atom));
        };
    }

    private Name name(Token word) {
        String id = Words.name(word.getText());
        construction.use(id);
        return new Name(id, places.of(word));
    }

    /** Literals side by side are one text. */
    private Expression string(NnParser.AtomContext atom) {
        List<Strings.Piece> pieces = Each.of(atom.STRING(), word -> strings.piece(word.getSymbol()));
        Span span = places.of(atom);
        boolean bytes = pieces.get(0).bytes();
        boolean formatted = false;
        for (Strings.Piece piece : pieces) {
            formatted |= piece.formatted();
            if (piece.bytes() != bytes) {
                throw construction.wrong("cannot mix bytes and nonbytes literals", span);
            }
        }
        if (bytes) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            pieces.forEach(piece -> strings.bytes(piece, out));
            return new Constant(out.toByteArray(), span);
        }
        StringBuilder text = new StringBuilder();
        if (!formatted) {
            pieces.forEach(piece -> text.append(strings.text(piece)));
            return new Constant(text.toString(), span);
        }
        List<StringPart> parts = new ArrayList<>();
        for (Strings.Piece piece : pieces) {
            List<StringPart> added =
                    piece.formatted() ? formattedStrings.parts(piece) : List.of(new Text(strings.text(piece)));
            added.forEach(part -> append(part, parts));
        }
        return new FormattedString(List.copyOf(parts), span);
    }

    /** Texts side by side become one, empty ones none. */
    private static void append(StringPart part, List<StringPart> parts) {
        int last = parts.size() - 1;
        if (part instanceof Text after && last >= 0 && parts.get(last) instanceof Text before) {
            parts.set(last, new Text(before.text() + after.text()));
        } else if (!(part instanceof Text text && text.text().isEmpty())) {
            parts.add(part);
        }
    }

    private Expression group(NnParser.GroupContext group) {
        if (group.yielding() != null) {
            return yielding(group.yielding());
        }
        List<NnParser.ElementContext> row = group.element();
        if (group.comprehension() != null) {
            NnParser.ElementContext element = row.get(0);
            return comprehended(BodyKind.GENERATOR_EXPRESSION, group.comprehension(), () -> unpackedNot(element), (value, clauses) ->
                    new GeneratorExp(value, clauses, places.of(group)));
        }
        if (group.getChildCount() == 3) {
            Expression only = element(row.get(0));
            if (only instanceof Starred) {
                throw construction.wrong("cannot use starred expression here", only.span());
            }
            return only;
        }
        return new TupleDisplay(Each.of(row, this::element), places.of(group));
    }

    private Expression list(NnParser.ListContext list) {
        if (list.comprehension() != null) {
            return comprehended(BodyKind.LIST_COMPREHENSION, list.comprehension(), () -> unpackedNot(list.element(0)), (value, clauses) ->
                    new ListComp(value, clauses, places.of(list)));
        }
        return new ListDisplay(Each.of(list.element(), this::element), places.of(list));
    }

    private Expression dictionary(NnParser.DictionaryContext dictionary) {
        Span span = places.of(dictionary);
        List<NnParser.EntryContext> row = dictionary.entry();
        if (row.isEmpty()) {
            return new DictDisplay(List.of(), span);
        }
        boolean mapping = isMapping(row.get(0));
        for (NnParser.EntryContext entry : row) {
            if (isMapping(entry) != mapping) {
                throw construction.wrong(
                        mapping ? "':' expected after dictionary key" : "invalid syntax",
                        mapping ? places.of(entry) : places.of(entry.COLON() == null ? entry.start : entry.COLON().getSymbol()));
            }
        }
        if (dictionary.comprehension() != null) {
            NnParser.EntryContext entry = row.get(0);
            if (entry.POWER() != null) {
                throw construction.wrong("dict unpacking cannot be used in dict comprehension", places.of(entry.start));
            }
            if (entry.STAR() != null) {
                throw construction.wrong("iterable unpacking cannot be used in comprehension", places.of(entry));
            }
            return mapping
                    ? comprehended(BodyKind.DICT_COMPREHENSION, dictionary.comprehension(), () -> entry(entry), (value, clauses) ->
                            new DictComp(value.key().orElseThrow(), value.value(), clauses, span))
                    : comprehended(BodyKind.SET_COMPREHENSION, dictionary.comprehension(), () -> test(entry.test()), (value, clauses) ->
                            new SetComp(value, clauses, span));
        }
        return mapping
                ? new DictDisplay(Each.of(row, this::entry), span)
                : new SetDisplay(Each.of(row, this::member), span);
    }

    private static boolean isMapping(NnParser.EntryContext entry) {
        return entry.COLON() != null || entry.POWER() != null;
    }

    private Entry entry(NnParser.EntryContext entry) {
        return entry.POWER() != null
                ? new Entry(Optional.empty(), operation(entry.operation()))
                : new Entry(Optional.of(test(entry.test())), expression(entry.expression()));
    }

    private Expression member(NnParser.EntryContext entry) {
        return entry.STAR() != null
                ? new Starred(operation(entry.operation()), places.of(entry))
                : test(entry.test());
    }

    // ---- Comprehensions ----

    private Expression unpackedNot(NnParser.ElementContext element) {
        if (element.test() == null) {
            throw construction.wrong("iterable unpacking cannot be used in comprehension", places.of(element));
        }
        return test(element.test());
    }

    private Expression generator(NnParser.ExpressionContext element, NnParser.ComprehensionContext rule, Span span) {
        return comprehended(BodyKind.GENERATOR_EXPRESSION, rule, () -> expression(element), (value, clauses) ->
                new GeneratorExp(value, clauses, span));
    }

    private <T> Expression comprehended(
            BodyKind kind,
            NnParser.ComprehensionContext rule,
            Supplier<T> element,
            BiFunction<T, List<Comprehension>, Expression> made) {
        construction.enter(kind);
        T value = element.get();
        List<Comprehension> clauses = Each.of(rule.clause(), this::clause);
        construction.leave();
        return made.apply(value, clauses);
    }

    private Comprehension clause(NnParser.ClauseContext clause) {
        Expression target = targets(clause.targets());
        List<Expression> operations = Each.of(clause.operation(), this::operation);
        return new Comprehension(target, operations.get(0), operations.subList(1, operations.size()), places.of(clause));
    }
}
