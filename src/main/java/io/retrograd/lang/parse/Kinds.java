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
import java.util.Map;

/** The names that CPython's errors use for kinds of expression. */
final class Kinds {
    private static final Map<Class<? extends Expression>, String> NAMES = Map.ofEntries(
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

    private Kinds() {}

    static String of(Expression expression) {
        if (expression instanceof Constant constant) {
            return constant(constant.value());
        }
        return NAMES.get(expression.getClass());
    }

    private static String constant(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        if (value instanceof Singleton singleton) {
            return singleton == Singleton.NONE ? "None" : "ellipsis";
        }
        return "literal";
    }
}
