package io.retrograd.lang.parse;

import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Expression.Attribute;
import io.retrograd.lang.tree.Expression.Constant;
import io.retrograd.lang.tree.Expression.GeneratorExp;
import io.retrograd.lang.tree.Expression.ListDisplay;
import io.retrograd.lang.tree.Expression.Name;
import io.retrograd.lang.tree.Expression.Singleton;
import io.retrograd.lang.tree.Expression.Starred;
import io.retrograd.lang.tree.Expression.Subscript;
import io.retrograd.lang.tree.Expression.TupleDisplay;
import io.retrograd.lang.tree.Expression.Yield;
import io.retrograd.lang.tree.Expression.YieldFrom;
import java.util.List;

/** Knows what can be assigned to, deleted, or neither, and how CPython says so. */
final class Targets {
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
                    "cannot assign to " + Kinds.of(target) + " here. Maybe you meant '==' instead of '='?", target.span());
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
            throw construction.wrong("cannot assign to " + Kinds.of(target), target.span());
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
                    "'" + Kinds.of(target) + "' is an illegal expression for augmented assignment", target.span());
        }
        return bound(target);
    }

    /** The left side of an annotation. */
    Expression annotated(Expression target) {
        if (target instanceof ListDisplay || target instanceof TupleDisplay) {
            throw construction.wrong("only single target (not " + Kinds.of(target) + ") can be annotated", target.span());
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
            throw construction.wrong("cannot delete " + Kinds.of(target), target.span());
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
}
