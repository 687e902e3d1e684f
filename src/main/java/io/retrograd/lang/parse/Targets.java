package io.retrograd.lang.parse;

import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Expression.Attribute;
import io.retrograd.lang.tree.Expression.BinOp;
import io.retrograd.lang.tree.Expression.BoolOp;
import io.retrograd.lang.tree.Expression.Call;
import io.retrograd.lang.tree.Expression.Compare;
import io.retrograd.lang.tree.Expression.Conditional;
import io.retrograd.lang.tree.Expression.Constant;
import io.retrograd.lang.tree.Expression.DictComp;
import io.retrograd.lang.tree.Expression.DictDisplay;
import io.retrograd.lang.tree.Expression.FormattedString;
import io.retrograd.lang.tree.Expression.GeneratorExp;
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
import io.retrograd.lang.tree.Expression.Subscript;
import io.retrograd.lang.tree.Expression.TupleDisplay;
import io.retrograd.lang.tree.Expression.UnaryOp;
import io.retrograd.lang.tree.Expression.Yield;
import io.retrograd.lang.tree.Expression.YieldFrom;
import java.util.List;
import java.util.Map;

/** Knows what can be assigned to, deleted, or neither, and how CPython says so. */
final class Targets {
    private static final Map<Class<? extends Expression>, String> KINDS = Map.ofEntries(
            Map.entry(Name.class, "name"),
            Map.entry(Attribute.class, "attribute"),
            Map.entry(Subscript.class, "subscript"),
            Map.entry(Starred.class, "starred"),
            Map.entry(Slice.class, "slice"),
            Map.entry(ListDisplay.class, "list"),
            Map.entry(TupleDisplay.class, "tuple"),
            Map.entry(SetDisplay.class, "set display"),
            Map.entry(DictDisplay.class, "dict literal"),
            Map.entry(ListComp.class, "list comprehension"),
            Map.entry(SetComp.class, "set comprehension"),
            Map.entry(DictComp.class, "dict comprehension"),
            Map.entry(GeneratorExp.class, "generator expression"),
            Map.entry(FormattedString.class, "f-string expression"),
            Map.entry(Call.class, "function call"),
            Map.entry(BoolOp.class, "expression"),
            Map.entry(BinOp.class, "expression"),
            Map.entry(UnaryOp.class, "expression"),
            Map.entry(Compare.class, "comparison"),
            Map.entry(Conditional.class, "conditional expression"),
            Map.entry(Lambda.class, "lambda"),
            Map.entry(NamedExpr.class, "named expression"),
            Map.entry(Yield.class, "yield expression"),
            Map.entry(YieldFrom.class, "yield expression"),
            Map.entry(Repr.class, "backquoted expression"));

    private final Construction construction;

    Targets(Construction construction) {
        this.construction = construction;
    }

    /** One of several left sides of {@code =}. */
    Expression assignedAmongOthers(Expression target) {
        if (target instanceof Yield || target instanceof YieldFrom) {
            throw construction.wrong("assignment to yield expression not possible", target.span());
        }
        return assignedAlone(target);
    }

    /** The only left side of {@code =}, which may be meant as a comparison. */
    Expression assigned(Expression target) {
        boolean suggestsComparison = !(target instanceof ListDisplay
                || target instanceof TupleDisplay
                || target instanceof Starred
                || target instanceof GeneratorExp
                || target instanceof Yield
                || target instanceof YieldFrom
                || isSingleton(target));
        if (suggestsComparison && !isPlace(target)) {
            throw construction.wrong(
                    "cannot assign to " + kind(target) + " here. Maybe you meant '==' instead of '='?", target.span());
        }
        return assignedAmongOthers(target);
    }

    /** What stands alone between {@code for} and {@code in} or behind {@code as}. */
    Expression assignedAlone(Expression target) {
        if (target instanceof Starred) {
            throw construction.wrong("starred assignment target must be in a list or tuple", target.span());
        }
        return bound(target);
    }

    /** What a loop, a with or an except clause, or a display on the left of {@code =} binds. */
    Expression bound(Expression target) {
        if (target instanceof Name name) {
            construction.bind(name.id());
        } else if (target instanceof ListDisplay list) {
            boundEach(list.elements());
        } else if (target instanceof TupleDisplay tuple) {
            boundEach(tuple.elements());
        } else if (!isPlace(target)) {
            throw construction.wrong("cannot assign to " + kind(target), target.span());
        }
        return target;
    }

    private void boundEach(List<Expression> elements) {
        int stars = 0;
        for (Expression element : elements) {
            if (element instanceof Starred starred) {
                if (++stars > 1) {
                    throw construction.wrong("multiple starred expressions in assignment", element.span());
                }
                bound(starred.value());
            } else {
                bound(element);
            }
        }
    }

    /** The left side of {@code +=} and its like. */
    Expression augmented(Expression target) {
        if (!isPlace(target)) {
            throw construction.wrong(
                    "'" + kind(target) + "' is an illegal expression for augmented assignment", target.span());
        }
        return bound(target);
    }

    /** The left side of an annotation. */
    Expression annotated(Expression target) {
        if (target instanceof ListDisplay || target instanceof TupleDisplay) {
            throw construction.wrong("only single target (not " + kind(target) + ") can be annotated", target.span());
        }
        if (!isPlace(target)) {
            throw construction.wrong("illegal target for annotation", target.span());
        }
        return bound(target);
    }

    /** What {@code del} removes. */
    Expression deleted(Expression target) {
        if (target instanceof ListDisplay list) {
            list.elements().forEach(this::deleted);
        } else if (target instanceof TupleDisplay tuple) {
            tuple.elements().forEach(this::deleted);
        } else if (!isPlace(target)) {
            throw construction.wrong("cannot delete " + kind(target), target.span());
        }
        return target;
    }

    private static boolean isPlace(Expression target) {
        return target instanceof Name || target instanceof Attribute || target instanceof Subscript;
    }

    private static boolean isSingleton(Expression target) {
        return target instanceof Constant constant
                && (constant.value() == Singleton.NONE || constant.value() instanceof Boolean);
    }

    /** How CPython's errors call a kind of expression. */
    static String kind(Expression expression) {
        if (expression instanceof Constant constant) {
            return constantKind(constant.value());
        }
        return KINDS.get(expression.getClass());
    }

    private static String constantKind(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        if (value instanceof Singleton singleton) {
            return singleton == Singleton.NONE ? "None" : "ellipsis";
        }
        return "literal";
    }
}
